"""`manage.py bulk`: the rooms beside the cases are as lawful, and no list of theirs asks more for more rows."""

import json
import re
from dataclasses import replace

import pytest
from benchmark.ladder_pages import ladder_lists
from benchmark.report_pages import report_lists
from benchmark.year_pages import year_lists
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from tests.factories import set_setting
from tests.scenarios.bulk_checks import is_whole, statements_of
from yuetan.actions.received.letter import paper_key
from yuetan.models import (
    AccountabilityMeasure,
    AgendaItem,
    Assignment,
    CalendarDay,
    Document,
    Invitation,
    Meeting,
    OfficeSetting,
    PeriodicReport,
    ReceivedLetter,
    ReportVersion,
    Restriction,
    SupervisionRound,
    Unit,
)
from yuetan.models.office.receipt_limits import DAYS
from yuetan.models.papers.kinds import SIGNED_BY_A_DAY
from yuetan.models.reporting.missed import TIMES
from yuetan.rules.dates.month_periods import MonthPeriod
from yuetan.rules.dates.working_days import add_working_days
from yuetan.rules.text.similar_matter import bare
from yuetan.scenarios.bulk import received_stories, veto_stories
from yuetan.scenarios.bulk.all_rooms import ROOMS
from yuetan.scenarios.bulk.load import load_bulk
from yuetan.scenarios.bulk.returns import load_returns
from yuetan.vocabulary import (
    AssignmentState,
    DecisionKind,
    MeasureState,
    MeetingState,
    PleaStanding,
    ReportState,
    RestrictedSubject,
    RoundState,
    RungKind,
    UnitKind,
)

MEASURES = [room for room in ROOMS if room.root is AccountabilityMeasure]
VETOES = [replace(room, per_hundred=100) for room in MEASURES if room.companions]
MEETINGS = [replace(room, per_hundred=100) for room in ROOMS if room.root is Meeting]
OF_THE_YEAR = [room for room in ROOMS if room.root in (ReceivedLetter, SupervisionRound)]
SUGGESTED = {MeasureState.SUGGESTED}  # never laid by the office


def test_measures_are_lawful_in_every_state(office):
    load_bulk(600, 7, rooms=MEASURES)
    is_whole()
    assert AccountabilityMeasure.objects.count() == 180 + 24
    measures = list(AccountabilityMeasure.objects.select_related("rung", "unit__parent", "plea"))
    assert {one.state for one in measures} == set(MeasureState.values) - SUGGESTED
    assert {one.rung.kind for one in measures} == {RungKind.CIRCULAR, RungKind.LISTED_SUPERVISION, RungKind.VETO}
    assert {one.plea.standing for one in measures if one.plea_or_none} >= {PleaStanding.WAITING, PleaStanding.REVOKED}
    assert len({one.unit for one in measures}) > 20
    for one in measures:
        assert one.copy_of is None
        assert one.decided_sha256 in ("", one.digest)
    _each_paper_is_signed_for_by_its_day()


def _each_paper_is_signed_for_by_its_day():
    days, calendar = OfficeSetting.objects.numbers(*DAYS), CalendarDay.objects.calendar()
    papers = list(Document.objects.filter(kind__in=SIGNED_BY_A_DAY))
    for paper in papers:
        counted = [add_working_days(timezone.localdate(paper.issued_at), number, calendar) for number in days]
        assert [paper.receipt_due_on, paper.receipt_director_on] == counted
    assert len({paper.kind for paper in papers}) == len(SIGNED_BY_A_DAY)
    assert AccountabilityMeasure.objects.unsigned().exists()


def test_vetoes_bring_their_meetings_and_meetings_are_numbered_one_by_one(office):
    load_bulk(80, 7, rooms=[*VETOES, *MEETINGS])
    load_bulk(10, 7, rooms=MEETINGS)
    is_whole()
    _vetoes_are_consulted_about_by_papers_and_texts_of_their_own()
    _a_meeting_goes_with_each_veto_that_it_decided()
    _meetings_of_their_own_give_units_something_to_do()
    _papers_name_their_own_meetings()


def _vetoes_are_consulted_about_by_papers_and_texts_of_their_own():
    vetoes = AccountabilityMeasure.objects.select_related("rung", "unit")
    assert {one.rung.kind for one in vetoes} == {RungKind.VETO}
    assert {one.state for one in vetoes} == set(veto_stories.SHARES)
    asked = [one for one in vetoes if one.consultations.exists()]
    assert len({one.unit for one in asked}) > 5
    numbers = set()
    for one in asked:
        departments = list(one.consultations.select_related("document"))
        assert {each.sha256 for each in departments} == {one.digest}
        numbers |= {each.document.number for each in departments}
    assert len(numbers) == len(asked)


