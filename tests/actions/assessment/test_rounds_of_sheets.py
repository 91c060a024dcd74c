"""重新送核: which objections go on, which do not and why; the keys of indicators over all versions of a scheme."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests import cast
from tests.actions.assessment.test_assessment import HEAD, alerts_of, sent_again, with_one
from tests.assessment import (
    INDICATORS,
    LETTERS,
    MEMBERS,
    RESULTS,
    TOWNS,
    assessment_of,
    counted,
    decided,
    objected,
    planned,
    presented,
    sheet_of,
)
from tests.mergers import merge
from tests.received import received
from yuetan.actions.assessment.carried import CHANGED, DROPPED, UNASSESSED, why_left
from yuetan.actions.assessment.schemes import revise_assessment_scheme
from yuetan.models import AssessmentObjection, AssessmentSheet
from yuetan.rules.assessment.scoring import failing_lines
from yuetan.vocabulary import RecordSource


def revised(assessment, **changed):
    facts = {"by": cast.person("director"), "planned": planned(**changed), "reason": "方案有误。"}
    return revise_assessment_scheme(assessment, **facts, after=assessment.schemes.count())


def left_after(changed, *, is_decided, town=LETTERS):
    """What of an objection of the town does not go on after the scheme was changed, and why."""
    received(dated_on=date(2026, 10, 1), received_on=date(2026, 10, 2), reply_due=date(2026, 10, 20))
    assessment = presented(assessment_of())
    objection = objected(sheet_of(assessment), indicator=town)
    if is_decided:
        decided(objection)
    sheet = sent_again(assessment, lambda: revised(assessment, **changed))
    return [why_left(one, sheet) for one in AssessmentObjection.objects.left_behind(sheet)]


DEARER = with_one(1, replace(INDICATORS[1], each=Decimal(5), cap=Decimal(15)))  # the same count, points, most
TO_MEMBERS = [
    *with_one(1, replace(INDICATORS[1], group=MEMBERS.name)),
    counted("重点任务", RecordSource.OVERDUE_TASKS, 20, 2, group=TOWNS.name),
]
ROUNDS = [
    ({"indicators": DEARER}, True, [CHANGED]),
    ({"indicators": DEARER}, False, []),
    ({"source": "市委通知"}, True, []),
    ({"indicators": TO_MEMBERS}, True, [DROPPED]),
    ({"indicators": TO_MEMBERS}, False, [DROPPED]),
]


@pytest.mark.parametrize(("changed", "is_decided", "reasons"), ROUNDS)
def test_what_goes_on_holds_of_the_same_line_and_what_does_not_says_why(office, changed, is_decided, reasons):
    assert left_after(changed, is_decided=is_decided) == reasons
    alerts = [words for words in alerts_of(HEAD) if "没有沿用" in words]
    again = "，仍有异议的请重新提出。" if CHANGED in reasons else "没有沿用。"
    words = f"2026年度考核重新送核，原来对“来函办理”的异议因{reasons[0] if reasons else ''}没有沿用"
    assert [one.startswith(words) and one.endswith(again) for one in alerts] == [True] * len(reasons)


def test_what_a_unit_said_that_is_assessed_no_more_goes_on_nowhere(office, town):
    assessment = presented(assessment_of())
    decided(objected(sheet_of(assessment)), points=Decimal(19))

    def ended():
        merge(town, cast.unit(cast.DIVISION_TOWN), effective_on=date(2026, 11, 22))

    with pytest.raises(AssessmentSheet.DoesNotExist):
        sent_again(assessment, ended)
    assert f"原来的异议有1件因{UNASSESSED}没有沿用" in alerts_of("director")[-1]


def test_a_key_is_of_one_indicator_for_good(office):
    assessment = assessment_of()
    without = [*INDICATORS[:4], replace(INDICATORS[4], name="群众评价")]
    assert [one.key for one in revised(assessment, indicators=without).indicator_list][-1] == "i6"
    both = [*INDICATORS[:4], replace(INDICATORS[4], full=Decimal(20)), replace(without[-1], full=Decimal(20))]
    assert [one.key for one in revised(assessment, indicators=both).indicator_list][-2:] == [RESULTS, "i6"]
    again = [*INDICATORS[:4], replace(INDICATORS[4], name="督导评价")]
    assert [one.key for one in revised(assessment, indicators=again).indicator_list][-1] == "i7"


def test_a_line_says_itself_whether_a_record_of_it_makes_unqualified(office):
    received(dated_on=date(2026, 10, 1), received_on=date(2026, 10, 2), reply_due=date(2026, 10, 20))
    assessment = presented(assessment_of(indicators=with_one(1, replace(INDICATORS[1], fails=True))))
    first = sheet_of(assessment)
    sent_again(assessment, lambda: revised(assessment, excellent_from=Decimal(96)))
    former = AssessmentSheet.objects.get(pk=first.pk)  # withdrawn: no scheme stands for it any more
    assert former.failing_lines() == [former.line_of(LETTERS)]


def test_of_a_line_frozen_before_lines_said_so_the_scheme_does():
    line = {"key": "i2", "count": 1}
    assert failing_lines([line], known={"i2"}) == [line]
    assert failing_lines([line], {"i2": False}, known={"i2"}) == failing_lines([line]) == []
    assert failing_lines([line | {"fails": False}], known={"i2"}) == []
