"""The editable copy (DOCX) of a paper for WPS: it looks like the paper and says on every page that it is not official.

It is made from the frozen paper, part by part, so that it says and shows what was issued. The mark by which a paper
is verified is left out: a text that anybody may change must not bear it.
"""

from __future__ import annotations

import io
from dataclasses import replace

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.section import Section

from yuetan.documents.content.facts import PlainFacts
from yuetan.documents.exports.copy_facts import UNOFFICIAL
from yuetan.documents.exports.docx_parts import (
    CHARACTER,
    CLOSER,
    HEI,
    XIAOBIAO,
    Canvas,
    Look,
    append_table,
    lay_out,
    number_pages,
    shade,
    write,
)
from yuetan.documents.exports.frozen_sheet import GRADE, TABLE, Part, Run, Sheet, read_sheet
from yuetan.documents.typesetting import fonts
from yuetan.documents.typesetting.letterhead import DOUBLE_RULE, PITCH, RED_RULE, TOP
from yuetan.documents.typesetting.typesetting import MEASURE, POINTS_PER_MM

WARNING = f"{UNOFFICIAL}——仅供在 WPS 中编辑参考，不具效力，以印发的文书为准"
EARLIER = "补录件，以原件扫描件为准"
LEFT, WIDTH = 28, 156  # of the type area, in millimetres
RULE_LEFT, RULE_WIDTH, SECOND_RULE = 21, 170, 277 - DOUBLE_RULE
SMALL = 14
FILLS = {"blue": "0000FF", "yellow": "FFFF00", "red": "FF0000"}
HEAD_NUMBER, SECOND_RULE_NUMBER, FOOT_NUMBER = 1, 101, 201  # of the first shape in each
RULES = 1.3  # millimetres of the rules of the 版记 and the point under them
DATE_RIGHT = 4  # characters from the right edge

TITLE = Look(XIAOBIAO, 22, ALIGN.CENTER, outline=0, with_next=True)
FLUSH = Look(closer=CLOSER)
TEXT = replace(FLUSH, first=2 * CHARACTER)
LOOKS = {
    "title": TITLE,
    "addressee": FLUSH,
    "heading": replace(TEXT, font=HEI, outline=1, with_next=True),
    "people": replace(FLUSH, left=5 * CHARACTER, first=-3 * CHARACTER),
    "annex": replace(FLUSH, font=HEI),
    "annex-note": replace(FLUSH, left=5 * CHARACTER, first=-3 * CHARACTER),
}
CORNER = ("copy-number", "secrecy", "urgency", "grade-row")  # flush left in the head
BLACK = ("secrecy", "urgency")  # in 黑体
HEAD = ("mark", "letter-number", "document-number", "minutes-number", "minutes-line", *CORNER)
CENTRED = ("document-number", "minutes-number")
FOOT = ("imprint-names", "imprint-line")
IMPRINT_NAMES = Look(size=SMALL, row=24, left=4 * SMALL, right=SMALL, first=-3 * SMALL)
IMPRINT_LINE = Look(size=SMALL, row=24, left=SMALL, right=SMALL, tab=MEASURE - SMALL)


def render_docx(html: str, facts: PlainFacts, *, is_earlier: bool = False) -> bytes:
    """The DOCX of a frozen paper; `facts`: what it said, as kept beside it.

    All that was typed is text in it and nothing else. One of 补录 says that its original is elsewhere.
    """
    sheet = read_sheet(html, facts)
    copy = docx.Document()
    page = lay_out(copy, first_page_differs=sheet.form == "letter")
    _write_margins(page, f"{EARLIER}　{WARNING}" if is_earlier else WARNING)
    _write_head(copy, sheet)
    for part in sheet.parts:
        if part.name not in (*HEAD, *FOOT):
            _write_part(copy, sheet, part)
    _write_foot(copy, sheet)
    _describe(copy, str(facts["title"]), sheet.first("organ").text)
    whole = io.BytesIO()
    copy.save(whole)
    return whole.getvalue()


def _describe(copy: Document, title: str, organ: str) -> None:
    about = copy.core_properties
    about.title, about.author, about.comments, about.language = f"{title}（{UNOFFICIAL}）", organ, WARNING, "zh-CN"


def _write_margins(page: Section, warning: str) -> None:
    """On every page what this is; page numbers outside; on a letter's first page the second rule in their place."""
    look = Look(HEI, 9, ALIGN.CENTER, row=12, colour="C00000")
    for header in (page.header, page.even_page_header, page.first_page_header):
        write(header.paragraphs[0], [Run(warning)], look)
    number_pages(page.footer.paragraphs[0], ALIGN.RIGHT)
    number_pages(page.even_page_footer.paragraphs[0], ALIGN.LEFT)
    canvas = Canvas(page.first_page_footer.paragraphs[0], SECOND_RULE_NUMBER)
    canvas.bar(RULE_LEFT, SECOND_RULE, RULE_WIDTH, 0.35)
    canvas.bar(RULE_LEFT, SECOND_RULE + 0.85, RULE_WIDTH, 1)


