"""What is multiplied by the thousand: cases, and each of the rooms beside them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Model

from yuetan.scenarios.bulk.plan import Plan, Shares
from yuetan.scenarios.bulk.rows import Row
from yuetan.scenarios.bulk.story import Story

RowsOf = dict[type[Model], list[Row]]


def _nothing_bound(played: Model, rows: RowsOf) -> list[tuple[str, str]]:
    return []


@dataclass(frozen=True)
class Room:
    """One kind of thing: how it is played, and how many of it there are for a hundred cases.

    `plans` are the ways of a seed for so many of it, given also how many days ahead a notice goes out; `settle` is
    done at the moment of the last step. `bound` are texts that are kept by their digest, each after its digest; in
    them the key of the unit is written as `people.UNIT_KEY`. `prefix` is of the register in which each gets a number.
    """

    root: type[Model]
    per_hundred: int
    shares: Shares
    plans: Callable[[int, int, int], list[Plan]]
    story: type[Story]
    settle: Callable[[Model], None]
    bound: Callable[[Model, RowsOf], list[tuple[str, str]]] = _nothing_bound
    prefix: str = ""

    @property
    def name(self) -> str:
        """As lots are drawn for it."""
        return str(self.root._meta.model_name)

    def count(self, cases: int) -> int:
        """How many of it there are beside so many cases."""
        return cases * self.per_hundred // 100
