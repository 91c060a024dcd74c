"""The counters of 统计 kept equal to the records: each step adds what its case adds more, or less, than before.

What is counted stands in `models/record/occasions.py`, where lists ask for it too; here it is only added up.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models.sql import Query
from psycopg2.extensions import AsIs

from yuetan.models import Case, Tally
from yuetan.models.office.last_writes import LastWrites
from yuetan.models.office.read_once import was_written
from yuetan.models.record.tally import COUNTED
from yuetan.models.record.tally_sources import added_facts, dated_facts

CHUNK = 2000
# Whatever a case's own columns do not say.
SOURCES = frozenset(
    f"yuetan_{table}"
    for table in ("caseground", "task", "taskreport", "extension", "reworkrequest", "reworkrequest_tasks", "officewait")
)
COLUMNS = "fact, item, day, first_of, unit_id, is_hidden, number"
WANTED = """
    happened AS (SELECT DISTINCT fact, item, of_case, of_row, day FROM ({dated}) AS dated),
    lines AS (
        SELECT fact, item, of_case, day, 1 AS number,
            CASE 1 WHEN row_number() OVER of_year THEN 3 WHEN row_number() OVER of_quarter THEN 2 ELSE 1 END AS first_of
        FROM happened
        WINDOW of_year AS (PARTITION BY fact, item, of_case, of_row, date_trunc('year', day) ORDER BY day),
            of_quarter AS (PARTITION BY fact, item, of_case, of_row, date_trunc('quarter', day) ORDER BY day)
        UNION ALL SELECT fact, item, of_case, day, number, first_of FROM ({added}) AS added
    ),
    wanted AS (
        SELECT its.id AS case_id, its.unit_id, its.opened_on IS NULL AS is_hidden, fact, item, lines.day, first_of,
            sum(number)::bigint AS number
        FROM lines JOIN yuetan_case AS its ON its.id = lines.of_case
        WHERE its.earlier IN {counted} GROUP BY 1, 2, 3, 4, 5, 6, 7
    ),
    held AS (
        SELECT tally.case_id, line.* FROM yuetan_casetally AS tally, jsonb_to_recordset(tally.lines) AS line
            (unit_id bigint, is_hidden boolean, fact text, item bigint, day date, first_of int, number bigint)
        WHERE tally.case_id = ANY(%s)
    ),
    changed AS (
        SELECT case_id, unit_id, is_hidden, fact, item, day, first_of, sum(number)::bigint AS number
        FROM (SELECT * FROM wanted UNION ALL SELECT case_id, unit_id, is_hidden, fact, item, day, first_of, -number
            FROM held) AS either
        GROUP BY 1, 2, 3, 4, 5, 6, 7 HAVING sum(number) <> 0
    )
"""
FOLLOW = """
    WITH {wanted}, kept AS (
        INSERT INTO yuetan_casetally (case_id, lines)
        SELECT its.case_id, coalesce(added.lines, '[]') FROM unnest(%s::uuid[]) AS its (case_id) LEFT JOIN (
            SELECT case_id, jsonb_agg(to_jsonb(wanted) - 'case_id') AS lines FROM wanted GROUP BY case_id
        ) AS added USING (case_id)
        ON CONFLICT (case_id) DO UPDATE SET lines = EXCLUDED.lines
    )
    INSERT INTO yuetan_tally ({columns})
    SELECT fact, item, day, first_of, unit_id, is_hidden, sum(number) FROM changed GROUP BY 1, 2, 3, 4, 5, 6
    UNION ALL SELECT fact, item, day, first_of, NULL, false, sum(number) FROM changed GROUP BY 1, 2, 3, 4
    HAVING sum(number) <> 0
"""
FORGET = f"""
    WITH gone AS (DELETE FROM yuetan_casetally WHERE case_id = %(case)s RETURNING lines), held AS (
        SELECT line.* FROM gone, jsonb_to_recordset(gone.lines) AS line
            (unit_id bigint, is_hidden boolean, fact text, item bigint, day date, first_of int, number bigint)
    )
    INSERT INTO yuetan_tally ({COLUMNS})
    SELECT fact, item, day, first_of, unit_id, is_hidden, -sum(number) FROM held GROUP BY 1, 2, 3, 4, 5, 6
    UNION ALL SELECT fact, item, day, first_of, NULL, false, -sum(number) FROM held GROUP BY 1, 2, 3, 4
"""  # nosec B608 - made of what stands here
FUNCTION = """
    CREATE OR REPLACE FUNCTION yuetan_follow_tallies(this_case uuid) RETURNS void LANGUAGE plpgsql
    SET plan_cache_mode = force_generic_plan AS $function$ BEGIN {statement}; END $function$
"""
OF_ONE = "SELECT yuetan_follow_tallies(%s)"
DIFFERENT = "WITH {wanted} SELECT DISTINCT case_id FROM changed"
# What all cases add, beside what stands in the counters.
SUMS = """
    WITH held AS (
        SELECT line.* FROM yuetan_casetally AS tally, jsonb_to_recordset(tally.lines) AS line
            (unit_id bigint, is_hidden boolean, fact text, item bigint, day date, first_of int, number bigint)
    ), wanted AS (
        SELECT fact, item, day, first_of, unit_id, is_hidden, number FROM held
        UNION ALL SELECT fact, item, day, first_of, NULL, false, number FROM held
    ), wrong AS (
        SELECT fact, item, day, first_of, unit_id, is_hidden, sum(number)::bigint AS number
        FROM (SELECT * FROM wanted UNION ALL SELECT fact, item, day, first_of, unit_id, is_hidden, -number
            FROM yuetan_tally) AS either
        GROUP BY 1, 2, 3, 4, 5, 6 HAVING sum(number) <> 0
    )
