"""多期: periods of one scheme that are added up together, beside the span before and that of last year."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

from yuetan.errors import Refused
from yuetan.models.reporting.report import ReportPeriod
from yuetan.models.reporting.scheme import SchemeVersion
from yuetan.rules.dates.periods import Period
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.reporting.form_fields import REPORTS, RETURNS, UNITS, ReportField, totals_at_end
from yuetan.rules.reporting.periods import Span, span_of_days
from yuetan.rules.reporting.spans import (
    label_between,
    same_fields,
    those_a_year_before,
    those_before,
    whole_of,
)

MAX_PERIODS = 60  # that are added up together: more than a year of weeks
A_YEAR = timedelta(days=366)
Others = tuple["PeriodSpan | None", "PeriodSpan | None"]
Chosen = Callable[[Sequence[Span], Span, Span], list[Span]]


@dataclass(frozen=True)
class PeriodSpan:
    """Periods of one scheme and one rhythm, the earliest first; mostly a single one."""

    periods: tuple[ReportPeriod, ...]

    @property
    def first(self) -> ReportPeriod:
        """The earliest period."""
        return self.periods[0]

    @property
    def last(self) -> ReportPeriod:
        """The latest period."""
        return self.periods[-1]

    @property
    def is_single(self) -> bool:
        """Whether it is one period."""
        return len(self.periods) == 1

    @property
    def version(self) -> SchemeVersion:
        """What was asked of the last period."""
        return self.last.version

    @property
    def keys(self) -> list[int]:
        """The keys of its periods."""
        return [each.pk for each in self.periods]

    @property
    def whole(self) -> Period | None:
        """The quarter, half year … of which these are all the periods; none of a single one."""
        return None if self.is_single else whole_of(self.first.span, self.last.span)

    @property
    def label(self) -> str:
        """2026年第3季度, else from when until when."""
        if self.is_single:
            return self.last.label
        return label_between(self.version.rhythm, self.first.span, self.last.span)

    @property
    def days(self) -> str:
        """From its first day until its last, both within."""
        return span_of_days(self.first.first, self.last.last).label

    @cached_property
    def asked(self) -> list[ReportField]:
        """What is added up of its last period."""
        return [each for each in self.version.form_fields if each.is_summed]

    @cached_property
    def fields(self) -> list[ReportField]:
        """What is added up: what each of its periods asked alike."""
        return [each for each in self.asked if each.key in self.alike(self.asked)]

    @property
    def left_out(self) -> list[str]:
        """What is asked of the last period and was not, or otherwise, of an earlier one, and so is not added up."""
        return [each.label for each in self.asked if each not in self.fields]

    def alike(self, fields: Sequence[ReportField]) -> set[str]:
        """The keys of those fields that each of its periods asked alike."""
        versions = {each.version_id: each.version for each in self.periods}
        keys = {each.key for each in fields}
        return keys.intersection(*(same_fields(fields, version.form_fields) for version in versions.values()))

    @cached_property
    def at_end(self) -> set[str]:
        """The keys of running totals: of several periods the last one says all."""
        return set() if self.is_single else totals_at_end(self.version.form_fields)

    @property
    def counted_in(self) -> tuple[str, str]:
        """What says 是: each unit of a period, each report of what is reported at any time, each return of several."""
        if not self.version.is_periodic:
            return REPORTS
        return UNITS if self.is_single else RETURNS

    def heads(self) -> list[tuple[str, str]]:
        """What each sum is called, and in what it is counted; a running total of several periods 期末的累计数."""
        heads = [(each.key, *each.sum_head(self.counted_in)) for each in self.fields]
        return [(f"{label}（末期数）" if key in self.at_end else label, unit) for key, label, unit in heads]

    def others(self) -> Others:
        """The span before and that of last year, where all their periods were reported in the same rhythm."""
        if self.is_single:
            before, last_year = self.last.before(), self.last.a_year_before()
            return of_one(before) if before else None, of_one(last_year) if last_year else None
        begin = self.first.first - (self.last.last - self.first.first) - A_YEAR
        known = list(self.last.of_rhythm().filter(first__gte=begin, first__lte=self.last.first).order_by("first"))
        return self._span_chosen_by(known, those_before), self._span_chosen_by(known, those_a_year_before)

    def _span_chosen_by(self, known: Sequence[ReportPeriod], choose: Chosen) -> PeriodSpan | None:
        by_day = {each.first: each for each in known}
        spans = choose([each.span for each in known], self.first.span, self.last.span)
        return PeriodSpan(tuple(by_day[each.first] for each in spans)) if spans else None


def of_one(period: ReportPeriod) -> PeriodSpan:
    """A single period."""
    return PeriodSpan((period,))


def span_between(first: ReportPeriod, last: ReportPeriod) -> PeriodSpan:
    """From one period to another, both within.

    Raises Refused for periods of two schemes or two rhythms, the first after the last, what may not be filled in yet,
    and more than `MAX_PERIODS`.
    """
    refuse(_problems_of_two(first, last))
    between = last.scheme.periods.filter(first__gte=first.first, first__lte=last.first).select_related("version")
    periods = list(between.order_by("first")[: MAX_PERIODS + 1])
    refuse(_problems_between(periods, last))
    for each in periods:
        each.scheme = last.scheme
    return PeriodSpan(tuple(periods))


def refuse(findings: Iterator[Finding]) -> None:
    """Raises Refused with what was found, if anything."""
    reasons = [each.reason() for each in findings]
    if reasons:
        raise Refused(*reasons)


def _problems_of_two(first: ReportPeriod, last: ReportPeriod) -> Iterator[Finding]:
    if first.scheme_id != last.scheme_id:
        yield finding("span_of_two_schemes", "from", first=str(first), last=str(last))
    elif first.first > last.first:
        yield finding("span_backwards", "from", first=first.label, last=last.label)
    elif not last.is_open:
        yield finding("span_not_open", "to", label=last.label)


def _problems_between(periods: Sequence[ReportPeriod], last: ReportPeriod) -> Iterator[Finding]:
    if len(periods) > MAX_PERIODS:
        yield finding("span_too_long", "from", most=MAX_PERIODS)
    other = next((each for each in periods if each.version.rhythm != last.version.rhythm), None)
    if other is not None:
        words = {"label": other.label, "other": other.version.rhythm_words, "rhythm": last.version.rhythm_words}
        yield finding("span_of_two_rhythms", "from", **words)
