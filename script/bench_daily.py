"""The daily run measured on many open tasks, beside one hand-written INSERT … SELECT on the same rows."""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yuetan.settings")

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402

from yuetan.actions.messages.daily import daily  # noqa: E402
from yuetan.actions.messages.document_reminders import remind_of_papers  # noqa: E402
from yuetan.actions.messages.task_reminders import remind_of_tasks  # noqa: E402
from yuetan.loading.fixtures import load_fixtures  # noqa: E402
from yuetan.models import Alert, Case, Reminder, Task  # noqa: E402
from yuetan.rules.dates import clock  # noqa: E402
from yuetan.scenarios.bulk.load import load_bulk  # noqa: E402
from yuetan.vocabulary import CaseState, TaskState  # noqa: E402

LAWFUL = 60  # cases as the product writes them; one of them is the pattern of all others
TASKS_A_CASE = 5
ROUNDS = 3

# The limit: who works here would write this by hand if each task were reminded of once and for all.
BY_HAND = """
    INSERT INTO yuetan_alert (recipient_id, key, case_id, text, created_at)
    SELECT DISTINCT person.id, 'by hand:' || task.id, one.id,
        '第 ' || task.number || ' 项整改任务已到时限：' || task.content, now()
    FROM yuetan_task AS task
    JOIN yuetan_case AS one ON one.id = task.case_id
    CROSS JOIN (VALUES ('unit_head'), ('unit_liaison')) AS party (name)
    JOIN auth_group AS side ON side.name = 'unit:' || one.unit_id || ':' || party.name
    JOIN yuetan_user_groups AS member ON member.group_id = side.id
    JOIN yuetan_user AS person ON person.id = member.user_id AND person.is_active
    WHERE one.state = 'rectifying' AND task.state IN ('assigned', 'returned') AND task.effective_due_on <= %s
"""
# Rows after a pattern: every column as it stands there, but for those named.
MULTIPLY = {
    "yuetan_case": """
        INSERT INTO yuetan_case ({columns}) SELECT {values} FROM yuetan_case AS row
        CROSS JOIN (SELECT number, (SELECT array_agg(DISTINCT unit_id) FROM yuetan_post AS post
            JOIN yuetan_unit AS unit ON unit.id = post.unit_id
            WHERE unit.kind IN ('member_unit', 'county', 'town')) AS units
            FROM generate_series(1, %(cases)s) AS number) AS each WHERE row.id = %(pattern)s
    """,
    "yuetan_interview": """
        INSERT INTO yuetan_interview ({columns}) SELECT {values} FROM yuetan_interview AS row
        JOIN yuetan_case AS each ON each.register_year = 1900 WHERE row.case_id = %(pattern)s
    """,
    "yuetan_measure": """
        INSERT INTO yuetan_measure ({columns}) SELECT {values}
        FROM (SELECT * FROM yuetan_measure WHERE interview_id = (
            SELECT id FROM yuetan_interview WHERE case_id = %(pattern)s) ORDER BY number LIMIT 1) AS row
        JOIN yuetan_interview AS interview ON true
        JOIN yuetan_case AS one ON one.id = interview.case_id AND one.register_year = 1900
        CROSS JOIN generate_series(1, %(each)s) AS place (number)
    """,
    "yuetan_task": """
        INSERT INTO yuetan_task ({columns}) SELECT {values}
        FROM (SELECT * FROM yuetan_task WHERE case_id = %(pattern)s ORDER BY number LIMIT 1) AS row
        JOIN yuetan_measure AS measure ON true
        JOIN yuetan_interview AS interview ON interview.id = measure.interview_id
        JOIN yuetan_case AS one ON one.id = interview.case_id AND one.register_year = 1900
    """,
}
# From 60 days ago until today: each has reached a reminder point.
DUE = "current_date - (measure.id %% 61)::int"
NEW = {
    "yuetan_case": {
        "id": "gen_random_uuid()",
        "register_year": "1900",
        "register_serial": "each.number",
        "unit_id": "each.units[1 + each.number %% array_length(each.units, 1)]",
    },
    "yuetan_interview": {"id": None, "case_id": "each.id"},
    "yuetan_measure": {"id": None, "interview_id": "interview.id", "number": "place.number"},
    "yuetan_task": {
        "id": None,
        "case_id": "one.id",
        "measure_id": "measure.id",
        "number": "measure.number",
        "state": f"'{TaskState.ASSIGNED.value}'",
        **dict.fromkeys(("first_due_on", "agreed_due_on", "effective_due_on"), DUE),
    },
}


