"""The pieces a DOCX is put together of: paragraphs, boxes at a place of the page, the grid, page numbers, rules."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, count
from typing import Any

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from yuetan.documents.exports.frozen_sheet import GRADE, KAI, LEAD, LINE_END, Run

FANG, KAI_FONT, HEI, XIAOBIAO, SONG = "仿宋_GB2312", "楷体_GB2312", "黑体", "方正小标宋简体", "宋体"
FONTS = {KAI: KAI_FONT, LEAD: HEI, GRADE: HEI}
TWIPS = 20  # in a point
EMU = 36000  # in a millimetre
RED = "FF0000"
# 22 rows in 225 mm and 28 characters in 156 mm, as WPS writes it: twips of a row, 4096ths of a point between two.
ROW_TWIPS, SPACE = 579, -849
ROW, CHARACTER = ROW_TWIPS / TWIPS, 16 + SPACE / 4096
COLUMN = 57  # points of a column of figures
CLOSER = 0.25  # points, the twentieths of which fill a row of 28 characters without sending the last to the next

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
_SHAPE = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
_NAMES = (
    f'xmlns:w="{_WORD}" xmlns:wp="{_DRAWING}/wordprocessingDrawing" xmlns:a="{_DRAWING}/main" xmlns:wps="{_SHAPE}" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)


_BODY = '<wps:bodyPr wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" anchor="t">{fit}</wps:bodyPr>'


@dataclass(frozen=True)
class Look:
    """How a paragraph is set; lengths in points."""

    font: str = FANG
    size: float = 16
    alignment: ALIGN = ALIGN.JUSTIFY
    row: float = ROW
    first: float = 0  # indent of the first line, hanging where it is less than 0
    left: float = 0
    right: float = 0
    tab: float = 0  # where a tab ends flush right
    colour: str = ""
    outline: int | None = None
    with_next: bool = False
    closer: float = 0  # how much nearer than their size the characters stand


def write(paragraph: Paragraph, runs: list[Run], look: Look) -> Paragraph:
    """Set a paragraph; returns it."""
    form = paragraph.paragraph_format
    paragraph.alignment = look.alignment
    form.line_spacing, form.space_before, form.space_after = Pt(look.row), Pt(0), Pt(0)
    form.left_indent, form.right_indent, form.first_line_indent = Pt(look.left), Pt(look.right), Pt(look.first)
    form.keep_with_next, form.widow_control = look.with_next, False
    if look.tab:
        form.tab_stops.add_tab_stop(Pt(look.tab), WD_TAB_ALIGNMENT.RIGHT)
    _set_text_rules(paragraph, look)
    for run in runs:
        _write_run(paragraph, run, look)
    return paragraph


def _set_text_rules(paragraph: Paragraph, look: Look) -> None:
    """No mark beyond the edge and no blanks between figures and characters, as printed; and the level for the outline.

    Rows and characters are as far apart as in the grid by themselves: programs differ in how they snap to one.
    """
    properties = _element(paragraph).get_or_add_pPr()
    for name in ("overflowPunct", "autoSpaceDE", "autoSpaceDN", "snapToGrid"):
        properties.insert_element_before(_xml(f'<w:{name} w:val="0"/>'), "w:spacing")
    if look.outline is not None:
        properties.insert_element_before(_xml(f'<w:outlineLvl w:val="{look.outline}"/>'), "w:rPr", "w:sectPr")


def _element(paragraph: Paragraph) -> Any:
    return paragraph.paragraph_format.element


def _xml(text: str) -> Any:
    """An element out of its text, which names no namespaces."""
    name = re.match(r"<[\w:]+", text)
    assert name is not None
    return parse_xml(f"{name.group()} {_NAMES}{text[name.end() :]}")


def _write_run(paragraph: Paragraph, run: Run, look: Look) -> None:
    written = paragraph.add_run()
    if run.text == LINE_END:
        written.add_break()
    else:
        written.text = run.text
    font = FONTS.get(run.type, look.font)
    written.font.name, written.font.size = font, Pt(look.size)
    fonts = written.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), font)
    if look.closer:
        properties = written.element.get_or_add_rPr()
        properties.insert_element_before(_xml(f'<w:spacing w:val="{-round(look.closer * TWIPS)}"/>'), "w:sz")
    if look.colour:
        written.font.color.rgb = RGBColor.from_string(look.colour)


class Canvas:
    """Boxes and bars at places of the page, in millimetres from its top left, that no text gives way to."""

    def __init__(self, paragraph: Paragraph, first_number: int) -> None:
        self.paragraph, self._numbers = paragraph, count(first_number)

    def bar(self, left: float, top: float, width: float, height: float, colour: str = RED) -> None:
        """A rule."""
        filled = f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>'
        self._place(left, top, width, height, filled, "<wps:bodyPr/>")

    def words(self, left: float, top: float, width: float, height: float, runs: list[Run], look: Look) -> Paragraph:
        """A line of text; returns its paragraph."""
        shape = self._place(left, top, width, height, "<a:noFill/>", _inside("<w:p/>"))
        return write(_paragraphs_in(shape, self.paragraph)[0], runs, look)

    def foot(self, width: float, height: float, cells: list[list[tuple[list[Run], Look]]], *, ruled: bool) -> None:
        """版记: cells at the foot of the type area, that the text gives way to; those of a letter without rules."""
        inside = f"{_table([len(cell) for cell in cells], round(width / 25.4 * 72 * TWIPS), ruled=ruled)}<w:p/>"
        growing = _inside(inside, "<a:spAutoFit/>")
        shape = self._add(_AT_THE_FOOT, width, height, "<a:noFill/>", growing, wrapping="wrapTopAndBottom")
        *written, last = _paragraphs_in(shape, self.paragraph)
        for paragraph, (runs, look) in zip(written, chain.from_iterable(cells), strict=True):
            write(paragraph, runs, look)
        write(last, [], Look(size=1, row=1))  # a table must not end the text of a box

    def _place(self, left: float, top: float, width: float, height: float, fill: str, inside: str) -> Any:
        place = (_from("H", "page", left), _from("V", "page", top))
        return self._add(place, width, height, fill, inside, wrapping="wrapNone")

    def _add(
        self, place: tuple[str, str], width: float, height: float, fill: str, inside: str, *, wrapping: str
    ) -> Any:
        number, boxed = next(self._numbers), ' txBox="1"' if "txbxContent" in inside else ""
        size = f'cx="{round(width * EMU)}" cy="{round(height * EMU)}"'
        shape = _xml(f"""<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>
