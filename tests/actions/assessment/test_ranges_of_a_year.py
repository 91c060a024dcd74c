"""What is counted of a year is asked for by moments, so that an index leads to it past the years before."""

import re
from datetime import date

import pytest
from django.db import connection
from django.db.models import Count, Q

from tests.source_trees import ROOT, modules
from yuetan.models.assessment.sources import parts_of
from yuetan.models.dossier.year_facts import Days
from yuetan.rules.dates import clock
from yuetan.vocabulary import RecordSource

YEAR = Days(date(2026, 1, 1), date(2026, 12, 31))
INDEXES = {
    RecordSource.LATE_RETURNS: "reports_late_by_limit",
    RecordSource.MISSED_RETURNS: "reports_missed_by_limit",
    RecordSource.MARKED_RETURNS: "marks_by_day",
}


@pytest.mark.parametrize("source", INDEXES, ids=str)
def test_an_index_leads_to_what_is_counted_of_returns(office, source):
    (part,) = parts_of(source)
    counted = part.rows(YEAR).order_by().values(part.unit).annotate(number=Count("pk"))
    statement, values = counted.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off")
        cursor.execute(f"EXPLAIN {statement}", values)
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert re.search(rf"Index (Only )?Scan using {INDEXES[source]} .*\n +Index Cond: .*_at >= .*_at < ", plan), plan


@pytest.mark.parametrize("source", list(RecordSource), ids=str)
def test_no_day_of_a_moment_is_compared_with_a_day_of_the_scheme(office, source):
    """A day that is worked out of a moment is compared with a day of the same row alone: no index leads to it."""
    for part in parts_of(source):
        statement, _ = part.rows(YEAR).order_by().query.sql_with_params()
        assert not re.search(r"AT TIME ZONE %s\)::date (>=?|<=?|=|BETWEEN) %s", statement), statement


def test_the_days_of_a_year_are_moments_of_china(office):
    moments = {"due_at__gte": clock.day_begins(date(2026, 1, 1)), "due_at__lt": clock.day_begins(date(2027, 1, 1))}
    assert YEAR.at("due_at") == Q(**moments)


def test_nowhere_is_the_day_of_a_moment_compared_with_a_given_one():
    """But with a day of the same row, which no range of moments replaces."""
    worked_out = re.compile(r"__date(__\w+)?(=(?!F\()|\": )|\bon\(\"\w+__date\"")
    lines = [(name, line.strip()) for name in modules() for line in (ROOT / name).read_text().splitlines()]
    assert [(name, line) for name, line in lines if worked_out.search(line)] == []
