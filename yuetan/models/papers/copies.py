"""Whom papers are usually copied to (抄送)."""

from __future__ import annotations

from yuetan.models.office.office import OfficeSetting
from yuetan.models.people.unit import Unit
from yuetan.rules.text.official_text import names_in
from yuetan.vocabulary import UnitKind


def usual_copies(unit: Unit | None, *, by_group: bool) -> list[str]:
    """The leading group unless it writes itself, the organs above the unit, all member units, the office's own list."""
    groups = Unit.objects.in_use().filter(kind=UnitKind.LEADING_GROUP).values_list("name", flat=True)
    names = [] if by_group else list(groups)
    if unit is not None and unit.parent is not None and unit.parent.kind == UnitKind.COUNTY:
        names.append(unit.parent.organs_addressed)
    names += [f"{group}各成员单位" for group in groups]
    return list(dict.fromkeys([*names, *names_in(OfficeSetting.objects.words("usual_copies"))]))
