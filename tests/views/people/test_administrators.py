"""三员分立: who keeps accounts, who guards them and who audits are three persons, none of whom sees a case."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from tests import cast
from tests.factories import case_in
from yuetan.actions.people.unit import begin_post
from yuetan.errors import Refused
from yuetan.models import Alert, Event, Post, Session, User
from yuetan.rules.dates import clock
from yuetan.vocabulary import SEPARATE_POSTS, CaseState, DisabledFor, PostKind

PASSWORD = "quiet-lantern-47"
YESTERDAY, TODAY = date(2026, 11, 22), date(2026, 11, 23)


def posted(holder: User, kind: PostKind, began_on: date = TODAY, ended_on: date | None = None) -> Post:
    """A row straight into the table, past every rule of ours."""
    facts = {"kind": kind, "title": kind.label, "began_on": began_on, "ended_on": ended_on}
    return Post.objects.create(unit=cast.unit(cast.OFFICE), holder=holder, **facts)


@pytest.mark.parametrize("kind", SEPARATE_POSTS)
def test_the_database_keeps_the_three_from_any_other_post(office, kind):
    keeper = User.objects.create_person("许廿一")
    posted(keeper, kind)
    for other in {PostKind.CASE_OFFICER, PostKind.SUPERVISOR, PostKind.DEPUTY_LEADER, *SEPARATE_POSTS} - {kind}:
        with pytest.raises(IntegrityError, match="holds_no_other_post"), transaction.atomic():
            posted(keeper, other)
    posted(keeper, kind, YESTERDAY, TODAY)  # the same twice is none of this


def test_other_posts_go_together_and_one_after_the_other(office, officer):
    posted(officer, PostKind.SUPERVISOR)
    keeper = User.objects.create_person("许廿一")
    posted(keeper, PostKind.CASE_OFFICER, YESTERDAY, TODAY)
    posted(keeper, PostKind.SECURITY_ADMINISTRATOR)  # from the day on which the other ended
    posted(User.objects.create_person("何廿二"), PostKind.SECURITY_ADMINISTRATOR)  # of which there may be several


def test_who_registers_it_reads_why_not(sysadmin, officer):
    facts = {"kind": PostKind.SECURITY_ADMINISTRATOR, "title": "安全管理员", "rank": "", "began_on": TODAY, "name": ""}
    with pytest.raises(Refused, match="张一"):
        begin_post(by=sysadmin, unit=cast.unit(cast.OFFICE), holder=officer, username="", password="", **facts)


@pytest.mark.parametrize("who", ["sysadmin", "guardian", "auditor"])
def test_none_of_the_three_sees_a_case(office, client, who):
    case = case_in(CaseState.NOTIFIED)
    client.force_login(cast.person(who))
    assert client.get(reverse("case", args=[case.pk])).status_code == 404
    assert client.get(reverse("document_pdf", args=[case.documents.get().pk])).status_code == 404
    for name in ("case_list", "document_list", "task_list"):
        assert case.matter not in client.get(reverse(name)).content.decode()


@pytest.fixture
def known(officer: User) -> Client:
    """张一 at a browser, logged in by a password known to the test."""
    officer.set_password(PASSWORD)
    officer.save()
    client = Client()
    client.post(reverse("login"), {"username": "officer", "password": PASSWORD})
    return client


def is_in(client: Client) -> bool:
    return client.get(reverse("home")).status_code == 200


def test_an_account_is_stopped_at_once_and_let_in_again(known, officer, guardian, client):
    client.force_login(guardian)
    page = client.get(f"/accounts/{officer.pk}/").content.decode()
    assert "正在登录" in page
    assert client.post(f"/accounts/{officer.pk}/disable/", {"reason": ""}).status_code == 422
    assert client.post(f"/accounts/{officer.pk}/disable/", {"reason": "疑似被他人使用"}).status_code == 302
    assert not is_in(known)
    officer.refresh_from_db()
    assert (officer.is_active, officer.disabled_for) == (False, DisabledFor.ADMINISTRATOR)
    assert Event.objects.get(verb="disable_account").data["reason"] == "疑似被他人使用"
    assert "施二十停用了张一" in Alert.objects.get(recipient__username="sysadmin").text
    known.post(reverse("login"), {"username": "officer", "password": PASSWORD})
    assert not is_in(known)
    assert client.post(f"/accounts/{officer.pk}/disable/", {"reason": "再停用"}).status_code == 422
    assert client.post(f"/accounts/{officer.pk}/enable/").status_code == 302
    assert client.post(f"/accounts/{officer.pk}/enable/").status_code == 422
    known.post(reverse("login"), {"username": "officer", "password": PASSWORD})
    assert is_in(known)


def test_one_that_was_stopped_is_not_let_in_by_a_new_post(officer, guardian, sysadmin, client):
    client.force_login(guardian)
    client.post(f"/accounts/{officer.pk}/disable/", {"reason": "疑似被他人使用"})
    facts = {"kind": PostKind.SUPERVISOR, "title": "督查员", "rank": "", "began_on": TODAY, "name": ""}
    begin_post(by=sysadmin, unit=cast.unit(cast.OFFICE), holder=officer, username="", password="", **facts)
    officer.refresh_from_db()
    assert not officer.is_active


def test_nobody_stops_their_own(guardian, client):
    client.force_login(guardian)
    assert client.post(f"/accounts/{guardian.pk}/disable/", {"reason": "疑似被他人使用"}).status_code == 422


def test_who_left_is_not_let_in_by_hand(officer, guardian, client):
    User.objects.filter(pk=officer.pk).update(is_active=False, disabled_for=DisabledFor.NO_POST)
    officer.posts.update(ended_on=clock.today() - timedelta(days=1))
    client.force_login(guardian)
    answer = client.post(f"/accounts/{officer.pk}/enable/")
    assert answer.status_code == 422
    assert "现无任职" in answer.content.decode()


def test_log_ins_and_limits_of_an_account_are_lifted(known, officer, guardian, client):
    guesser = Client()
    for _ in range(6):
        answer = guesser.post(reverse("login"), {"username": "officer", "password": "wrong"})
    assert answer.status_code == 429
    client.force_login(guardian)
    assert client.post(f"/accounts/{officer.pk}/free/").status_code == 302
    assert not is_in(known)
    assert not Session.objects.filter(person=officer).exists()
    assert guesser.post(reverse("login"), {"username": "officer", "password": PASSWORD}).status_code == 302
    assert Event.objects.get(verb="end_all_sessions").data["number"] == "1"


def test_accounts_are_found_by_name_and_state(officer, guardian, client):
    client.force_login(guardian)
    page = client.get("/accounts/?person=张一").content.decode()
    assert "officer" in page
    assert "李二" not in page
    assert "没有符合条件的账号" in client.get("/accounts/?state=administrator").content.decode()


@pytest.mark.parametrize("who", ["sysadmin", "auditor", "director", "officer"])
def test_nobody_else_guards_accounts(office, client, who):
    someone = cast.person("supervisor")
    client.force_login(cast.person(who))
    assert client.get("/accounts/").status_code == 403
    for name in ("disable", "enable", "free", "second-factor"):
        assert client.post(f"/accounts/{someone.pk}/{name}/", {"reason": "疑似被他人使用"}).status_code == 403
