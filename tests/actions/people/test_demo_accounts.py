"""Accounts of the demonstration are closed once the office works in the same database; and it can be removed whole."""

import shutil
from io import StringIO

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command

from tests import cast
from tests.factories import case_in
from tests.web import Visitor
from yuetan.actions.people.demo_accounts import MARK, close_demo_accounts
from yuetan.models import Case, Event, OfficeSetting, Post, Unit, User
from yuetan.rules.dates import clock
from yuetan.vocabulary import CaseState, PostKind

GUARDIAN = PostKind.SECURITY_ADMINISTRATOR


@pytest.fixture
def demo(office, settings, tmp_path):
    """The cast is that of the demonstration, but for the officers, who are the office's own."""
    Event.objects.create(verb=MARK, actor=cast.person("sysadmin"), actor_title="系统管理员", created_at=clock.now())
    settings.FIXTURES = shutil.copytree(settings.FIXTURES, tmp_path / "fixtures")
    opened_by_demo(settings, lambda username: "officer" not in username)


def opened_by_demo(settings, opened) -> None:
    """Let these be the accounts of the demonstration."""
    names = filter(opened, open_accounts())
    (settings.FIXTURES / "demo" / "people.csv").write_text("\n".join(["account", *names, ""]))


def open_accounts() -> set[str]:
    return set(User.objects.filter(is_active=True).exclude(username=None).values_list("username", flat=True))


def test_they_are_closed_once_anybody_else_has_taken_a_step(demo):
    before = open_accounts()
    assert close_demo_accounts() == 0
    assert open_accounts() == before
    visitor = Visitor(cast.person("director"))
    assert visitor.open("/").heading == "待办事项"
    case_in(CaseState.DRAFTED)  # by the officer
    assert close_demo_accounts() > 0
    assert {"officer", "sysadmin"} <= open_accounts()  # somebody must be able to open accounts
    assert open_accounts().isdisjoint({"director", "group_leader", "supervisor"})
    assert visitor.open("/").heading == "登录"
    assert close_demo_accounts() == 0
    guardian = Visitor(cast.engage("施廿二", "own_guardian", cast.unit(cast.OFFICE), GUARDIAN, GUARDIAN.label))
    assert "演示账号，正式使用后停用" in guardian.open(f"/accounts/{cast.person('director').pk}/").words
    cast.engage("施廿一", "own_keeper", cast.unit(cast.OFFICE), PostKind.SYSTEM_ADMINISTRATOR, "系统管理员")
    assert close_demo_accounts() == 1
    assert "sysadmin" not in open_accounts()
    words = [event.data["accounts"] for event in Event.objects.filter(verb="close_demo_accounts").order_by("id")]
    assert "director" in words[0]
    assert words[1:] == ["sysadmin"]


def test_a_database_that_never_was_a_demonstration_keeps_its_accounts(office):
    before = open_accounts()
    case_in(CaseState.DRAFTED)
    assert close_demo_accounts() == 0
    assert open_accounts() == before


def test_steps_by_the_demonstrations_own_people_close_nothing(demo, settings):
    opened_by_demo(settings, lambda username: True)
    case_in(CaseState.DRAFTED)
    assert close_demo_accounts() == 0


def test_a_demonstration_is_removed_with_its_files(demo, settings, tmp_path):
    settings.VAR = tmp_path
    opened_by_demo(settings, lambda username: True)
    case_in(CaseState.MINUTED)
    (tmp_path / "demo_accounts.txt").write_text("密码")
    units, set_up = Unit.objects.count(), OfficeSetting.objects.count()
    with pytest.raises(CommandError, match="--yes"):
        call_command("remove_demo")
    assert Case.objects.exists()
    output = StringIO()
    call_command("remove_demo", "--yes", stdout=output)
    assert "演示数据已清除" in output.getvalue()
    assert not any(model.objects.exists() for model in (Case, Event, User, Post))
    assert (Unit.objects.count(), OfficeSetting.objects.count()) == (units, set_up)
    assert not (tmp_path / "demo_accounts.txt").exists()
    assert not default_storage.exists("attachments")


def test_what_is_the_offices_own_is_never_removed(office, demo):
    case_in(CaseState.DRAFTED)
    with pytest.raises(CommandError, match="本库已有演示以外的账号"):
        call_command("remove_demo", "--yes")
    assert Case.objects.exists()
    assert User.objects.filter(username="officer").exists()


def test_there_is_nothing_to_remove_where_none_was_loaded(office):
    with pytest.raises(CommandError, match="没有装入过演示数据"):
        call_command("remove_demo", "--yes")