<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="{number}" behindDoc="0" locked="0"
 layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>{"".join(place)}
<wp:extent {size}/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:{wrapping}/>
<wp:docPr id="{number}" name="图文框{number}"/><wp:cNvGraphicFramePr/>
<a:graphic><a:graphicData uri="{_SHAPE}"><wps:wsp><wps:cNvSpPr{boxed}/>
<wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>
{fill}<a:ln><a:noFill/></a:ln></wps:spPr>{inside}</wps:wsp></a:graphicData></a:graphic>
</wp:anchor></w:drawing></mc:Choice></mc:AlternateContent></w:r>""")
        _element(self.paragraph).append(shape)
        return shape


def _from(axis: str, edge: str, distance: float) -> str:
    offset = f"<wp:posOffset>{round(distance * EMU)}</wp:posOffset>"
    return f'<wp:position{axis} relativeFrom="{edge}">{offset}</wp:position{axis}>'


_AT_THE_FOOT = (
    _from("H", "margin", 0),
    '<wp:positionV relativeFrom="margin"><wp:align>bottom</wp:align></wp:positionV>',
)


def _inside(text: str, fit: str = "") -> str:
    return f"<wps:txbx><w:txbxContent>{text}</w:txbxContent></wps:txbx>{_BODY.format(fit=fit)}"


def _table(counts: list[int], twips: int, *, ruled: bool) -> str:
    """Cells of so many empty paragraphs, with rules of 0.35 mm around and of 0.25 mm between them or without any."""
    rules = "".join(
        f'<w:{side} w:val="single" w:sz="{eighths}" w:space="0" w:color="000000"/>'
        for side, eighths in ((("top", 8), ("bottom", 8), ("insideH", 6)) if ruled else ())
    )
    width = f'w:w="{twips}" w:type="dxa"'
    rows = "".join(f"<w:tr><w:tc><w:tcPr><w:tcW {width}/></w:tcPr>{'<w:p/>' * count}</w:tc></w:tr>" for count in counts)
    return f"""<w:tbl><w:tblPr><w:tblW {width}/><w:tblBorders>{rules}</w:tblBorders><w:tblLayout w:type="fixed"/>
