"""What no field of any form accepts, whatever it asks for: days and numbers that cannot be meant, and nested data."""

from __future__ import annotations

import json
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError

EARLIEST, LATEST = 1949, 2100
LARGEST = 999_999_999  # fits every column that holds a number
LARGEST_KEY = 2**63 - 1
KEY_DIGITS = len(str(LARGEST_KEY))


def within_years(day: date) -> None:
    """Raises ValidationError for a day or moment with which nothing here can be counted."""
    if not EARLIEST <= day.year <= LATEST:
        raise ValidationError(f"日期不在 {EARLIEST} 年至 {LATEST} 年之间，请核对年份。")


def within_numbers(number: float) -> None:
    """Raises ValidationError for a number that nothing here could be."""
    if not abs(number) <= LARGEST:  # also what is no number at all
        raise ValidationError(f"数字太大，不得超过 {LARGEST}。")


def is_key(text: str) -> bool:
    """Whether this could be the key of a numbered row."""
    return text.isascii() and text.isdecimal() and len(text) <= KEY_DIGITS and int(text) <= LARGEST_KEY


def unnumbered_key(text: str) -> UUID | None:
    """The key of a row that is not numbered; None for what is no such key."""
    try:
        return UUID(text)
    except ValueError:
        return None


def parsed_json(text: str) -> Any:
    """What a script of ours has sent; raises ValueError for what is no JSON, or is nested as none of them nests."""
    try:
        return json.loads(text)
    except RecursionError as error:
        raise ValueError("too deep") from error
