"""What many tests begin with is done by real actions once a session; then what it wrote is copied, files too.

Histories and steps are copied one after the other for as long as a test writes nothing else: what it has written until
then is known by their names, and doing the next one again would write the very same. Whatever is not certain to be so
is done anew: with a file that is sent, where a test has put something in the place of a function, while statements are
counted, once a thread or a browser has come in by a connection of its own.
Who records which test runs which lines sets `around`, for what a copied history ran its tests stand on, too.
"""

import hashlib
import io
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from copy import deepcopy
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from functools import cache, wraps
from pathlib import Path
from types import FunctionType
from typing import Any, ParamSpec, TypeVar

import pytest
import time_machine
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, models, transaction
from django.db.backends.signals import connection_created
from django.dispatch import receiver

from yuetan.embedded_database import APPLICATION
from yuetan.models import Case, ChangedRow
from yuetan.models.flow.recording import current_recording
from yuetan.models.office.last_writes import SAYS_WHAT
from yuetan.rules.dates import clock

_READS = re.compile(
    r"[\s(]*(SELECT|(PREPARE|EXECUTE) everything|EXECUTE (yuetan|auth)_|(RELEASE |ROLLBACK TO )?SAVEPOINT)"
)
_WRITES = re.compile(r'\b(?:INSERT INTO|UPDATE(?! SET\b)|DELETE FROM) "?(\w+)')
_WRITES_INSIDE = {"SELECT yuetan_follow_tallies(%s)": {"yuetan_casetally", "yuetan_tally"}}  # functions of the database
_BY_TRIGGERS = {"yuetan_periodicreport": "yuetan_reportsum"}  # written wherever the other is
# Who comes in meanwhile, which no step looks at.
_HARMLESS = re.compile(
    r'(INSERT INTO|UPDATE|DELETE FROM) "(yuetan_session|axes_accesslog)"|UPDATE "yuetan_user" SET "last_login"'
)
_NOTED = ChangedRow._meta.db_table  # what triggers write down of every row until it is committed
_MINUTE, _A_WHILE = timedelta(minutes=1), timedelta(seconds=20)
_OWN_FOLDERS = {"MEDIA_ROOT", "STATIC_ROOT", "ANCHORS"}
_PATCHED_ALWAYS = {"_pages", "__init__", "string_if_invalid", "_run_examiner"}  # by conftest.py, for every test

WITH_RELATIONS = ("with_relations", "with_people")  # as helpers read what they return
P = ParamSpec("P")
T = TypeVar("T")
around: Callable[[int], AbstractContextManager[None]] = nullcontext  # called with the number of a history


@dataclass(frozen=True)
class _Kept:
    """The rows a history wrote, by table, its files by their paths, and what it left to be done on commit.

    Of tables in which it changed a row of a history before it, all rows are kept.
    """

    result: Any
    rows: dict[str, bytes]
    changed: frozenset[str]
    files: dict[Path, bytes]
    on_commit: list[Callable[[], Any]]
    place: int

    def write(self) -> Any:
        past_triggers = connection.in_atomic_block  # else what is committed is sealed, and triggers say what that is
        with transaction.atomic(), connection.cursor() as cursor:
            if self.changed or past_triggers:
                cursor.execute("SET LOCAL ROLE NONE; SET LOCAL session_replication_role = replica")  # kept rows, too
            for table in self.changed:
                cursor.execute(f'DELETE FROM "{table}"')
            for table, rows in self.rows.items() if self.changed or past_triggers else self._rows_to_follow():
                cursor.copy_expert(f'COPY "{table}" FROM STDIN', io.BytesIO(rows))
            if _NOTED in self.rows:
                cursor.execute(f"UPDATE {_NOTED} SET transaction = pg_current_xact_id()::text::bigint")
            if self.changed or past_triggers:
                cursor.execute(f"SET LOCAL session_replication_role = origin; SET LOCAL ROLE {APPLICATION}")
        for path, content in self.files.items():
            default_storage.save(str(path), ContentFile(content))
        for operation in self.on_commit:
            transaction.on_commit(_by_itself(operation), robust=True)
        return _read(self.result)

    def _rows_to_follow(self) -> list[tuple[str, bytes]]:
        """All but what triggers write themselves, where they do."""
        return [each for each in self.rows.items() if each[0] not in _BY_TRIGGERS.values()]


def _by_itself(operation: Callable[[], Any]) -> Callable[[], Any]:
    """It is done with models of its own, copied only in the few tests that come to the commit."""
    return lambda: deepcopy(operation)()


