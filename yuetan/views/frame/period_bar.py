"""Which period the figures of a page are of: read off its address, and the bar that leads to others."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from yuetan.forms.frame.options import FormData
from yuetan.rules.dates import clock
from yuetan.rules.dates.periods import Period, PeriodKind, periods_of

LABELS = {PeriodKind.YEAR: "年", PeriodKind.HALF_YEAR: "半年", PeriodKind.QUARTER: "季度", PeriodKind.MONTH: "月"}


@dataclass(frozen=True)
class PeriodLink:
    """A period to which the bar leads; the one that is shown is current."""

    words: str
    url: str
    is_current: bool


@dataclass(frozen=True)
class PeriodBar:
    """The period, what lies before and after it, and the others of its kind in its year."""

    period: Period
    previous_url: str
    next_url: str
    kinds: list[PeriodLink]
    parts: list[PeriodLink]


def period_of_address(asked: FormData, kinds: Collection[PeriodKind]) -> Period:
    """The period of one of these kinds that an address asks for, this year where it asks for none that there is."""
    get = (asked or {}).get
    return Period.parse(get("kind", ""), get("year", ""), get("number", ""), kinds=kinds, today=clock.today())


def period_bar(period: Period, kinds: Collection[PeriodKind]) -> PeriodBar:
    """The bar of a page that shows periods of these kinds; another kind begins with the last day that was shown."""
    day, parts = min(clock.today(), period.last), periods_of(period.kind, period.year) if period.part else []
    return PeriodBar(
        period,
        query_of(period.moved(-1)),
        query_of(period.moved(1)),
        [_link(f"按{LABELS[kind]}", Period.around(kind, day), is_current=kind == period.kind) for kind in kinds],
        [_link(one.part, one, is_current=one == period) for one in parts],
    )


def _link(words: str, period: Period, *, is_current: bool) -> PeriodLink:
    return PeriodLink(words, query_of(period), is_current)


def query_of(period: Period) -> str:
    """What asks for a period, with its question mark."""
    return f"?{period.query}"
