"""`manage.py bulk`: every year since everybody took office is assessed, and no page of it asks more for more units."""

from dataclasses import replace

import pytest
from benchmark.year_pages import pages_of_assessments, year_lists
from django.db import transaction

from tests.scenarios.bulk_checks import is_whole, statements_of
from yuetan.models import Assessment, AssessmentObjection, AssessmentSheet, ReceivedLetter, Unit
from yuetan.scenarios.bulk import wide_country
from yuetan.scenarios.bulk.all_rooms import ROOMS
from yuetan.scenarios.bulk.assessments import load_assessments
from yuetan.scenarios.bulk.load import load_bulk
from yuetan.vocabulary import AssessmentStanding, ObjectionOutcome, UnitKind

LETTERS = [replace(room, per_hundred=100) for room in ROOMS if room.root is ReceivedLetter]


def test_every_year_is_assessed_by_the_records_of_its_units(office):
    load_bulk(120, 7, rooms=LETTERS)
    load_assessments()
    is_whole()
    years = {one.year: one.standing for one in Assessment.objects.all()}
    assert years == {
        2024: AssessmentStanding.PUBLISHED,
        2025: AssessmentStanding.PUBLISHED,
        2026: AssessmentStanding.PRESENTED,
    }
    sheets = AssessmentSheet.objects.select_related("assessment")
    units = Unit.objects.interviewed().in_use().count()
    assert all(units * 0.9 < sheets.filter(year=year).count() <= units for year in years)
    assert not sheets.filter(year__lt=2026, rank=0).exists()
    assert not sheets.filter(year=2026).exclude(rank=0).exists()
    late = [sheet for sheet in sheets if any(line["records"] for line in sheet.lines if line["name"] == "来函办理")]
    assert late
    outcomes = {objection.outcome for objection in AssessmentObjection.objects.filter(sheet__year__lt=2026)}
    assert outcomes == set(ObjectionOutcome)
    assert AssessmentObjection.objects.undecided().filter(sheet__year=2026).exists()
    assert set(AssessmentObjection.objects.values_list("from_paper", flat=True)) == {False, True}
    before = sheets.count()
    load_assessments()
    assert sheets.count() == before


@pytest.mark.parametrize("pages", [year_lists, pages_of_assessments])
def test_no_page_of_assessments_asks_more_for_more_units(office, pages):
    counted = []
    towns = Unit.objects.in_use().filter(kind=UnitKind.TOWN).count()
    for more in (0, 60):
        with transaction.atomic():
            wide_country.settle(towns + more)
            load_assessments()
            counted.append(statements_of(pages()))
            transaction.set_rollback(True)
    assert counted[0] == counted[1]
    assert counted[0]