def _write_head(copy: Document, sheet: Sheet) -> None:
    """The rows down to the title stay empty; what is red stands over them where the paper has it."""
    rows = [write(copy.add_paragraph(), [], Look()) for _ in range(round(sheet.head.height / PITCH))]
    canvas, end = Canvas(rows[0], HEAD_NUMBER), TOP
    for name, distance in sheet.head.places:
        top = end + distance
        end = top + _draw(canvas, sheet, name, top)


def _draw(canvas: Canvas, sheet: Sheet, name: str, top: float) -> float:
    """Draw one part of the head; returns its height."""
    if name == "double-rule":
        canvas.bar(RULE_LEFT, top, RULE_WIDTH, 1)
        canvas.bar(RULE_LEFT, top + 1.5, RULE_WIDTH, 0.35)
        return DOUBLE_RULE
    if name == "rule-red":
        canvas.bar(LEFT, top, WIDTH, RED_RULE)
        return RED_RULE
    if name == "mark":
        size = sheet.head.sizes["mark"]
        look = Look(XIAOBIAO, size, ALIGN.CENTER, row=size, colour="FF0000")
        canvas.words(LEFT, top, WIDTH, size / POINTS_PER_MM, sheet.first(name).runs, look)
        return size / POINTS_PER_MM
    _draw_row(canvas, sheet, sheet.first(name), top)
    return PITCH


def _draw_row(canvas: Canvas, sheet: Sheet, part: Part, top: float) -> None:
    """A row of the head: number, 份号 and the like alone, or organ and date at its two ends.

    Papers of before have the grade of a 督办单 before their number.
    """
    row = PITCH * POINTS_PER_MM
    size = sheet.head.sizes.get(part.name, 16)
    look = replace(FLUSH, size=size, row=row, alignment=ALIGN.LEFT, tab=MEASURE)
    parted = len(part.runs) > 1 and part.name not in CORNER
    runs = [*part.runs[:1], Run("\t"), *part.runs[1:]] if parted else part.runs
    if part.name == "minutes-line":
        look = replace(look, left=CHARACTER, tab=MEASURE - CHARACTER)
    elif part.name in CORNER:
        look = replace(look, font=HEI if part.name in BLACK else look.font, tab=0)
    elif len(part.runs) == 1:
        look = replace(look, alignment=ALIGN.CENTER if part.name in CENTRED else ALIGN.RIGHT, tab=0)
    paragraph = canvas.words(LEFT, top, WIDTH, PITCH, runs, look)
    if any(run.type == GRADE for run in part.runs):
        shade(paragraph, FILLS[sheet.grade])


def _write_part(copy: Document, sheet: Sheet, part: Part) -> None:
    """A paragraph in its row, with the rows that stay empty around it."""
    if part.name in ("organ", "signed-on"):
        _write_signature(copy, sheet, part)
        return
    if part.name == TABLE:
        append_table(copy, part.rows, MEASURE)
        return
    if part.name == "annex-note" or (part.name == "people" and part is sheet.first("people")):
        _empty_row(copy)
    written = write(copy.add_paragraph(), part.runs, LOOKS.get(part.name, TEXT))
    written.paragraph_format.page_break_before = part.name == "annex"
    if part.name == "title":
        _empty_row(copy)


def _empty_row(copy: Document, *, with_next: bool = False) -> None:
    write(copy.add_paragraph(), [], Look(with_next=with_next))


def _write_signature(copy: Document, sheet: Sheet, part: Part) -> None:
    """署名 over the middle of the date, which ends four characters before the edge; two rows above for the seal."""
    if part.name == "organ":
        copy.paragraphs[-1].paragraph_format.keep_with_next = True
        _empty_row(copy, with_next=True)
        _empty_row(copy, with_next=True)
    width, date_width = _printed_width(part), _printed_width(sheet.first("signed-on"))
    room = max(_printed_width(sheet.first("organ")), date_width + 2 * DATE_RIGHT * CHARACTER)
    look = replace(FLUSH, alignment=ALIGN.RIGHT, right=max((room - width) / 2, 0), with_next=part.name == "organ")
    write(copy.add_paragraph(), part.runs, look)


def _printed_width(part: Part) -> float:
    chain = fonts.chain(fonts.BODY)
    return sum(16 * chain.advance(character) + CHARACTER - 16 for character in part.text)


def _write_foot(copy: Document, sheet: Sheet) -> None:
    """版记: who gets a copy, who printed it and when, at the foot of the page on which the text ends."""
    names = [part for part in sheet.parts if part.name == "imprint-names"]
    printed = [part for part in sheet.parts if part.name == "imprint-line"]
    if not names and not printed:
        return
    cells = [
        [(part.runs, IMPRINT_NAMES) for part in names],
        [([part.runs[0], Run("\t"), *part.runs[1:]], IMPRINT_LINE) for part in printed],
    ]
    rows = sum(part.line_count for part in (*names, *printed))
    height = rows * IMPRINT_LINE.row / POINTS_PER_MM + RULES
    canvas = Canvas(copy.paragraphs[-1], FOOT_NUMBER)
    canvas.foot(WIDTH, height, [cell for cell in cells if cell], ruled=bool(printed))
