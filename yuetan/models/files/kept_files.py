"""Which rows keep files: every FileField of every model, so that no model's files are ever forgotten."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.apps import apps
from django.db.models import CharField, FileField, Model, QuerySet
from django.db.models.functions import Cast, Collate

CHUNK = 2000


def rows_with_files() -> Iterator[tuple[QuerySet[Model], str]]:
    """For each field that keeps files: the rows that keep one in it, and its name."""
    for model in apps.get_app_config("yuetan").get_models():
        for field in model._meta.fields:
            if isinstance(field, FileField):
                rows: QuerySet[Model] = QuerySet(model)
                yield rows.exclude(**{field.name: ""}), field.name


def kept_names() -> Iterator[str]:
    """The names of all files that rows keep, a chunk at a time."""
    for rows, field in rows_with_files():
        yield from rows.order_by().values_list(field, flat=True).iterator(chunk_size=CHUNK)


def kept_names_in_order() -> Iterator[str]:
    """The names of all files that rows keep by their code points, each as often as it is kept; by one statement."""
    first, *more = (
        rows.order_by().annotate(in_order=Collate(Cast(field, CharField()), "C")).values_list("in_order", flat=True)
        for rows, field in rows_with_files()
    )
    yield from first.union(*more, all=True).order_by("in_order").iterator(chunk_size=CHUNK)


def kept_among(names: Iterable[str]) -> set[str]:
    """Those among these names that some row keeps."""
    wanted, kept = set(names), set[str]()
    for rows, field in rows_with_files():
        kept |= set(rows.filter(**{f"{field}__in": wanted}).values_list(field, flat=True))
    return kept
