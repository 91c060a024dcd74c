"""Looking for a part of what is written in a row, by an index over its signs, so that no list is read from end to end.

A model that is looked through names the column in `indexes` by `grams`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.lookups import DataContains
from django.db import models
from django.db.models import F, Func, Model, Q, QuerySet, Value
from django.db.models.expressions import Combinable

Row = TypeVar("Row", bound=Model)

MAX_CANDIDATES = 300


def spelled(text: Combinable) -> Func:
    """The letters and digits alone, small and of one width."""
    return Func(text, function="yuetan_search_words", output_field=models.TextField())


def bigrams_of(text: Combinable) -> Func:
    """Every sign of a text and every two in a row."""
    return Func(spelled(text), function="yuetan_bigrams", output_field=ArrayField(models.TextField()))


def grams(column: str) -> Func:
    """Every sign of a column and every two in a row, as an index keeps them."""
    return bigrams_of(F(column))


def written(column: str, part: str) -> Q:
    """Rows in which this part stands in a column as it is written, by the index."""
    return Q(DataContains(grams(column), bigrams_of(Value(part)))) & _as_written(column, part)


def matching_any(rows: QuerySet[Row], part: str, columns: Sequence[str], *others: Q) -> QuerySet[Row]:
    """Those of these rows with this part in a column, or for which another condition holds, each by its own index.

    Where more than 300 are found among all rows, these are read in their order: a page is full soon, and
    reading a text costs less than working out its signs.
    """
    everything: QuerySet[Row] = QuerySet(rows.model)
    conditions = *(written(column, part) for column in columns), *others
    first, *more = (everything.filter(condition).order_by().values_list("pk", flat=True) for condition in conditions)
    keys = list(first.union(*more, all=True)[: MAX_CANDIDATES + 1])
    if len(keys) > MAX_CANDIDATES:
        return rows.filter(Q(*(_as_written(column, part) for column in columns), *others, _connector=Q.OR))
    return rows.filter(pk__in=keys)


def _as_written(column: str, part: str) -> Q:
    return Q(**{f"{column}__contains": part})
