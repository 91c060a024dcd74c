"""A database of so many lawful cases in the embedded PostgreSQL, made once and kept for the next run."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management import call_command
from django.db import connection

from yuetan.loading.fixtures import load_fixtures
from yuetan.models import Case
from yuetan.scenarios.bulk.load import load_bulk
from yuetan.tallies import fill_missing

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
# The limit stands on tables of its own: narrow copies with the one index each question asks for.
LIMIT_TABLES = """
    DROP SCHEMA IF EXISTS by_hand CASCADE;
    CREATE SCHEMA by_hand;
    CREATE TABLE by_hand.cases AS SELECT one.id, register_year, register_serial, matter, one.state, one.due_on,
        one.unit_id, unit.name AS unit, person.name AS interviewer, EXISTS (
            SELECT FROM yuetan_casegrouppermission AS given
            JOIN auth_group AS side ON side.id = given.group_id AND starts_with(side.name, 'unit:')
            WHERE given.content_object_id = one.id) AS announced
        FROM yuetan_case AS one JOIN yuetan_unit AS unit ON unit.id = one.unit_id
        LEFT JOIN yuetan_post AS post ON post.id = one.interviewer_id
        LEFT JOIN yuetan_user AS person ON person.id = post.holder_id;
    CREATE UNIQUE INDEX ON by_hand.cases (id);
    CREATE INDEX ON by_hand.cases (register_year DESC, register_serial DESC);
    CREATE INDEX ON by_hand.cases (unit_id, register_year DESC, register_serial DESC) WHERE announced;
    CREATE INDEX ON by_hand.cases (due_on) WHERE state NOT IN ('closed', 'declined', 'withdrawn');
    CREATE INDEX ON by_hand.cases (state, register_year DESC, register_serial DESC);
    CREATE TABLE by_hand.tasks AS SELECT task.id, effective_due_on, task.state, number, content,
        one.unit, one.matter, one.unit_id, one.id AS case_id
        FROM yuetan_task AS task JOIN by_hand.cases AS one ON one.id = task.case_id;
    CREATE INDEX ON by_hand.tasks (effective_due_on, id) WHERE state <> 'accepted';
    CREATE INDEX ON by_hand.tasks (unit_id, effective_due_on, id) WHERE state <> 'accepted';
    CREATE INDEX ON by_hand.tasks (case_id);
    CREATE TABLE by_hand.papers AS SELECT paper.id, prefix, year, serial, title, kind, issued_at, one.unit,
        one.unit_id, one.id AS case_id
        FROM yuetan_document AS paper JOIN by_hand.cases AS one ON one.id = paper.case_id;
    CREATE INDEX ON by_hand.papers (issued_at DESC, id);
    CREATE INDEX ON by_hand.papers (unit_id, issued_at DESC, id);
    CREATE INDEX ON by_hand.papers (case_id);
    CREATE INDEX ON by_hand.papers (year DESC, prefix, serial DESC);
"""


@contextmanager
def bench_database(cases: int) -> Iterator[None]:
    """Lead the connection to the database of so many cases; a kept one is migrated, a missing one is made."""
    name, own = f"yuetan_bench_{cases}", connection.settings_dict["NAME"]
    with connection._nodb_cursor() as cursor:  # noqa: SLF001 - the only door to no database at all
        cursor.execute("SELECT FROM pg_database WHERE datname = %s", [name])
        if not cursor.fetchall():
            cursor.execute(f'CREATE DATABASE "{name}"')
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        _fill(cases)
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = own


def _fill(cases: int) -> None:
    call_command("migrate", verbosity=0)
    if not Case.objects.exists():
        load_fixtures()
        load_bulk(cases, 1)
        execute(ALERTS)
    fill_missing()
    execute(LIMIT_TABLES)
    execute("VACUUM ANALYZE")


def execute(statement: str, *values: object) -> list[tuple[object, ...]]:
    """The rows of one statement by hand."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)
        return cursor.fetchall() if cursor.description else []
