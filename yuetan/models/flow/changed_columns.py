"""Which columns of a row a step has changed, so that it writes these alone."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy

from django.db.models import Model

MUTABLE = (list, dict)  # may be changed without being set


def columns_of(row: Model) -> dict[str, object]:
    """The columns of a row as they are now, but for those that were not read."""
    known = row.__dict__
    names = (field.attname for field in row._meta.concrete_fields if field.attname in known)
    return {name: deepcopy(known[name]) if isinstance(known[name], MUTABLE) else known[name] for name in names}


def changed_columns(row: Model, before: Mapping[str, object]) -> list[str]:
    """The names of those columns that are no longer what they were."""
    known, nothing = row.__dict__, object()
    return [
        field.attname
        for field in row._meta.concrete_fields
        if field.attname in known and known[field.attname] != before.get(field.attname, nothing)
    ]
