"""The fonts in a PDF of ours: their files, what each glyph says and how wide it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pypdf.generic import ByteStringObject, DictionaryObject, TextStringObject

UNICODE = re.compile(r"<([0-9a-fA-F]+)> <([0-9a-fA-F]*)>")


@dataclass(frozen=True)
class Font:
    """An embedded font: its name, its file, and what each of its glyphs says and takes up, in thousandths."""

    name: str
    file: bytes
    characters: dict[int, str]
    widths: dict[int, float]


def read_font(font: DictionaryObject) -> Font:
    """A font as a page names it."""
    named: Any = font
    inner = named["/DescendantFonts"][0].get_object()
    described = inner["/FontDescriptor"]
    file = next(described[key] for key in ("/FontFile3", "/FontFile2") if key in described)
    characters = {
        int(glyph, 16): bytes.fromhex(text).decode("utf-16-be")
        for glyph, text in UNICODE.findall(named["/ToUnicode"].get_data().decode("ascii"))
    }
    name = str(named["/BaseFont"]).partition("+")[2]
    return Font(name.replace("-", " "), file.get_data(), characters, dict(_widths(inner["/W"])))


def _widths(listed: Any) -> Iterator[tuple[int, float]]:
    """12 [500 500] 20 30 1000: from a glyph on each its own, or the same for several."""
    parts = iter(listed)
    for first in parts:
        following = next(parts)
        if isinstance(following, list):
            yield from enumerate(map(float, following), start=int(first))
        else:
            width = float(next(parts))
            yield from ((number, width) for number in range(int(first), int(following) + 1))


def glyph_numbers(part: ByteStringObject | TextStringObject) -> Iterator[int]:
    """What a string of a page shows: two bytes a glyph."""
    codes = part.original_bytes
    for place in range(0, len(codes), 2):
        yield int.from_bytes(codes[place : place + 2], "big")
