"""Who may do something about a unit: its own people, or the office but for who holds a post in it (回避)."""

from __future__ import annotations

from collections.abc import Iterable

from yuetan import permissions
from yuetan.actions.room_step import may_by_role
from yuetan.errors import NotYours
from yuetan.models import Unit, User


def is_of_unit(unit_id: int, by: User) -> bool:
    """Whether the person heads the unit or is its liaison today."""
    return by.is_active and any(own.party for own in by.posts_in(unit_id))


def may_as_office(unit_id: int, by: User, codename: str) -> bool:
    """Whether a role of the person's gives the permission, and the person holds no post in the unit (回避)."""
    return may_by_role(unit_id, by, codename) and not by.is_recused_from(unit_id)


def require_as_office(unit_id: int, by: User, codename: str) -> None:
    """Let pass who may do it as the office. Raises NotYours for anybody else, and for one's own unit (回避)."""
    if not may_as_office(unit_id, by, codename):
        raise NotYours(codename)


def require_of_none(units: Iterable[Unit], by: User, codename: str) -> None:
    """Let pass who holds a post in none of these units (回避). Raises NotYours for anybody else."""
    if any(by.is_recused_from(unit.pk) for unit in units):
        raise NotYours(codename)


def may_for_unit(unit_id: int, by: User, codename: str) -> bool:
    """Whether the person may do it for the unit, where its people may (its heads alone, or its liaisons too), or as
    the office."""
    parties = permissions.BY_CODENAME[codename].parties
    if by.is_active and any(own.party in parties for own in by.posts_in(unit_id)):
        return True
    return may_as_office(unit_id, by, codename)
