"""Reading a 发文字号 as it stands on a paper."""

from __future__ import annotations

import re
from typing import NamedTuple

from yuetan.rules.text import official_text

_OPENING, _CLOSING = r"〔［\[（(【", r"〕］\])）】"
_FORM = re.compile(
    rf"(?P<prefix>[^{_OPENING}]{{1,20}})[{_OPENING}](?P<year>\d{{4}})[{_CLOSING}]第?(?P<serial>\d{{1,6}})号"
)


class ParsedNumber(NamedTuple):
    """机关代字, year and serial number."""

    prefix: str
    year: int
    serial: int

    def __str__(self) -> str:
        return official_text.document_number(*self)


def parse_number(text: str) -> ParsedNumber | None:
    """江扫黑办〔2026〕12号 in its three parts, in whatever brackets it was typed; None if it is no number."""
    match = _FORM.fullmatch("".join(text.split()))
    if match is None or not int(match["serial"]):
        return None
    return ParsedNumber(match["prefix"], int(match["year"]), int(match["serial"]))
