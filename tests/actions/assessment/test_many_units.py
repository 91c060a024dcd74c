"""Sent, taken back, sent again, closed, made known: what it asks of the database does not grow with the units."""

from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tests import cast
from tests.assessment import (
    MEMBERS,
    RESULTS,
    TOWNS,
    assessment_of,
    correction_decided,
    correction_proposed,
    decided,
    objected,
    scored,
    sheet_of,
)
from tests.factories import later
from yuetan.actions.assessment.closing import close_assessment, publish_assessment
from yuetan.actions.assessment.sheets import present_assessment, withdraw_assessment_sheets
from yuetan.models import Unit

FEW, MANY = 5, 60


@contextmanager
def counted(counts: dict[str, int], name: str):
    with CaptureQueriesContext(connection) as asked:
        yield
    counts[name] = len(asked)


def statements_of_a_year(number: int) -> dict[str, int]:
    """Of each step the number of its statements, with so many towns and what hangs on each of them."""
    counts: dict[str, int] = {}
    towns = list(Unit.objects.filter(kind="town", retired_on=None).order_by("code")[:number])
    named = replace(TOWNS, kind="", units=tuple(one.pk for one in towns))
    assessment = assessment_of(groups=[named, MEMBERS])
    for place, unit in enumerate(towns):
        scored(assessment, unit.code, points=Decimal(39) - Decimal(place) / 10)
    officer, director = cast.person("officer"), cast.person("director")
    with counted(counts, "present"):
        assessment = present_assessment(assessment, by=officer)
    for unit in towns:
        objection = objected(sheet_of(assessment, unit.code), by="officer", indicator=RESULTS)
        decided(objection, points=Decimal(2))
    with counted(counts, "withdraw"):
        assessment = withdraw_assessment_sheets(assessment, by=director, reason="方案有误。")
    with counted(counts, "present again"):
        assessment = present_assessment(assessment, by=officer)
    with later(days=10):
        with counted(counts, "close"):
            assessment = close_assessment(assessment, by=director)
        with counted(counts, "publish"):
            publish_assessment(assessment, by=director)
        proposed = correction_proposed(sheet_of(assessment, towns[0].code))
        with counted(counts, "correct"):
            correction_decided(proposed)
    return counts


def test_every_step_on_a_year_costs_the_same_for_five_units_and_for_sixty(office):
    def rolled_back(number):
        with transaction.atomic():
            counts = statements_of_a_year(number)
            transaction.set_rollback(True)
        return counts

    rolled_back(FEW)  # the first time keeps what all later ones use
    few, many = rolled_back(FEW), rolled_back(MANY)
    assert set(few) == {"present", "withdraw", "present again", "close", "publish", "correct"}
    assert few == many