@dataclass
class _Test:
    """What one test has done until now; `last` is the number of its last history, known from those before it."""

    patches: pytest.MonkeyPatch
    wrappers: int = 0
    last: int = 0
    place: int = 0
    is_running: bool = False  # a history, for which the clock stands
    written: frozenset[str] = frozenset()  # by its histories
    else_written: set[str] = field(default_factory=set)

    def is_certain(self) -> bool:
        """Whether all that was written is known, and nothing looks on or stands in the place of something else."""
        watched = connection.force_debug_cursor or len(connection.execute_wrappers) > self.wrappers
        patched = self.patches._setitem or {name for _, name, _ in self.patches._setattr} - _PATCHED_ALWAYS
        return not (self.else_written or watched or patched or current_recording())

    @contextmanager
    def running(self) -> Iterator[None]:
        """While this lasts it is known that the clock stands still."""
        before, self.is_running = self.is_running, True
        try:
            yield
        finally:
            self.is_running = before


_numbers: dict[tuple[int, Any], int] = {}  # of a history, by the one before it and its name
_met: Counter[int] = Counter()
_kept: dict[int, _Kept] = {}
_test: _Test | None = None


@contextmanager
def watching(patches: pytest.MonkeyPatch) -> Iterator[None]:
    """See to what a test writes, from its beginning."""
    global _test  # noqa: PLW0603
    _own_tables()
    before, _test = _test, _Test(patches)
    try:
        with connection.execute_wrapper(_watch):
            _test.wrappers = len(connection.execute_wrappers)
            yield
    finally:
        _test = before