"""
ADD_UP = f"""
    WITH gone AS (DELETE FROM yuetan_tally RETURNING {COLUMNS})
    INSERT INTO yuetan_tally ({COLUMNS}) SELECT fact, item, day, first_of, unit_id, is_hidden, sum(number) FROM gone
    GROUP BY fact, item, day, first_of, unit_id, is_hidden HAVING sum(number) <> 0
"""  # nosec B608 - made of what stands here


def follow(cases: Sequence[UUID]) -> None:
    """Make the counters say what these cases are now, in one statement; the cases are locked by their steps."""
    keys = list(cases)
    with connection.cursor() as cursor:
        if len(keys) == 1:
            cursor.execute(OF_ONE, keys)
        elif keys:
            cursor.execute(*_statement(keys))


def forget(case: UUID) -> None:
    """Take what a case has added out of the counters: it is about to go, and counts no more."""
    with connection.cursor() as cursor:
        cursor.execute(FORGET, {"case": case})


def _statement(keys: object) -> tuple[str, list[Any]]:
    sql, params = _compiled()
    return FOLLOW.format(wanted=sql, columns=COLUMNS), [*(keys if each is CASES else each for each in params), keys]


def write_function() -> None:
    """Write the statement for one case into the database, where a connection plans it once: most of its cost.

    `manage.py migrate` calls it, with every release: what is counted goes on to stand in one place.
    """
    with connection.cursor() as cursor:
        statement = cursor.cursor.mogrify(*_statement(AsIs("ARRAY[this_case]"))).decode()
        cursor.execute(FUNCTION.format(statement=statement))


def own_facts(case: Case) -> tuple[object, ...]:
    """What a case itself adds to the counters: compared before and after a step."""
    dates = case.created_at, case.approved_on, case.interviewed_on, case.closed_on, case.due_on, case.opened_on
    return *dates, case.unit_id, case.interviewer_id, case.state, case.earlier


def follow_step(case: Case, before: tuple[object, ...], last: LastWrites) -> None:
    """Count a case anew, last of all, at the end of a step that changed `own_facts` or writes something else that is
    counted."""
    if own_facts(case) != before or was_written(SOURCES) or last.has_of(SOURCES):
        last.add(OF_ONE, [case.pk], "yuetan_casetally", "yuetan_tally")


def fill_missing() -> int:
    """Count the cases that no counter has seen, as after an upgrade; returns how many."""
    filled = 0
    while keys := list(Case.objects.filter(tally=None).order_by("pk").values_list("pk", flat=True)[:CHUNK]):
        _follow_locked(keys)
        filled += len(keys)
    if filled:
        add_up()
    return filled


def rebuild() -> int:
    """Count every case anew, and make the counters what all of them add; returns how many counters there are."""
    for keys in _chunks():
        _follow_locked(keys)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("LOCK TABLE yuetan_tally IN SHARE ROW EXCLUSIVE MODE")
        cursor.execute(
            f"{SUMS} INSERT INTO yuetan_tally ({COLUMNS})"  # nosec B608
            " SELECT fact, item, day, first_of, unit_id, is_hidden, number FROM wrong"
        )
    add_up()
    return Tally.objects.count()


def add_up() -> int:
    """Make one row of all that say the same, so that reading them costs what it cost; returns how many are left."""
    with connection.cursor() as cursor:
        cursor.execute(ADD_UP)
        return int(cursor.rowcount)


def different(case: Case | None = None) -> Iterator[UUID]:
    """The cases of which the counters say something else than the records."""
    sql, params = _compiled()
    for keys in [[case.pk]] if case else _chunks():
        with connection.cursor() as cursor:
            cursor.execute(DIFFERENT.format(wanted=sql), [keys if each is CASES else each for each in params])
            yield from (key for (key,) in cursor.fetchall())


def sums_differ() -> bool:
    """Whether the counters are something else than the sum of what each case adds."""
    with connection.cursor() as cursor:
        cursor.execute(f"{SUMS} SELECT EXISTS (SELECT FROM wrong)")  # nosec B608
        row = cursor.fetchone()
    return bool(row and row[0])


@transaction.atomic
def _follow_locked(keys: list[UUID]) -> None:
    list(Case.objects.filter(pk__in=keys).order_by("pk").select_for_update(of=("self",)).values_list("pk"))
    follow(keys)


def _chunks() -> Iterator[list[UUID]]:
    last: UUID | None = None
    while True:
        rows = Case.objects.order_by("pk") if last is None else Case.objects.order_by("pk").filter(pk__gt=last)
        keys = list(rows.values_list("pk", flat=True)[:CHUNK])
        if not keys:
            return
        yield keys
        last = keys[-1]


CASES = object()  # where the keys of the cases go


@cache
def _compiled() -> tuple[str, list[Any]]:
    """What is counted, of some cases, as one statement; made once, for it depends on nothing else."""
    dated, first = _union_of(dated_facts(), "of_fact AS fact, of_item AS item, of_case, of_row, of_month::date AS day")
    added, second = _union_of(
        added_facts(), "of_fact AS fact, of_item AS item, of_case, of_day::date AS day, adds AS number, first_of"
    )
    counted = ", ".join(f"'{each}'" for each in COUNTED)
    return WANTED.format(dated=dated, added=added, counted=f"({counted})"), [*first, *second, CASES]


def _union_of(sources: Sequence[Query], columns: str) -> tuple[str, list[Any]]:
    parts, params = [], list[Any]()
    for source in sources:
        sql, values = source.sql_with_params()
        parts.append(f"SELECT {columns} FROM ({sql}) AS source WHERE of_case = ANY(%s)")  # nosec B608
        params += [*values, CASES]
    return " UNION ALL ".join(parts), params
