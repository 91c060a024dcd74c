"""Who of a unit is alerted."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Exists, OuterRef, QuerySet

from yuetan.models import Post, Unit, User
from yuetan.vocabulary import PARTY_OF_POST


def people_of_unit(unit: Unit) -> list[User]:
    """The heads and liaisons of a unit today who may log in."""
    return people_of_units([unit.pk])


def people_of_units(units: Collection[int] | QuerySet[Unit]) -> list[User]:
    """The heads and liaisons of many units today who may log in, each once. One query."""
    held = Post.objects.current().filter(holder=OuterRef("pk"), unit__in=units, kind__in=list(PARTY_OF_POST))
    return list(User.objects.filter(Exists(held), is_active=True, username__isnull=False).order_by("pk"))
