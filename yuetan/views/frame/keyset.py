"""Where a page of an ordered list begins: beyond a row, by the keys of the order, so that no page counts its way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Self, TypeAlias, TypeVar

from django.db.models import BooleanField, F, Field, Func, Model, Q, QuerySet, UniqueConstraint, Value
from django.db.models.expressions import OrderBy
from django.db.models.lookups import GreaterThan, LessThan, Lookup

Row = TypeVar("Row", bound=Model)
Condition: TypeAlias = "Q | Lookup[bool]"
Values = Sequence[object]


class _RowOf(Func):
    """ROW(a, b), which an index over a and b answers in one range."""

    function = "ROW"
    output_field = BooleanField()  # of no meaning: a row is only ever compared with a row


@dataclass(frozen=True)
class Key:
    """One column of an order. As in PostgreSQL, what has no value comes after all values, or descending before them."""

    name: str
    field: Field[object, object]
    descending: bool
    nullable: bool

    def __neg__(self) -> Key:
        return replace(self, descending=not self.descending)

    @property
    def sorting(self) -> str:
        """As order_by takes it."""
        return f"-{self.name}" if self.descending else self.name


@dataclass(frozen=True)
class Order:
    """The whole order of a list: the last of its keys tells any two rows apart."""

    keys: tuple[Key, ...]

    @classmethod
    def of(cls, rows: QuerySet[Row]) -> Self:
        """The order of these rows, made whole by the primary key where two rows could stand alike.

        Raises ValueError for an order that puts what has no value elsewhere than PostgreSQL does by itself.
        """
        sortings = [_sorting(each) for each in rows.query.order_by or rows.model._meta.ordering or ()]
        names = {each.removeprefix("-") for each in sortings}
        if not _is_unique(rows.model, names):
            sortings.append("-pk" if sortings and sortings[-1].startswith("-") else "pk")
        return cls(tuple(_key(rows, each) for each in sortings))

    def __neg__(self) -> Self:
        return replace(self, keys=tuple(-key for key in self.keys))

    @property
    def names(self) -> list[str]:
        """What values_list is asked for."""
        return [key.name for key in self.keys]

    def read(self, rows: QuerySet[Row], beyond: Values | None, most: int) -> list[tuple[object, ...]]:
        """The primary keys of the next rows, each with the values of this order, by one short range after the other."""
        keys: list[tuple[object, ...]] = []
        for conditions in [()] if beyond is None else ranges_beyond(self.keys, beyond):
            sorted_rows = rows.filter(*conditions).order_by(*(key.sorting for key in self.keys))
            keys += sorted_rows.values_list("pk", *self.names)[: most - len(keys)]
            if len(keys) == most:
                break
        return keys

    def count(self, rows: QuerySet[Row], beyond: Values | None, most: int) -> int:
        """How many rows there are, or lie beyond one, counted no further than that."""
        counted = 0
        for conditions in [()] if beyond is None else ranges_beyond(self.keys, beyond):
            counted += rows.filter(*conditions).order_by().values("pk")[: most - counted].count()
            if counted == most:
                break
        return counted


def ranges_beyond(keys: Sequence[Key], values: Values) -> Iterator[list[Condition]]:
    """What lies beyond a row, as ranges that an index answers, the nearest first."""
    if not keys:
        return
    alike = _alike(keys)
    (first, *others), value = keys[:alike], values[0]
    for conditions in ranges_beyond(keys[alike:], values[alike:]):
        yield [*map(_equal, keys[:alike], values), *conditions]
    if value is not None:
        yield [_beyond(keys[:alike], values[:alike])]
        if first.nullable and not first.descending:
            yield [_equal(first, None)]
        return
    if others:
        yield [_equal(first, None), _beyond(others, values[1:alike])]
    if first.descending:
        yield [Q(**{f"{first.name}__isnull": False})]


def _alike(keys: Sequence[Key]) -> int:
    """How many of the first keys one comparison of rows can hold."""
    for place, key in enumerate(keys):
        if place and (key.descending != keys[0].descending or key.nullable):
            return place
    return len(keys)


def _beyond(keys: Sequence[Key], values: Values) -> Condition:
    here = _RowOf(*(F(key.name) for key in keys))
    there = _RowOf(*(Value(value, output_field=key.field) for key, value in zip(keys, values, strict=True)))
    return LessThan(here, there) if keys[0].descending else GreaterThan(here, there)


def _equal(key: Key, value: object) -> Condition:
    return Q(**{f"{key.name}__isnull": True}) if value is None else Q(**{key.name: value})


def _sorting(ordered_by: object) -> str:
    if isinstance(ordered_by, str):
        return ordered_by
    name = getattr(getattr(ordered_by, "expression", None), "name", "")
    if not isinstance(ordered_by, OrderBy) or not name:
        raise ValueError(f"no list is paged by {ordered_by}")
    if ordered_by.nulls_last if ordered_by.descending else ordered_by.nulls_first:
        raise ValueError(f"no index answers {ordered_by}")
    return f"-{name}" if ordered_by.descending else str(name)


def _is_unique(model: type[Model], names: set[str]) -> bool:
    """Whether no two rows have all of these alike."""
    unique = [{field.name} for field in model._meta.fields if field.unique]
    unique += [
        set(each.fields)
        for each in model._meta.constraints
        if isinstance(each, UniqueConstraint) and each.condition is None
    ]
    return "pk" in names or any(columns <= names for columns in unique if columns)


def _key(rows: QuerySet[Row], sorting: str) -> Key:
    name = sorting.removeprefix("-")
    computed = rows.query.annotations.get(name)
    if computed:
        return Key(name, computed.output_field, sorting.startswith("-"), nullable=True)
    field = rows.model._meta.pk if name == "pk" else rows.model._meta.get_field(name)
    assert isinstance(field, Field)
    return Key(name, field, sorting.startswith("-"), nullable=field.null)
