"""What a request or a step has read it does not read again, until it writes into a table that this came from.

Nothing here is a second rule: outside a scope everything is read anew each time, and inside one the answers are the
same, for a scope never outlives the transaction that must see one state, and forgets whatever was written meanwhile.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Model, Prefetch, QuerySet, prefetch_related_objects

from yuetan.models.office.fixed_query import related_rows
from yuetan.models.office.last_writes import SAYS_WHAT
from yuetan.models.office.tables_read import tables_behind

Read = TypeVar("Read")
# Which relations of the rows of a model are read once, and by which queryset where the usual one would not do.
RelationsOf = Callable[[type[Model]], "Mapping[str, QuerySet[Model] | None]"]
_WRITTEN = re.compile(r'\s*(?:INSERT\s+INTO|UPDATE|DELETE\s+FROM)\s+"?(\w+)"?', re.IGNORECASE)
_HARMLESS = re.compile(
    r"[\s(]*(?:SELECT|EXECUTE|SAVEPOINT|RELEASE|ROLLBACK|DECLARE|FETCH|CLOSE|SHOW|SET)\b", re.IGNORECASE
)


class Scope:
    """What was read since a scope was opened."""

    def __init__(self) -> None:
        self._answers: dict[Hashable, tuple[frozenset[str], Any]] = {}
        self._relations: list[_Relations] = []
        self._written: set[str] = set()
        self._all_written = False
        self._ever_written: set[str] = set()  # "" for tables that nobody knows

    def answer(self, key: Hashable, tables: frozenset[str], read: Callable[[], Read]) -> Read:
        """What was read under this key, or what `read` finds; kept only while nobody here wrote these tables."""
        if key in self._answers:
            kept: Read = self._answers[key][1]
            return kept
        answer = read()
        if not self.has_written(tables):
            self._answers[key] = (tables, answer)
        return answer

    def remember(self, key: Hashable, tables: frozenset[str], answer: object) -> None:
        """Keep an answer that was read together with something else."""
        if not self.has_written(tables):
            self._answers.setdefault(key, (tables, answer))

    def has_written(self, tables: Iterable[str]) -> bool:
        """Whether one of these tables was written: a rollback may undo it, so it is read anew from then on."""
        return self._all_written or not self._written.isdisjoint(tables)

    def has_ever_written(self, tables: Iterable[str]) -> bool:
        """Whether one of these tables was written since the scope was opened."""
        ever = self._ever_written | self._written
        return "" in ever or not ever.isdisjoint(tables)

    def watch(self, execute: Callable[..., object], sql: str, params: object, many: bool, context: object) -> object:
        """Let a statement pass, and forget what was read of the table that it writes."""
        written = _WRITTEN.match(sql) or SAYS_WHAT.match(sql)
        if written:
            for table in written[1].split():
                self._forget(table)
        elif not _HARMLESS.match(sql):
            self._all_written = True
            self._forget("")
        return execute(sql, params, many, context)

    def add(self, relations: _Relations) -> None:
        """Keep hold of what one row has read of its relations."""
        self._relations.append(relations)

    def keep_again(self) -> None:
        """Nothing is undone from here on: what was written is read anew once, and then kept like everything else."""
        written = None if self._all_written else self._written
        for relations in self._relations:
            relations.doubt_emptiness(written)
        self._ever_written |= self._written
        self._written, self._all_written = set(), False

    def close(self) -> None:
        """Rows that are used on after the scope read their relations anew."""
        for relations in self._relations:
            relations.close()
        self._answers.clear()

    def _forget(self, table: str) -> None:
        if table in self._written:
            return
        self._written.add(table)
        gone = [key for key, (tables, _) in self._answers.items() if not table or table in tables]
        for key in gone:
            del self._answers[key]
        for relations in self._relations:
            relations.forget(table)


_current: ContextVar[Scope | None] = ContextVar("reading_once", default=None)


@contextmanager
def reading_once() -> Iterator[None]:
    """Open a scope of its own; what was read before it, or around it, is read anew inside."""
    scope = Scope()
    before = _current.set(scope)
    try:
        with connection.execute_wrapper(scope.watch):
            yield
    finally:
        _current.reset(before)
        scope.close()


def keep_what_was_written() -> None:
    """Let the end of a step, which undoes nothing any more, read once too what the step has written."""
    scope = _current.get()
    if scope is not None:
        scope.keep_again()


def was_written(tables: Iterable[str]) -> bool:
    """Whether a step has written one of these tables, named as the database names them; True outside a scope."""
    scope = _current.get()
    return scope is None or scope.has_ever_written(tables)


def once(key: Hashable, tables: Iterable[type[Model]], read: Callable[[], Read]) -> Read:
    """The answer of `read`, which looks at these tables alone; asked once in a scope, and each time outside of one.

    Whoever gets it must not change it.
    """
    return answer_once(key, frozenset(model._meta.db_table for model in tables), read)


def answer_once(key: Hashable, tables: frozenset[str], read: Callable[[], Read]) -> Read:
    """The answer of `read`, as `once` gives it, for tables that are named as the database names them."""
    scope = _current.get()
    return read() if scope is None else scope.answer(key, tables, read)


def remember(key: Hashable, tables: frozenset[str], answer: object) -> None:
    """Let a scope know what `answer_once` would read under this key; nothing outside of one."""
    scope = _current.get()
    if scope is not None:
        scope.remember(key, tables, answer)


def read_relations_once(rows: Iterable[Model], relations: RelationsOf, *, empty: Collection[str] = ()) -> None:
    """Let these rows, and what is reached from them, read each of these relations once, all of them in one query.

    Of those that are known to be `empty` nothing is read.
    """
    scope, companions = _current.get(), list[Any](rows)
    if scope is None or not companions or not relations(type(companions[0])):
        return
    for row in companions:
        kept = getattr(row, "_prefetched_objects_cache", {})
        if not isinstance(kept, _Relations):
            own = _Relations(row, companions, relations, scope, empty)
            own |= kept
            row._prefetched_objects_cache = own
            scope.add(own)


class _Relations(dict[str, Any]):
    """What a row has read of its relations; the first of its companions that asks reads for all of them."""

    def __init__(
        self, row: Any, rows: Sequence[Any], relations: RelationsOf, scope: Scope, empty: Collection[str]
    ) -> None:
        super().__init__()
        self._row, self._rows, self._relations, self._scope, self._empty = row, rows, relations, scope, empty
        self._doubted: set[str] = set()
        self._is_open, self._is_asking = True, False
        self._tables: dict[str, frozenset[str]] = {}

    def __missing__(self, name: str) -> Any:
        if not self._is_open or self._is_asking or name not in self._relations(type(self._row)):
            raise KeyError(name)
        lazy = self._unread(name)
        if self._scope.has_written(self._tables[name]):
            raise KeyError(name)
        self[name] = lazy
        return lazy

    def forget(self, table: str) -> None:
        """Drop what was read of a table; of all for an empty name."""
        for name in [name for name, tables in self._tables.items() if not table or table in tables]:
            self.pop(name, None)

    def doubt_emptiness(self, written: set[str] | None) -> None:
        """Believe no more that a relation is empty whose table was written; of none, where nobody knows which were."""
        if written is None:
            self._empty = ()
        else:
            self._doubted |= written

    def close(self) -> None:
        """From now on the row asks the database each time."""
        self._is_open = False
        self.clear()

    def _unread(self, name: str) -> Any:
        with self._unwatched():
            lazy = getattr(self._row, name).all()
        queryset = self._relations(type(self._row))[name]
        self._tables[name] = tables_behind(type(self._row), name, lazy, queryset)
        lazy.__class__ = _once_class(type(lazy))  # type: ignore[arg-type]
        lazy.read_for_all = lambda: self._read_for_all(name)
        return lazy

    def _read_for_all(self, name: str) -> list[Any] | None:
        """Read a relation of this row and of its companions; None if this one has to be asked for alone."""
        if not self._is_open or self._scope.has_written(self._tables[name]):
            return None
        if name in self._empty and self._doubted.isdisjoint(self._tables[name]):
            return []
        queryset = self._relations(type(self._row))[name]
        unread = [row for row in self._rows if row is self._row or _is_unread(row, name)]
        if len(unread) == 1:
            own = reached = related_rows(self._row, name, queryset)
        else:
            reached = self._read_together(unread, name, queryset)
            own = self[name]._result_cache
        empty = [set(getattr(each, "empty_relations", ())) for each in reached]  # known by the query that read each
        read_relations_once(reached, self._relations, empty=set.intersection(*empty) if empty else ())
        for companions in _read_with(reached):
            read_relations_once(companions, self._relations)
        return own

    def _read_together(self, unread: Sequence[Any], name: str, queryset: QuerySet[Model] | None) -> list[Any]:
        with ExitStack() as asking:
            for row in unread:
                row._prefetched_objects_cache.pop(name, None)
                row._prefetched_objects_cache._tables[name] = self._tables[name]
                asking.enter_context(row._prefetched_objects_cache._unwatched())
            prefetch_related_objects(unread, Prefetch(name, queryset) if queryset is not None else name)
        return [each for row in unread for each in row._prefetched_objects_cache[name]]

    @contextmanager
    def _unwatched(self) -> Iterator[None]:
        """While this lasts the row is asked as Django asks any row."""
        self._is_asking = True
        try:
            yield
        finally:
            self._is_asking = False


def _read_with(rows: Sequence[Any]) -> Iterable[list[Any]]:
    """The rows that were read in the same query, each once, one model after the other."""
    by_model: dict[type, dict[int, Any]] = {}
    for each in (each for row in rows for each in row._state.fields_cache.values() if each is not None):
        by_model.setdefault(type(each), {})[id(each)] = each
    return [list(companions.values()) for companions in by_model.values()]


def _is_unread(row: Any, name: str) -> bool:
    kept = row._prefetched_objects_cache
    return isinstance(kept, _Relations) and (name not in kept or kept[name]._result_cache is None)


class _ReadForAll:
    """A relation that was asked for and not yet looked at."""

    read_for_all: Callable[[], list[Any] | None] | None = None

    def _fetch_all(self: Any) -> None:
        if self._result_cache is None and self.read_for_all is not None:
            self._result_cache = self.read_for_all()
            self._prefetch_done = self._result_cache is not None
        super()._fetch_all()  # type: ignore[misc]


@cache
def _once_class(queryset: type) -> type:
    return type("ReadOnce", (_ReadForAll, queryset), {})
