"""The units the site begins with; from then on the system administrator keeps them."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from yuetan import grants
from yuetan.models import Unit
from yuetan.rules.pinyin import initials, pinyin_from_each_sign
from yuetan.vocabulary import UnitKind

PARENTS_FIRST = (UnitKind.LEADING_GROUP, UnitKind.OFFICE, UnitKind.MEMBER_UNIT, UnitKind.COUNTY, UnitKind.TOWN)


def load_units(folder: Path) -> int:
    """Write the units of a folder's tables where there is none yet; returns how many."""
    if Unit.objects.exists():
        return 0
    rows = list(_rows(folder))
    units: dict[str, Unit] = {}
    for kind in PARENTS_FIRST:
        of_kind = [row for row in rows if row["kind"] == kind]
        for unit in Unit.objects.bulk_create(_unit(row, units) for row in of_kind):
            units[unit.code] = unit
            grants.make_unit_groups(unit)
    return len(units)


def _rows(folder: Path) -> Iterator[dict[str, str]]:
    for path in sorted(folder.glob("*.csv")):
        with path.open(newline="") as table:
            yield from csv.DictReader(table)


def _unit(row: dict[str, str], units: dict[str, Unit]) -> Unit:
    # The prefecture itself, 4407, stands above the 市（区） in the table but is no unit here.
    parent = units.get(row["parent_code"])
    return Unit(
        code=row["code"],
        first_code=row["code"],
        name=row["name"],
        kind=row["kind"],
        parent=parent,
        initials=initials(row["name"]),
        pinyin=pinyin_from_each_sign(row["name"]),
    )
