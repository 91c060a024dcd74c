"""Everything a case, a measure or whatever was played has left in the database, table by table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from django.db.models import ForeignKey, Model, QuerySet

from yuetan.models import (
    AccountabilityMeasure,
    Alert,
    Case,
    CaseTally,
    Delivery,
    Document,
    NumberEntry,
    Reminder,
    SearchEntry,
)

Row = dict[str, Any]
# 站内消息 would outnumber everything else, and say nothing that the cases do not; search is rebuilt, and what is
# counted counted, at the end.
LEFT_OUT = (Alert, CaseTally, Delivery, Reminder, SearchEntry)
ROUNDABOUT = 10  # columns that may be empty: as little as that a measure is gone through where another way leads


@cache
def paths(root: type[Model] = Case) -> dict[type[Model], str]:
    """Every model whose rows belong to a row of this one, with the route from it there."""
    routes: dict[type[Model], str] = {root: "pk"}
    gaps: dict[type[Model], int] = {root: 0}
    while steps := [field for model in routes for field in _pointing_to(model) if field.model not in routes]:
        # By a column that may be empty not every row is reached: the route with the fewest of them is taken.
        field = min(steps, key=lambda step: gaps[step.related_model] + _gap(step))
        beyond = routes[field.related_model]
        routes[field.model] = field.name if field.related_model is root else f"{field.name}__{beyond}"
        gaps[field.model] = gaps[field.related_model] + _gap(field)
    if Document in routes:
        routes[NumberEntry] = f"document__{routes[Document]}"
    return routes


def _gap(field: ForeignKey[Any, Any]) -> int:
    return int(field.null) + (ROUNDABOUT if field.model is AccountabilityMeasure else 0)


def _pointing_to(model: type[Model]) -> Iterator[ForeignKey[Any, Any]]:
    for relation in model._meta.get_fields(include_hidden=True):
        field = getattr(relation, "field", None)
        if relation.auto_created and isinstance(field, ForeignKey) and field.model not in (model, *LEFT_OUT):
            yield field


def in_order(rows: dict[type[Model], list[Row]]) -> Iterator[type[Model]]:
    """The models of these rows, what points to others first: no trigger finds its row settled before all is there.

    Some point in a circle, as a measure to its paper: there the one comes first that was named last.
    """
    left = list(rows)
    pointed_to = {model: _pointed_to(model, rows[model]) for model in left}
    leads_to = {model: _leads_to(model, pointed_to) for model in left}
    while left:
        ready = [model for model in left if not any(model in leads_to[other] for other in left)]
        yield from (ready := ready or [_last_of_a_circle(left, leads_to)])
        left = [model for model in left if model not in ready]


def _last_of_a_circle(left: list[type[Model]], leads_to: Mapping[type[Model], set[Any]]) -> type[Model]:
    """Of those to which nothing points from outside of its circle the one named last."""
    return [model for model in left if all(other in leads_to[model] for other in left if model in leads_to[other])][-1]


def _leads_to(model: type[Model], pointed_to: Mapping[type[Model], set[Any]]) -> set[Any]:
    """Whatever can be reached from it by what rows point to."""
    reached: set[Any] = set()
    new = pointed_to[model]
    while new:
        reached |= new
        new = {target for one in new for target in pointed_to.get(one, ())} - reached
    return reached


def _pointed_to(model: type[Model], rows: list[Row]) -> set[Any]:
    filled = (key for key in foreign_keys(model) if any(row[key.attname] is not None for row in rows))
    return {key.related_model for key in filled} - {model}


def foreign_keys(model: type[Model]) -> list[ForeignKey[Model, Model]]:
    """The columns of a model that point to a row."""
    return [field for field in model._meta.concrete_fields if isinstance(field, ForeignKey)]


def rows_of(played: Model, companions: Mapping[type[Model], str] | None = None) -> dict[type[Model], list[Row]]:
    """The rows of a case or of whatever was played, in the order in which they were written where they are numbered.

    With those of its companions: things of their own, each kind with the route from it to what was played.
    """
    rows_read: dict[type[Model], dict[Any, Row]] = {}
    routes: dict[type[Model], str] = {type(played): "pk", **(companions or {})}
    for root, route in routes.items():
        keys = list(QuerySet(root).filter(**{route: played.pk}).values_list("pk", flat=True))
        for model, path in paths(root).items():
            rows: Iterable[Row] = QuerySet(model).filter(**{f"{path}__in": keys}).values()
            rows_read.setdefault(model, {}).update({row[model._meta.pk.attname]: row for row in rows})
    return {model: [of_model[key] for key in sorted(of_model)] for model, of_model in rows_read.items()}
