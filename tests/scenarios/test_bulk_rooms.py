"""`manage.py bulk`: the rooms beside the cases are as lawful, and no list of theirs asks more for more rows."""

import json
import re

import pytest
from benchmark.ladder_pages import ladder_lists
from benchmark.report_pages import report_lists
from benchmark.year_pages import year_lists
from django.db import connection, transaction
from django.db.models import F
from django.test import Client
from django.utils import timezone

from tests.factories import set_setting
from tests.views.queries import queries_of
from tests.web import BACKEND
from yuetan.actions.record.check_records import disagreements
from yuetan.actions.record.verify_record import verify_record
from yuetan.models import (
    AccountabilityMeasure,
    Document,
    PeriodicReport,
    ReceivedLetter,
    ReportVersion,
    Restriction,
    SupervisionRound,
    Unit,
    User,
)
from yuetan.models.reporting.missed import TIMES
from yuetan.rules.dates.month_periods import MonthPeriod
from yuetan.rules.text.similar_matter import bare
from yuetan.scenarios.bulk import veto_stories
from yuetan.scenarios.bulk.all_rooms import ROOMS
from yuetan.scenarios.bulk.load import load_bulk
from yuetan.scenarios.bulk.returns import load_returns
from yuetan.sealing import seal_transaction
from yuetan.vocabulary import (
    MeasureState,
    PleaStanding,
    ReceivedStanding,
    ReportState,
    RestrictedSubject,
    RoundState,
    RungKind,
    UnitKind,
)

MEASURES = [room for room in ROOMS if room.root is AccountabilityMeasure]
OF_THE_YEAR = [room for room in ROOMS if room.root in (ReceivedLetter, SupervisionRound)]
SUGGESTED = {MeasureState.SUGGESTED}  # never laid by the office


def _is_whole():
    """Nothing in the records says otherwise than anything else, and every row is as it was sealed."""
    assert [str(each) for each in disagreements()] == []
    with connection.cursor() as cursor:
        seal_transaction(cursor.cursor)
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    assert verify_record().first_fault == ""


def test_measures_are_lawful_in_every_state(office):
    load_bulk(600, 7, rooms=MEASURES)
    _is_whole()
    assert AccountabilityMeasure.objects.count() == 180 + 24
    measures = list(AccountabilityMeasure.objects.select_related("rung", "unit__parent", "plea"))
    assert {one.state for one in measures} == set(MeasureState.values) - SUGGESTED
    assert {one.rung.kind for one in measures} == {RungKind.CIRCULAR, RungKind.LISTED_SUPERVISION, RungKind.VETO}
    assert {one.plea.standing for one in measures if one.plea_or_none} >= {PleaStanding.WAITING, PleaStanding.REVOKED}
    assert len({one.unit for one in measures}) > 20
    for one in measures:
        assert one.copy_of is None
        assert one.decided_sha256 in ("", one.digest)


def test_vetoes_are_consulted_about_by_papers_and_texts_of_their_own(office):
    load_bulk(600, 7, rooms=MEASURES)
    vetoes = AccountabilityMeasure.objects.filter(rung__kind=RungKind.VETO).select_related("rung", "unit")
    assert {one.state for one in vetoes} == set(veto_stories.SHARES)
    asked = [one for one in vetoes if one.consultations.exists()]
    assert len({one.unit for one in asked}) > 5
    numbers = set()
    for one in asked:
        departments = list(one.consultations.select_related("document"))
        assert {each.sha256 for each in departments} == {one.digest}
        numbers |= {each.document.number for each in departments}
    assert len(numbers) == len(asked)


def test_a_paper_of_a_measure_names_its_own_unit_alone(office):
    load_bulk(100, 7, rooms=MEASURES)
    names = {unit.pk: unit.full_name for unit in Unit.objects.interviewed().select_related("parent")}
    papers = Document.objects.exclude(measure_laid=None).select_related("measure_laid")
    assert papers.exists()
    for paper in papers:
        says = json.dumps(paper.facts, ensure_ascii=False) + re.sub(r"<[^<>]*>|\s", "", paper.html)
        own = names[paper.measure_laid.unit_id]
        assert own in says
        assert paper.measure_laid.matter in says
        assert not [name for name in names.values() if name in says and name not in own]


