"""The pages of a PDF of ours as glyphs and filled areas at their places: what another page format is written from.

Only what WeasyPrint draws for a paper is understood. Anything else is refused rather than left out.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from yuetan.documents.exports.pdf_fonts import Font, glyph_numbers, read_font

if TYPE_CHECKING:
    from pypdf import PageObject

MM = 25.4 / 72
BLACK = (0, 0, 0)
Matrix = tuple[float, float, float, float, float, float]
Point = tuple[float, float]
Box = tuple[float, float, float, float]  # left, top, right, bottom


class UnknownDrawing(Exception):  # noqa: N818 - a fact about the page
    """Something on a page that is drawn in no manner known here."""


@dataclass(frozen=True)
class Glyph:
    """One glyph, how far right of the first of its run it stands, and how wide it is, in millimetres."""

    number: int
    offset: float
    width: float


@dataclass(frozen=True)
class Text:
    """A run of glyphs on one base line: its first place in millimetres from the page's top left, its size in them."""

    font: str
    size: float
    left: float
    base_line: float
    colour: tuple[int, ...]
    glyphs: list[Glyph]


@dataclass(frozen=True)
class Shape:
    """An area or a line; each of its outlines a list of points in millimetres from the page's top left."""

    outlines: list[list[Point]]
    fill: tuple[int, ...] | None = None
    stroke: tuple[int, ...] | None = None
    line_width: float = 0
    even_odd: bool = False


@dataclass(frozen=True)
class Page:
    """One page in millimetres, its objects in the order in which they are drawn."""

    width: float
    height: float
    objects: list[Text | Shape]


@dataclass(frozen=True)
class Pages:
    """All pages, the fonts they use by their names in the file, and what the file says of itself."""

    pages: list[Page]
    fonts: dict[str, Font]
    title: str
    identifier: str


def read_pages(pdf: bytes) -> Pages:
    """The pages of a PDF that `render_pdf` made; raises UnknownDrawing."""
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(pdf))
    fonts: dict[str, Font] = {}
    pages = [_Drawing(page, fonts).page() for page in reader.pages]
    title = reader.metadata.title if reader.metadata else None
    identifiers: Any = reader.trailer["/ID"]
    return Pages(pages, fonts, title or "", bytes(identifiers[0].original_bytes).decode("ascii"))


@dataclass(frozen=True)
class _State:
    matrix: Matrix
    fill: tuple[int, ...] = BLACK
    stroke: tuple[int, ...] = BLACK
    line_width: float = 1
    clip: Box | None = None


@dataclass
class _Path:
    outlines: list[list[Point]] = field(default_factory=list)
    are_boxes: bool = True
    clips: bool = False


