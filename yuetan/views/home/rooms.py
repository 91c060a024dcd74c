"""The rooms beside cases: one statement asks which of them have something for a person; only these are read."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db.models import Model, QuerySet, Value

Line = TypeVar("Line")


@dataclass(frozen=True)
class Room(Generic[Line]):
    """Rows of one room that wait for the person; `lines`, which makes of them what the home shows, is asked only where
    there are some. It may read at once and make its lines when they are looked at, after all rooms have read."""

    rows: QuerySet[Model]
    lines: Callable[[], Iterable[Line]]


def lines_of(rooms: Iterable[Room[Line]]) -> list[Line]:
    """The lines of all rooms that have any, in the order of the rooms."""
    asked = list(rooms)
    filled = _filled([room.rows for room in asked])
    begun = [room.lines() for place, room in enumerate(asked) if place in filled]
    return [line for lines in begun for line in lines]


def _filled(each: list[QuerySet[Model]]) -> set[int]:
    """The places of those with a row."""
    one_of_each = [rows.order_by().values_list(Value(place))[:1] for place, rows in enumerate(each)]
    if len(one_of_each) < 2:
        return {place for rows in one_of_each for (place,) in rows}
    first, *others = one_of_each
    return {place for (place,) in first.union(*others, all=True)}
