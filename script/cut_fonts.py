"""script/cut_fonts.py SOURCES FONTS: the fonts of papers cut out of the distribution's files, with HarfBuzz.

Of a collection only the face for simplified Chinese stays, and of the Fandol fonts no glyph that is drawn like another
character (misdrawn_glyphs.json), so that the next font of the list draws it. A paper embeds tables as long as its
font: the font of titles is parted in the usual characters and the rare ones, that of page numbers has the
usual ones alone. HarfBuzz takes seconds for what fontTools takes minutes for.
"""

from __future__ import annotations

import ctypes
import json
import struct
import sys
from collections.abc import Iterable
from pathlib import Path

from fontTools.ttLib import TTFont
from fontTools.ttLib.sfnt import calcChecksum

MISDRAWN = Path(__file__).parent.parent / "yuetan" / "documents" / "typesetting" / "misdrawn_glyphs.json"
FANDOL = ("FandolFang-Regular.otf", "FandolKai-Regular.otf", "FandolHei-Regular.otf")
TITLES, PAGE_NUMBERS = "NotoSerifCJK-Bold", "NotoSerifCJK-Regular"
SCREEN = ("NotoSansCJK-Regular", "NotoSansCJK-Bold")
FAMILY, RARE_FAMILY = "Noto Serif CJK SC", "Noto Serif CJK SC Rare"
WHOLE = ("LXGWWenKai-Light.ttf", "HanaMinA.ttf", "HanaMinB.ttf")
SIMPLIFIED = 2  # the place of that face in a collection of Noto
# What Pango applies by itself, and what the style sheets ask for.
FEATURES = ("ccmp", "kern", "liga", "calt", "mark", "mkmk", "hwid", "halt")

NAMES, LANGUAGES_OF_NAMES, LAYOUT_FEATURES = 4, 5, 6  # hb_subset_sets_t
ONE_LONG_RANGE = 2  # format of a charset of CFF
WHOLE_FILE = 0xB1B0AFBA  # what the sums of a font make with head.checkSumAdjustment
KEEP_NOTDEF_OUTLINE = 0x40  # hb_subset_flags_t

Pointer = ctypes.c_void_p
Number = ctypes.c_uint
SIGNATURES = {
    "hb_blob_create_from_file_or_fail": (Pointer, [ctypes.c_char_p]),
    "hb_blob_get_data": (Pointer, [Pointer, ctypes.POINTER(Number)]),
    "hb_face_create": (Pointer, [Pointer, Number]),
    "hb_face_collect_unicodes": (None, [Pointer, Pointer]),
    "hb_face_reference_blob": (Pointer, [Pointer]),
    "hb_set_create": (Pointer, []),
    "hb_set_add": (None, [Pointer, Number]),
    "hb_set_clear": (None, [Pointer]),
    "hb_set_invert": (None, [Pointer]),
    "hb_set_next": (ctypes.c_int, [Pointer, ctypes.POINTER(Number)]),
    "hb_subset_input_create_or_fail": (Pointer, []),
    "hb_subset_input_unicode_set": (Pointer, [Pointer]),
    "hb_subset_input_set": (Pointer, [Pointer, ctypes.c_int]),
    "hb_subset_input_set_flags": (None, [Pointer, Number]),
    "hb_subset_or_fail": (Pointer, [Pointer, Pointer]),
}


def _harfbuzz() -> dict[str, ctypes._CFuncPtr]:
    libraries = [ctypes.CDLL(name) for name in ("libharfbuzz.so.0", "libharfbuzz-subset.so.0")]
    functions = {}
    for name, (result, arguments) in SIGNATURES.items():
        functions[name] = getattr(libraries[name.startswith("hb_subset")], name)
        functions[name].restype, functions[name].argtypes = result, arguments
    return functions


HARFBUZZ = _harfbuzz()


def _call(name: str, *arguments: object) -> int | None:
    result = HARFBUZZ[name](*arguments)
    if result is None and SIGNATURES[name][0] is Pointer:
        sys.exit(f"HarfBuzz 未能处理字体（{name}）。")
    return result


