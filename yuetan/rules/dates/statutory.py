"""Days off that the law itself gives (全国年节及纪念日放假办法), certain before the year's arrangement is published."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from holidays.countries.china import China

# How the package names a day off that is exchanged for a worked weekend: arranged each year, not given by law.
_EXCHANGED = "休息日"
# The years whose lunar calendar the package knows.
_KNOWN = range(1950, 2101)


def statutory_days(year: int) -> Mapping[date, str]:
    """Each day off by law with its name, by the law as it stood then; none before 1950 and after 2100."""
    return _by_law(year) if year in _KNOWN else {}


@lru_cache(maxsize=len(_KNOWN))
def _by_law(year: int) -> Mapping[date, str]:
    arranged = China(years=year, observed=False, language="zh_CN")
    return {day: name for day, name in sorted(arranged.items()) if not name.startswith(_EXCHANGED)}
