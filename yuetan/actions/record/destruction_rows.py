"""What every step on a list of cases to be destroyed shares: how it and its cases are held, and who may."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from yuetan.actions.hold_row import hold_row
from yuetan.actions.room_step import RoomRows, may_by_role
from yuetan.models import Case, Destruction, User


def held_cases(keys: Iterable[object]) -> list[Case]:
    """The cases of these keys, locked, by their numbers in the register."""
    wanted = Case.objects.filter(pk__in=list(keys)).order_by("register_year", "register_serial")
    list(wanted.select_for_update().values_list("pk"))
    return list(wanted.select_related("unit__parent", "first_unit"))


def register_numbers(cases: Sequence[Case]) -> str:
    """Their numbers, as the log names them."""
    return "、".join(case.register_number for case in cases)


def _none_is_kept_from(cases: Sequence[Case], by: User, codename: str) -> bool:
    """Whether it is theirs to judge all of them: 回避, 知悉范围."""
    kept = any(by.is_recused_from(case.unit_id) or case.leaves_out(by) for case in cases)
    return may_by_role(cases, by, codename) and not kept


def _sees(destruction: Destruction, by: User, codename: str) -> bool:
    seen = Destruction.objects.visible_to(by).filter(pk=destruction.pk)
    return may_by_role(destruction, by, codename) and seen.exists()


CASES = RoomRows[Sequence[Case]](
    lambda cases: held_cases(case.pk for case in cases),
    _none_is_kept_from,
    lambda cases: {"words": register_numbers(cases)},
)
DESTRUCTIONS = RoomRows[Destruction](
    lambda one: hold_row(Destruction.objects.with_people(), one.pk), _sees, lambda one: {"name": str(one)}
)
