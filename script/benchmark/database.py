"""A database of so many lawful cases in the embedded PostgreSQL, made once and kept for the next run."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass

from django.core.management import call_command
from django.db import connection
from django.db.models import QuerySet

from benchmark.limit_tables import LIMIT_TABLES
from yuetan.loading.fixtures import load_fixtures
from yuetan.models import Alert, Case, ReportScheme
from yuetan.scenarios.bulk.all_rooms import ROOMS
from yuetan.scenarios.bulk.assessments import load_assessments
from yuetan.scenarios.bulk.load import load_bulk
from yuetan.scenarios.bulk.returns import load_returns
from yuetan.sealing import sealing_put_off
from yuetan.tallies import fill_missing

# Beyond so many cases and returns only the first copies are checked, and none is sealed: no page reads any seal.
MAX_CHECKED = 20_000
# Bulk data leaves 站内消息 out; a page counts the unread ones, so each case has two here.
ALERTS = """
    INSERT INTO yuetan_alert (recipient_id, key, case_id, text, created_at, read_at)
    SELECT recipient, 'bench:' || id, id, '事项有了进展。', created_at, CASE WHEN number % 4 > 0 THEN created_at END
    FROM (
        SELECT one.drafter_id AS recipient, one.id, one.created_at, row_number() OVER (ORDER BY one.id) AS number
        FROM yuetan_case AS one
        UNION ALL
        SELECT person.holder_id, one.id, one.created_at, row_number() OVER (ORDER BY one.id)
        FROM yuetan_case AS one
        JOIN LATERAL (SELECT holder_id FROM yuetan_post WHERE unit_id = one.unit_id AND ended_on IS NULL
            ORDER BY id LIMIT 1) AS person ON true
        WHERE EXISTS (SELECT FROM yuetan_casegrouppermission AS given
            JOIN auth_group AS side ON side.id = given.group_id AND starts_with(side.name, 'unit:')
            WHERE given.content_object_id = one.id)
    ) AS each
"""


@dataclass(frozen=True)
class Size:
    """So many cases, and beside them returns of so many units in so many periods."""

    cases: int
    units: int = 0
    periods: int = 0

    @classmethod
    def read(cls, text: str) -> Size:
        """10000, or 1000+45000x60."""
        cases, _, returns = text.partition("+")
        units, _, periods = returns.partition("x")
        return cls(int(cases), int(units or 0), int(periods or 0))

    @property
    def returns(self) -> str:
        """45000x60; empty where there are none."""
        return f"{self.units}x{self.periods}" if self.units else ""

    @property
    def is_checked(self) -> bool:
        """Whether every copy is."""
        return self.cases + self.units * self.periods <= MAX_CHECKED

    @property
    def database(self) -> str:
        """Where it is kept."""
        return "_".join(filter(None, ("yuetan_bench", str(self.cases), self.returns)))


@contextmanager
def bench_database(size: Size) -> Iterator[None]:
    """Lead the connection to the database of a size; a kept one is migrated, a missing one is made."""
    name, own = size.database, connection.settings_dict["NAME"]
    with connection._nodb_cursor() as cursor:  # noqa: SLF001 - the only door to no database at all
        cursor.execute("SELECT FROM pg_database WHERE datname = %s", [name])
        if not cursor.fetchall():
            cursor.execute(f'CREATE DATABASE "{name}"')
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        _fill(size)
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = own


def _fill(size: Size) -> None:
    call_command("migrate", verbosity=0)
    missing = [room for room in ROOMS if not QuerySet(room.root).exists()]
    if not Case.objects.exists():
        load_fixtures()
    with nullcontext() if size.is_checked else sealing_put_off():
        if missing:  # a kept database follows where a room has come
            load_bulk(size.cases, 1, rooms=missing, is_checked=size.is_checked)
        if size.units and not ReportScheme.objects.exists():
            load_returns(size.units, size.periods, 1, is_checked=size.is_checked)
    if not Alert.objects.exists():
        execute(ALERTS)
    with nullcontext() if size.is_checked else sealing_put_off():
        load_assessments()  # after the messages: it sends some of its own
    if not size.is_checked:
        execute("TRUNCATE yuetan_changedrow")
    fill_missing()
    execute(LIMIT_TABLES)
    execute("VACUUM ANALYZE")


def execute(statement: str, *values: object) -> list[tuple[object, ...]]:
    """The rows of one statement by hand."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)
        return cursor.fetchall() if cursor.description else []
