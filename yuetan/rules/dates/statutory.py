"""Days off that the law itself gives (全国年节及纪念日放假办法), certain before the year's arrangement is published."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

# How the package names a day off that is exchanged for a worked weekend: arranged each year, not given by law.
_EXCHANGED = "休息日"
# The years whose lunar calendar the package knows.
_KNOWN = range(1950, 2101)


def statutory_days(year: int) -> Mapping[date, str]:
    """Each day off by law with its name, by the law as it stood then; none before 1950 and after 2100."""
    return _by_law(year) if year in _KNOWN else {}


@lru_cache(maxsize=len(_KNOWN))
def _by_law(year: int) -> Mapping[date, str]:
    from holidays.countries.china import China

    arranged = China(years=year, observed=False, language="zh_CN")
    named = ((day, name.replace("; ", "、")) for day, name in sorted(arranged.items()))
    return {day: name for day, name in named if not name.startswith(_EXCHANGED)}


def days_by_law(year: int) -> int:
    """How many days off the law gives; two festivals on one day are two, for one of them is made up for."""
    return sum(len(name.split("、")) for name in statutory_days(year).values())
