"""What cannot be printed is refused: a character that no font draws, and lines that are not those of the title."""

from __future__ import annotations

from collections.abc import Iterator

from yuetan.documents.content.facts import PaperFacts
from yuetan.documents.typesetting.title_breaking import MAX_LINES, TITLE_WIDTH, chosen_lines, width
from yuetan.documents.typesetting.typesetting import clean, missing_characters, some_of, texts_of
from yuetan.errors import Refused
from yuetan.models import Subject
from yuetan.rules.refusals import Finding, finding


def refuse_missing_glyphs(subject: Subject | None, facts: PaperFacts) -> None:
    """Raise Refused with the characters named; nothing happens if all of them can be drawn.

    A paper of the office's own has no subject.
    """
    missing = missing_characters(*texts_of(facts))
    if missing:
        lacking = finding("character_without_glyph", characters=some_of(missing))
        raise Refused(subject.reason(lacking) if subject else lacking.reason())


def refuse_other_title(subject: Subject, facts: PaperFacts) -> None:
    """Raise Refused where the chosen lines of a title are not its words, are too many, or one of them is too long."""
    problems = [subject.reason(each) for each in title_problems(facts["title"], facts.get("title_break", ""))]
    if problems:
        raise Refused(*problems)


def title_problems(title: str, title_break: str) -> Iterator[Finding]:
    """What is wrong with the lines that somebody chose for a title; nothing where nobody did."""
    title, lines = clean(title), chosen_lines(title_break)
    if not lines:
        return
    if "".join("".join(lines).split()) != "".join(title.split()):
        yield finding("title_break_other_words", "title_break", title=title)
    if len(lines) > MAX_LINES:
        yield finding("title_break_too_many", "title_break", lines=MAX_LINES, filled=len(lines))
    for number, line in enumerate(lines, start=1):
        if width(line) > TITLE_WIDTH:
            words = {"most": TITLE_WIDTH, "number": number, "width": f"{width(line):g}"}
            yield finding("title_break_too_long", "title_break", **words)
