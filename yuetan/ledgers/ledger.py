"""The one shape of every ledger, so that a page, a file and a count of it never differ."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any, ClassVar, Generic, TypeAlias, TypeVar

import django_filters
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Func, IntegerField, Model, QuerySet
from django.urls import reverse
from django.utils.http import urlencode

from yuetan import permissions
from yuetan.forms.frame.options import FormData
from yuetan.forms.frame.subject_filters import limit_to_rights
from yuetan.models import User

ROWS_AT_ONCE = 500
MAX_COUNTED = 1000  # rows of a list or a matter of one unit: beyond, a count says that there are more

Row = TypeVar("Row", bound=Model)
Line: TypeAlias = dict[str, Any]
Cell: TypeAlias = str | int | date | datetime | None


def capped_number(rows: QuerySet[Model]) -> Func:
    """How many of these belong to each row of another table, counted no further than one more than MAX_COUNTED."""
    keys = ArraySubquery(rows.order_by().values("pk")[: MAX_COUNTED + 1])
    return Func(keys, function="CARDINALITY", output_field=IntegerField())


@dataclass(frozen=True)
class Column:
    """One column of an exported ledger: its head, its width in characters, and what a line holds there."""

    head: str
    width: int
    value: Callable[[Line], Cell]
    inner: bool = False  # never shown to the interviewed side

    def cell(self, line: Line) -> Cell:
        """What the line holds there; an inner column nothing of a unit from which the person keeps away."""
        return self.value(line) if line.get("inner", True) or not self.inner else ""


class Ledger(Generic[Row]):
    """One ledger; `permission` is the codename that opens it, empty where everybody sees their own part."""

    key: ClassVar[str]
    title: ClassVar[str]
    list_url: ClassVar[str]
    permission: ClassVar[str] = ""
    columns: ClassVar[tuple[Column, ...]]

    def unlimited(self, user: User, data: FormData) -> django_filters.FilterSet:
        """The filter over what this person may see, in the order of the ledger, before `limit_to_rights`."""
        raise NotImplementedError

    def filtered(self, user: User, data: FormData) -> django_filters.FilterSet:
        """The filter over what this person may see, which offers nothing that they may not."""
        filters = self.unlimited(user, data)
        limit_to_rights(filters, user)
        return filters

    def with_relations(self, rows: QuerySet[Row]) -> QuerySet[Row]:
        """With what the lines ask of each row."""
        return rows

    def lines(self, rows: Sequence[Row], user: User) -> list[Line]:
        """What this person is shown of some rows."""
        raise NotImplementedError

    def url_of(self, asked: Mapping[str, str]) -> str:
        """The address that lists what is asked for."""
        return f"{reverse(self.list_url)}?{urlencode(asked)}"

    def is_open_to(self, user: User) -> bool:
        """Whether the person may open the ledger at all."""
        return not self.permission or user.has_perm(permissions.name(self.permission))

    def columns_for(self, user: User, data: FormData) -> list[Column]:
        """The columns of this person's side, of what is asked for."""
        inner = user.has_perm(permissions.name("see_inner_case"))
        return [column for column in self.columns if inner or not column.inner]

    def all_lines(self, user: User, data: FormData) -> Iterator[Line]:
        """Every line that the filter finds, read some rows at a time."""
        rows = self.with_relations(self.filtered(user, data).qs).iterator(chunk_size=ROWS_AT_ONCE)
        while part := list(islice(rows, ROWS_AT_ONCE)):
            yield from self.lines(part, user)
