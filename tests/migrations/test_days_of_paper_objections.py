"""Migration 0137: an objection on paper from before has the day, in China, on which it was entered."""

from datetime import UTC, date, datetime
from importlib import import_module

from django.db import connection

from tests import cast
from tests.assessment import RESULTS, objected, presented, sheet_of
from yuetan.embedded_database import APPLICATION
from yuetan.models import AssessmentObjection

written = import_module("yuetan.migrations.0137_objections_on_paper")
TABLE = "yuetan_assessmentobjection"
AS_BEFORE = f"""
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE {TABLE} DROP CONSTRAINT objection_from_paper_has_its_day;
{written.DROPPED};
UPDATE {TABLE} SET received_on = NULL;
{written.kept(written.RAISED)};
"""


def test_what_stands_has_the_day_on_which_it_was_entered(office):
    sheet = sheet_of(presented())
    own = objected(sheet, indicator=RESULTS)
    facts = {"sheet": sheet, "indicator": "i1", "words": "请核对。", "raised_by": cast.person("officer")}
    after_midnight = datetime(2026, 11, 24, 16, 30, tzinfo=UTC)
    on_paper = {"from_paper": True, "received_on": date(2026, 11, 23), "raised_at": after_midnight}
    entered = AssessmentObjection.objects.create(**facts, **on_paper)
    fill = written.Migration.operations[1].sql
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE NONE")
        cursor.execute(AS_BEFORE)
        for statement in fill:
            cursor.execute(statement)
        cursor.execute(f"SET LOCAL ROLE {APPLICATION}")
    days = dict(AssessmentObjection.objects.values_list("pk", "received_on"))
    assert days == {own.pk: None, entered.pk: date(2026, 11, 25)}
