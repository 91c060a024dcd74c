"""Printed papers measured clause by clause of GB/T 9704-2012: the 23 that these papers are subject to.

gb9704.json holds two more, for papers that these are not: 署名 without a seal and by a name's stamp
(7.3.5.2, 7.3.5.3). A clause is measured on a PDF, whoever made it, so that papers of before can be measured alike.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from statistics import mean

import pdfplumber
from PIL import Image

from tests.documents.paper_measures import (
    MM,
    PrintedRow,
    bands,
    black,
    page_picture,
    red,
    rows_of_page,
)

LEFT, RIGHT, TOP, BOTTOM = 28.0, 184.0, 37.0, 262.0
CHARACTER, PITCH = 156 / 28, (225 - 156 / 28) / 21
ASCENT = 0.88 * 16 * MM
SMALL = 14 * MM
NUMBER = re.compile(r"[一-鿿]{2,12}〔(?:19|20)[0-9]{2}〕[1-9][0-9]*号")
DATE = re.compile(r"(?:19|20)[0-9]{2}年(?:[1-9]|1[0-2])月(?:[1-9]|[12][0-9]|3[01])日")
TOLERANCE = 0.3  # millimetres


@dataclass
class Measured:
    """What one clause gave over many papers: how many it applies to, the worst deviation in mm, what is wrong."""

    papers: int = 0
    worst: float = 0.0
    faults: list[str] = field(default_factory=list)


class PrintedPaper:
    """One PDF: its pages, rows and rules in millimetres."""

    def __init__(self, name: str, pdf: bytes) -> None:
        self.name, self.pdf = name, pdf
        with pdfplumber.open(io.BytesIO(pdf)) as document:
            self.sizes = [(float(page.width) * MM, float(page.height) * MM) for page in document.pages]
            self.pages = [list(rows_of_page(page)) for page in document.pages]

    @cached_property
    def is_annex(self) -> bool:
        """整改任务清单, which has no red head."""
        return "".join(row.text for row in self.title).endswith("整改任务清单")

    @cached_property
    def is_minutes(self) -> bool:
        """By its title: a supervision letter cites 纪要 in its text, not there."""
        return "".join(row.text for row in self.title).endswith("纪要")

    @cached_property
    def is_document(self) -> bool:
        """文件: 公文格式, by its mark."""
        return self.mark.text.endswith("文件")

    @property
    def has_high_head(self) -> bool:
        """Its mark at 72 mm, one red rule, 版记 at the foot: all but letters."""
        return self.is_minutes or self.is_document

    @cached_property
    def is_upward(self) -> bool:
        """上行文, by its 签发人 beside the number."""
        return self.number_or_none is not None and "签发人：" in self.number.text

    @cached_property
    def title(self) -> list[PrintedRow]:
        """Its lines; a mark may be of the same size."""
        mark = self.mark if self.is_document else None
        return [row for row in self.pages[0] if abs(row.size - 22) < 0.3 and row is not mark]

    @cached_property
    def head(self) -> list[PrintedRow]:
        """What stands above the title but the mark itself."""
        return [row for row in self.pages[0] if row.base < self.title[0].base - 1 and row.size < 20]

    @cached_property
    def mark(self) -> PrintedRow:
        """发文机关标志."""
        largest = max(row.size for row in self.pages[0])
        return next(row for row in self.pages[0] if row.size > largest - 0.5)

    @cached_property
    def number_or_none(self) -> PrintedRow | None:
        """发文字号; a form has none."""
        return next((row for row in self.head if NUMBER.search(row.text)), None) if self.title else None

    @property
    def number(self) -> PrintedRow:
        """发文字号."""
        assert self.number_or_none is not None
        return self.number_or_none

    @cached_property
    def body(self) -> list[PrintedRow]:
        """Rows of size 3 below the title."""
        foot = self.title[-1].base
        rows = [row for page in self.pages for row in page if abs(row.size - 16) < 0.3]
        return [row for row in rows if row.page > 1 or row.base > foot]

    @cached_property
    def dated(self) -> PrintedRow | None:
        """成文日期 of a letter."""
        return next((row for row in reversed(self.body) if DATE.fullmatch(row.text)), None)

    @cached_property
    def picture(self) -> Image.Image:
        """The first page."""
        return page_picture(self.pdf, 1)

    @cached_property
    def mark_ink(self) -> tuple[float, float]:
        """Where the ink of the mark begins and ends."""
        return bands(red(self.picture), at_least=0.2)[0]

    @cached_property
    def red_rules(self) -> list[tuple[float, float]]:
        """The red rules of the first page from top to bottom; the square of a 督办单 is none."""
        return [each for each in bands(red(self.picture), at_least=100) if each[1] - each[0] < 2]

    def first(self, pattern: str) -> PrintedRow | None:
        """The first row of the body that begins so."""
        return next((row for row in self.body if re.match(pattern, row.text)), None)


Hit = Iterator[tuple[float, str]]  # a deviation in mm, and what is wrong where that is no length


def page_size(paper: PrintedPaper) -> Hit:
    for width, height in paper.sizes:
        yield max(abs(min(width, height) - 210), abs(max(width, height) - 297)), ""


def margins(paper: PrintedPaper) -> Hit:
    for page in paper.pages[1:]:
        full = [row for row in page if abs(row.size - 16) < 0.3]
        if full and full[0].left < LEFT + 3 * CHARACTER:
            yield abs(full[0].base - ASCENT - TOP), ""
    yield from ((abs(row.left - LEFT), "") for row in paper.body if LEFT - 2 < row.left < LEFT + 2)


def type_area(paper: PrintedPaper) -> Hit:
    for row in paper.body:
        beyond = max(row.end(RIGHT) - RIGHT, LEFT - row.left, row.base - BOTTOM, 0)
        yield beyond, f"{row.text[-6:]}超出版心" if beyond > TOLERANCE else ""


def grid(paper: PrintedPaper) -> Hit:
    distances = [after.base - one.base for one, after in pairwise(paper.body) if one.page == after.page]
    moved = [each for each in distances if each < PITCH - 0.2]
    if not moved:
        yield from ((abs(each / PITCH - round(each / PITCH)) * PITCH, "") for each in distances)
    else:  # rows moved together to mend the last face keep one distance among them
        usual = mean(each for each in moved if each > 8)
        yield max(abs(each - usual) for each in moved if each > 8), ""


def body_text(paper: PrintedPaper) -> Hit:
    for one, after in pairwise(paper.body):
        if one.page == after.page and abs(after.left - LEFT) < 1 and after.base - one.base < 1.2 * PITCH:
            yield abs(one.end(RIGHT) - RIGHT), ""
    for row in paper.body:
        if row.text[0] in "，。、；：！？）》”":
            yield 0, f"行首为“{row.text[0]}”"
        if row.text[-1] in "（《“":
            yield 0, f"行末为“{row.text[-1]}”"


def corner(place: int) -> Callable[[PrintedPaper], Hit]:
    """份号, 密级 or 紧急程度, where a paper bears one."""
    patterns = (r"^[0-9]{6}", r"^内部$", r"^(?:特急|加急)$")

    def measure(paper: PrintedPaper) -> Hit:
        row = next((row for row in paper.head if re.match(patterns[place], row.text)), None)
        if row is None:
            return
        yield abs(row.left - LEFT), ""
        if paper.has_high_head:
            yield abs((row.base - ASCENT - TOP) / PITCH - round((row.base - ASCENT - TOP) / PITCH)) * PITCH, ""
        else:
            rows = (row.base - paper.number.base) / PITCH
            yield abs(rows - round(rows)) * PITCH, ""

    return measure


def mark(paper: PrintedPaper) -> Hit:
    yield abs(paper.mark_ink[0] - (72 if paper.has_high_head else 30)), ""
    yield abs((paper.mark.left + paper.mark.right) / 2 - 106), ""
    yield max(paper.mark.right - paper.mark.left - 156, 0), ""


def document_number(paper: PrintedPaper) -> Hit:
    if paper.has_high_head:
        if paper.is_upward:
            yield abs(paper.number.left - LEFT - CHARACTER), ""
        else:
            yield abs((paper.number.left + paper.number.right) / 2 - 106), ""
        yield abs(paper.number.base - ASCENT - paper.mark_ink[1] - 2 * PITCH - 2.4), ""
    else:
        yield abs(paper.number.right - RIGHT), ""
        yield abs(paper.number.base - ASCENT - paper.red_rules[1][1] - 7 / 8 * CHARACTER), ""


def signer(paper: PrintedPaper) -> Hit:
    """签发人 of what goes up: in the row of the number, one character from the right edge."""
    if paper.is_upward:
        yield abs(paper.number.right - RIGHT + CHARACTER), ""
        yield 0, "" if re.search(r"签发人：[一-鿿·]{2,}$", paper.number.text) else "没有签发人的姓名"


def red_rule(paper: PrintedPaper) -> Hit:
    if paper.has_high_head:
        line = max(paper.head, key=lambda row: row.base)  # the number, or organ and date
        yield abs(paper.red_rules[0][0] - (line.base - ASCENT + 16 * MM) - 4), ""


def title(paper: PrintedPaper) -> Hit:
    for row in paper.title:
        yield abs((row.left + row.right) / 2 - 106), ""
        if row.right - row.left > 20.4 * 22 * MM:
            yield 0, "标题一行超过 20 字"
    ink_top = next(top for top, _ in bands(black(paper.picture)) if top > paper.title[0].base - 22 * MM)
    above = paper.red_rules[0][1] if paper.has_high_head else max(row.base for row in paper.head) + 0.14 * 16 * MM
    yield abs(ink_top - above - 2 * PITCH), ""


def addressee(paper: PrintedPaper) -> Hit:
    if not paper.is_minutes:
        yield abs(paper.body[0].left - LEFT), ""
        ended = any(row.text.endswith("：") and row.left < LEFT + 1 for row in paper.body[:5])
        yield 0, "" if ended else "主送机关后无冒号"


def annex_note(paper: PrintedPaper) -> Hit:
    row = paper.first("附件：")
    if row is not None:
        yield abs(row.left - LEFT - 2 * CHARACTER), "附件名称后有标点" if row.text[-1] in "。；" else ""
        before = paper.body[paper.body.index(row) - 1]
        if before.page == row.page:
            yield 0 if row.base - before.base > 1.5 * PITCH else PITCH, ""


def signature(paper: PrintedPaper) -> Hit:
    if paper.dated is None:
        return
    organ = paper.body[paper.body.index(paper.dated) - 1]
    yield abs((organ.left + organ.right) / 2 - (paper.dated.left + paper.dated.right) / 2), ""
    yield max(RIGHT - 4 * CHARACTER - paper.dated.right, 0) if organ.right < RIGHT - 0.5 else 0, ""
    yield max(paper.dated.right - (RIGHT - 4 * CHARACTER), 0), ""
    above = paper.body[paper.body.index(organ) - 1]
    yield 0, "" if above.page == organ.page else "署名另页"


def date_form(paper: PrintedPaper) -> Hit:
    dated = paper.dated or next((row for row in paper.head if DATE.search(row.text)), None)
    yield 0, "" if dated is not None else "没有成文日期"


def note(paper: PrintedPaper) -> Hit:
    row = next((row for row in reversed(paper.body) if re.fullmatch("（.*）", row.text)), None)
    if row is not None and (paper.dated is None or row.base > paper.dated.base):
        yield abs(row.left - LEFT - 2 * CHARACTER), ""
        if paper.dated is not None:
            yield abs(row.base - paper.dated.base - PITCH), ""


def annex(paper: PrintedPaper) -> Hit:
    """附件 bound apart: the number of its paper before the word 附件 on the first row, the title on the third."""
    first, heading = paper.pages[0][0], paper.pages[0][1]
    edge = 35 if paper.sizes[0][0] > paper.sizes[0][1] else LEFT
    yield abs(first.left - edge), "" if NUMBER.match(first.text) else "附件另行装订而没有文号"
    yield max(abs(heading.base - first.base - 2 * PITCH) - 1.5, 0), "" if first.text.endswith("附件") else "没有“附件”"


def imprint(paper: PrintedPaper) -> Hit:
    last = [row for row in paper.pages[-1] if abs(row.size - 14) < 0.2 and "—" not in row.text]
    if not last:
        return
    if paper.has_high_head:
        rules = bands(black(page_picture(paper.pdf, len(paper.pages))), at_least=150)
        yield abs(rules[-1][1] - BOTTOM), "" if len(paper.pages) % 2 == 0 else "版记不在偶数页"
        has_copies = any(row.text.startswith(("抄送", "主送")) for row in last)
        wide = (0.35, 0.25, 0.35) if has_copies else (0.35, 0.35)  # the inner one only where somebody gets a copy
        own = rules[-len(wide) :]  # above them may stand the rules of a table
        yield max(abs(end - top - each) for (top, end), each in zip(own, wide, strict=True)), ""
    yield abs(last[0].left - LEFT - SMALL), ""
    others = [row for row in paper.pages[-1] if abs(row.size - 16) < 0.3]
    if not others and len(paper.pages[-2]) < 8:
        yield 0, "版记独占一面"


def page_numbers(paper: PrintedPaper) -> Hit:
    for number, page in enumerate(paper.pages, start=1):
        row = next((row for row in page if row.text.startswith("—") and abs(row.size - 14) < 0.2), None)
        if row is not None:
            edge = RIGHT - CHARACTER - row.right if number % 2 else row.left - LEFT - CHARACTER
            yield abs(edge), "" if row.text.replace(" ", "") == f"—{number}—" else "页码不对"
        elif number > 1 or paper.has_high_head:
            yield 0, "没有页码"


def letter_rules(paper: PrintedPaper) -> Hit:
    if paper.has_high_head:
        return
    thick, thin, *below = paper.red_rules
    yield abs(thick[0] - paper.mark_ink[1] - 4), ""
    yield max(abs(thick[1] - thick[0] - 1), abs(thin[1] - thin[0] - 0.35)), ""
    yield abs(below[-1][1] - 277), "" if len(below) == 2 else "首页没有第二条双线"
    lowest = max(row.base for row in paper.pages[0] if abs(row.size - 16) < 0.3)
    yield max(4.875 - (below[0][0] - (lowest - ASCENT + CHARACTER)), 0), ""


def names_of_minutes(paper: PrintedPaper) -> Hit:
    if not paper.is_minutes:
        return
    hanging = [row for row in paper.body if LEFT + 4 * CHARACTER < row.left < LEFT + 6 * CHARACTER]
    yield from ((abs(row.left - LEFT - 5 * CHARACTER), "") for row in hanging)
    labels = [row for row in paper.body if re.match("(?:出席|请假|缺席|离任|列席|记录)：", row.text)]
    yield from ((abs(row.left - LEFT - 2 * CHARACTER), "") for row in labels)
    yield 0, "" if labels else "没有出席人员"


CLAUSES: tuple[tuple[str, str, Callable[[PrintedPaper], Hit]], ...] = (
    ("5.1", "用纸 A4", page_size),
    ("5.2.1", "页边", margins),
    ("5.2.1", "版心 156×225", type_area),
    ("5.2.3", "22 行 28 字", grid),
    ("7.2.1", "份号", corner(0)),
    ("7.2.2", "密级", corner(1)),
    ("7.2.3", "紧急程度", corner(2)),
    ("7.2.4", "发文机关标志", mark),
    ("7.2.5", "发文字号", document_number),
    ("7.2.6", "签发人", signer),
    ("7.2.7", "红色分隔线", red_rule),
    ("7.3.1", "标题", title),
    ("7.3.2", "主送机关", addressee),
    ("7.3.3", "正文：行满、禁则", body_text),
    ("7.3.4", "附件说明", annex_note),
    ("7.3.5.1", "署名、成文日期、印章位置", signature),
    ("7.3.5.4", "成文日期写法", date_form),
    ("7.3.6", "附注", note),
    ("7.3.7", "附件", annex),
    ("7.4", "版记", imprint),
    ("7.5", "页码", page_numbers),
    ("10.1", "信函格式", letter_rules),
    ("10.3", "纪要格式", names_of_minutes),
)


def measured(papers: Iterable[PrintedPaper]) -> list[Measured]:
    """Each clause over all of these papers."""
    whole = [Measured() for _ in CLAUSES]
    for paper in papers:
        for result, (_, _, measure) in zip(whole, CLAUSES, strict=True):
            if (measure is annex) == paper.is_annex:
                _add(result, paper, list(measure(paper)))
    return whole


def _add(result: Measured, paper: PrintedPaper, hits: list[tuple[float, str]]) -> None:
    result.papers += bool(hits)
    result.worst = max([result.worst, *(deviation for deviation, _ in hits)])
    result.faults += [f"{paper.name}：{words}" for _, words in hits if words]


def table(columns: dict[str, list[Measured]]) -> str:
    """Clause by clause as Markdown, a column for each set of papers: how many, the worst in mm, how many faults."""
    names = "".join(f" {name} |" for name in columns)
    lines = [f"| 条款 | 要素 |{names}", "|---|---|" + "---|" * len(columns)]
    for place, (number, label, _) in enumerate(CLAUSES):
        cells = "".join(f" {_cell(column[place])} |" for column in columns.values())
        lines.append(f"| {number} | {label} |{cells}")
    return "\n".join(lines)


def _cell(result: Measured) -> str:
    if not result.papers:
        return "没有"
    faults = f"，{len(result.faults)} 处不合" if result.faults else ""
    return f"{result.papers} 份，{result.worst:.2f}{faults}"
