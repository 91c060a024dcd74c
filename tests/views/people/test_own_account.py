"""账号安全: an initial password is used once, old ones are given up, and one sees where one is logged in."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests import cast
from tests.factories import later
from tests.web import Visitor
from yuetan.actions.messages.daily import daily
from yuetan.actions.people.account import set_account
from yuetan.actions.people.unit import begin_post, end_post
from yuetan.models import Alert, Event, OfficeSetting, Session, User
from yuetan.rules.dates import clock
from yuetan.vocabulary import DisabledFor, PostKind

INITIAL, OWN, NEXT = "initial-lantern-46", "quiet-lantern-47", "other-lantern-48"


def logs_in(password: str, username: str = "officer", **origin: str) -> Client:
    """A browser in which somebody has typed this password, whatever came of it."""
    client = Client(**origin)
    client.post(reverse("login"), {"username": username, "password": password})
    return client


def is_in(client: Client) -> bool:
    return client.get(reverse("home")).status_code == 200


def changes(client: Client, old: str, new: str) -> int:
    typed = {"old_password": old, "new_password1": new, "new_password2": new}
    return int(client.post(reverse("password"), typed).status_code)


@pytest.fixture
def given(officer: User, sysadmin: User) -> User:
    """张一, whose password the administrator has just reset."""
    return set_account(officer, by=sysadmin, username="officer", password=INITIAL)


@pytest.fixture
def own(officer: User) -> User:
    """张一 with a password of their own."""
    officer.set_password(OWN)
    officer.password_set_at = clock.now()
    officer.save()
    return officer


def test_an_initial_password_leads_to_its_change_and_nowhere_else(given):
    client = logs_in(INITIAL)
    for name in ("home", "case_list", "own_account", "regulation"):
        answer = client.get(reverse(name))
        assert (answer.status_code, answer["Location"]) == (302, "/password/"), name
    assert "这是系统管理员给的初始密码" in client.get("/password/").content.decode()
    assert changes(client, INITIAL, OWN) == 302
    assert is_in(client)
    assert is_in(logs_in(OWN))
    assert Event.objects.get(verb="change_own_password").actor == given


def test_an_initial_password_is_good_for_one_log_in(given):
    logs_in(INITIAL)
    answer = Client().post(reverse("login"), {"username": "officer", "password": INITIAL})
    assert "这个初始密码已经登录过一次，没有改成自己的密码，现已失效；请系统管理员重设。" in answer.content.decode()


def test_an_initial_password_must_be_used_within_some_days(given):
    with later(days=8):
        answer = Client().post(reverse("login"), {"username": "officer", "password": INITIAL})
        assert "没有在规定的天数内使用，现已失效" in answer.content.decode()


def test_an_old_password_must_be_changed(own):
    with later(days=89):
        assert is_in(logs_in(OWN))
    with later(days=91):
        client = logs_in(OWN)
        assert "密码已满规定的使用天数" in client.get("/", follow=True).content.decode()
        assert changes(client, OWN, NEXT) == 302
        assert is_in(client)
    OfficeSetting.objects.filter(key="password_max_days").update(value=0)
    own.refresh_from_db()
    with later(days=900):
        assert is_in(logs_in(NEXT))


def test_a_reset_is_known_to_the_person_and_to_a_second_administrator(given, guardian):
    assert "吴八已重设您的账号密码" in Alert.objects.get(recipient=given, key__startswith="event:").text
    words = Alert.objects.get(recipient=guardian, key__startswith="event:").text
    assert words == "吴八重设了张一（江门市扫黑除恶专项斗争领导小组办公室承办人）的账号密码。"
    assert not Alert.objects.filter(recipient__username="sysadmin").exists()


def test_where_there_is_no_second_one_the_auditor_learns_of_it(officer, sysadmin, guardian, auditor):
    guardian.posts.update(ended_on=clock.today())
    set_account(officer, by=sysadmin, username="officer", password=INITIAL)
    assert Alert.objects.filter(recipient=auditor, text__contains="重设了张一").exists()


def test_a_new_account_is_no_reset(sysadmin, town):
    set_account(town.heads().get(holder__username=None).holder, by=sysadmin, username="mayor", password=INITIAL)
    assert not Alert.objects.exists()


def test_a_password_is_not_used_again_too_soon(own):
    client = logs_in(OWN)
    assert changes(client, OWN, NEXT) == 302
    assert changes(client, NEXT, OWN) == 302  # the one before was none that this place had kept
    assert changes(client, OWN, NEXT) == 422
    assert (
        "这个密码不久前用过，请另换一个。"
        in client.post("/password/", {"old_password": OWN, "new_password1": OWN, "new_password2": OWN}).content.decode()
    )
    OfficeSetting.objects.filter(key="password_history").update(value=0)
    assert changes(client, OWN, NEXT) == 302


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("password_length", 20, "密码至少 20 个字符"),
        ("password_kinds", 4, "大写字母、小写字母、数字、符号中的至少 4 种"),
    ],
)
def test_the_office_sets_the_rules(own, key, value, words):
    OfficeSetting.objects.filter(key=key).update(value=value)
    client = logs_in(OWN)
    assert words in client.get("/password/").content.decode()
    assert changes(client, OWN, NEXT) == 422


def test_a_new_password_ends_every_other_log_in(own):
    here, there = logs_in(OWN), logs_in(OWN)
    assert changes(here, OWN, NEXT) == 302
    assert is_in(here)
    assert not is_in(there)
    assert Session.objects.of(own).count() == 1


def test_the_old_password_is_not_guessed_in_an_open_browser(own):
    client = logs_in(OWN)
    assert [changes(client, "wrong-lantern-1", NEXT) for _ in range(6)] == [422] * 5 + [429]
    assert changes(client, OWN, NEXT) == 429


def test_where_one_is_logged_in_is_shown_and_ended(own):
    here = Visitor()
    here.client.post(reverse("login"), {"username": "officer", "password": OWN}, REMOTE_ADDR="10.1.2.3")
    here = Visitor(own)
    there = logs_in(OWN, REMOTE_ADDR="10.9.9.9", HTTP_USER_AGENT="Firefox on a shared machine")
    page = here.open("/account/")
    assert "10.9.9.9" in page
    assert "Firefox on a shared machine" in page
    assert Session.objects.get(address="10.9.9.9").session_key not in page.response.content.decode()
    ended = Session.objects.get(address="10.9.9.9").public_id
    here.client.handler.enforce_csrf_checks = False
    assert here.client.post(f"/account/sessions/{ended}/end/").status_code == 302
    assert not is_in(there)
    assert is_in(here.client)
    assert Event.objects.get(verb="end_session").data["address"] == "10.9.9.9"
    assert here.client.post(f"/account/sessions/{ended}/end/").status_code == 302
    assert Event.objects.filter(verb="end_session").count() == 1


def test_all_others_are_ended_at_once(own):
    here, others = logs_in(OWN), [logs_in(OWN) for _ in range(2)]
    here.post("/account/sessions/end/")
    assert [is_in(each) for each in (here, *others)] == [True, False, False]
    assert Event.objects.get(verb="end_other_sessions").data["number"] == "2"


def test_nobody_ends_the_log_in_of_another(own, client, second_officer):
    there = logs_in(OWN)
    client.force_login(second_officer)
    client.post(f"/account/sessions/{Session.objects.of(own).get().public_id}/end/")
    client.post("/account/sessions/end/")
    assert is_in(there)


def test_a_log_in_ends_for_want_of_use_and_after_some_hours_in_any_case(own):
    client = logs_in(OWN)
    assert client.get("/session/").json()["seconds"] > 59 * 60
    with later(minutes=50):
        assert is_in(client)
    with later(minutes=100):
        assert is_in(client)
        assert client.get("/session/").json()["seconds"] > 55 * 60
    with later(minutes=165):
        assert not is_in(client)
    client = logs_in(OWN)
    for number in range(1, 15):
        with later(minutes=50 * number):
            client.get("/")
    with later(minutes=719):
        assert 0 < client.get("/session/").json()["seconds"] <= 60
        assert client.post("/session/").json()["seconds"] <= 60
    with later(minutes=721):
        assert not is_in(client)


def test_the_office_sets_how_long_it_lasts(own):
    OfficeSetting.objects.filter(key="session_idle_minutes").update(value=10)
    client = logs_in(OWN)
    with later(minutes=11):
        assert not is_in(client)


def test_old_log_ins_go_with_the_daily_run(own):
    logs_in(OWN)
    with later(days=1):
        assert Session.objects.exists()
        daily()
        assert not Session.objects.exists()


def test_who_leaves_the_last_post_is_out_that_day_and_back_with_the_next(own, sysadmin):
    client = logs_in(OWN)
    end_post(own.posts.get(), by=sysadmin, ended_on=clock.today())
    assert not is_in(client)
    assert not Session.objects.filter(person=own).exists()
    own.refresh_from_db()
    assert (own.is_active, own.disabled_for) == (False, DisabledFor.NO_POST)
    assert Event.objects.get(verb="disable_account").data["name"] == "张一"
    assert not is_in(logs_in(OWN))
    facts = {"kind": PostKind.CASE_OFFICER, "title": "承办人", "rank": "", "began_on": clock.today(), "name": ""}
    begin_post(by=sysadmin, unit=cast.unit(cast.OFFICE), holder=own, username="", password="", **facts)
    assert is_in(logs_in(OWN))


def test_who_leaves_one_of_two_posts_logs_in_again(own, sysadmin):
    facts = {"kind": PostKind.SUPERVISOR, "title": "督查员", "rank": "", "began_on": clock.today(), "name": ""}
    begin_post(by=sysadmin, unit=cast.unit(cast.OFFICE), holder=own, username="", password="", **facts)
    client = logs_in(OWN)
    assert is_in(client)
    end_post(own.posts.get(kind=PostKind.SUPERVISOR), by=sysadmin, ended_on=clock.today())
    assert not is_in(client)
    assert is_in(logs_in(OWN))


def test_an_account_without_a_post_from_before_is_disabled_by_the_daily_run(own):
    own.posts.update(ended_on=clock.today() - timedelta(days=1))
    daily()
    own.refresh_from_db()
    assert own.disabled_for == DisabledFor.NO_POST
    daily()
    assert Event.objects.filter(verb="disable_account").count() == 1


def test_who_left_a_page_open_is_asked_again_before_factors_and_log_ins_change(own):
    here, there = logs_in(OWN), logs_in(OWN)
    ended = Session.objects.of(own).first().public_id
    with later(minutes=31):
        for address in ("/account/sessions/end/", f"/account/sessions/{ended}/end/", "/account/totp/remove/"):
            assert "距您上次验证身份已有一段时间" in here.post(address).content.decode()
        assert is_in(there)
        here.post("/account/sessions/end/", {"again_password": OWN})
        assert not is_in(there)
