"""Until when a closed case is kept: its years are counted from the first of January after its end (办公室设定)."""

from __future__ import annotations

from datetime import date

from yuetan.vocabulary import Retention


def kept_until(closed_on: date, retention: Retention) -> date | None:
    """The last day on which it must be kept; None for what is kept for ever."""
    return None if retention.years is None else date(closed_on.year + retention.years, 12, 31)
