"""Who of a unit is alerted."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Exists, OuterRef, Q, QuerySet

from yuetan.models import Post, Unit, User
from yuetan.vocabulary import PARTY_OF_POST


def people_of_unit(unit: Unit) -> list[User]:
    """The heads and liaisons of a unit today who may log in."""
    return list(people_of_units([unit.pk]))


def people_of_units(units: Collection[int] | QuerySet[Unit], *, also: Collection[User] = ()) -> QuerySet[User]:
    """The heads and liaisons of many units today, and these people beside them, as far as they may log in, each once.

    A query: of many units nobody is read who is only alerted (`alert_all`).
    """
    held = Post.objects.current().filter(holder=OuterRef("pk"), unit__in=units, kind__in=list(PARTY_OF_POST))
    which = Q(Exists(held)) | Q(pk__in=[person.pk for person in also]) if also else Q(Exists(held))
    return User.objects.filter(which, is_active=True, username__isnull=False).order_by("pk")


def people_by_unit(units: Collection[int]) -> dict[int, list[User]]:
    """The same by unit, for who is told something else of each; a unit without anybody is not in it. One query."""
    held = Post.objects.current().filter(unit__in=units, kind__in=list(PARTY_OF_POST))
    of_unit: dict[int, list[User]] = {}
    for post in held.filter(holder__is_active=True, holder__username__isnull=False).select_related("holder"):
        of_unit.setdefault(post.unit_id, []).append(post.holder)
    return of_unit
