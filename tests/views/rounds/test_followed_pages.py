"""跟踪督查 and 特派督导 on their pages: begun from an earlier visit, answered point by point, sent out by a leader."""

import pytest
import time_machine
from django.urls import reverse

from tests import cast
from tests.followed_rounds import DONE, STILL, answered_visit, dispatched, earlier, errand, followed_visit, number_of
from tests.rounds import THERE, WRONG, visit_of
from tests.web import Visitor
from yuetan.actions.rounds.planning import plan_round
from yuetan.models import RoundFinding, RoundVisit, SupervisionRound
from yuetan.vocabulary import RoundKind

pytestmark = pytest.mark.usefixtures("office")
HEAD = f"head_{cast.TOWN}"


def visitor(username: str, url: str) -> Visitor:
    one = Visitor(cast.person(username))
    one.open(url)
    return one


def url_of(visit: RoundVisit) -> str:
    return reverse("round_visit", args=[visit.pk])


def test_it_is_begun_on_the_page_of_what_it_follows() -> None:
    before = earlier()
    with time_machine.travel(THERE, tick=False):
        officer = visitor("officer", url_of(before))
        officer.click("制定跟踪督查方案")
        values = officer.page.forms[-1].values
        assert values["visits-0-follows"] == [number_of(before)]
        assert values["visits-0-unit"] == [before.unit.full_name]
        assert values["kind"] == [RoundKind.FOLLOW_UP]
        people = [cast.person(name).pk for name in ("officer", "supervisor")]
        words = {"title": "跟踪督查", "basis": "《工作方案》", "begins_on": "2026-11-26", "ends_on": "2026-11-27"}
        plan = words | {"visits-0-day": "2026-11-26", "members": people, "leader": people[1]}
        assert "已制定方案" in officer.press("保存", **plan)
    after = visit_of(SupervisionRound.objects.get(kind=RoundKind.FOLLOW_UP))
    assert after.points_followed[0]["words"] == WRONG


def test_nothing_is_begun_for_a_paper_nobody_named() -> None:
    values = visitor("officer", f"{reverse('plan_round')}?follows=x").page.forms[-1].values
    assert values["visits-0-follows"] in ([], [""])


def test_a_unit_is_offered_no_round() -> None:
    assert "制定跟踪督查方案" not in visitor(HEAD, url_of(earlier())).page


def test_each_point_is_chosen_once_with_what_became_of_it() -> None:
    after = followed_visit()
    with time_machine.travel(THERE, tick=False):
        officer = visitor("officer", url_of(after))
        assert f"{WRONG} " in officer.page.shown_text or WRONG in officer.page
        assert "整改任务现在：" in officer.page
        officer.click("登记督导情况")
        people = [cast.person(name).pk for name in ("officer", "supervisor")]
        seen = {"words": STILL, "is_problem": "on", "people": people}
        assert "已登记督导情况。" in officer.press(
            "登记督导情况", **seen, answers=officer.pick("answers", f"1. {WRONG}")
        )
        assert "跟踪的第1项问题：未整改" in officer.page
        officer.click("登记督导情况")
        assert f"1. {WRONG}" not in officer.page
    assert RoundFinding.objects.get(visit=after).outcome == "未整改"


def test_the_unit_reads_its_points_and_not_yet_what_became_of_them() -> None:
    page = visitor(HEAD, url_of(followed_visit())).page
    assert WRONG in page
    assert "未整改" not in page


def test_the_unit_reads_what_was_put_right() -> None:
    page = visitor(HEAD, url_of(answered_visit())).page
    assert all(words in page for words in ("跟踪的第1项问题：未整改", STILL, "跟踪的第2项问题：已整改", DONE))


def test_the_correction_asks_of_each_point_whether_it_was_put_right() -> None:
    after = answered_visit()
    with time_machine.travel(THERE, tick=False):
        officer = visitor("officer", url_of(after))
        officer.click("更正督导意见书")
        values = officer.page.forms[-1].values
    assert values["righted_1"] == ["problem"]
    assert values["righted_2"] == [""]


def test_a_dispatched_round_shows_who_sent_it() -> None:
    of_round = plan_round(by=cast.person("officer"), planned=dispatched(errand=errand()))
    officer = visitor("officer", reverse("supervision_round", args=[of_round.pk]))
    assert all(words in officer.page for words in ("赵四（", "2026年11月23日派出", "查清农贸市场整治责任。"))
    officer.click("修改方案")
    assert officer.page.forms[-1].values["sent_by"] == [str(cast.person("group_leader").pk)]
