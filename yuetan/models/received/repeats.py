"""Repeated matters of 三书一函: letters to one unit about the same, within some years (办公室设定).

What came to a unit that has ended is its successor's once it has gone over: it counts as any other of the successor's.
One paper that came to both is one letter, and repeats nothing.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import TypeVar

from django.db.models import (
    DateField,
    DateTimeField,
    DurationField,
    ExpressionWrapper,
    F,
    Func,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Cast, Length, StrIndex

from yuetan.models.office.office import OfficeSetting
from yuetan.rules.text.similar_matter import MIN_PART_LENGTH
from yuetan.vocabulary import ReceivedClosingKind

RECALLED = Q(closing__kind=ReceivedClosingKind.RECALLED)
REPEAT_YEARS = "received_repeat_years"  # a setting of the office
Row = TypeVar("Row", bound=Model)


class _Years(Func):
    function, template, output_field = "make_interval", "%(function)s(years => %(expressions)s)", DurationField()


def of_same_matter(letters: QuerySet[Row], matter_key: str | OuterRef) -> QuerySet[Row]:
    """Those whose matter is the same, or inside the other or around it where it is long enough to say something."""
    own = Value(matter_key) if isinstance(matter_key, str) else matter_key
    alike = letters.alias(
        inside=StrIndex(own, F("matter_key")), around=StrIndex(F("matter_key"), own), own_length=Length(own)
    ).alias(other_length=Length("matter_key"))
    contains = Q(inside__gt=0, other_length__gte=MIN_PART_LENGTH) | Q(around__gt=0, own_length__gte=MIN_PART_LENGTH)
    return alike.filter(contains | Q(matter_key=own))


def within_years(letters: QuerySet[Row], units: Collection[int], matter_key: str, day: date) -> QuerySet[Row]:
    """Those of the units about the same, so many years before and after a day."""
    years = _Years(Value(OfficeSetting.objects.number(REPEAT_YEARS)))
    first, last = (ExpressionWrapper(each, DateTimeField()) for each in (_as_date(day) - years, _as_date(day) + years))
    near = letters.filter(
        unit__in=units, received_on__gte=Cast(first, DateField()), received_on__lte=Cast(last, DateField())
    )
    return of_same_matter(near, matter_key)


def _as_date(day: date) -> Value:
    return Value(day, output_field=DateField())


def last_before(letters: QuerySet[Row]) -> Subquery:
    """On which day the last of these came to the unit of a letter before it, about the same; the letter keeps it.

    What its organ has taken back was never written, so nothing repeats it; nor does the same paper, which came to a
    unit that has gone on in this one too.
    """
    registered = Q(registered_at=OuterRef("registered_at"), pk__lt=OuterRef("pk"))  # keys alone say no order
    registered |= Q(registered_at__lt=OuterRef("registered_at"))
    same_day = Q(registered, received_on=OuterRef("received_on"))
    earlier = letters.exclude(RECALLED).filter(
        Q(received_on__lt=OuterRef("received_on")) | same_day, unit=OuterRef("unit")
    )
    others = earlier.exclude(paper_key=OuterRef("paper_key"))
    alike = of_same_matter(others, OuterRef("matter_key")).order_by("-received_on", "-pk")
    return Subquery(alike.values("received_on")[:1])


def is_repeat() -> Q:
    """The condition on a letter that one about the same came to its unit before it, within the years."""
    years = OfficeSetting.objects.number(REPEAT_YEARS)
    first = ExpressionWrapper(F("received_on") - _Years(Value(years)), output_field=DateTimeField())
    return Q(repeats_on__gte=Cast(first, DateField()))
