"""Three-way merge of one form filled in by two people: what was shown, what I typed, what is there now."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from enum import Enum
from typing import NamedTuple

# What a form would send, field by field: every field's values, none for an empty one.
Cells = dict[str, list[str]]


class MergeOutcome(Enum):
    """The result of merging one person's values into the stored ones, given what the person had been shown."""

    SAME = "same"  # both are the same by now
    OWN = "own"  # nobody else has changed it
    CURRENT = "current"  # somebody else has changed it, and I have not
    BOTH = "both"  # each has changed it, and they differ


def normalise(values: Iterable[str]) -> list[str]:
    """Values as they can be stored and compared: line ends of one kind, no sign a database refuses, no empty ones."""
    cleaned = (value.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "") for value in values)
    whole = (value.encode("utf-8", "ignore").decode() for value in cleaned)
    return [value for value in whole if value]


def digest(values: Iterable[str]) -> str:
    """Sixteen signs that stand for these values: what a page remembers of what it has shown."""
    content = "".join(f"{len(value)}:{value}" for value in normalise(values))
    return hashlib.blake2b(content.encode(), digest_size=8).hexdigest()


def merge(shown: str, own: list[str], now: list[str]) -> MergeOutcome:
    """Compare what was shown (a digest), what I typed and what is there now."""
    if normalise(own) == normalise(now):
        return MergeOutcome.SAME
    if shown == digest(now):
        return MergeOutcome.OWN
    return MergeOutcome.CURRENT if shown == digest(own) else MergeOutcome.BOTH


class DraftConflict(NamedTuple):
    """Fields that somebody else has changed since a form was shown: those I left alone, and those I changed too."""

    theirs: Cells
    both: list[str]


def draft_conflict(shown: Mapping[str, str], own: Cells, now: Cells) -> DraftConflict | None:
    """How a form that was sent clashes with what is there `now`; None if nobody else has changed it."""
    outcomes = {name: merge(shown.get(name, digest([])), own.get(name, []), now[name]) for name in now}
    theirs = {name: now[name] for name, outcome in outcomes.items() if outcome == MergeOutcome.CURRENT}
    both = [name for name, outcome in outcomes.items() if outcome == MergeOutcome.BOTH]
    return DraftConflict(theirs, both) if theirs or both else None


def digests(cells: Mapping[str, list[str]]) -> dict[str, str]:
    """What a page remembers of all its fields."""
    return {name: digest(values) for name, values in cells.items()}
