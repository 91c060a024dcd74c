"""Steps on units and their posts: asked of the row that is held, and refused, not broken, where two come at once."""

from datetime import date, timedelta

import pytest

from tests import cast
from tests.actions.people.test_unit import newcomer, secretary
from tests.refusals import not_theirs, refused_among
from yuetan.actions.people import account
from yuetan.actions.people import unit as units
from yuetan.actions.people.post_correction import CORRECTING_POST, correct_post
from yuetan.actions.people.unit import (
    ENDING_POST,
    RETIRING_UNIT,
    add_unit,
    begin_post,
    change_unit,
    end_post,
    retire_unit,
)
from yuetan.actions.people.unit_change import RENAMING_UNIT, rename_unit
from yuetan.errors import Refused
from yuetan.models import Post, Unit, User
from yuetan.rules.dates import clock
from yuetan.vocabulary import PostKind, UnitKind

NEW = {"code": "T99", "name": "新镇街", "kind": UnitKind.MEMBER_UNIT, "parent": None}


def as_registered(unit, **changed):
    """What a unit is changed to, where nothing else is said."""
    return {"code": unit.code, "name": unit.name, "parent": unit.parent} | changed


def correction(post, **changed):
    """What a post is corrected to, where nothing else is said."""
    names = ("title", "rank", "began_on", "ended_on")
    return {"name": post.holder.name, "reason": "登记有误。", **{n: getattr(post, n) for n in names}} | changed


@pytest.fixture
def empty(sysadmin):
    """A unit of which nothing is in use."""
    return add_unit(by=sysadmin, **NEW)


def test_a_unit_that_ended_meanwhile_is_not_changed(empty, sysadmin):
    stale = Unit.objects.get(pk=empty.pk)
    retire_unit(empty, by=sysadmin)
    with refused_among("已停用"):
        change_unit(stale, by=sysadmin, **as_registered(stale, name="别的名称"))
    with refused_among("已停用"):
        retire_unit(stale, by=sysadmin)
    with refused_among("已停用"):
        begin_post(by=sysadmin, **newcomer(stale, kind=PostKind.UNIT_HEAD, title="主任"))


def test_what_another_changed_meanwhile_is_not_written_over(empty, sysadmin):
    stale = Unit.objects.get(pk=empty.pk)
    Unit.objects.filter(pk=empty.pk).update(former_names=[["旧名", "2026-01-05"]])
    change_unit(stale, by=sysadmin, **as_registered(stale, code="T98"))
    assert Unit.objects.get(pk=empty.pk).former_names == [["旧名", "2026-01-05"]]


def change_to_used_code(by):
    """Another unit is given the code."""
    other = cast.unit(cast.COUNTY)
    change_unit(other, by=by, **as_registered(other, code=NEW["code"]))


@pytest.mark.parametrize("take", [lambda by: add_unit(by=by, **NEW), change_to_used_code])
def test_a_code_that_another_takes_at_the_same_moment_is_refused(empty, sysadmin, monkeypatch, take):
    """Judged before the other had it, written after."""
    judge, judged = units._unit_problems, []

    def not_yet(*asked):
        judged.append(asked)
        return judge(*asked) if len(judged) > 1 else []

    monkeypatch.setattr(units, "_unit_problems", not_yet)
    with pytest.raises(Refused, match="使用，请核对后另填"):
        take(sysadmin)
    assert len(judged) == 2


def test_a_user_name_that_another_takes_at_the_same_moment_is_refused(office, sysadmin, town, monkeypatch):
    end_post(secretary(town), by=sysadmin, ended_on=clock.today())
    monkeypatch.setattr(account, "check_password", lambda *_: User.objects.create_person("吕二三", username="head_new"))
    with pytest.raises(Refused, match="已被使用"):
        begin_post(by=sysadmin, **newcomer(town))


def test_nothing_goes_below_a_unit_that_ended(office, sysadmin, county):
    Unit.objects.filter(pk=county.pk).update(retired_on=clock.today())
    county.refresh_from_db()
    with refused_among("已停用"):
        add_unit(by=sysadmin, **NEW | {"kind": UnitKind.TOWN, "parent": county})


def test_the_group_and_its_office_are_nobodys_to_rename_or_end(office, sysadmin):
    group = Unit.objects.get(kind=UnitKind.LEADING_GROUP)
    paper = {"effective_on": clock.today(), "paper_number": "江府〔2026〕1号", "paper": None}
    with not_theirs():
        retire_unit(group, by=sysadmin)
    with not_theirs():
        rename_unit(group, by=sysadmin, name="别的名称", **paper)
    assert not RETIRING_UNIT.is_offered(group, sysadmin)
    assert not RENAMING_UNIT.is_offered(group, sysadmin)


def test_a_post_of_a_unit_that_ended_is_not_held_again(office, sysadmin, town):
    post = secretary(town)
    end_post(post, by=sysadmin, ended_on=clock.today())
    Unit.objects.filter(pk=town.pk).update(retired_on=clock.today())
    post = Post.objects.get(pk=post.pk)
    with refused_among("已停用"):
        correct_post(post, by=sysadmin, **correction(post, ended_on=None))


def test_who_is_an_administrator_by_now_does_not_go_on_in_a_post_that_was_ended(office, sysadmin, officer):
    post = officer.posts.get()
    end_post(post, by=sysadmin, ended_on=clock.today())
    unit = Unit.objects.get(kind=UnitKind.OFFICE)
    kind = PostKind.SECURITY_ADMINISTRATOR
    begin_post(by=sysadmin, **newcomer(unit, kind=kind, title="安全管理员", holder=officer, name="", username=""))
    post = Post.objects.get(pk=post.pk)
    with refused_among("不得兼任其他职务"):
        correct_post(post, by=sysadmin, **correction(post, ended_on=None))


def test_a_post_that_begins_while_the_person_was_an_administrator_is_refused(office, sysadmin, officer, town):
    """The other post is over today, and was held on the day from which this one is to be registered."""
    Post.objects.filter(holder=officer).update(kind=PostKind.SECURITY_AUDITOR, ended_on=clock.today())
    since = clock.today() - timedelta(days=1)
    with refused_among("不得兼任其他职务"):
        begin_post(by=sysadmin, **newcomer(town, kind=PostKind.LIAISON, holder=officer, name="", began_on=since))


@pytest.mark.parametrize(
    ("spans", "shared"),
    [
        (((1, 3), (2, 4)), True),
        (((1, 3), (3, 4)), False),
        (((1, None), (3, None)), True),
        (((3, 3), (1, None)), False),
        (((3, None), (1, 2)), False),
    ],
)
def test_two_posts_share_a_day(spans, shared):
    posts = [Post(began_on=date(2026, 1, b), ended_on=e and date(2026, 1, e)) for b, e in spans]
    one, other = posts
    assert one.is_held_between(other.began_on, other.ended_on) is shared
    assert other.is_held_between(one.began_on, one.ended_on) is shared


def test_what_the_page_of_a_unit_offers_on_posts_is_what_may_be_done(office, sysadmin, town):
    post = secretary(town)
    assert ENDING_POST.is_offered(post, sysadmin)
    assert CORRECTING_POST.is_offered(post, sysadmin)
    assert not ENDING_POST.is_offered(post, cast.person("director"))
    ended = end_post(post, by=sysadmin, ended_on=clock.today())
    assert not ENDING_POST.is_offered(ended, sysadmin)
