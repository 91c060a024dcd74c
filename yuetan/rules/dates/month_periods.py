"""Periods that the law counts by calendar months: 半年, 一年, 三个月."""

import re

from yuetan.rules.text.official_text import chinese_number

MONTHS_OF = {"年": 12, "个月": 1}
MOST = 120
_WRITTEN = re.compile(r"([一二三四五六七八九十百]+|两)(年|个月)")
_NUMBERS = {chinese_number(number): number for number in range(1, MOST + 1)} | {"两": 2}


def months_in(period: str) -> int | None:
    """How many calendar months a period is as the law writes it; None for what is no such period."""
    if period == "半年":
        return MONTHS_OF["年"] // 2
    match = _WRITTEN.fullmatch(period)
    if match is None or match[1] not in _NUMBERS:
        return None
    months = _NUMBERS[match[1]] * MONTHS_OF[match[2]]
    return months if months <= MOST else None