def _watch(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
    if _test:
        _test.else_written |= _WRITES_INSIDE.get(sql, set())
    if _test and not _READS.match(sql) and not _HARMLESS.match(sql):
        said = SAYS_WHAT.match(sql)
        _test.else_written |= set(said[1].split() if said else ()) | set(_WRITES.findall(sql)) or {sql}
        _test.else_written |= {_BY_TRIGGERS[table] for table in _test.else_written & _BY_TRIGGERS.keys()}
    return execute(sql, params, many, context)


@receiver(connection_created)
def _another_connection(**_: Any) -> None:
    if _test:
        _test.else_written.add("by another connection")


def run_or_copy(run_history: Callable[[], Any], *what: Any, keep_at: int = 1) -> Any:
    """The models that this history leads to, made by `run_history`, or copied if the same was made before.

    `run_history` returns a model, or a dictionary or list of them; `what` says all that it depends on, beside the
    histories before it. It is kept when it is met for the first time, or later where that is seldom worth it.
    """
    test = _test
    moment = _moment(test) if test and test.is_certain() else None
    if test is None or moment is None:
        return run_history()
    name = _certain_name([*what, _overridden(), moment, connection.in_atomic_block])
    if name is None:
        return run_history()
    number = _numbers.setdefault((test.last, name), len(_numbers) + 1)
    _met[number] += 1
    with around(number):
        if number in _kept:
            return _copy(test, number)
        moment += timedelta(milliseconds=test.place)  # later than what it stands on
        with time_machine.travel(moment, tick=False), test.running():
            return _run(test, run_history, number, is_kept=_met[number] >= keep_at and _stands_on_kept(test))


def copied(helper: Callable[P, T], keep_at: int = 1) -> Callable[P, T]:
    """A helper whose history is run once and copied from then on, for the same arguments after the same histories."""

    @wraps(helper)
    def copied_or_run(*args: P.args, **keywords: P.kwargs) -> T:
        name = f"{helper.__module__}.{helper.__qualname__}"
        result: T = run_or_copy(lambda: helper(*args, **keywords), name, args, keywords, keep_at=keep_at)
        return result

    return copied_or_run


def copied_if_again(helper: Callable[P, T]) -> Callable[P, T]:
    """The same for what is seldom met a second time: it is kept only then."""
    return copied(helper, keep_at=2)


def _stands_on_kept(test: _Test) -> bool:
    """Whether its rows would point to rows that a later test has as well."""
    return test.last == 0 or test.last in _kept


def _moment(test: _Test) -> datetime | None:
    """The whole minute that it is, but for what the test took until now; none where the test lets the clock stand."""
    if not test.is_running and not time_machine.traveller_stack[-1]._tick:
        return None
    now = datetime.now(UTC)
    minute = now.replace(second=0, microsecond=0)
    is_it = now - minute < _A_WHILE and abs(clock.now() - now) < _A_WHILE
    return minute if is_it else None


def _copy(test: _Test, number: int) -> Any:
    kept = _kept[number]
    result = kept.write()
    test.last, test.place, test.else_written = number, kept.place, set()
    test.written |= kept.rows.keys()
    return result


def _run(test: _Test, run_history: Callable[[], Any], number: int, *, is_kept: bool) -> Any:
    before, files = (_rows(test.written), _files()) if is_kept else ({}, {})
    waiting = len(connection.run_on_commit)
    result = run_history()
    written, keys = test.written | test.else_written | {_NOTED}, _keys(result)
    if keys is None or not written <= _own_tables():
        return result
    test.last, test.place, test.written, test.else_written = number, test.place + 1, written, set()
    if is_kept:
        rows = _rows(written)
        changed = frozenset(table for table in rows if not _holds(rows[table], before.get(table, b"")))
        new = {table: _new(rows[table], b"" if table in changed else before.get(table, b"")) for table in rows}
        new_files = {path: content for path, content in _files().items() if path not in files}
        deeds = [deepcopy(operation) for _, operation, _ in connection.run_on_commit[waiting:]]
        _kept[number] = _Kept(keys, {t: r for t, r in new.items() if r}, changed, new_files, deeds, test.place)
    return result


def _holds(rows: bytes, before: bytes) -> bool:
    return set(before.splitlines()) <= set(rows.splitlines())


def _new(rows: bytes, before: bytes) -> bytes:
    known = set(before.splitlines(keepends=True))
    return b"".join(row for row in rows.splitlines(keepends=True) if row not in known)


def _files() -> dict[Path, bytes]:
    root = Path(settings.MEDIA_ROOT)
    return {path.relative_to(root): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def _keys(result: Any) -> Any:
    """The same with the key of each model in its place; nothing where something else is among them."""
    if isinstance(result, dict):
        keys = {name: _keys(part) for name, part in result.items()}
        return None if None in keys.values() else keys
    if isinstance(result, list | tuple):
        parts = [_keys(part) for part in result]
        return None if None in parts else parts
    return (type(result), result.pk) if isinstance(result, models.Model) and result.pk else None


def _read(keys: Any) -> Any:
    if isinstance(keys, dict):
        return {name: _read(part) for name, part in keys.items()}
    if isinstance(keys, list):
        return [_read(part) for part in keys]
    model, key = keys
    rows = model._default_manager.all()
    for name in WITH_RELATIONS:
        rows = getattr(rows, name)() if hasattr(rows, name) else rows
    return rows.select_related(*(("unit", "regulation") if model is Case else ())).get(pk=key)


def _rows(tables: frozenset[str]) -> dict[str, bytes]:
    return {table: _rows_of(table) for table in sorted(tables)}


def _rows_of(table: str) -> bytes:
    rows = io.BytesIO()
    with connection.cursor() as cursor:
        # In the order in which they were written: that of the heap is another once rows were rolled back.
        cursor.copy_expert(f'COPY (SELECT {_columns(table)} FROM "{table}" ORDER BY 1) TO STDOUT', rows)
    return rows.getvalue()


@cache
def _columns(table: str) -> str:
    """Those that are written, not computed by the database."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) FROM pg_attribute"
            " WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''",
            [table],
        )
        return str(cursor.fetchone()[0])


@cache
def _own_tables() -> frozenset[str]:
    """The tables in which every row is a test's own; asked before any test writes."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        return frozenset(table for table in tables if not _holds_anything(cursor, table))


def _holds_anything(cursor: Any, table: str) -> bool:
    cursor.execute(f'SELECT EXISTS (SELECT FROM "{table}")')
    return bool(cursor.fetchone()[0])


class _UncertainError(Exception):
    """A value that may be another one next time, such as a function made in a test."""


def _certain_name(value: Any) -> Any | None:
    try:
        return _name(value)
    except _UncertainError:
        return None


def _name(value: Any) -> Any:
    """What tells a value from every other."""
    if isinstance(value, models.Model):
        return value._meta.label, value.pk
    if value is None or isinstance(value, str | int | date | time | timedelta | Decimal):
        return type(value), value
    if is_dataclass(value) and not isinstance(value, type):
        return type(value), tuple(_name(getattr(value, each.name)) for each in fields(value))
    if isinstance(value, dict):
        return dict, tuple((key, _name(part)) for key, part in sorted(value.items()))
    if isinstance(value, list | tuple):
        return list, tuple(_name(part) for part in value)
    if isinstance(value, FunctionType) and getattr(sys.modules[value.__module__], value.__name__, None) is value:
        return FunctionType, value.__module__, value.__name__  # a function of a module, and of no test
    if type(value) is SimpleUploadedFile:
        return SimpleUploadedFile, value.name, value.content_type, _content(value)
    raise _UncertainError(value)


def _content(file: SimpleUploadedFile) -> str:
    file.seek(0)
    content = file.read()
    file.seek(0)
    return hashlib.sha256(content).hexdigest()


def _overridden() -> dict[str, str]:
    """The settings a test has changed, but for where its files lie."""
    layers, layer = [], settings._wrapped
    while hasattr(layer, "default_settings"):
        layers.append(layer)
        layer = layer.default_settings
    found = {name: repr(value) for one in reversed(layers) for name, value in vars(one).items() if name.isupper()}
    return {name: value for name, value in found.items() if name not in _OWN_FOLDERS}
