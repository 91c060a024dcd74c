"""Everything a case has left in the database, table by table: what a copy of it must hold too."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from django.db.models import ForeignKey, Model, QuerySet

from yuetan.models import Alert, Case, CaseTally, Delivery, NumberEntry, Reminder, SearchEntry

Row = dict[str, Any]
# 站内消息 would outnumber everything else, and say nothing that the cases do not; search is rebuilt, and what is
# counted counted, at the end.
LEFT_OUT = (Alert, CaseTally, Delivery, Reminder, SearchEntry)


@cache
def paths() -> dict[type[Model], str]:
    """Every model whose rows belong to a case, with the route from it to the case."""
    routes: dict[type[Model], str] = {Case: "pk"}
    gaps: dict[type[Model], int] = {Case: 0}
    while steps := [field for model in routes for field in _pointing_to(model) if field.model not in routes]:
        # By a column that may be empty not every row is reached: the route with the fewest of them is taken.
        field = min(steps, key=lambda step: gaps[step.related_model] + step.null)
        beyond = routes[field.related_model]
        routes[field.model] = field.name if field.related_model is Case else f"{field.name}__{beyond}"
        gaps[field.model] = gaps[field.related_model] + field.null
    routes[NumberEntry] = "document__case"
    return routes


def _pointing_to(model: type[Model]) -> Iterator[ForeignKey[Any, Any]]:
    for relation in model._meta.get_fields(include_hidden=True):
        field = getattr(relation, "field", None)
        if relation.auto_created and isinstance(field, ForeignKey) and field.model not in (model, *LEFT_OUT):
            yield field


def in_order(rows: dict[type[Model], list[Row]]) -> Iterator[type[Model]]:
    """The models of these rows, what others point to first; raises LookupError where rows point in a circle.

    Models may: a report to its paper, a file to its report and a paper to its file, only never in one case.
    """
    left = list(rows)
    pointed_to = {model: _pointed_to(model, rows[model]) for model in left}
    while left:
        ready = [model for model in left if pointed_to[model].isdisjoint(left)]
        if not ready:
            raise LookupError(f"rows that point to each other: {left}")
        yield from ready
        left = [model for model in left if model not in ready]


def _pointed_to(model: type[Model], rows: list[Row]) -> set[Any]:
    filled = (key for key in foreign_keys(model) if any(row[key.attname] is not None for row in rows))
    return {key.related_model for key in filled} - {model}


def foreign_keys(model: type[Model]) -> list[ForeignKey[Model, Model]]:
    """The columns of a model that point to a row."""
    return [field for field in model._meta.concrete_fields if isinstance(field, ForeignKey)]


def rows_of(case: Case) -> dict[type[Model], list[Row]]:
    """The rows of a case, in the order in which they were written where they are numbered."""
    return {
        model: list(QuerySet(model).filter(**{path: case.pk}).order_by("pk").values())
        for model, path in paths().items()
    }
