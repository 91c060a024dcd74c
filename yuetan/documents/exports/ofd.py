"""OFD (GB/T 33190-2016) of a paper, written from the pages of its PDF: the same glyphs and rules at the same places.

Text is text, fonts are embedded as the PDF has them, rules are paths. The same PDF gives the same bytes everywhere.
Nothing is signed and nothing is claimed: an OFD without a seal has no more effect than the PDF.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import count, groupby, pairwise

from fontTools.ttLib import TTFont
from lxml import etree
from lxml.etree import _Element as Element

from yuetan.documents.exports.pdf_fonts import Font
from yuetan.documents.exports.pdf_pages import Glyph, Page, Pages, Point, Shape, Text, UnknownDrawing, read_pages

NAMESPACE = "http://www.ofdspec.org/2016"
WRITTEN = (1980, 1, 1, 0, 0, 0)  # the date of every entry, so that bytes do not depend on when they were made
ASCENT, DESCENT = 0.88, 0.12  # of the box around a line of text, in parts of its size
LINE = 2  # points of an outline that encloses nothing
LAST_OF_THE_PLANE = 0xFFFF  # beyond it programs disagree whether a character counts once or twice


def render_ofd(pdf: bytes, organ: str) -> bytes:
    """The OFD of a paper out of its PDF, issued by an organ.

    Raises UnknownDrawing where a page bears something that no paper has.
    """
    read = read_pages(pdf)
    document = _Document(read)
    entries = {
        "OFD.xml": _entry_point(read, organ),
        "Doc_0/Document.xml": document.root(),
        "Doc_0/PublicRes.xml": document.resources(),
        **{f"Doc_0/Pages/Page_{place}/Content.xml": page for place, page in enumerate(document.pages)},
    }
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        for name, element in entries.items():
            _write(archive, name, etree.tostring(element, xml_declaration=True, encoding="UTF-8"))
        for font in document.fonts.values():
            _write(archive, f"Doc_0/Res/{font.file_name}", font.data)
    return whole.getvalue()


def _write(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    entry = zipfile.ZipInfo(name, WRITTEN)
    entry.external_attr = 0o644 << 16
    archive.writestr(entry, data, zipfile.ZIP_DEFLATED, 9)


def _element(name: str, *inside: Element, text: str | None = None, **attributes: object) -> Element:
    element = etree.Element(f"{{{NAMESPACE}}}{name}", nsmap={"ofd": NAMESPACE})
    for key, value in attributes.items():
        element.set(key, _number(value) if isinstance(value, float) else str(value))
    element.text = text
    element.extend(inside)
    return element


def _number(value: float) -> str:
    return f"{value:.4f}".rstrip("0").rstrip(".") if round(value, 4) else "0"


def _numbers(*values: float) -> str:
    return " ".join(map(_number, values))


def _entry_point(read: Pages, organ: str) -> Element:
    about = _element(
        "DocInfo",
        _element("DocID", text=read.identifier),
        _element("Title", text=read.title),
        _element("Author", text=organ),
    )
    body = _element("DocBody", about, _element("DocRoot", text="Doc_0/Document.xml"))
    return _element("OFD", body, Version="1.0", DocType="OFD")


@dataclass(frozen=True)
class _EmbeddedFont:
    number: int
    name: str
    file_name: str
    data: bytes
    glyphs: dict[str, int]  # what the file itself draws for a character


class _Document:
    """Elements of a document, each with a number of its own."""

    def __init__(self, read: Pages) -> None:
        self._numbers = count(1)
        self.read = read
        self.fonts = {name: _embedded(font, next(self._numbers)) for name, font in read.fonts.items()}
        self.pages = [self._content(page) for page in read.pages]

    def root(self) -> Element:
        """Document.xml."""
        pages = [
            _element("Page", ID=next(self._numbers), BaseLoc=f"Pages/Page_{place}/Content.xml")
            for place in range(len(self.pages))
        ]
        common = _element(
            "CommonData",
            _element("MaxUnitID", text=str(next(self._numbers))),
            _area("PageArea", self.read.pages[0]),
            _element("PublicRes", text="PublicRes.xml"),
        )
        return _element("Document", common, _element("Pages", *pages))

    def resources(self) -> Element:
        """PublicRes.xml: the fonts."""
        fonts = [
            _element("Font", _element("FontFile", text=font.file_name), ID=font.number, FontName=font.name)
            for font in self.fonts.values()
        ]
        return _element("Res", _element("Fonts", *fonts), BaseLoc="Res")

    def _content(self, page: Page) -> Element:
        objects = [element for each in page.objects for element in self._elements(each)]
        layer = _element("Layer", *objects, ID=next(self._numbers), Type="Body")
        return _element("Page", _area("Area", page), _element("Content", layer))

    def _elements(self, drawn: Text | Shape) -> Iterator[Element]:
        if isinstance(drawn, Shape):
            yield _path(drawn, next(self._numbers))
            return
        characters = self.read.fonts[drawn.font].characters
        for piece in _pieces(drawn, characters):
            yield _text(piece, self.fonts[drawn.font], characters, next(self._numbers))


def _area(name: str, page: Page) -> Element:
    return _element(name, _element("PhysicalBox", text=_numbers(0, 0, page.width, page.height)))


def _pieces(text: Text, characters: dict[int, str]) -> Iterator[Text]:
    """A run cut around what is not one character of the basic plane: programs count those differently."""

    def alone(glyph: Glyph) -> float:
        word = characters.get(glyph.number)
        if not word:
            raise UnknownDrawing("a glyph that says nothing")
        return -1 if len(word) == 1 and ord(word) <= LAST_OF_THE_PLANE else glyph.offset

    for _, group in groupby(text.glyphs, key=alone):
        glyphs = list(group)
        first = glyphs[0].offset
        moved = [replace(glyph, offset=glyph.offset - first) for glyph in glyphs]
        yield replace(text, left=text.left + first, glyphs=moved)


def _text(text: Text, font: _EmbeddedFont, characters: dict[int, str], number: int) -> Element:
    words = [characters[glyph.number] for glyph in text.glyphs]
    last = text.glyphs[-1]
    top, height = text.base_line - ASCENT * text.size, (ASCENT + DESCENT) * text.size
    code = _element("TextCode", text="".join(words), X=0.0, Y=ASCENT * text.size)
    if len(text.glyphs) > 1:
        code.set("DeltaX", _numbers(*(after.offset - before.offset for before, after in pairwise(text.glyphs))))
    return _element(
        "TextObject",
        _colour("FillColor", text.colour),
        *_transforms(text.glyphs, words, font),
        code,
        ID=number,
        Boundary=_numbers(text.left, top, last.offset + last.width, height),
        Font=font.number,
        Size=text.size,
    )


def _transforms(glyphs: list[Glyph], words: list[str], font: _EmbeddedFont) -> Iterator[Element]:
    """Where the PDF draws another glyph than the one that the font has for a character."""
    for place, (glyph, word) in enumerate(zip(glyphs, words, strict=True)):
        if font.glyphs.get(word) != glyph.number:
            inner = _element("Glyphs", text=str(glyph.number))
            yield _element("CGTransform", inner, CodePosition=place, CodeCount=len(word), GlyphCount=1)


def _path(shape: Shape, number: int) -> Element:
    across, down = zip(*(point for outline in shape.outlines for point in outline), strict=True)
    left, top, right, bottom = min(across), min(down), max(across), max(down)
    margin = shape.line_width / 2 if shape.stroke is not None else 0
    left, top = left - margin, top - margin
    colours = [("StrokeColor", shape.stroke), ("FillColor", shape.fill)]
    element = _element(
        "PathObject",
        *(_colour(name, colour) for name, colour in colours if colour is not None),
        _element("AbbreviatedData", text=" ".join(_outline(outline, left, top) for outline in shape.outlines)),
        ID=number,
        Boundary=_numbers(left, top, right + margin - left, bottom + margin - top),
        Stroke=str(shape.stroke is not None).lower(),
        Fill=str(shape.fill is not None).lower(),
    )
    if shape.stroke is not None:
        element.set("LineWidth", _number(shape.line_width))
    if shape.even_odd:
        element.set("Rule", "Even-Odd")
    return element


def _outline(points: list[Point], left: float, top: float) -> str:
    begun, *others = (_numbers(x - left, y - top) for x, y in points)
    closed = [] if len(points) == LINE else ["C"]
    return " ".join([f"M {begun}", *(f"L {place}" for place in others), *closed])


def _colour(name: str, colour: tuple[int, ...]) -> Element:
    return _element(name, Value=" ".join(map(str, colour)))


def _embedded(font: Font, number: int) -> _EmbeddedFont:
    """A font as the PDF has it; figures that it draws half as wide are made its own figures.

    Then whoever reads the text alone draws the same.
    """
    opened = TTFont(io.BytesIO(font.file), recalcBBoxes=False, recalcTimestamp=False)
    own = {chr(code): opened.getGlyphID(name) for code, name in opened.getBestCmap().items()}
    added = {
        word: glyph
        for glyph, word in font.characters.items()
        if len(word) == 1 and glyph and word not in own and ord(word) <= LAST_OF_THE_PLANE
    }
    data = _with_characters(opened, added) if added else font.file
    kind = "otf" if "CFF " in opened else "ttf"
    return _EmbeddedFont(number, font.name, f"font_{number}.{kind}", data, own | added)


def _with_characters(opened: TTFont, added: dict[str, int]) -> bytes:
    for table in opened["cmap"].tables:
        if table.isUnicode() and table.format in (4, 12):
            table.cmap.update({ord(word): opened.getGlyphName(glyph) for word, glyph in added.items()})
    whole = io.BytesIO()
    opened.save(whole, reorderTables=None)
    return whole.getvalue()