def _times(first: Matrix, second: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    g, h, i, j, k, m = second
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


class _Drawing:
    """What the operators of one page draw."""

    def __init__(self, page: PageObject, fonts: dict[str, Font]) -> None:
        self.source: Any = page
        self.fonts = fonts
        width, height = (float(side) for side in (page.mediabox.width, page.mediabox.height))
        self.width, self.height = width * MM, height * MM
        self.state = _State((MM, 0, 0, -MM, 0, height * MM))
        self.kept: list[_State] = []
        self.path = _Path()
        self.text_matrix: Matrix = (1, 0, 0, 1, 0, 0)
        self.font, self.size = "", 0.0
        self.objects: list[Text | Shape] = []

    def page(self) -> Page:
        contents = self.source.get_contents()
        for operands, operator in contents.operations if contents is not None else ():
            draw = _OPERATORS.get(operator.decode())
            if draw is None:
                raise UnknownDrawing(operator.decode())
            draw(self, *operands)
        return Page(self.width, self.height, self.objects)

    def nothing(self, *operands: Any) -> None:
        """What changes nothing that is seen: marked content, the ends of lines."""

    def keep(self) -> None:
        self.kept.append(self.state)

    def restore(self) -> None:
        self.state = self.kept.pop()

    def transform(self, *numbers: Any) -> None:
        a, b, c, d, e, f = map(float, numbers)
        self.state = replace(self.state, matrix=_times((a, b, c, d, e, f), self.state.matrix))

    def use_state(self, name: Any) -> None:
        chosen = self.source["/Resources"]["/ExtGState"][name]
        if any(float(chosen.get(key, 1)) != 1 for key in ("/ca", "/CA")):
            raise UnknownDrawing("transparent")

    def colour_fill(self, *parts: Any) -> None:
        self.state = replace(self.state, fill=_colour(parts))

    def colour_stroke(self, *parts: Any) -> None:
        self.state = replace(self.state, stroke=_colour(parts))

    def set_line_width(self, width: Any) -> None:
        self.state = replace(self.state, line_width=float(width))

    def no_dashes(self, dashes: Any, phase: Any) -> None:
        if dashes:
            raise UnknownDrawing("dashes")

    def rectangle(self, *numbers: Any) -> None:
        left, bottom, width, height = map(float, numbers)
        right, top = left + width, bottom + height
        corners = ((left, bottom), (right, bottom), (right, top), (left, top))
        self.path.outlines.append([self.place(*corner) for corner in corners])

    def move(self, x: Any, y: Any) -> None:
        self.path.outlines.append([self.place(float(x), float(y))])

    def line(self, x: Any, y: Any) -> None:
        self.path.are_boxes = False
        self.path.outlines[-1].append(self.place(float(x), float(y)))

    def place(self, x: float, y: float) -> Point:
        a, b, c, d, e, f = self.state.matrix
        return (a * x + c * y + e, b * x + d * y + f)

    def clip(self) -> None:
        self.path.clips = True

    def end_path(self, *, fill: bool = False, stroke: bool = False, even_odd: bool = False) -> None:
        path, self.path = self.path, _Path()
        if path.clips:
            self.state = replace(self.state, clip=_met(_around(path.outlines), self.state.clip))
        if fill or stroke:
            outlines = _clipped(path, self.state.clip)
            scale = abs(self.state.matrix[0])
            state = self.state
            painted = Shape(
                outlines,
                fill=state.fill if fill else None,
                stroke=state.stroke if stroke else None,
                line_width=state.line_width * scale,
                even_odd=even_odd,
            )
            self.objects += [painted] if outlines else []

    def place_text(self, *numbers: Any) -> None:
        a, b, c, d, e, f = map(float, numbers)
        self.text_matrix = (a, b, c, d, e, f)

    def use_font(self, name: Any, size: Any) -> None:
        font = self.source["/Resources"]["/Font"][name]
        self.font, self.size = str(font["/BaseFont"]).lstrip("/"), float(size)
        if self.font not in self.fonts:
            self.fonts[self.font] = read_font(font)

    def show(self, parts: Any) -> None:
        scale, leaning, turned, upright, left, base_line = _times(self.text_matrix, self.state.matrix)
        if leaning or turned or upright >= 0:
            raise UnknownDrawing("turned text")
        size, font = self.size * scale, self.fonts[self.font]
        glyphs, offset = [], 0.0
        for part in parts:
            if isinstance(part, int | float):
                offset -= float(part) / 1000 * size
                continue
            for number in glyph_numbers(part):
                width = font.widths[number] / 1000 * size
                glyphs.append(Glyph(number, offset, width))
                offset += width
        if glyphs:
            self.objects.append(Text(self.font, size, left, base_line, self.state.fill, glyphs))


def _colour(parts: Any) -> tuple[int, ...]:
    return tuple(round(float(part) * 255) for part in parts)


def _around(outlines: list[list[Point]]) -> Box:
    points = [point for outline in outlines for point in outline]
    across, down = [x for x, _ in points], [y for _, y in points]
    return (min(across), min(down), max(across), max(down))


def _met(first: Box, second: Box | None) -> Box:
    if second is None:
        return first
    return (*map(max, first[:2], second[:2]), *map(min, first[2:], second[2:]))  # type: ignore[return-value]


ROUNDING = 0.001


def _clipped(path: _Path, clip: Box | None) -> list[list[Point]]:
    """The outlines within the clip: boxes are cut, anything else has to lie within it."""
    if clip is None:
        return path.outlines
    if path.are_boxes:
        cut = [_met(_around([outline]), clip) for outline in path.outlines]
        boxes = [box for box in cut if box[0] < box[2] and box[1] < box[3]]
        return [[(x, y), (right, y), (right, bottom), (x, bottom)] for x, y, right, bottom in boxes]
    inner = _around(path.outlines)
    if any(map(lambda ours, edge: ours < edge - ROUNDING, inner[:2], clip[:2])) or any(
        map(lambda ours, edge: ours > edge + ROUNDING, inner[2:], clip[2:])
    ):
        raise UnknownDrawing("clipped")
    return path.outlines


def _painting(*, fill: bool = False, stroke: bool = False, even_odd: bool = False) -> Callable[[_Drawing], None]:
    return lambda drawing: drawing.end_path(fill=fill, stroke=stroke, even_odd=even_odd)


_OPERATORS: dict[str, Callable[..., None]] = {
    **dict.fromkeys(("BMC", "BDC", "EMC", "BT", "ET", "J", "j", "M"), _Drawing.nothing),
    "q": _Drawing.keep,
    "Q": _Drawing.restore,
    "cm": _Drawing.transform,
    "gs": _Drawing.use_state,
    "rg": _Drawing.colour_fill,
    "RG": _Drawing.colour_stroke,
    "w": _Drawing.set_line_width,
    "d": _Drawing.no_dashes,
    "re": _Drawing.rectangle,
    "m": _Drawing.move,
    "l": _Drawing.line,
    "W": _Drawing.clip,
    "W*": _Drawing.clip,
    "n": _painting(),
    "f": _painting(fill=True),
    "f*": _painting(fill=True, even_odd=True),
    "S": _painting(stroke=True),
    "B": _painting(fill=True, stroke=True),
    "Tm": _Drawing.place_text,
    "Tf": _Drawing.use_font,
    "TJ": _Drawing.show,
}
