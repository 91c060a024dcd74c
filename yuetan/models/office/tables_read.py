"""Which tables a query looks at, so that what it found is read anew once one of them was written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Model, QuerySet

_of_relations: dict[tuple[type[Model], str], frozenset[str]] = {}


def tables_behind(
    model: type[Model], name: str, usual: QuerySet[Model], queryset: QuerySet[Model] | None
) -> frozenset[str]:
    """Every table that reading a relation looks at, by the usual query or by another.

    It is the same for all rows of a model, and looked for once: to see it Django makes the query.
    """
    if (model, name) not in _of_relations:
        other = _tables_of(queryset) if queryset is not None else set()
        _of_relations[model, name] = frozenset(_tables_of(usual) | other)
    return _of_relations[model, name]


def _tables_of(queryset: QuerySet[Any]) -> set[str]:
    """Through its joins too."""
    query = queryset.query
    related = query.select_related if isinstance(query.select_related, dict) else {}
    joined = {str(each.table_name) for alias, each in query.alias_map.items() if query.alias_refcount[alias]}
    return {queryset.model._meta.db_table} | joined | _tables_of_related(queryset.model, related)


def _tables_of_related(model: type[Model], related: Mapping[str, Any]) -> set[str]:
    tables: set[str] = set()
    for name, further in related.items():
        target = model._meta.get_field(name).related_model
        assert isinstance(target, type)
        tables |= {target._meta.db_table} | _tables_of_related(target, further)
    return tables
