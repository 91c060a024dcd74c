"""Several periods one after the other: what they are called together, and which earlier ones are held against them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from itertools import pairwise

from yuetan.rules.dates.periods import MONTHS, MONTHS_OF_A_YEAR, Period, PeriodKind
from yuetan.rules.reporting.form_fields import ReportField, totals_at_end
from yuetan.rules.reporting.periods import DAYS_OF_A_WEEK, Span, span_of_days
from yuetan.vocabulary import ReportingRhythm

A_WEEK = timedelta(days=DAYS_OF_A_WEEK)
LAST_DAY_OF_ALL_MONTHS = 28
SpanOfPeriods = Sequence[Span]  # the earliest first


def whole_of(first: Span, last: Span) -> Period | None:
    """The year, half year, quarter or month of which these are all the periods; a week is of the one in which it
    ends. None where they are no such whole."""
    for kind in PeriodKind:
        whole = Period.around(kind, last.last)
        if first.first <= whole.first <= first.last and whole.last < last.last + A_WEEK:
            return whole
    return None


def label_between(rhythm: str, first: Span, last: Span) -> str:
    """2026年第3季度 where they are all of it; else 2026年9月4日至11月26日, 2026年2月至4月."""
    whole = whole_of(first, last)
    if whole is not None:
        return whole.label
    if rhythm == ReportingRhythm.WEEKLY:
        return span_of_days(first.first, last.last).label
    return f"{first.label}至{last.label.removeprefix(f'{first.first.year}年') or last.label}"


def those_before(known: SpanOfPeriods, first: Span, last: Span) -> list[Span]:
    """The quarter before a quarter, else as many periods right before; empty where not all of these were reported."""
    whole = whole_of(first, last)
    if whole is not None:
        return _all_of(known, whole.moved(-1))
    begin = known.index(first)
    number = known.index(last) - begin + 1
    return _adjoining(known[begin - number : begin]) if number <= begin else []


def those_a_year_before(known: SpanOfPeriods, first: Span, last: Span) -> list[Span]:
    """The same quarter of last year, else from the period in which the same day lay to that of the last; empty where
    not all of these were reported."""
    whole = whole_of(first, last)
    if whole is not None:
        return _all_of(known, whole.moved(-MONTHS_OF_A_YEAR // MONTHS[whole.kind]))
    begin, end = (_place_of(known, a_year_before(each.last)) for each in (first, last))
    return [] if begin is None or end is None else _adjoining(known[begin : end + 1])


def a_year_before(day: date) -> date:
    """The same day of the year before; in every month there is one."""
    return date(day.year - 1, day.month, min(day.day, LAST_DAY_OF_ALL_MONTHS))


def _all_of(known: SpanOfPeriods, whole: Period) -> list[Span]:
    those = _adjoining([each for each in known if whole.first <= each.last <= whole.last])
    return those if those and whole_of(those[0], those[-1]) == whole else []


def _adjoining(those: SpanOfPeriods) -> list[Span]:
    """These, if each follows the one before; a week that ends on another day since may leave some days between."""
    return list(those) if all(after.first - before.last <= A_WEEK for before, after in pairwise(those)) else []


def _place_of(known: SpanOfPeriods, day: date) -> int | None:
    return next((place for place, each in enumerate(known) if each.first <= day <= each.last), None)


def same_fields(now: Sequence[ReportField], then: Sequence[ReportField]) -> set[str]:
    """The keys of what two forms add up alike: in the same unit, over the periods or at their end."""
    asked = {_added_up(field, totals_at_end(then)) for field in then}
    return {field.key for field in now if _added_up(field, totals_at_end(now)) in asked}


def _added_up(field: ReportField, at_end: Collection[str]) -> tuple[str, str, str, bool]:
    return field.key, field.kind, field.unit, field.key in at_end
