"""A year, half a year, a quarter or a month of figures, and the one before it."""

from __future__ import annotations

import calendar
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

MONTHS_OF_A_QUARTER, MONTHS_OF_HALF_A_YEAR, MONTHS_OF_A_YEAR = 3, 6, 12
FIRST_YEAR, LAST_YEAR = 2015, 2099


class PeriodKind(StrEnum):
    """How long a period is."""

    YEAR = "year"
    HALF_YEAR = "half"
    QUARTER = "quarter"
    MONTH = "month"


MONTHS = {
    PeriodKind.YEAR: MONTHS_OF_A_YEAR,
    PeriodKind.HALF_YEAR: MONTHS_OF_HALF_A_YEAR,
    PeriodKind.QUARTER: MONTHS_OF_A_QUARTER,
    PeriodKind.MONTH: 1,
}
HALVES = ("上半年", "下半年")


@dataclass(frozen=True)
class Period:
    """One of them; `number` counts those of its kind in the year from 1 on."""

    kind: PeriodKind
    year: int
    number: int = 1

    @classmethod
    def around(cls, kind: PeriodKind, day: date) -> Period:
        """The one of this kind in which a day lies."""
        return cls(kind, day.year, (day.month - 1) // MONTHS[kind] + 1)

    @classmethod
    def parse(
        cls, kind_text: str, year_text: str, number_text: str, *, kinds: Collection[PeriodKind], today: date
    ) -> Period:
        """What an address asks for, one of these kinds; whatever is no period of its kind becomes the present one."""
        kind = PeriodKind(kind_text) if kind_text in kinds else PeriodKind.YEAR
        present = cls.around(kind, today)
        year = _number(year_text, FIRST_YEAR, LAST_YEAR)
        number = _number(number_text, 1, MONTHS_OF_A_YEAR // MONTHS[kind])
        return present if year is None else cls(kind, year, number or 1)

    @property
    def first(self) -> date:
        """The first day."""
        return date(self.year, (self.number - 1) * MONTHS[self.kind] + 1, 1)

    @property
    def last(self) -> date:
        """The last day."""
        month = self.number * MONTHS[self.kind]
        return date(self.year, month, calendar.monthrange(self.year, month)[1])

    @property
    def label(self) -> str:
        """2026年、2026年下半年、2026年第4季度、2026年11月."""
        return f"{self.year}年{self.part}"

    @property
    def part(self) -> str:
        """Which one of its year: 下半年、第4季度、11月; empty for a year."""
        if self.kind == PeriodKind.HALF_YEAR:
            return HALVES[self.number - 1]
        return {PeriodKind.QUARTER: f"第{self.number}季度", PeriodKind.MONTH: f"{self.number}月"}.get(self.kind, "")

    @property
    def query(self) -> str:
        """As an address asks for it."""
        return f"kind={self.kind.value}&year={self.year}&number={self.number}"

    def moved(self, by: int) -> Period:
        """So many periods of the same kind on, or back."""
        in_a_year = MONTHS_OF_A_YEAR // MONTHS[self.kind]
        place = self.year * in_a_year + self.number - 1 + by
        return Period(self.kind, place // in_a_year, place % in_a_year + 1)


def periods_of(kind: PeriodKind, year: int) -> list[Period]:
    """Those of a kind in a year."""
    return [Period(kind, year, number) for number in range(1, MONTHS_OF_A_YEAR // MONTHS[kind] + 1)]


def months_of(year: int) -> list[Period]:
    """The twelve months of a year."""
    return periods_of(PeriodKind.MONTH, year)


def _number(text: str, least: int, most: int) -> int | None:
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(LAST_YEAR))):
        return None
    return int(text) if least <= int(text) <= most else None
