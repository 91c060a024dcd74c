"""Several periods one after the other: what they are called, and which earlier ones are held against them."""

from datetime import date

import pytest

from yuetan.rules.reporting.form_fields import ReportField
from yuetan.rules.reporting.periods import span_after, span_around
from yuetan.rules.reporting.spans import label_between, same_fields, those_a_year_before, those_before, whole_of
from yuetan.vocabulary import ReportFieldCheck, ReportFieldKind, ReportingRhythm

THURSDAY = 3
WEEKLY, MONTHLY, QUARTERLY = ReportingRhythm.WEEKLY, ReportingRhythm.MONTHLY, ReportingRhythm.QUARTERLY


def known(rhythm, begin, number):
    """So many periods from the one on in which a day lies."""
    spans = [span_around(rhythm, begin, THURSDAY)]
    while len(spans) < number:
        spans.append(span_after(rhythm, spans[-1], THURSDAY))
    return spans


def ending(spans, begin, end):
    """Those that end between two days, both within."""
    return [each for each in spans if begin <= each.last <= end]


WEEKS = known(WEEKLY, date(2025, 1, 1), 110)
MONTHS = known(MONTHLY, date(2025, 2, 1), 23)


def test_the_weeks_that_end_in_a_quarter_are_the_quarter():
    weeks = ending(WEEKS, date(2026, 7, 1), date(2026, 9, 30))
    assert label_between(WEEKLY, weeks[0], weeks[-1]) == "2026年第3季度"
    assert (weeks[0].first, weeks[-1].last) == (date(2026, 6, 26), date(2026, 9, 24))
    assert label_between(WEEKLY, weeks[1], weeks[-1]) == "2026年7月3日至9月24日"
    assert label_between(WEEKLY, weeks[0], weeks[-2]) == "2026年6月26日至9月17日"
    one_more = WEEKS[WEEKS.index(weeks[-1]) + 1]
    assert whole_of(weeks[0], one_more) is None
    one_before = WEEKS[WEEKS.index(weeks[0]) - 1]
    assert whole_of(one_before, weeks[-1]) is None


@pytest.mark.parametrize(
    ("begin", "end", "label"),
    [
        (date(2026, 1, 1), date(2026, 12, 31), "2026年"),
        (date(2026, 1, 1), date(2026, 6, 30), "2026年上半年"),
        (date(2026, 4, 1), date(2026, 6, 30), "2026年第2季度"),
        (date(2026, 2, 1), date(2026, 4, 30), "2026年2月至4月"),
        (date(2025, 11, 1), date(2026, 2, 28), "2025年11月至2026年2月"),
    ],
)
def test_months_are_called_by_what_they_make(begin, end, label):
    months = ending(MONTHS, begin, end)
    assert label_between(MONTHLY, months[0], months[-1]) == label


def test_quarters_are_held_against_quarters_however_many_weeks_they_have():
    weeks = ending(WEEKS, date(2026, 10, 1), date(2026, 12, 31))
    before = those_before(WEEKS, weeks[0], weeks[-1])
    assert before == ending(WEEKS, date(2026, 7, 1), date(2026, 9, 30))
    assert len(weeks) == 14
    assert len(before) == 13
    last_year = those_a_year_before(WEEKS, weeks[0], weeks[-1])
    assert last_year == ending(WEEKS, date(2025, 10, 1), date(2025, 12, 31))


def test_other_spans_are_held_against_as_many_before_and_the_same_days_of_last_year():
    months = ending(MONTHS, date(2026, 4, 1), date(2026, 8, 31))
    assert those_before(MONTHS, months[0], months[-1]) == ending(MONTHS, date(2025, 11, 1), date(2026, 3, 31))
    assert those_a_year_before(MONTHS, months[0], months[-1]) == ending(MONTHS, date(2025, 4, 1), date(2025, 8, 31))
    weeks = ending(WEEKS, date(2026, 3, 5), date(2026, 3, 19))
    last_year = those_a_year_before(WEEKS, weeks[0], weeks[-1])
    assert (last_year[0].first, last_year[-1].last) == (date(2025, 2, 28), date(2025, 3, 20))


def test_what_was_not_reported_whole_is_not_held_against():
    first_quarter = ending(MONTHS, date(2025, 4, 1), date(2025, 6, 30))
    assert those_before(MONTHS, first_quarter[0], first_quarter[-1]) == []  # January was not reported
    assert those_a_year_before(MONTHS, first_quarter[0], first_quarter[-1]) == []
    early = ending(MONTHS, date(2025, 3, 1), date(2025, 6, 30))
    assert those_before(MONTHS, early[0], early[-1]) == []
    assert those_a_year_before(MONTHS, early[0], early[-1]) == []
    with_a_gap = [each for each in MONTHS if each.first != date(2026, 2, 1)]  # reported in another rhythm then
    second = ending(MONTHS, date(2026, 4, 1), date(2026, 6, 30))
    assert those_before(MONTHS, second[0], second[-1]) == ending(MONTHS, date(2026, 1, 1), date(2026, 3, 31))
    assert those_before(with_a_gap, second[0], second[-1]) == []


def test_only_what_is_added_up_alike_is_the_same():
    count, total = ReportFieldKind.COUNT, ReportFieldCheck.AT_LEAST_BEFORE
    now = [ReportField(f"f{number}", f"第{number}项", count, "处") for number in range(1, 5)]
    then = [
        now[0],
        ReportField("f2", "第2项", count, "个"),
        ReportField("f3", "第3项", count, "处", check=total),
        ReportField("f4", "第4项", count, "处", needed=False),
    ]
    assert same_fields(now, then) == {"f1", "f4"}
    assert same_fields(now, []) == set()
