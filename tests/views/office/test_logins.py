"""登录记录: who logged in, from where and until when, and who was refused; for the auditor alone."""

import pytest
from axes.models import AccessFailureLog, AccessLog
from django.test import Client
from django.urls import reverse

from tests import cast
from tests.exports import exported_rows
from tests.factories import case_in
from tests.views.queries import queries_of
from tests.web import Visitor
from yuetan.models import Event
from yuetan.vocabulary import LOG_LABELS, CaseState, Verb

PASSWORD = "Zhang-yi-2026-kou-ling"


def log_in(username, password, address="10.1.2.3"):
    return Client(REMOTE_ADDR=address).post(reverse("login"), {"username": username, "password": password})


@pytest.fixture
def officer_with_password(officer):
    officer.set_password(PASSWORD)
    officer.save()
    return officer


def test_who_logged_in_from_where_and_until_when(officer_with_password, auditor):
    client = Client(REMOTE_ADDR="10.1.2.3")
    assert client.post(reverse("login"), {"username": "officer", "password": PASSWORD}).status_code == 302
    page = Visitor(auditor).open("/log/logins/")
    assert "张一" in page
    assert "10.1.2.3" in page
    client.post(reverse("logout"))
    assert AccessLog.objects.get(username="officer").logout_time is not None


def test_a_refused_login_is_kept_without_what_was_typed(officer_with_password, auditor):
    log_in("officer", "wrong")
    log_in("my-secret-word", "wrong")
    page = Visitor(auditor).open("/log/logins/?outcome=failed")
    assert "officer" in page
    assert "密码不符" in page
    assert "（没有这个账号）" in page
    assert "my-secret-word" not in page
    assert "my-secret-word" not in str(exported_rows("auditor", "failed_logins"))
    assert AccessFailureLog.objects.count() == 2


@pytest.mark.parametrize(
    ("query", "seen"),
    [
        ("", True),
        ("?person=张一", True),
        ("?person=李二", False),
        ("?address=10.1.2.3", True),
        ("?address=10.1.2.4", False),
        ("?address=x", False),
        ("?begin=2099-01-01", False),
    ],
)
def test_logins_are_filtered(officer_with_password, auditor, query, seen):
    log_in("officer", PASSWORD)
    rows = Visitor(auditor).open(f"/log/logins/{query}")
    assert ("10.1.2.3" in rows) == seen
    assert ("10.1.2.3" in str(exported_rows("auditor", "logins", query.removeprefix("?")))) == seen


@pytest.mark.parametrize("who", ["officer", "director", "group_leader", "supervisor", "sysadmin", "head"])
def test_only_the_auditor_reads_them(client, request, who):
    client.force_login(request.getfixturevalue(who))
    assert client.get(reverse("login_list")).status_code == 403
    for key in ("log", "logins", "failed_logins"):
        assert client.post(reverse("export_ledger", args=[key])).status_code == 403


def test_more_logins_cost_the_same(officer_with_password, client, auditor):
    log_in("officer", PASSWORD)
    client.force_login(auditor)
    cost = queries_of(client, reverse("login_list"))
    for _ in range(3):
        log_in("officer", PASSWORD)
    assert queries_of(client, reverse("login_list")) == cost


def test_the_log_is_filtered_by_what_was_done_and_taken_out(office):
    case = case_in(CaseState.PROPOSED)
    page = Visitor(cast.person("auditor")).open(f"/log/?verb={Verb.ENDORSE}")
    assert case.register_number in page
    assert "报核" not in [words for words, _ in page.links]
    head, *rows = exported_rows("auditor", "log", f"verb={Verb.ENDORSE}")
    assert [row[head.index("操作")] for row in rows] == [Verb.ENDORSE.label]
    assert len(exported_rows("auditor", "log")) == 1 + Event.objects.count()
    assert case.matter not in str(exported_rows("auditor", "log"))


def test_every_act_can_be_chosen(office):
    page = Visitor(cast.person("auditor")).open("/log/")
    assert all(label in page for label in [*LOG_LABELS.values(), *Verb.labels])
