"""What of 日程 needs the same leader or the same place within the office's hours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from itertools import takewhile

from yuetan.ledgers.agenda.agenda_entry import KIND_LABELS, Entry
from yuetan.models import OfficeSetting


@dataclass(frozen=True)
class Booked:
    """An entry that takes an hour, a place and a leader, named as `role`; `is_ahead` until it is held."""

    entry: Entry
    leader: int | None
    role: str
    is_ahead: bool

    def needs_with(self, other: Booked) -> str:
        """What both need, in the words of this one; empty where there is nothing."""
        if self.leader is not None and self.leader == other.leader:
            return f"{self.role}{self.entry.who}"
        place = self.entry.place.strip()
        return f"地点“{place}”" if place and place == other.entry.place.strip() else ""


def with_clashes(booked: Sequence[Booked]) -> list[Entry]:
    """The entries in the order of their hours, each ahead with what another one within the hours needs as well."""
    hours = timedelta(hours=OfficeSetting.objects.number("clash_hours"))
    in_order = sorted(booked, key=lambda one: one.entry.order)
    ahead = [one for one in in_order if one.is_ahead]
    clashing: dict[str, str] = {}
    for number, one in enumerate(ahead):
        for other in takewhile(partial(_is_near, one, hours), ahead[number + 1 :]):
            if shared := one.needs_with(other):
                clashing[one.entry.key] = f"{shared}{_besides(one, other)}"
                clashing[other.entry.key] = f"{other.needs_with(one)}{_besides(other, one)}"
    return [replace(one.entry, clash=clashing.get(one.entry.key, "")) for one in in_order]


def _is_near(one: Booked, hours: timedelta, other: Booked) -> bool:
    assert one.entry.begins is not None
    assert other.entry.begins is not None
    return other.entry.begins - one.entry.begins < hours


def _besides(one: Booked, other: Booked) -> str:
    """（会议）, where what it clashes with is of another kind."""
    return "" if one.entry.kind == other.entry.kind else f"（{KIND_LABELS[other.entry.kind]}）"
