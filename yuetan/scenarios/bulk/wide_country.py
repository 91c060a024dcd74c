"""As many units as a whole country has: 市（区） with 镇（街） below them, made at once."""

from __future__ import annotations

from django.contrib.auth.models import Group

from yuetan import grants
from yuetan.models import Unit
from yuetan.rules.pinyin import initials, pinyin_from_each_sign
from yuetan.rules.text.official_text import chinese_number
from yuetan.vocabulary import UnitKind

TOWNS_OF_A_COUNTY = 16


def settle(towns: int) -> None:
    """Add 镇（街） until there are so many in use, each below a 市（区） of its own sixteen."""
    missing = towns - Unit.objects.in_use().filter(kind=UnitKind.TOWN).count()
    begun = Unit.objects.filter(code__startswith="9").count()
    counties = Unit.objects.bulk_create(
        _unit(f"9{begun + n:05d}", f"测速{chinese_number(n)}区", UnitKind.COUNTY, None)
        for n in range(1, 2 + max(missing - 1, 0) // TOWNS_OF_A_COUNTY if missing > 0 else 1)
    )
    added = Unit.objects.bulk_create(
        _unit(
            f"{counties[n // TOWNS_OF_A_COUNTY].code}{n % TOWNS_OF_A_COUNTY:03d}",
            f"{chinese_number(n + 1)}镇",
            UnitKind.TOWN,
            counties[n // TOWNS_OF_A_COUNTY],
        )
        for n in range(max(missing, 0))
    )
    Group.objects.bulk_create(
        Group(name=unit.group_name(party)) for unit in [*counties, *added] for party in grants.UNIT_PARTIES
    )


def _unit(code: str, name: str, kind: UnitKind, parent: Unit | None) -> Unit:
    spelled = {"initials": initials(name), "pinyin": pinyin_from_each_sign(name)}
    return Unit(code=code, first_code=code, name=name, kind=kind, parent=parent, **spelled)
