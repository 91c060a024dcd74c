"""A query that is always the same but for a few values: written once in a process, planned once in a connection.

Django takes longer to write down what a step reads than PostgreSQL takes to answer it; planning it takes longer, too.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from copy import copy
from datetime import date
from typing import Any, Generic, TypeVar, cast
from uuid import UUID, uuid4

from django.core.exceptions import ObjectDoesNotExist
from django.db import connections
from django.db.models import ForeignObjectRel, ManyToManyField, ManyToOneRel, Model, QuerySet, UUIDField
from django.db.models.sql.compiler import SQLCompiler
from psycopg2.extensions import AsIs

Row = TypeVar("Row", bound=Model)
NO_KEY = -(2**62)  # of no row: stands for a number that is a key
TYPES = {int: "bigint", date: "date", UUID: "uuid"}  # of the places, as the database calls them


class FixedQuery(Generic[Row]):
    """Rows asked for by some values; `make` writes the query down with others that stand where those will go.

    These must be found nowhere else in the query, and what `make` asks must depend on nothing but its values: not on
    the day, not on who asks. `before` is a statement of its own about the same values, sent in the same go before it.
    """

    def __init__(self, make: Callable[..., QuerySet[Row]], *places: object, before: str = "") -> None:
        self._make, self._places, self._before = make, places, before
        self._types = [TYPES[type(place)] for place in places]
        self._compiled: tuple[QuerySet[Row], SQLCompiler, str] | None = None
        self._converters: Any = None  # how its columns become values: the same each time, and dear to look for

    def get(self, *values: object) -> Row:
        """The first row; raises ObjectDoesNotExist without one."""
        for row in self.rows(*values):
            return row
        raise ObjectDoesNotExist(*values)

    def rows(self, *values: object) -> QuerySet[Row]:
        """The rows, which are not to be filtered any further."""
        queryset, compiler, statement = self._compiled = self._compiled or self._compile()
        connection: Any = connections[queryset.db]
        fixed: Any = copy(compiler)
        fixed.connection = connection
        table = queryset.model._meta.db_table
        fixed.as_sql = lambda *_, **__: self._executed(connection.prepared(statement, table, *self._types), values)
        fixed.get_converters = lambda columns: self._converters_of(compiler, columns)
        query: Any = copy(queryset.query)
        query.get_compiler = lambda *_, **__: fixed
        made: Any = queryset
        rows: Any = type(queryset)(model=queryset.model, query=query, using=queryset.db)
        rows._iterable_class, rows._fields = made._iterable_class, made._fields  # noqa: SLF001 - rows, or values of columns
        return cast("QuerySet[Row]", rows)

    def _converters_of(self, compiler: SQLCompiler, columns: Any) -> Any:
        if self._converters is None:
            self._converters = compiler.get_converters(columns)
        return self._converters

    def _executed(self, name: str, values: tuple[object, ...]) -> tuple[str, tuple[object, ...]]:
        sql = f"EXECUTE {name}({', '.join(['%s'] * len(values))})"
        return (f"{self._before}; {sql}", (*values, *values)) if self._before else (sql, values)

    def _compile(self) -> tuple[QuerySet[Row], SQLCompiler, str]:
        queryset = self._make(*self._places)
        compiler = queryset.query.get_compiler(queryset.db)
        sql, params = compiler.as_sql()
        numbered = {place: AsIs(f"${number}") for number, place in enumerate(self._places, 1)}
        with connections[queryset.db].cursor() as cursor:
            written = cursor.mogrify(sql, [_instead(each, numbered) for each in params])
        return queryset, compiler, written.decode()


def _instead(param: object, numbered: Mapping[object, AsIs]) -> object:
    return numbered.get(param, param) if isinstance(param, Hashable) else param


def related_rows(row: Model, name: str, queryset: QuerySet[Model] | None) -> list[Model]:
    """What a relation of one row leads to, read by another queryset where one is given.

    Read from the other side of a foreign key each knows the row, as from Django.
    """
    model = type(row)
    if (model, name) not in _of_relations:
        _of_relations[model, name] = _relation_query(model, name, queryset)
    reached = list(_of_relations[model, name].rows(row.pk))
    relation = model._meta.get_field(name)
    if isinstance(relation, ManyToOneRel):
        for each in reached:
            setattr(each, relation.field.name, row)
    return reached


_of_relations: dict[tuple[type[Model], str], FixedQuery[Any]] = {}


def _relation_query(model: type[Model], name: str, queryset: QuerySet[Any] | None) -> FixedQuery[Any]:
    relation = model._meta.get_field(name)
    assert isinstance(relation, ManyToManyField | ForeignObjectRel)
    to_row = relation.related_query_name() if isinstance(relation, ManyToManyField) else relation.field.name
    manager = relation.related_model._meta.default_manager
    assert manager is not None
    base = manager.all() if queryset is None else queryset
    return FixedQuery(
        lambda key: base.filter(**{to_row: key}), uuid4() if isinstance(model._meta.pk, UUIDField) else NO_KEY
    )
