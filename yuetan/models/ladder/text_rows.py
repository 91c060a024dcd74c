"""Rows of a 责任制 that are asked for again and again: a text is loaded whole, and never edited in place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yuetan.models.law.accountability import Door, Effect
from yuetan.models.office.kept_rules import kept
from yuetan.rules.open_doors import TextDoor
from yuetan.vocabulary import DoorKind, RungKind

if TYPE_CHECKING:
    from yuetan.models.ladder.measure import AccountabilityMeasure


def effects_of(measure: AccountabilityMeasure) -> list[Effect]:
    """What the rung of the measure closes, in the order of its text."""
    return kept(("effects", measure.rung_id), lambda: list(measure.rung.effects.select_related("article")))


def doors_of(accountability: int) -> list[Door]:
    """Every door of a text, the lightest rung first."""
    doors = Door.objects.whole().filter(rung__accountability=accountability)
    return kept(("doors", accountability), lambda: list(doors.order_by("rung__number", "pk")))


def doors_not_in_time(accountability: int) -> list[TextDoor]:
    """Those of them that stand open because a target was not met in time."""
    return [text_door(row) for row in doors_of(accountability) if row.kind == DoorKind.NOT_IN_TIME]


def text_door(door: Door) -> TextDoor:
    """A door of a loaded text as the rules take it."""
    after = RungKind(door.after.kind) if door.after else None
    return TextDoor(RungKind(door.rung.kind), DoorKind(door.kind), door.article.number, door.words, after)