def report(figure: str, value: object, unit: str, **more: object) -> None:
    """One line for a machine."""
    line = {"figure": figure, "value": value, "unit": unit, **more}
    sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
    sys.stdout.flush()


@contextmanager
def scratch_database() -> Iterator[None]:
    """A database of this process's own, dropped at the end."""
    name, own = f"yuetan_bench_{os.getpid()}", connection.settings_dict["NAME"]
    with connection._nodb_cursor() as cursor:  # noqa: SLF001 - the only way to a connection in no database
        cursor.execute(f'CREATE DATABASE "{name}"')
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = own
        with connection._nodb_cursor() as cursor:  # noqa: SLF001
            cursor.execute(f'DROP DATABASE "{name}"')


def fill(tasks: int) -> None:
    """A few lawful cases, and one of them again and again until there are so many open tasks."""
    call_command("migrate", verbosity=0)
    load_fixtures()
    load_bulk(LAWFUL, 1)
    pattern = Case.objects.filter(state=CaseState.RECTIFYING, tasks__isnull=False).first()
    assert pattern is not None
    facts = {"pattern": pattern.pk, "cases": -(-tasks // TASKS_A_CASE), "each": TASKS_A_CASE}
    with transaction.atomic(), connection.cursor() as cursor:
        for table, statement in MULTIPLY.items():
            columns = [column for column in _columns(table) if NEW[table].get(column, "") is not None]
            values = [NEW[table].get(column) or f'row."{column}"' for column in columns]
            names = ", ".join(f'"{column}"' for column in columns)
            cursor.execute(statement.format(columns=names, values=", ".join(values)), facts)
    tidy()


def tidy() -> None:
    """What was undone must not weigh on what comes next."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _columns(table: str) -> list[str]:
    with connection.cursor() as cursor:
        return [column.name for column in connection.introspection.get_table_description(cursor, table)]


def repeated(perform: Callable[[], object]) -> float:
    """The median time of an act with its commit, at which foreign keys are checked; its rows are taken away after."""
    took = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        with transaction.atomic():
            perform()
        took.append(time.perf_counter() - begun)
        Alert.objects.filter(key__regex="^(by hand|task|receipt|submission|minutes|supervision|letter):").delete()
        Reminder.objects.all().delete()
        tidy()
    return statistics.median(took)


def by_hand() -> int:
    """How many rows the hand-written statement writes."""
    with connection.cursor() as cursor:
        cursor.execute(BY_HAND, [clock.today()])
        return int(cursor.rowcount)


def measure() -> None:
    """The limit, then ours, then the whole run and the run again."""
    report("open tasks", Task.objects.filter(state=TaskState.ASSIGNED).count(), "rows")
    limit = repeated(by_hand)
    report("one hand-written INSERT … SELECT", round(limit, 3), "s")
    for name, job in (("reminders of tasks", remind_of_tasks), ("reminders of papers", remind_of_papers)):
        took = repeated(lambda: job(clock.today()))  # noqa: B023
        report(name, round(took, 3), "s", ratio=round(took / limit, 2))
    for name in ("whole daily run", "the same day again"):
        begun = time.perf_counter()
        daily()
        took = time.perf_counter() - begun
        report(name, round(took, 3), "s", ratio=round(took / limit, 2))
    report("reminders kept", Reminder.objects.count(), "rows")
    report("messages kept", Alert.objects.filter(key__startswith="task:").count(), "rows")


def main() -> None:
    """Reduced unless asked in full."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--full", action="store_true")
    asked = parser.parse_args()
    with scratch_database():
        begun = time.perf_counter()
        fill(100_000 if asked.full else 10_000)
        report("filling the scratch database", round(time.perf_counter() - begun, 1), "s")
        measure()


if __name__ == "__main__":
    main()
