"""A lawful way to a state that bulk data is made of, before anybody has taken it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

Step = tuple[str, int]  # with the number of the task it is about
Shares = Mapping[str, tuple[int, int]]  # of a hundred how many stand there, and how many different ways lead there

ROWS_PER_ROUTE = 25


@dataclass(frozen=True)
class Plan:
    """One way; `offsets` are working days since the first step, and what is due is so `due_days` after `due_from`."""

    number: int
    state: str
    variant: int
    measures: int
    steps: list[Step]
    offsets: list[int]
    notice_days: int
    due_days: int
    max_days_since: int | None  # working days ago at which the last step may lie; None where it has ended
    due_from: int = 0

    def lots(self, seed: int, what: str) -> Random:
        """Lots drawn for one purpose, the same for the same seed."""
        return Random(f"{seed}:{self.number}:{what}")  # nosec B311 - nothing here is secret


def routes(shares: Shares, rows: int) -> list[tuple[str, int]]:
    """The state and the variant of each way for so many rows: more rows, more ways."""
    most = 1 + rows // ROWS_PER_ROUTE
    return [(state, variant) for state, (_, count) in shares.items() for variant in range(min(count, most))]


def plain(*verbs: str) -> list[Step]:
    """Steps that are about no task."""
    return [(verb, 0) for verb in verbs]
