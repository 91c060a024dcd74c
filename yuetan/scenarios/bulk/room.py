"""What is multiplied by the thousand: cases, and each of the rooms beside them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from django.db.models import Model

from yuetan.scenarios.bulk.plan import Plan, Shares
from yuetan.scenarios.bulk.rows import Row, paths
from yuetan.scenarios.bulk.story import Story

RowsOf = dict[type[Model], list[Row]]


def _nothing_bound(played: Model, rows: RowsOf) -> list[tuple[str, str]]:
    return []


def _no_unit() -> Collection[int]:
    return ()


@dataclass(frozen=True)
class Room:
    """One kind of thing: how it is played, and how many of it there are for a hundred cases.

    `plans` are the ways of a seed for so many of it, given also how many days ahead a notice goes out; `settle` is
    done at the moment of the last step. `bound` are texts that are kept by their digest, each after its digest; in
    them the key of the unit is written as `people.UNIT_KEY`. `prefix` is of the register in which each gets a number.
    `companions` are things of their own that go with each, by the route from them to it; `excluded_units`
    gives the keys of units that no copy is of.
    """

    root: type[Model]
    per_hundred: int
    shares: Shares
    plans: Callable[[int, int, int], list[Plan]]
    story: type[Story]
    settle: Callable[[Model], None]
    bound: Callable[[Model, RowsOf], list[tuple[str, str]]] = _nothing_bound
    prefix: str = ""
    companions: Mapping[type[Model], str] = field(default_factory=dict)
    excluded_units: Callable[[], Collection[int]] = _no_unit

    @property
    def name(self) -> str:
        """As lots are drawn for it."""
        return str(self.root._meta.model_name)

    @property
    def models(self) -> list[type[Model]]:
        """Whatever has rows of it or of its companions."""
        return list(dict.fromkeys(model for root in (self.root, *self.companions) for model in paths(root)))

    def count(self, cases: int) -> int:
        """How many of it there are beside so many cases."""
        return cases * self.per_hundred // 100
