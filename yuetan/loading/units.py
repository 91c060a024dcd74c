"""The units the site begins with; from then on the system administrator keeps them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from yuetan import grants
from yuetan.errors import Reason, Refused
from yuetan.loading.unit_tables import UnitRow, problems_of_units, unit_rows
from yuetan.models import Unit
from yuetan.rules.pinyin import initials, pinyin_from_each_sign
from yuetan.vocabulary import UnitKind

PARENTS_FIRST = (UnitKind.LEADING_GROUP, UnitKind.OFFICE, UnitKind.MEMBER_UNIT, UnitKind.COUNTY, UnitKind.TOWN)


def load_units(folder: Path) -> int:
    """Write the units of a folder's tables where there is none yet; returns how many.

    Raises Refused, if the tables are not in order or the database is another office's.
    """
    if problems := problems_of_units(folder):
        raise Refused(*(Reason(str(problem)) for problem in problems))
    rows = unit_rows(folder)
    if Unit.objects.exists():
        _refuse_another_office(rows, folder)
        return 0
    units: dict[str, Unit] = {}
    for kind in PARENTS_FIRST:
        of_kind = [row for row in rows if row.kind == kind]
        for unit in Unit.objects.bulk_create(_unit(row, units) for row in of_kind):
            units[unit.code] = unit
            grants.make_unit_groups(unit)
    return len(units)


def _refuse_another_office(rows: Sequence[UnitRow], folder: Path) -> None:
    """Names and law of one office must not get into the database of another, as where YUETAN_PACK is forgotten."""
    begun = Unit.objects.filter(kind=UnitKind.LEADING_GROUP)
    of_pack = next(row for row in rows if row.kind == UnitKind.LEADING_GROUP)
    if not begun.filter(first_code=of_pack.code).exists():
        of_database = "、".join(begun.values_list("name", flat=True))
        belongs = f"数据库里是{of_database}的资料，{folder.parent} 是{of_pack.name}的"
        raise Refused(Reason(f"{belongs}：什么也没有写入，请把 YUETAN_PACK 改对。"))


def _unit(row: UnitRow, units: dict[str, Unit]) -> Unit:
    # The prefecture itself, 4407, stands above the 市（区） in the table but is no unit here.
    return Unit(
        code=row.code,
        first_code=row.code,
        name=row.name,
        kind=row.kind,
        parent=units.get(row.parent_code),
        initials=initials(row.name),
        pinyin=pinyin_from_each_sign(row.name),
    )
