"""Posts of the office beside those of all units: what keeps some apart, and the index by which the few are found."""

from __future__ import annotations

from django.contrib.postgres.fields import IntegerRangeField
from django.db import models
from django.db.models import Func, Q, Value

from yuetan.vocabulary import ROLE_OF_POST, PostKind

POST_INDEXES = (
    models.Index(fields=("holder", "ended_on")),
    # Every step asks who is of the office: ten people among those of 45,000 units.
    models.Index(fields=("kind",), condition=Q(kind__in=[kind.value for kind in ROLE_OF_POST]), name="posts_of_office"),
)


def side_of(kind: PostKind) -> models.Case:
    """[0,1) for posts of a kind and [1,2) for all others: adjacent to each other, and neither to itself.

    So two posts are held apart because one is of the kind and one is not, by operators that bare PostgreSQL has.
    """
    own, other = (Func(Value(start), Value(start + 1), function="int4range") for start in (0, 1))
    return models.Case(models.When(kind=kind.value, then=own), default=other, output_field=IntegerRangeField())