class Face:
    """One face of a font file as the distribution has it."""

    def __init__(self, path: Path, index: int = 0) -> None:
        self._face = _call("hb_face_create", _call("hb_blob_create_from_file_or_fail", bytes(path)), index)

    def drawn(self) -> set[int]:
        """The code points that it draws."""
        kept, code, drawn = _call("hb_set_create"), Number(0xFFFFFFFF), set()
        _call("hb_face_collect_unicodes", self._face, kept)
        while _call("hb_set_next", kept, ctypes.byref(code)):
            drawn.add(code.value)
        return drawn

    def cut(self, codes: Iterable[int], path: Path) -> None:
        """Write a font of these code points alone, whole or not at all."""
        wanted = _call("hb_subset_input_create_or_fail")
        unicodes = _call("hb_subset_input_unicode_set", wanted)
        for code in codes:
            _call("hb_set_add", unicodes, code)
        for everything in (NAMES, LANGUAGES_OF_NAMES):
            names = _call("hb_subset_input_set", wanted, everything)
            _call("hb_set_clear", names)
            _call("hb_set_invert", names)
        features = _call("hb_subset_input_set", wanted, LAYOUT_FEATURES)
        _call("hb_set_clear", features)
        for tag in FEATURES:
            _call("hb_set_add", features, int.from_bytes(tag.encode(), "big"))
        _call("hb_subset_input_set_flags", wanted, KEEP_NOTDEF_OUTLINE)
        _write(_call("hb_subset_or_fail", self._face, wanted), path)
        _number_glyphs_by_place(path)


def _write(face: int | None, path: Path) -> None:
    size = Number()
    start = _call("hb_blob_get_data", _call("hb_face_reference_blob", face), ctypes.byref(size))
    assert start is not None
    unfinished = path.with_suffix(".unfinished")
    unfinished.write_bytes(ctypes.string_at(start, size.value))
    unfinished.replace(path)


def _number_glyphs_by_place(path: Path) -> None:
    """Let each glyph of a font keyed by CID have its place in the font as its CID.

    A PDF names glyphs by their places, and a strict reader (MuPDF) takes these for CIDs: it would draw others, or none.
    The table of CIDs is written over by a shorter one, which fontTools would take half a minute for.
    """
    with TTFont(path, lazy=True) as font:
        top, count = font["CFF "].cff[0], font["maxp"].numGlyphs
        places = {tag: (entry.offset, entry.length) for tag, entry in font.reader.tables.items()}
        records = {tag: 12 + 16 * number for number, tag in enumerate(sorted(places))}
        written_over = places["CFF "][0] + top.rawDict["charset"]
    data = bytearray(path.read_bytes())
    data[written_over : written_over + 5] = struct.pack(">BHH", ONE_LONG_RANGE, 1, count - 2)
    head = places["head"][0]
    data[head + 8 : head + 12] = bytes(4)
    for tag in ("CFF ", "head"):
        offset, length = places[tag]
        assert data[records[tag] : records[tag] + 4] == tag.encode()
        checksum = calcChecksum(bytes(data[offset : offset + length]))
        data[records[tag] + 4 : records[tag] + 8] = checksum.to_bytes(4, "big")
    whole = (WHOLE_FILE - calcChecksum(bytes(data))) & 0xFFFFFFFF
    data[head + 8 : head + 12] = whole.to_bytes(4, "big")
    path.write_bytes(data)


def _rename(path: Path) -> None:
    """Call the font of the rare ones by a name of its own, for a PDF holds one font a name."""
    with TTFont(path, lazy=True) as font:
        for record in font["name"].names:
            renamed = record.toUnicode().replace(FAMILY, RARE_FAMILY).replace("NotoSerifCJKsc", "NotoSerifCJKscRare")
            record.string = renamed.encode(record.getEncoding(), "replace")
        unfinished = path.with_suffix(".unfinished")
        font.save(unfinished)
    unfinished.replace(path)


def cut_all(sources: Path, fonts: Path) -> None:
    """Every font of papers, from the files of the distribution."""
    misdrawn = json.loads(MISDRAWN.read_text(encoding="utf-8"))
    for name in FANDOL:
        face = Face(sources / name)
        face.cut(face.drawn() - {ord(character) for character in misdrawn[name]}, fonts / name)
    usual = Face(sources / FANDOL[0]).drawn()
    face = Face(sources / f"{PAGE_NUMBERS}.ttc", SIMPLIFIED)
    face.cut(face.drawn() & usual, fonts / f"{PAGE_NUMBERS}.otf")
    face = Face(sources / f"{TITLES}.ttc", SIMPLIFIED)
    face.cut(face.drawn() & usual, fonts / f"{TITLES}.otf")
    face.cut(face.drawn() - usual, fonts / f"{TITLES}Rare.otf")
    _rename(fonts / f"{TITLES}Rare.otf")
    for name in SCREEN:
        face = Face(sources / f"{name}.ttc", SIMPLIFIED)
        face.cut(face.drawn(), fonts / f"{name}.otf")
    for name in WHOLE:
        (fonts / name).hardlink_to(sources / name)


if __name__ == "__main__":
    cut_all(Path(sys.argv[1]), Path(sys.argv[2]))
