"""The body of a paper as paragraphs; typesetting reads these and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from math import ceil

from yuetan.rules import official_text

TITLE_WIDTH = 20  # characters of size 2 in a line of 156 mm
TITLE_REACH = 4
TITLE_BREAKS = ("，；", "、")  # the better place first
MAY_NOT_BEGIN_A_LINE = "，。、；：！？）》〉”’】〕的"
SENTENCE_ENDS = ("。", "！", "？", "…")


class Style(StrEnum):
    """How a paragraph is set."""

    TEXT = "text"
    HEADING = "heading"
    PEOPLE = "people"


@dataclass(frozen=True)
class Paragraph:
    """One paragraph; the lead is the part set in the type of its label."""

    text: str
    style: Style = Style.TEXT
    lead: str = ""

    def __str__(self) -> str:
        return self.lead + self.text


def lines(text: str) -> list[str]:
    """What somebody typed, a paragraph a line, without the blanks around it."""
    stripped = (line.strip() for line in official_text.normalise_text(text).split("\n"))
    return [line for line in stripped if line]


def typed(text: str) -> list[Paragraph]:
    """Typed text as paragraphs of the body."""
    return [Paragraph(line) for line in lines(text)]


def section(number: int, name: str, text: str, *more: Paragraph) -> list[Paragraph]:
    """一、…… with what was typed for it, and what the paper adds."""
    heading = Paragraph(official_text.heading(1, number) + name, Style.HEADING)
    return [heading, *typed(text), *more]


def people(label: str, names: str) -> list[Paragraph]:
    """出席：……, or nothing where there is nobody."""
    return [Paragraph(names, Style.PEOPLE, f"{label}：")] if names else []


def sentence(text: str) -> str:
    """Text with a full stop, however it was typed."""
    text = text.rstrip(" ，、；;,.")
    return text if text.rstrip("”’").endswith(SENTENCE_ENDS) else f"{text}。"


def title_lines(title: str) -> list[str]:
    """A title broken into lines of about one length, at a mark where one is near."""
    rest, broken = title, []
    for left in range(ceil(len(title) / TITLE_WIDTH), 1, -1):
        cut = _cut(rest, left)
        broken.append(rest[:cut])
        rest = rest[cut:]
    return [*broken, rest]


def _cut(rest: str, left: int) -> int:
    middle = ceil(len(rest) / left)
    shortest = len(rest) - (left - 1) * TITLE_WIDTH
    near = range(max(middle - TITLE_REACH, shortest, 1), min(middle + TITLE_REACH, TITLE_WIDTH, len(rest) - 1) + 1)
    lawful = [cut for cut in near if rest[cut] not in MAY_NOT_BEGIN_A_LINE] or [middle]
    return min(lawful, key=lambda cut: (*(rest[cut - 1] not in marks for marks in TITLE_BREAKS), abs(cut - middle)))