def test_what_a_listing_closes_lasts_for_calendar_months(office):
    load_bulk(100, 7, rooms=MEASURES)
    rows = Restriction.objects.select_related("effect", "measure_laid", "person", "post")
    assert rows.exists()
    assert {row.effect.subject for row in rows} >= {RestrictedSubject.UNIT}
    for row in rows:
        assert (row.first_day, row.unit_id) == (row.measure_laid.served_on, row.measure_laid.unit_id)
        assert row.last_day == MonthPeriod(row.first_day, row.effect.months).last


@pytest.fixture
def statements():
    """How many statements each of some pages takes now."""

    def ask(pages):
        client, counted = Client(), {}
        for page in pages:
            client.force_login(User.objects.get(username=page.who), backend=BACKEND)
            client.get(page.address)
            counted[page.name, page.who] = queries_of(client, page.address)
        return counted

    return ask


def test_received_letters_and_rounds_are_lawful(office):
    load_bulk(1000, 7, rooms=OF_THE_YEAR)
    _is_whole()
    letters = ReceivedLetter.objects.with_relations()
    assert {letter.standing for letter in letters} == set(ReceivedStanding) - {ReceivedStanding.WITHDRAWN}
    assert letters.exclude(late_days=0).exists()
    for letter in letters:
        keys = (f"{bare(letter.organ)} {bare(letter.number)}", bare(letter.matter))
        assert (letter.paper_key, letter.matter_key) == keys
    rounds = SupervisionRound.objects.prefetch_related("visits__findings")
    assert {one.state for one in rounds} == set(RoundState) - {RoundState.CANCELLED}
    assert len({visit.unit_id for one in rounds for visit in one.visits.all()}) > 10


@pytest.mark.parametrize(("rooms", "cases", "lists"), [(MEASURES, 90, ladder_lists), (OF_THE_YEAR, 1500, year_lists)])
def test_no_list_asks_more_for_more(office, statements, rooms, cases, lists):
    load_bulk(cases, 7, rooms=rooms)
    before = statements(lists())
    load_bulk(cases, 7, rooms=rooms)
    assert statements(lists()) == before


def test_every_unit_of_every_week_has_a_lawful_return(office):
    towns = Unit.objects.in_use().filter(kind=UnitKind.TOWN).count()
    scheme = load_returns(towns + 20, 4, 7)
    _is_whole()
    assert list(scheme.periods.values_list("unit_count", flat=True)) == [towns + 20] * 4
    assert PeriodicReport.objects.count() == (towns + 20) * 4
    newest, *past, first = scheme.periods.order_by("-first")
    assert not first.reports.exclude(handed_in_at=None).exists()
    assert not newest.reports.exclude(state=ReportState.AWAITED).exists()
    settled = PeriodicReport.objects.filter(period__in=past)
    assert set(settled.values_list("state", flat=True)) >= {ReportState.ACCEPTED, ReportState.AWAITED}
    assert settled.filter(handed_in_at__gt=F("due_at")).exists()
    assert settled.filter(newest__is_zero=True).exists()
    for version in ReportVersion.objects.select_related("entered_by", "confirmed_by", "report__period"):
        assert version.report.unit_id in version.entered_by.interviewed_units
        assert version.report.period.opens_on <= timezone.localdate(version.entered_at)


def test_no_board_asks_more_for_more_units_and_weeks(office, statements):
    set_setting(TIMES, 1)  # so that some have missed enough
    counted = []
    for units, weeks in ((90, 8), (180, 16)):
        with transaction.atomic():
            load_returns(units, weeks, 7)
            counted.append(statements(report_lists()))
            transaction.set_rollback(True)
    assert counted[0] == counted[1]
