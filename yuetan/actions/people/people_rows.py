"""What every step on people, their posts and units shares: how a row is held, who may, what the log says of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from django.db.models import QuerySet

from yuetan.actions.hold_row import hold_row, hold_whole
from yuetan.actions.room_step import RoomRows, may_by_role
from yuetan.models import Post, Subject, Unit, UnitChange, User
from yuetan.rules.refusals import Finding, finding
from yuetan.vocabulary import INTERVIEWED_UNIT_KINDS

KEEP_UNITS, GUARD = "keep_units", "guard_accounts"


def held_person(person: User) -> User:
    """The person, locked: what a right and a post give is asked of who they are by then."""
    return hold_row(User.objects.all(), person.pk)


def _held_unit(unit: Unit) -> Unit:
    return hold_row(Unit.objects.select_related("parent"), unit.pk)


def _held_ending_unit(unit: Unit) -> Unit:
    """Units end one after the other, for of each it is asked whether another goes on in it."""
    hold_whole("units that end")
    return _held_unit(unit)


def _held_post(post: Post) -> Post:
    """The post, and before it its unit, which does not end and gives no post meanwhile."""
    hold_row(Unit.objects.all(), post.unit_id)
    return hold_row(Post.objects.select_related("holder", "unit__parent"), post.pk)


def _held_change(change: UnitChange) -> UnitChange:
    return hold_row(UnitChange.objects.select_related("unit__parent", "successor__parent"), change.pk)


def _own_or_by_role(person: User, by: User, codename: str) -> bool:
    return by.pk == person.pk or may_by_role(person, by, codename)


def _of_interviewed_kind(unit: Unit, by: User, codename: str) -> bool:
    """By 更名 or 撤并 nobody changes the leading group and its office."""
    return unit.kind in INTERVIEWED_UNIT_KINDS and may_by_role(unit, by, codename)


def unit_ended(unit: Unit, *_by: User) -> Iterator[Finding]:
    """That the unit has ended: nothing becomes of it any more."""
    if unit.retired_on:
        yield finding("unit_retired", "unit", unit=unit.name)


PEOPLE = RoomRows[User](held_person, may_by_role, lambda person: {"name": person.name, "title": person.title})
PEOPLE_AND_ONESELF = replace(PEOPLE, may=_own_or_by_role)
UNITS = RoomRows[Unit](_held_unit, may_by_role, lambda unit: {"unit": unit.name})
INTERVIEWED_UNITS = replace(UNITS, may=_of_interviewed_kind)
ENDING_UNITS = replace(INTERVIEWED_UNITS, hold=_held_ending_unit)
POSTS = RoomRows[Post](
    _held_post, may_by_role, lambda post: {"unit": post.unit.name, "name": post.holder.name, "title": post.title}
)
UNIT_CHANGES = RoomRows[UnitChange](_held_change, may_by_role, lambda change: {"unit": change.unit.full_name})


def ended_of(model: type[Subject], unit: Unit) -> QuerySet[Subject]:
    """The cases, letters, measures or 交办事项 about a unit that wait for nobody any more."""
    waiting = model.objects.that_may_wait().order_by().values("pk")
    about: QuerySet[Subject] = model.objects.filter(unit=unit, pending_steps=None)
    return about.exclude(pk__in=waiting).order_by("pk").select_related("unit")


def hold_ended(model: type[Subject], unit: Unit) -> list[Subject]:
    """These, locked as steps lock them, and judged once nobody else changes them: what had to be waited for may wait
    for somebody by now, and goes over by a step of its own."""
    locked = list(ended_of(model, unit).select_for_update(of=("self",)).values_list("pk", flat=True))
    return list(ended_of(model, unit).filter(pk__in=locked))
