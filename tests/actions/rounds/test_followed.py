"""跟踪督查 follows a paper of each unit, point by point; 特派督导 is sent out by a leader with an errand."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from tests import cast
from tests.documents.builders import plain
from tests.factories import case_after, pdf, take
from tests.followed_rounds import (
    DONE,
    FOLLOWING,
    STILL,
    answered_visit,
    dispatched,
    earlier,
    errand,
    followed_visit,
    follows,
    number_of,
)
from tests.refusals import refused_among
from tests.rounds import (
    DEMANDS,
    DISCUSSION,
    END,
    WRONG,
    announced,
    concluded,
    found,
    informed_visit,
    planned,
    there,
    visit,
    visit_of,
)
from yuetan.actions.rounds.announcing import announce_round
from yuetan.actions.rounds.conclusion import Concluded
from yuetan.actions.rounds.findings import withdraw_round_finding
from yuetan.actions.rounds.opinion_correction import (
    correct_round_opinion,
    digest_of_correction,
    digest_to_correct,
    reissue_round_opinion,
)
from yuetan.actions.rounds.opinion_correction_problems import CorrectedOpinion
from yuetan.actions.rounds.planning import PlannedVisit, plan_round, revise_round, round_shown
from yuetan.models import Case, Document, RoundFinding, RoundVisit, SupervisionRound
from yuetan.models.rounds.offered import offered_by_visit
from yuetan.vocabulary import DocumentKind, Verb

pytestmark = pytest.mark.usefixtures("office")


def announced_visit() -> RoundVisit:
    return visit_of(announced())


def plan(**changed: Any) -> SupervisionRound:
    return plan_round(by=cast.person("officer"), planned=planned(**changed))


def test_it_follows_problems_and_open_tasks() -> None:
    before = earlier()
    after = visit_of(plan(**FOLLOWING, visits=follows(number_of(before))))
    task = before.assignments.get().tasks.get()
    assert [(one["words"], one["task"]) for one in after.points_followed] == [
        (WRONG, ""),
        ("明确农贸市场整治的责任人。", str(task.pk)),
    ]
    assert number_of(before) in after.followed_words


def test_its_notice_lists_the_points() -> None:
    after = followed_visit()
    notice = Document.objects.get(visit=after, kind=DocumentKind.ROUND_NOTICE)
    assert "跟踪的问题和整改任务" in notice.html
    assert WRONG in notice.html


@pytest.mark.parametrize(
    ("number", "sentence"),
    [("", "没有写明跟踪什么"), ("江扫黑督意〔2026〕99号", "没有找到发给")],
)
def test_it_names_a_paper(number: str, sentence: str) -> None:
    with refused_among(sentence):
        plan(**FOLLOWING, visits=follows(number))


def test_the_paper_of_another_unit_is_not_found() -> None:
    number = number_of(earlier())
    with refused_among("没有找到发给"):
        plan(**FOLLOWING, visits=follows(number, cast.COUNTY))


def test_another_kind_follows_nothing() -> None:
    number = number_of(earlier())
    with refused_among("只有跟踪督查才填"):
        plan(visits=follows(number))


def test_where_nothing_was_wrong_nothing_is_followed() -> None:
    number = number_of(informed_visit(is_problem=False))
    with refused_among("没有可以跟踪的内容"):
        plan(**FOLLOWING, visits=follows(number))


def test_it_follows_a_case() -> None:
    case = case_after(Verb.ASSIGN)
    number = Document.objects.get(case=case, kind=DocumentKind.MINUTES).number
    after = visit_of(plan(**FOLLOWING, **soon(follows(number, case.unit.code))), case.unit.code)
    keys = [str(one.pk) for one in case.tasks.all()]
    assert keys
    assert [one["task"] for one in after.points_followed if one["task"]] == keys
    assert any(not one["task"] and one["words"] in case.minutes.problems for one in after.points_followed)


def soon(visits: list[PlannedVisit]) -> dict[str, Any]:
    """A plan from today on, whatever has happened before."""
    today = there().date()
    ahead = [PlannedVisit(one.unit, today, one.points, one.follows) for one in visits]
    return {"visits": ahead, "begins_on": today, "ends_on": today}


def test_a_narrowed_case_is_not_followed() -> None:
    case = case_after(Verb.ASSIGN)
    take(Verb.SET_READERS, Case.objects.get(pk=case.pk))
    number = Document.objects.get(case=case, kind=DocumentKind.MINUTES).number
    with refused_among("已设定知悉范围"):
        plan(**FOLLOWING, **soon(follows(number, case.unit.code)))


def test_each_point_is_answered_before_the_conclusion() -> None:
    after = followed_visit()
    found(after, words=STILL, answers=1)
    with refused_among("第2项问题还没有登记已整改或者未整改"):
        concluded(visit_of(after.round))
    found(after, words=DONE, is_problem=False, answers=2)
    assert concluded(visit_of(after.round)).concluded_at is not None


def test_a_point_is_answered_once_until_that_is_withdrawn() -> None:
    after = followed_visit()
    first = found(after, answers=1)
    with refused_among("已经登记过整改情况"):
        found(after, words=STILL, answers=1)
    with time_machine.travel(there(), tick=False):
        withdraw_round_finding(first, by=cast.person("officer"), reason="写错。")
    assert found(after, words=STILL, answers=1).answers == 1
    with refused_among("没有这一项跟踪的问题"):
        found(after, answers=3)


def test_the_opinion_says_what_was_put_right_and_offers_what_follows() -> None:
    after = answered_visit()
    assert after.opinion is not None
    text = plain(Document.objects.get(pk=after.opinion.pk).html)
    assert f"针对“{WRONG}”，未整改：{STILL}" in text
    assert f"针对“明确农贸市场整治的责任人”，已整改：{DONE}" in text
    offered = offered_by_visit(after)
    assert offered is not None
    assert f"未整改：{STILL}" in offered.facts
    assert "已整改" not in offered.facts


@pytest.mark.parametrize(("begun", "number"), [(announced_visit, 3), (followed_visit, 2)])
def test_what_findings_state_is_asked_once(begun: Callable[[], RoundVisit], number: int) -> None:
    of_visit = begun()
    for place in range(1, number + 1):
        found(of_visit, answers=place if of_visit.points_followed else None)
    with CaptureQueriesContext(connection) as asked:
        stated = [one.statement for one in RoundFinding.objects.standing_of(of_visit)]
    assert (len(stated), len(asked)) == (number, 1)


def test_what_answers_no_point_states_its_words_alone() -> None:
    found(announced_visit())
    with CaptureQueriesContext(connection) as asked:
        assert RoundFinding.objects.get().statement == WRONG
    assert len(asked) == 1


def corrected(worded: dict[int, str], not_righted: dict[int, bool]) -> CorrectedOpinion:
    people = [cast.person(name) for name in ("officer", "director", "supervisor")]
    agreed = Concluded("两项都没有整改。", DEMANDS, DISCUSSION, there().date(), people)
    return CorrectedOpinion(worded, [], [], agreed, not_righted=not_righted)


def correct(after: RoundVisit, made: CorrectedOpinion) -> None:
    words: dict[str, Any] = {"reason": "整改情况写错", "scan": [pdf("更正签名.pdf")], "seen": digest_to_correct(after)}
    with time_machine.travel(there() + timedelta(hours=1), tick=False):
        correct_round_opinion(after, by=cast.person("officer"), corrected=made, **words)


def test_a_correction_says_otherwise_of_a_point_but_never_nothing() -> None:
    after = answered_visit()
    with refused_among("须写明已整改或者未整改"):
        correct(after, corrected({2: ""}, {}))
    correct(after, corrected({}, {2: True}))
    with time_machine.travel(there() + timedelta(hours=2), tick=False):
        reissue_round_opinion(after, by=cast.person("director"), seen=digest_of_correction(after))
    standing = RoundFinding.objects.standing_of(after)
    assert [(one.answers, one.outcome) for one in standing] == [(1, "未整改"), (2, "未整改")]
    assert visit_of(after.round).problem_count == 2


def test_what_is_followed_is_kept() -> None:
    after = followed_visit()
    with pytest.raises(IntegrityError), transaction.atomic():
        RoundVisit.objects.filter(pk=after.pk).update(followed={})
    one = found(after, answers=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        RoundFinding.objects.filter(pk=one.pk).update(answers=2)


def test_a_dispatched_round_says_who_sent_it_to_do_what() -> None:
    of_round = plan_round(by=cast.person("officer"), planned=dispatched(errand=errand()))
    announce_round(of_round, by=cast.person("officer"))
    of_round = SupervisionRound.objects.get(pk=of_round.pk)
    assert "赵四" in of_round.sent_words
    notice = plain(Document.objects.filter(visit__round=of_round, kind=DocumentKind.ROUND_NOTICE)[0].html)
    assert "特派任务" in notice
    assert "查清农贸市场整治责任。" in notice
    assert f"由{of_round.sent_words}。" in notice
    with pytest.raises(IntegrityError), transaction.atomic():
        SupervisionRound.objects.filter(pk=of_round.pk).update(errand="另一任务")


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"words": ""}, "特派督导还缺：特派任务"),
        ({"sent_by": None}, "特派督导还缺：派出的领导"),
        ({"sent_on": END}, "派出日期不得晚于今天"),
    ],
)
def test_a_dispatched_round_needs_its_errand(changed: dict[str, Any], sentence: str) -> None:
    with refused_among(sentence):
        plan_round(by=cast.person("officer"), planned=dispatched(errand=errand(**changed)))


def test_who_leads_no_group_sends_nobody() -> None:
    sent = dispatched(errand=errand(sent_by=cast.person("officer")))
    with refused_among("不能派出特派督导"):
        plan_round(by=cast.person("officer"), planned=sent)


def test_another_kind_has_no_errand() -> None:
    with refused_among("只有特派督导写明"):
        plan(errand=errand())


def test_a_changed_plan_keeps_what_it_follows() -> None:
    number = number_of(earlier())
    of_round = plan(**FOLLOWING, **soon(follows(number)))
    again = planned(**FOLLOWING, **soon(follows(number)), demands="请备齐台账。")
    revise_round(of_round, by=cast.person("officer"), planned=again, seen=round_shown(of_round))
    assert visit_of(of_round).followed["number"] == number
    revised = SupervisionRound.objects.get(pk=of_round.pk)
    elsewhere = planned(**soon([visit()]))
    revise_round(revised, by=cast.person("officer"), planned=elsewhere, seen=round_shown(revised))
    assert visit_of(of_round).followed == {}
