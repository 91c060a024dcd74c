"""What many tests begin with is done by real actions once a session; then what it wrote is copied, files too.

Copied only where doing it again would write the very same: as the first thing a test writes, on cast.MONDAY,
with equal changes and equal settings. Whatever is not certain to be so is done anew.
Who records which test runs which lines sets `around`, for what a copied history ran its tests stand on, too.
"""

import io
import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from copy import deepcopy
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import time_machine
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, models, transaction

from tests import cast
from yuetan.models import Case
from yuetan.rules.dates import clock

_READS = re.compile(r"[\s(]*(SELECT|(RELEASE |ROLLBACK TO )?SAVEPOINT)")
_WRITES = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM) "?(\w+)')
_A_WHILE = timedelta(minutes=5)
_OWN_FOLDERS = {"MEDIA_ROOT", "STATIC_ROOT"}

around: Callable[[Any], AbstractContextManager[None]] = nullcontext  # called with what tells a history from others
_kept: dict[Any, "_Kept"] = {}
_written: set[str] = set()


@dataclass(frozen=True)
class _Kept:
    """The rows a history wrote, by table, its files by their paths, and what it left to be done on commit."""

    result: Any
    rows: dict[str, bytes]
    files: dict[Path, bytes]
    on_commit: list[Callable[[], Any]]

    def write(self) -> Any:
        with connection.cursor() as cursor:
            for table, rows in self.rows.items():
                cursor.copy_expert(f'COPY "{table}" FROM STDIN', io.BytesIO(rows))
        _written.update(self.rows)
        for path, content in self.files.items():
            default_storage.save(str(path), ContentFile(content))
        for deed in self.on_commit:
            transaction.on_commit(deepcopy(deed), robust=True)
        return _read(self.result)


@contextmanager
def watching() -> Iterator[None]:
    """See to what a test writes, from its beginning."""
    _written.clear()
    with connection.execute_wrapper(_watch):
        yield


def _watch(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
    if not _READS.match(sql):
        found = _WRITES.match(sql)
        _written.add(found[1] if found else sql)
    return execute(sql, params, many, context)


def run_or_copy(run_history: Callable[[], Any], *what: Any) -> Any:
    """The models that this history leads to, made by `run_history`, or copied if the same was made before.

    `run_history` returns a model, or a dictionary or list of them; `what` says all that it depends on.
    """
    if _written or not connection.in_atomic_block or not _it_is_monday():
        return run_history()
    name = _certain_name([*what, _overridden()])
    if name is None:
        return run_history()
    with around(name):
        return _kept[name].write() if name in _kept else _run_and_keep(run_history, name)


def _run_and_keep(run_history: Callable[[], Any], name: Any) -> Any:
    empty, waiting = _empty_tables(), len(connection.run_on_commit)
    with time_machine.travel(cast.MONDAY, tick=False):
        result = run_history()
    if _written <= empty:
        deeds = [deepcopy(deed) for _, deed, _ in connection.run_on_commit[waiting:]]
        _kept[name] = _Kept(_keys(result), {table: _rows(table) for table in sorted(_written)}, _files(), deeds)
    return result


def _files() -> dict[Path, bytes]:
    root = Path(settings.MEDIA_ROOT)
    return {path.relative_to(root): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def _keys(result: Any) -> Any:
    """The same with the key of each model in its place."""
    if isinstance(result, dict):
        return {name: _keys(part) for name, part in result.items()}
    if isinstance(result, list | tuple):
        return [_keys(part) for part in result]
    return type(result), result.pk


def _read(keys: Any) -> Any:
    if isinstance(keys, dict):
        return {name: _read(part) for name, part in keys.items()}
    if isinstance(keys, list):
        return [_read(part) for part in keys]
    model, key = keys
    related = ("unit", "regulation") if model is Case else ()
    return model._default_manager.select_related(*related).get(pk=key)


def _rows(table: str) -> bytes:
    rows = io.BytesIO()
    with connection.cursor() as cursor:
        cursor.copy_expert(f'COPY "{table}" TO STDOUT', rows)
    return rows.getvalue()


@cache
def _empty_tables() -> frozenset[str]:
    """The tables in which every row is a test's own."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        return frozenset(table for table in tables if not _holds_anything(cursor, table))


def _holds_anything(cursor: Any, table: str) -> bool:
    cursor.execute(f'SELECT EXISTS (SELECT FROM "{table}")')
    return bool(cursor.fetchone()[0])


def _it_is_monday() -> bool:
    return timedelta() <= clock.now() - cast.MONDAY < _A_WHILE


class _UncertainError(Exception):
    """A value that may be another one next time, such as a file."""


def _certain_name(value: Any) -> Any | None:
    try:
        return _name(value)
    except _UncertainError:
        return None


def _name(value: Any) -> Any:
    """What tells a value from every other."""
    if isinstance(value, models.Model):
        return value._meta.label, value.pk
    if value is None or isinstance(value, str | int | date | timedelta):
        return type(value), value
    if isinstance(value, dict):
        return dict, tuple((key, _name(part)) for key, part in sorted(value.items()))
    if isinstance(value, list | tuple):
        return list, tuple(_name(part) for part in value)
    raise _UncertainError(value)


def _overridden() -> dict[str, str]:
    """The settings a test has changed, but for where its files lie."""
    layers, layer = [], settings._wrapped
    while hasattr(layer, "default_settings"):
        layers.append(layer)
        layer = layer.default_settings
    found = {name: repr(value) for one in reversed(layers) for name, value in vars(one).items() if name.isupper()}
    return {name: value for name, value in found.items() if name not in _OWN_FOLDERS}
