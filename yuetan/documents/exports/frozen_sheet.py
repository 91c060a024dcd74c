"""A frozen paper read again: its parts in order, each with its words whole, and where its red head stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING

from yuetan.documents.content.facts import PlainFacts
from yuetan.documents.typesetting.typesetting import clean, texts_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

HEIGHT = re.compile(r"\.sheet \.head \{ height: ([\d.]+)mm")
PLACE = re.compile(r"\.sheet \.head \.([\w-]+) \{ margin-top: (-?[\d.]+)mm")
SIZE = re.compile(r"\.sheet \.(mark|minutes-line) \{ font-size: ([\d.]+)pt")
INDENTED = re.compile(r"\s*\n\s*")
NOT_READ = ("check-mark", "double-rule", "rule-red", "rule-outer", "rule-inner")
PLAIN, KAI, LEAD, GRADE = "", "kai", "lead", "grade-words"
LINE_END = "\n"
TABLE = "table"


@dataclass(frozen=True)
class Run:
    """Words in one type."""

    text: str
    type: str = PLAIN


@dataclass(frozen=True)
class Part:
    """One paragraph of a paper, by the name it has in the style sheet."""

    name: str
    runs: list[Run] = field(default_factory=list)
    line_count: int = 1  # as printed
    rows: tuple[tuple[str, ...], ...] = ()  # of a table, the heads of its columns first

    @property
    def text(self) -> str:
        """All its words."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True)
class Head:
    """The red head as it was frozen: its height, how far each part keeps off the one before, sizes in points."""

    height: float
    places: list[tuple[str, float]]
    sizes: dict[str, float]


@dataclass(frozen=True)
class Sheet:
    """A paper: its form (letter, document, minutes), its head, its parts in order, the colour of its grade if any."""

    form: str
    head: Head
    parts: list[Part]
    grade: str

    def first(self, name: str) -> Part:
        """The first part of a name; an empty one where the paper has none."""
        return next((part for part in self.parts if part.name == name), Part(name))


def read_sheet(html: str, facts: PlainFacts) -> Sheet:
    """The parts of a frozen paper.

    `facts`: what it said as plain data, so that a blank that fell at the end of a line is put back.
    """
    from lxml.html import document_fromstring

    whole = document_fromstring(html)
    sheet = whole.find_class("sheet")[0]
    known = {_solid(text): clean(text) for text in _texts(facts)}
    parts = [part if part.rows else _with_blanks(part, known) for part in _whole_tables(_parts(sheet))]
    squares = sheet.find_class("grade-square")
    return Sheet(
        form=_classes(sheet)[1].removeprefix("sheet-"),
        head=_head(html),
        parts=parts,
        grade=_classes(squares[0])[1].removeprefix("grade-") if squares else "",
    )


def _head(html: str) -> Head:
    """What the frozen style says of the head; the common rules before it say what holds where none is frozen."""
    height = HEIGHT.search(html)
    if height is None:
        raise ValueError("a paper with a red head has its places frozen")
    own = html[height.start() : html.index("</style>")]
    return Head(
        height=float(height.group(1)),
        places=[(name, float(distance)) for name, distance in PLACE.findall(own)],
        sizes={name: float(size) for name, size in SIZE.findall(own)},
    )


def _texts(facts: PlainFacts) -> Iterator[str]:
    yield from texts_of({name: value for name, value in facts.items() if isinstance(value, str)})
    for name in ("body", "people"):
        for each in facts.get(name, ()):
            if isinstance(each, dict):
                yield from (each["lead"] + each["text"], each["text"])


def _solid(text: str) -> str:
    return "".join(text.split())


def _classes(element: HtmlElement) -> list[str]:
    return str(element.get("class", "")).split()


def _parts(element: HtmlElement) -> Iterator[Part]:
    """What stands in an element, in order; the mark by which a paper is verified belongs to that paper alone.

    Words outside a paragraph become one of their own: none is left out.
    """
    for child in element:
        name = (_classes(child) or [""])[0]
        if name in NOT_READ:
            continue
        if child.tag == "table":
            yield Part(
                TABLE, rows=tuple(tuple(cell.text_content().strip() for cell in row) for row in child.iter("tr"))
            )
            continue
        if child.tag in ("p", "h1", "h2") or (child.text or "").strip():
            yield Part(name or "organ", list(_runs(child)))
        else:
            yield from _parts(child)


def _whole_tables(parts: Iterable[Part]) -> Iterator[Part]:
    """A table that goes on under the same heads on the next page, in one."""
    table = None
    for part in parts:
        if table is not None and part.name == TABLE and part.rows[0] == table.rows[0]:
            table = Part(TABLE, rows=(*table.rows, *part.rows[1:]))
            continue
        if table is not None:
            yield table
        table = part if part.name == TABLE else None
        if table is None:
            yield part
    if table is not None:
        yield table


def _runs(element: HtmlElement, kind: str = PLAIN) -> Iterator[Run]:
    """The words in an element with the ends of its lines."""
    yield from _run(element.text, kind)
    for child in element:
        if child.tag == "br":
            yield Run(LINE_END, kind)
        else:
            yield from _runs(child, next(iter({KAI, LEAD, GRADE}.intersection(_classes(child))), kind))
        if "title-line" in _classes(child) and child.getnext() is not None:
            yield Run(LINE_END, kind)
        yield from _run(child.tail, kind)


def _run(text: str | None, kind: str) -> Iterator[Run]:
    """Words without the indentation of a template; what was typed has no end of a line in it."""
    words = INDENTED.sub("", text or "")
    if words:
        yield Run(words, kind)


def _with_blanks(part: Part, known: dict[str, str]) -> Part:
    """The lines of a paragraph joined; a title keeps its own, they were chosen, and a row its two ends."""
    if part.name in ("title", "minutes-line", "imprint-line"):
        return part
    whole = known.get(_solid(part.text), "")
    lines = 1 + sum(run.text == LINE_END for run in part.runs)
    joined = groupby(_joined(part.runs, _places_of_blanks(whole)), key=lambda run: run.type)
    return Part(part.name, [Run("".join(run.text for run in runs), kind) for kind, runs in joined], lines)


def _places_of_blanks(text: str) -> frozenset[int]:
    """Behind how many characters that are no blanks there is one."""
    return frozenset(len(_solid(text[:place])) for place, character in enumerate(text) if character.isspace())


def _joined(runs: Iterable[Run], blanks: frozenset[int]) -> Iterator[Run]:
    behind = 0
    for run in runs:
        if run.text == LINE_END:
            if behind in blanks:
                yield Run(" ", run.type)
            continue
        behind += len(_solid(run.text))
        yield run
