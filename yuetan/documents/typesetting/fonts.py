"""The fonts of official papers: their fallback order, the glyphs they have, widths and ink."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings

from yuetan.rules.text.official_text import joined

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

FONT_FILES = (
    "FandolFang-Regular.otf",
    "FandolHei-Regular.otf",
    "FandolKai-Regular.otf",
    "NotoSerifCJK-Regular.otf",
    "NotoSerifCJK-Bold.otf",
    "NotoSerifCJK-BoldRare.otf",
    "NotoSansCJK-Regular.otf",
    "LXGWWenKai-Light.ttf",
    "HanaMinA.ttf",
    "HanaMinB.ttf",
)
REMEDY = "请运行 script/setup。"

# What draws what the first font of a list has not.
FALLBACK = ("LXGW WenKai Light", "HanaMinA", "HanaMinB")
# An office's own fonts stand first; gb9704.css names the same lists.
BODY = ("仿宋_GB2312", "FangSong_GB2312", "FandolFang", *FALLBACK)
KAI = ("楷体_GB2312", "KaiTi_GB2312", "FandolKai", *FALLBACK)
HEI = ("黑体", "SimHei", "FandolHei", "Noto Sans CJK SC", *FALLBACK)
TITLE = ("方正小标宋简体", "FZXiaoBiaoSong-B05S", "Noto Serif CJK SC", "Noto Serif CJK SC Rare", *FALLBACK)
SONG = ("SimSun", "Noto Serif CJK SC")
# What the style sheet adds for a screen, on paper only where an office owns it; and a name as Pango shortens it.
ELSEWHERE = ("FangSong", "STFangsong", "KaiTi", "Heiti SC", "STSong", "LXGW WenKai")
LISTED = frozenset((*BODY, *KAI, *HEI, *TITLE, *SONG, *ELSEWHERE))
BODY_FAMILIES = frozenset(("仿宋_GB2312", "FangSong_GB2312", "FandolFang", "FangSong", "STFangsong"))

NAMES_OF_FAMILIES = (1, 16)
BOLD = 600
INK_UNIT = 1000


class FontsMissingError(Exception):
    """The fonts of official papers are not where they are looked for; boxes would be printed instead."""


@dataclass(frozen=True)
class _Tables:
    """What is read of a font once, in parts of the size; the file is closed again."""

    drawn: frozenset[int]
    widths: dict[int, float]  # of those that do not fill their square
    ascent: float
    descent: float


@dataclass(frozen=True)
class Face:
    """One font of a file."""

    path: Path
    index: int

    @cached_property
    def _tables(self) -> _Tables:
        from fontTools.ttLib import TTFont

        with TTFont(self.path, fontNumber=self.index, lazy=True) as font:
            line, unit, widths = font["hhea"], font["head"].unitsPerEm, font["hmtx"].metrics
            glyphs = font.getBestCmap()
            narrow = {code: widths[name][0] / unit for code, name in glyphs.items() if widths[name][0] != unit}
            return _Tables(frozenset(glyphs), narrow, line.ascent / unit, -line.descent / unit)

    def draws(self, character: str) -> bool:
        """Whether there is a glyph for a character."""
        return ord(character) in self._tables.drawn

    def advance(self, character: str) -> float:
        """How wide a character is, in parts of the size."""
        return self._tables.widths.get(ord(character), 1.0)

    @property
    def box(self) -> tuple[float, float]:
        """Ascent and descent, as the line box reckons with them."""
        return self._tables.ascent, self._tables.descent

    def ink(self, text: str) -> tuple[float, float]:
        """Highest and lowest ink over the base line, in parts of the size."""
        return _ink(self.path, self.index, text)


@lru_cache(maxsize=64)
def _ink(path: Path, index: int, text: str) -> tuple[float, float]:
    from PIL import ImageFont

    # FreeType reads only the glyphs asked for; fontTools would unpack tens of megabytes of the others.
    font = ImageFont.truetype(path, INK_UNIT, index=index, layout_engine=ImageFont.Layout.BASIC)
    edges = []
    for character in text:
        drawn, (_, above) = font.getmask2(character, anchor="ls")
        _, top, _, bottom = drawn.getbbox() or (0, 0, 0, 0)
        edges.append((above + top, above + bottom))
    return -min(top for top, _ in edges) / INK_UNIT, -max(bottom for _, bottom in edges) / INK_UNIT


class Chain:
    """A list of fonts, of which the first that can draws a character."""

    def __init__(self, families: tuple[str, ...], folder: Path, *, bold: bool = False) -> None:
        known = _families(folder)
        self.faces = [face for family in families for face in _weighted(known.get(family, ()), bold=bold)]
        self._ink_cache: dict[str, Face | None] = {}

    def face(self, character: str) -> Face | None:
        """The font that draws a character; none if it would become a box."""
        if character not in self._ink_cache:
            self._ink_cache[character] = next((face for face in self.faces if face.draws(character)), None)
        return self._ink_cache[character]

    def is_fallback(self, character: str) -> bool:
        """Whether another font than the first has to draw it."""
        return self.face(character) is not self.faces[0]

    def advance(self, character: str) -> float:
        """How wide a character is, in parts of the size; what only changes its neighbour has no width."""
        face = self.face(character)
        return face.advance(character) if face else 0.0

    def missing(self, text: str) -> list[str]:
        """The characters of a text that no font of the list can draw, each once."""
        return [c for c in dict.fromkeys(text) if not _draws_nothing(c) and self.face(c) is None]


def folder() -> Path:
    """Return the folder that fontconfig is pointed to; raises FontsMissingError if one of our fonts is not there."""
    configuration = Path(os.environ.setdefault("FONTCONFIG_FILE", str(settings.VAR / "fonts" / "fonts.conf"))).resolve()
    where = configuration.parent
    missing = [name for name in FONT_FILES if not (where / name).is_file()]
    if missing:
        raise FontsMissingError(f"{where} 缺少公文字体：{joined(missing)}。{REMEDY}")
    # Without a single font Pango ends the whole process.
    if not configuration.is_file() or f"<dir>{where}</dir>" not in configuration.read_text():
        raise FontsMissingError(f"{configuration} 没有指向公文字体。{REMEDY}")
    return where


def chain(families: tuple[str, ...]) -> Chain:
    """The fonts of a list that are there; that they are is looked up once in a process, for a paper asks often."""
    return _chain(families, _known_folder(os.environ.get("FONTCONFIG_FILE", "")))


@cache
def _known_folder(configuration: str) -> Path:
    return folder()


@cache
def _chain(families: tuple[str, ...], where: Path) -> Chain:
    return Chain(families, where, bold=families == TITLE)


@cache
def _families(where: Path) -> dict[str, list[Face]]:
    faces: dict[str, list[Face]] = {}
    for path in sorted([*where.glob("office/*"), *where.glob("*")]):
        if path.suffix.lower() in {".otf", ".ttf", ".ttc"}:
            for face, names in _faces(path):
                for name in names:
                    faces.setdefault(name, []).append(face)
    return faces


def _faces(path: Path) -> list[tuple[Face, set[str]]]:
    from fontTools.ttLib import TTCollection, TTFont

    if path.suffix.lower() == ".ttc":
        with TTCollection(path, lazy=True) as collection:
            return [(Face(path, index), _names(font)) for index, font in enumerate(collection.fonts)]
    with TTFont(path, lazy=True) as font:
        return [(Face(path, 0), _names(font))]


def _names(font: TTFont) -> set[str]:
    return {record.toUnicode() for record in font["name"].names if record.nameID in NAMES_OF_FAMILIES}


@lru_cache(maxsize=64)
def _weight(face: Face) -> int:
    from fontTools.ttLib import TTFont

    with TTFont(face.path, fontNumber=face.index, lazy=True) as font:
        return int(font["OS/2"].usWeightClass)


def _weighted(faces: Any, *, bold: bool) -> list[Face]:
    """The one face of a family with the weight that is asked for."""
    wanted = [face for face in faces if (_weight(face) >= BOLD) == bold] or list(faces)
    return wanted[:1]


def _draws_nothing(character: str) -> bool:
    return character.isspace() or 0xFE00 <= ord(character) <= 0xFE0F or 0xE0100 <= ord(character) <= 0xE01EF