<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr>
<w:tblGrid><w:gridCol w:w="{twips}"/></w:tblGrid>{rows}</w:tbl>"""


def append_table(copy: Document, rows: Sequence[Sequence[str]], width: float) -> None:
    """A table at the end of what is written, as wide as the text: the first row heads every page, numbers stand in
    columns of one width."""
    numbers = len(rows[0]) - 1
    columns = [round((width - numbers * COLUMN) * TWIPS), *[COLUMN * TWIPS] * numbers]
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    rules = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>' for side in sides)
    grid = "".join(f'<w:gridCol w:w="{column}"/>' for column in columns)
    cells = "".join(f'<w:tc><w:tcPr><w:tcW w:w="{each}" w:type="dxa"/></w:tcPr><w:p/></w:tc>' for each in columns)
    head, line = "<w:tblHeader/>", "<w:cantSplit/>"
    lines = "".join(
        f"<w:tr><w:trPr>{line if place else line + head}</w:trPr>{cells}</w:tr>" for place in range(len(rows))
    )
    table = _xml(f"""<w:tbl><w:tblPr><w:tblW w:w="{sum(columns)}" w:type="dxa"/><w:tblBorders>{rules}</w:tblBorders>
<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{lines}</w:tbl>""")
    copy.element.body.sectPr.addprevious(table)
    empty = iter(_paragraphs_in(table, copy.paragraphs[-1]))
    for place, row in enumerate(rows):
        for column, text in enumerate(row):
            write(next(empty), [Run(text)], _cell_look(is_head=place == 0, is_label=column == 0))
    write(copy.add_paragraph(), [], Look())


def _cell_look(*, is_head: bool, is_label: bool) -> Look:
    return Look(HEI if is_head else FANG, 12, ALIGN.LEFT if is_label and not is_head else ALIGN.CENTER, row=18)


def _paragraphs_in(shape: Any, parent: Paragraph) -> list[Paragraph]:
    return [Paragraph(paragraph, parent) for paragraph in shape.iter(qn("w:p"))]


def lay_out(copy: Document, *, first_page_differs: bool) -> Section:
    """A4 with the type area and the grid of 22 rows of 28 characters; returns the section."""
    page = copy.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.top_margin, page.bottom_margin, page.left_margin, page.right_margin = Mm(37), Mm(35), Mm(28), Mm(26)
    page.header_distance, page.footer_distance = Mm(15), Mm(25.5)
    page.different_first_page_header_footer = first_page_differs
    copy.settings.odd_and_even_pages_header_footer = True
    grid = copy.element.body.sectPr.find(qn("w:docGrid"))
    for name, value in (("type", "linesAndChars"), ("linePitch", ROW_TWIPS), ("charSpace", SPACE)):
        grid.set(qn(f"w:{name}"), str(value))
    normal = copy.styles["Normal"]
    normal.font.name, normal.font.size = FANG, Pt(16)  # the grid counts its characters from this size
    normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), FANG)
    language = copy.styles.element.find(f".//{qn('w:lang')}")
    language.set(qn("w:eastAsia"), "zh-CN")
    return page


def number_pages(paragraph: Paragraph, alignment: ALIGN) -> None:
    """— 1 —, one character from the outer edge."""
    left, right = (0.0, CHARACTER) if alignment == ALIGN.RIGHT else (CHARACTER, 0.0)
    look = Look(SONG, 14, alignment, row=14, left=left, right=right)
    write(paragraph, [Run("— "), Run("1"), Run(" —")], look)
    field, number = _xml('<w:fldSimple w:instr=" PAGE "/>'), paragraph.runs[1].element
    number.addprevious(field)
    field.append(number)


def shade(paragraph: Paragraph, fill: str) -> None:
    """Begin a paragraph with a framed square of one colour, and a blank behind it."""
    first = paragraph.runs[0].element
    first.addprevious(
        _xml(
            '<w:r><w:rPr><w:sz w:val="28"/><w:bdr w:val="single" w:sz="8" w:space="0" w:color="000000"/>'
            f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/></w:rPr><w:t>　</w:t></w:r>'
        )
    )
    first.addprevious(_xml('<w:r><w:t xml:space="preserve"> </w:t></w:r>'))