def _a_meeting_goes_with_each_veto_that_it_decided():
    vetoes = AccountabilityMeasure.objects.select_related("decision_item__meeting", "plea")
    decided = [one for one in vetoes if one.decision_item_id]
    assert {one.state for one in decided} >= {MeasureState.SERVED, MeasureState.ENDED, MeasureState.DECLINED}
    assert len({one.decision_item.meeting_id for one in decided}) == len(decided) > 30
    for one in decided:
        item, meeting = one.decision_item, one.decision_item.meeting
        assert item.measure_laid_id == one.pk
        assert item.decision == (DecisionKind.DECLINED if one.state == MeasureState.DECLINED else DecisionKind.APPROVED)
        assert meeting.state == MeetingState.MINUTED
        assert one.created_at < meeting.begins_at < item.concluded_at
    pleas = [one.plea for one in vetoes if one.plea_or_none and one.plea.decision_item_id]
    assert {plea.standing for plea in pleas} == {PleaStanding.UPHELD, PleaStanding.REVOKED}
    assert any(one.referrals.exclude(outcome="").exists() for one in vetoes)
    assert Restriction.objects.filter(measure_laid__in=vetoes).values("measure_laid").distinct().count() > 20


def _meetings_of_their_own_give_units_something_to_do():
    own = Meeting.objects.exclude(items__measure_laid__isnull=False)
    assert own.count() == 90
    assert {meeting.state for meeting in own} == set(MeetingState)
    assert Invitation.objects.filter(meeting__in=own).exclude(received_at=None).exists()
    assert not Invitation.objects.filter(meeting__in=own.exclude(held_at=None), presence="").exists()
    assert not AgendaItem.objects.filter(meeting__in=own.exclude(minuted_at=None), conclusion="").exists()
    given = Assignment.objects.select_related("meeting")
    assert {one.state for one in given} == {AssignmentState.RUNNING, AssignmentState.CONCLUDED}
    assert len({one.unit_id for one in given}) > 20
    for one in given:
        assert one.matter == one.meeting.title
        assert one.source_number == one.meeting.minutes.number
        assert set(one.meeting.resolutions.values_list("unit", flat=True)) == {one.unit_id}


def _papers_name_their_own_meetings():
    """A number of its own for every meeting that stands, and on each paper that of its meeting alone."""
    numbers = []
    for meeting in Meeting.objects.prefetch_related("documents").order_by("serial"):
        assert meeting.year == meeting.local_begin.year
        for paper in meeting.documents.all():
            says = paper.title + re.sub(r"<[^<>]*>|\s", "", paper.html)
            assert set(re.findall(r"\d{4}年第\d+次", says)) == {f"{meeting.year}年第{meeting.serial}次"}
        if meeting.state != MeetingState.CANCELLED:
            numbers.append(((meeting.kind, meeting.year), meeting.serial))
    for series in {series for series, _ in numbers}:
        of_series = [serial for one, serial in numbers if one == series]
        assert of_series == list(range(1, len(of_series) + 1))


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


def test_received_letters_and_rounds_are_lawful(office):
    load_bulk(1000, 7, rooms=OF_THE_YEAR)
    is_whole()
    letters = ReceivedLetter.objects.with_relations()
    assert {letter.standing for letter in letters} == set(received_stories.SHARES)
    assert letters.exclude(late_days=0).exists()
    for letter in letters:
        key = paper_key(letter.organ, letter.number, letter.matter, letter.dated_on)
        assert (letter.paper_key, letter.matter_key) == (key, bare(letter.matter))
    rounds = SupervisionRound.objects.prefetch_related("visits__findings")
    assert {one.state for one in rounds} == set(RoundState) - {RoundState.CANCELLED}
    assert len({visit.unit_id for one in rounds for visit in one.visits.all()}) > 10


@pytest.mark.parametrize(
    ("rooms", "cases", "lists"),
    [(MEASURES, 90, ladder_lists), (OF_THE_YEAR, 1500, year_lists), (MEETINGS, 60, year_lists)],
)
def test_no_list_asks_more_for_more(office, rooms, cases, lists):
    load_bulk(cases, 7, rooms=rooms)
    before = statements_of(lists())
    load_bulk(cases, 7, rooms=rooms)
    assert statements_of(lists()) == before


def test_every_unit_of_every_week_has_a_lawful_return(office):
    towns = Unit.objects.in_use().filter(kind=UnitKind.TOWN).count()
    scheme = load_returns(towns + 20, 4, 7)
    is_whole()
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


def test_no_board_asks_more_for_more_units_and_weeks(office):
    set_setting(TIMES, 1)  # so that some have missed enough
    counted = []
    for units, weeks in ((90, 8), (180, 16)):
        with transaction.atomic():
            load_returns(units, weeks, 7)
            counted.append(statements_of(report_lists()))
            transaction.set_rollback(True)
    assert counted[0] == counted[1]
