"""The tree of 单位与领导: all of it where a page can hold it, else its upper levels, each cut where it is too long."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, QuerySet

from yuetan.forms.frame.name_search import MAX_OFFERED
from yuetan.ledgers.people.units import UnitLedger
from yuetan.models import Unit
from yuetan.vocabulary import INTERVIEWED_UNIT_KINDS, UnitKind


@dataclass(frozen=True)
class Branch:
    """The units of one level that a page shows, and how many there are."""

    units: list[Unit]
    count: int

    @property
    def is_cut(self) -> bool:
        """Whether the ledger alone has all of them."""
        return len(self.units) < self.count


@dataclass(frozen=True)
class CountyBranch:
    """A 市（区） with its 镇（街）; with no more than their number, where there are too many of all."""

    unit: Unit
    towns: list[Unit]
    count: int


def branch(units: QuerySet[Unit]) -> Branch:
    """So many of them as a page holds."""
    shown = list(units[: MAX_OFFERED + 1])
    return Branch(shown[:MAX_OFFERED], units.count() if len(shown) > MAX_OFFERED else len(shown))


def tree_of_units() -> dict[str, object]:
    """Each level of the tree, with who heads its units."""
    with_heads = UnitLedger().with_relations
    in_use = Unit.objects.in_use()
    counties = branch(with_heads(in_use.filter(kind=UnitKind.COUNTY)))
    towns = branch(with_heads(in_use.filter(kind=UnitKind.TOWN)))
    return {
        "leading": list(with_heads(in_use.exclude(kind__in=INTERVIEWED_UNIT_KINDS))),
        "members": branch(with_heads(in_use.filter(kind=UnitKind.MEMBER_UNIT))),
        "counties": counties,
        "of_counties": _of_counties(counties.units, towns),
        "towns": towns,
        "retired": branch(Unit.objects.exclude(retired_on=None)),
    }


def _of_counties(counties: list[Unit], towns: Branch) -> list[CountyBranch]:
    if towns.is_cut:  # opened one 市（区） at a time
        below = Unit.objects.in_use().filter(kind=UnitKind.TOWN, parent__in=[unit.pk for unit in counties])
        counts = dict(below.order_by().values_list("parent").annotate(Count("pk")))
        return [CountyBranch(unit, [], counts.get(unit.pk, 0)) for unit in counties]
    listed: dict[int, list[Unit]] = {unit.pk: [] for unit in counties}
    for town in towns.units:
        if town.parent_id in listed:
            listed[town.parent_id].append(town)
    return [CountyBranch(unit, listed[unit.pk], len(listed[unit.pk])) for unit in counties]
