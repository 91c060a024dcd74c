"""Numbers of persons that have no place in any text that is kept: 公民身份号码 and mobile telephones, by their form."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date

from yuetan.rules.refusals import Finding, finding

IDENTITY, MOBILE = "公民身份号码", "手机号码"
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECKS = "10X98765432"
FIRST_YEAR = 1900
# What may be written instead of each.
INSTEAD = {
    IDENTITY: "只写姓名、职务或者“某某”，证件号码不写入系统",
    MOBILE: "只写姓名、职务，需要联系的写单位的办公电话（固定电话）",
}
# A day of the last ten years is that of a 线索编号 made of region, day and serial, not of a birth.
YOUNGEST = 10
GAP = r"[ \t-]?"
# People set digits apart by blanks or hyphens; digits that go on are another number.
_IDENTITY = re.compile(rf"(?<!\d)[1-8](?:{GAP}\d){{16}}{GAP}[\dXx](?![\dXx])")
_MOBILE = re.compile(rf"(?<!\d)(?:\+?86{GAP})?(1[3-9]\d(?:{GAP}\d){{8}})(?!\d)")


def personal_numbers(text: str, year: int) -> Iterator[tuple[str, str]]:
    """What each number found is, and the number with its middle covered, to be told without being repeated.

    `year` is the present one: it tells days of birth from days of a record.
    """
    plain = unicodedata.normalize("NFKC", text)
    for match in _IDENTITY.finditer(plain):
        number = _digits(match.group()).upper()
        if _born(number, year) and _checks(number):
            yield IDENTITY, f"{number[:6]}********{number[-4:]}"
    for match in _MOBILE.finditer(_IDENTITY.sub("", plain)):
        yield MOBILE, _covered(_digits(match.group(1)))


def is_mobile(text: str) -> bool:
    """Whether a text is one mobile number and nothing else, in any width, with blanks or hyphens or without."""
    return _MOBILE.fullmatch(unicodedata.normalize("NFKC", text).strip()) is not None


def mobile_digits(text: str) -> str:
    """The eleven digits of a mobile number; any other text as it is."""
    match = _MOBILE.fullmatch(unicodedata.normalize("NFKC", text).strip())
    return _digits(match.group(1)) if match else text


def covered_mobile(text: str) -> str:
    """A mobile number with its middle covered; any other text as it is."""
    return _covered(mobile_digits(text)) if is_mobile(text) else text


def _covered(number: str) -> str:
    return f"{number[:3]}****{number[-4:]}"


def personal_data(field: str, place: str, text: str, year: int) -> Iterator[Finding]:
    """Each number of a person in a text that would be kept, with what to write instead."""
    for what, shown in personal_numbers(text, year):
        yield finding("personal_data", field, place=place, what=what, shown=shown, instead=INSTEAD[what])


def _digits(text: str) -> str:
    return re.sub(r"[ \t-]", "", text)


def _born(number: str, year: int) -> bool:
    """Whether the middle of it is a day on which somebody may have been born."""
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    return FIRST_YEAR <= born.year <= year - YOUNGEST


def _checks(number: str) -> bool:
    """The check character as the national standard GB 11643 computes it."""
    total = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, number, strict=False))
    return CHECKS[total % len(CHECKS)] == number[-1]
