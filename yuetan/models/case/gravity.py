"""A case that came by gravity (危害、影响): by a door of the 责任制, chosen and reasoned, with no rung before it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from yuetan.models.law.accountability import Accountability, Door
from yuetan.models.office.kept_rules import kept
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.empty_words import require_words
from yuetan.vocabulary import DoorKind, RungKind, Verb

if TYPE_CHECKING:
    from yuetan.models.case.case import Case

# Refusals that rest on the article of that door, in the text that the office carries out.
OF_THE_DOOR = frozenset(
    {
        "interview_gravity_without_words",
        "interview_door_words_alone",
        "interview_two_doors",
        "interview_door_not_gravity",
        "interview_door_by_measure",
        "interview_door_of_other_text",
    }
)


def gravity_doors(on: date) -> list[Door]:
    """The doors by which an interview may be proposed at once on a day: those of the 责任制 that is carried out."""
    return kept(("gravity doors", on), lambda: _read_gravity_doors(on))


def _read_gravity_doors(on: date) -> list[Door]:
    text = Accountability.objects.carried_out(on)
    rows = Door.objects.whole().filter(kind=DoorKind.GRAVITY, rung__kind=RungKind.INTERVIEW)
    return list(rows.filter(rung__accountability=text)) if text else []


def known_door(key: int) -> Door:
    """A door of a loaded text, with its article and its text."""
    return kept(("door", key), lambda: Door.objects.whole().get(pk=key))


def article_of_door(code: str) -> str:
    """《……》第二十八条 where a refusal rests on it; empty where it does not, or where no text has such a door."""
    doors = gravity_doors(clock.today()) if code in OF_THE_DOOR else []
    return doors[0].cited if doors else ""


def door_problems(case: Case) -> Iterator[Finding]:
    """Why the case cannot come through the door that it names, or without the reasons for it."""
    door = case.gravity_door
    if door is None:
        if case.door_words:
            yield replace(finding("interview_door_words_alone", "door"), further_fields=("door_words",))
    elif case.rung_laid is not None:
        words = {"rung": case.rung_laid.rung.get_kind_display(), "words": door.words}
        yield replace(finding("interview_two_doors", "door", **words), further_fields=("door_words",))
    elif door.after is not None and door.rung.kind == RungKind.INTERVIEW:
        yield finding("interview_door_by_measure", "door", words=door.words, step=Verb.OPEN_INTERVIEW.label)
    elif (door.rung.kind, door.kind) != (RungKind.INTERVIEW, DoorKind.GRAVITY):
        yield finding("interview_door_not_gravity", "door", words=door.words)
    elif door not in gravity_doors(clock.today()):
        yield finding("interview_door_of_other_text", "door", words=door.words)
    else:
        without = finding("interview_gravity_without_words", "door_words", words=door.words)
        yield from require_words(case.door_words, without)
