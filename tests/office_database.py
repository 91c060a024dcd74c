"""The test database: made once with everything the office stands on, kept as a template, and copied for every run.

The template bears the digest of whatever could make it read otherwise, so it is never stale; of several
processes one makes it while the others wait, and a kill half-way leaves nothing that passes for one. It is made out
of another, the tables alone, which a change of code outlasts.
"""

import hashlib
import platform
import sysconfig
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import time_machine
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection, transaction

from tests import cast
from yuetan.database.base import DatabaseWrapper
from yuetan.embedded_database import APPLICATION
from yuetan.loading.fixtures import load_fixtures
from yuetan.models import OfficeSetting

FAMILY = "yuetan_template_"
TABLES = FAMILY + "tables_"
UNFINISHED = FAMILY + "unfinished"
LOCK = 20261123
# import-linter sees to it that loading has none of it
ABOVE_LOADING = {"actions", "forms", "management", "scenarios", "templatetags", "views"}
# What tables, triggers and rights are made of; what else a migration reads, it reads of rows, and here are none.
MAKES_TABLES = {"database", "migrations", "permissions.py", "vocabulary"}


def set_up_office() -> None:
    """Write what `manage.py load` writes, and the cast."""
    load_fixtures()
    ask_for_no_second_factor()
    cast.engage_cast()


def ask_for_no_second_factor() -> None:
    """Tests of it say themselves that it is asked for."""
    with transaction.atomic(), connection.cursor() as cursor:  # without the act that a change of a setting needs
        cursor.execute("ALTER TABLE yuetan_officesetting DISABLE TRIGGER changes_by_an_act")
        OfficeSetting.objects.filter(key="second_factor_posts").update(value=[])
        cursor.execute("ALTER TABLE yuetan_officesetting ENABLE TRIGGER changes_by_an_act")


def copy() -> str:
    """Lead the default connection to a copy of its own; hands back where it led before."""
    before, name = connection.settings_dict["NAME"], connection.creation._get_test_db_name()
    connection.close()
    with owner_cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])  # which goes with this cursor's connection
        template = FAMILY + _digest()
        if template not in _family(cursor):
            _make(cursor, template)
        _drop(cursor, name)
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    _lead_to(name)
    take_role(APPLICATION)
    return before


def copy_again() -> None:
    """The copy as it was at first, after a test with real transactions; whatever thread still has it open is cut off.

    Only its sequences go on from where they stood, for `nothing_sent_twice` keeps rows with the ids they gave.
    Django's content types are forgotten, for the test may have met others.
    """
    name, reached = connection.settings_dict["NAME"], _reached_by_sequences()
    connection.close()
    with owner_cursor() as cursor:
        cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{FAMILY}{_digest()}"')
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT setval(quote_ident(name)::regclass, last) FROM unnest(%s, %s::bigint[]) AS s (name, last)", reached
        )
    ContentType.objects.clear_cache()


def _reached_by_sequences() -> tuple[list[str], list[int]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT sequencename::text, last_value FROM pg_sequences WHERE last_value IS NOT NULL")
        rows = cursor.fetchall()
    return [name for name, _ in rows], [last for _, last in rows]


def give_back(before: str) -> None:
    """Drop the copy and lead the connection where it led before."""
    connection.close()
    with owner_cursor() as cursor:
        _drop(cursor, connection.settings_dict["NAME"])
    _lead_to(before)


@contextmanager
def owner_cursor() -> Iterator[Any]:
    """A cursor of whoever owns the tables, in no database."""
    with connection._nodb_cursor() as cursor:
        cursor.execute("SET ROLE NONE")
        yield cursor


def take_role(role: str) -> None:
    """From its next connection on a test works as this role: what the database keeps the program from, it proves."""
    options = {**connection.settings_dict["OPTIONS"], "options": f"-c role={role}"}
    settings.DATABASES["default"]["OPTIONS"] = connection.settings_dict["OPTIONS"] = options


def check_constraints(wrapper: DatabaseWrapper, table_names: object = None) -> None:
    """What Django asks at the end of a test, but for the acts behind a setting or post that the test itself changed."""
    with wrapper.cursor() as cursor:
        cursor.execute(f"SET CONSTRAINTS {_asked_at_the_end()} IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


@cache
def _asked_at_the_end() -> str:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT string_agg(DISTINCT quote_ident(conname), ', ') FROM pg_constraint "
            "WHERE condeferrable AND conname <> 'changes_by_an_act'"
        )
        return str(cursor.fetchone()[0])


def _make(cursor: object, template: str) -> None:
    tables = TABLES + _digest_of_tables()
    for old in set(_family(cursor)) - {tables}:
        _drop(cursor, old)
    if tables not in _family(cursor):
        _make_as(cursor, tables, "template1", lambda: call_command("migrate", verbosity=0))
    _make_as(cursor, template, tables, _fill)


def _make_as(cursor: object, name: str, like: str, write: Callable[[], None]) -> None:
    """A database out of another; what stops half-way bears another name."""
    _drop(cursor, UNFINISHED)
    cursor.execute(f'CREATE DATABASE "{UNFINISHED}" TEMPLATE "{like}"')
    _lead_to(UNFINISHED)
    write()
    connection.close()
    cursor.execute(f'ALTER DATABASE "{UNFINISHED}" RENAME TO "{name}"')


def _fill() -> None:
    with time_machine.travel(cast.MONDAY):
        set_up_office()
        with connection.cursor() as inside:
            inside.execute("SELECT yuetan_make_sight_month(%s)", [cast.MONDAY.date()])


def _family(cursor: object) -> list[str]:
    cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [FAMILY])
    return [name for (name,) in cursor.fetchall()]


def _drop(cursor: object, name: str) -> None:
    cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')


def _lead_to(name: str) -> None:
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = name


@cache
def _digest() -> str:
    """Of all that migrations, loading and the cast are made of: code, fixtures, installed packages, Python."""
    fixtures = [path for path in settings.FIXTURES.rglob("*") if path.is_file()]
    code = [path for part, path in _code() if part not in ABOVE_LOADING]
    return _digest_of([*code, *fixtures, Path(cast.__file__), Path(__file__)])


def _digest_of_tables() -> str:
    return _digest_of([path for part, path in _code() if part in MAKES_TABLES])


def _code() -> Iterator[tuple[str, Path]]:
    """Each file of the program, with the part of it to which it belongs."""
    package = settings.BASE_DIR / "yuetan"
    for path in (*package.rglob("*.py"), *package.rglob("*.sql")):
        yield path.relative_to(package).parts[0], path


def _digest_of(files: Iterable[Path]) -> str:
    packages = Path(sysconfig.get_path("purelib"))
    digest = hashlib.sha256(platform.python_version().encode())
    for path in sorted(files):
        digest.update(f"{path.relative_to(settings.BASE_DIR)} {path.stat().st_size}\n".encode() + path.read_bytes())
    digest.update("\n".join(sorted(path.name for path in packages.glob("*.dist-info"))).encode())
    return digest.hexdigest()[:32]
