"""异议 on paper: the day on which it came counts, whenever the office enters it before the year is closed."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from tests import cast
from tests.actions.assessment.test_assessment import HEAD, refused, sent_again
from tests.assessment import decided, objected, presented, sheet_of
from tests.factories import later
from yuetan.actions.assessment.closing import close_assessment
from yuetan.actions.record.check_records import disagreements
from yuetan.models import AssessmentObjection, Event
from yuetan.models.record.event_words import details
from yuetan.vocabulary import ObjectionOutcome

SENT, LAST = date(2026, 11, 23), date(2026, 11, 30)  # when the sheets were sent, and the last day for objections
DISMISSED = {"outcome": ObjectionOutcome.DISMISSED, "points": None}


@pytest.mark.parametrize("came", [SENT, LAST])
def test_a_paper_that_came_in_time_is_entered_after_the_last_day(office, came):
    assessment = presented()
    with later(days=8):
        objection = objected(sheet_of(assessment), by="officer", received_on=came)
        assert (objection.from_paper, objection.received_on) == (True, came)
        with refused("还有1件异议没有处理"):
            close_assessment(assessment, by=cast.person("director"))
        decided(objection, **DISMISSED)
        close_assessment(assessment, by=cast.person("director"))
    assert list(disagreements()) == []


def test_the_log_says_when_a_paper_came(office):
    objected(sheet_of(presented()), by="officer")
    assert details(Event.objects.get(verb="raise_assessment_objection")) == "收到日期：2026年11月23日"


@pytest.mark.parametrize(
    ("came", "sentence"),
    [
        (date(2026, 12, 1), "这份异议于2026年12月1日收到，异议期限是2026年11月30日，已经逾期，不能代录"),
        (date(2026, 12, 2), "异议的收到日期不得晚于今天"),
        (date(2026, 11, 22), "异议的收到日期不得早于得分送单位核对的日期（2026年11月23日）"),
        (None, "异议还缺：收到日期。"),
    ],
)
def test_a_paper_that_came_late_or_on_no_possible_day_is_not_entered(office, came, sentence):
    sheet = sheet_of(presented())
    with later(days=8), refused(sentence):
        objected(sheet, by="officer", received_on=came)


def test_of_sheets_sent_again_a_paper_that_came_before_is_not_entered(office):
    assessment = presented()
    with later(days=2):
        sheet = sent_again(assessment)
        with refused("不得早于得分送单位核对的日期（2026年11月25日）"):
            objected(sheet, by="officer", received_on=date(2026, 11, 24))
        assert objected(sheet, by="officer", received_on=date(2026, 11, 25)).from_paper


def test_a_unit_objects_itself_on_the_day_it_does_and_never_late(office):
    sheet = sheet_of(presented())
    with later(days=8), refused("异议期限是2026年11月30日，已经过了"):
        objected(sheet)
    with refused("不填收到日期"):
        objected(sheet, received_on=SENT)
    with later(days=7):
        objection = objected(sheet)
    assert (objection.raised_by, objection.from_paper, objection.received_on) == (cast.person(HEAD), False, None)


def test_once_the_year_is_closed_no_paper_is_entered(office):
    assessment = presented()
    with later(days=8):
        close_assessment(assessment, by=cast.person("director"))
        with refused("已经关闭，得分和名次不能再变，不能提出异议"):
            objected(sheet_of(assessment), by="officer", received_on=LAST)


def test_the_day_goes_on_with_an_objection_in_another_round(office):
    assessment = presented()
    objected(sheet_of(assessment), by="officer")
    with later(days=2):
        going_on = sent_again(assessment).objections.get()
    assert (going_on.from_paper, going_on.received_on) == (True, SENT)


def test_the_database_wants_a_day_of_a_paper_and_none_of_what_a_unit_raised(office):
    sheet = sheet_of(presented())
    facts = {"sheet": sheet, "indicator": "i5", "words": "请核对。", "raised_by": cast.person("officer")}
    for amiss in ({"from_paper": True}, {"received_on": SENT}):
        with pytest.raises(IntegrityError, match="objection_from_paper_has_its_day"), transaction.atomic():
            AssessmentObjection.objects.create(**facts, **amiss)
    AssessmentObjection.objects.create(**facts, from_paper=True, received_on=SENT)
