"""The body of a paper as paragraphs; typesetting reads these and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from yuetan.rules.text import official_text

SENTENCE_ENDS = ("。", "！", "？", "…")


class Style(StrEnum):
    """How a paragraph is set."""

    TEXT = "text"
    HEADING = "heading"
    PEOPLE = "people"


@dataclass(frozen=True)
class Paragraph:
    """One paragraph; the lead is the part set in the type of its label.

    `is_standard`: the wording of the paper itself, in which names may be shortened, not what somebody typed.
    """

    text: str
    style: Style = Style.TEXT
    lead: str = ""
    is_standard: bool = False

    def __str__(self) -> str:
        return self.lead + self.text


def lines(text: str) -> list[str]:
    """What somebody typed, a paragraph a line, without the blanks around it."""
    stripped = (line.strip() for line in official_text.normalise_text(text).split("\n"))
    return [line for line in stripped if line]


def text_paragraphs(text: str) -> list[Paragraph]:
    """Typed text as paragraphs of the body."""
    return [Paragraph(line) for line in lines(text)]


def section(number: int, name: str, text: str, *more: Paragraph) -> list[Paragraph]:
    """一、…… with what was typed for it, and what the paper adds."""
    heading = Paragraph(official_text.heading(1, number) + name, Style.HEADING)
    return [heading, *text_paragraphs(text), *more]


def people(label: str, names: str) -> list[Paragraph]:
    """出席：……, or nothing where there is nobody."""
    return [Paragraph(names, Style.PEOPLE, f"{label}：", is_standard=True)] if names else []


def sentence(text: str) -> str:
    """Text with a full stop, however it was typed."""
    text = text.rstrip(" ，、；;,.")
    return text if text.rstrip("”’").endswith(SENTENCE_ENDS) else f"{text}。"
