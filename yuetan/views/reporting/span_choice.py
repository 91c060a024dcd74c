"""起止期: between which periods of a scheme one may choose, and the months, quarters and years that they make."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.urls import reverse

from yuetan.ledgers.reporting.reports import periods_of
from yuetan.models import ReportPeriod
from yuetan.models.reporting.span import PeriodSpan
from yuetan.rules.dates.periods import Period, PeriodKind

WHOLES = (PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.HALF_YEAR, PeriodKind.YEAR)
PART = "（不全）"


@dataclass(frozen=True)
class SpanChoice:
    """The periods offered, the newest first, those that are chosen, and what is chosen at once."""

    offered: Sequence[ReportPeriod]
    first: ReportPeriod
    last: ReportPeriod

    @classmethod
    def of(cls, first: ReportPeriod, last: ReportPeriod) -> SpanChoice:
        """Those of the scheme of the last that may be filled in by now, and the two that are chosen."""
        known = {each.pk: each for each in periods_of(last.scheme) if each.is_open}
        chosen = {each.pk: each for each in (first, last)}
        offered = sorted((known | chosen).values(), key=lambda each: (each.first, each.pk), reverse=True)
        return cls(offered, first, last)

    def at_once(self) -> list[tuple[str, str]]:
        """2026年第3季度, 2026年第4季度（不全）: what the periods make around the last one and before it, each with its
        address but for the unit."""
        return list(self._at_once())

    def _at_once(self) -> Iterator[tuple[str, str]]:
        known = set()
        for whole in self._around():
            those = tuple(each for each in reversed(self.offered) if whole.first <= each.last <= whole.last)
            if len(those) > 1 and those not in known:
                known.add(those)
                yield _with_address(PeriodSpan(those), whole)

    def _around(self) -> Iterator[Period]:
        for kind in WHOLES:
            around = Period.around(kind, self.last.last)
            yield from (around.moved(-1), around)


def _with_address(span: PeriodSpan, whole: Period) -> tuple[str, str]:
    url = f"{reverse('report_summary', args=[span.last.pk])}?from={span.first.pk}"
    return f"{whole.label}{'' if span.whole == whole else PART}", url
