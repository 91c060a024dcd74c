"""日程: what is on which day, for whom; clashes; the home's seven days; the calendar file."""

from datetime import date, timedelta

import pytest
from icalendar import Calendar

from tests import cast
from tests.factories import case_in, later, letter_in
from tests.views.queries import queries_of
from tests.web import browser
from yuetan.ledgers import agenda as ledger
from yuetan.ledgers.agenda import agenda
from yuetan.ledgers.agenda_entry import EntryKind
from yuetan.models import Case
from yuetan.rules.dates import clock
from yuetan.vocabulary import CaseState, LetterState

HEAD, OTHER = f"head_{cast.TOWN}", f"head_{cast.DIVISION_TOWN}"
YEAR = timedelta(days=365)


def entries(username, *kinds, own=False):
    begin = clock.today() - timedelta(days=30)
    shown = agenda(cast.person(username), begin, begin + YEAR, own=own).entries
    return [entry for entry in shown if entry.kind in (kinds or EntryKind)]


def test_an_interview_stands_on_its_day_for_both_sides_and_nobody_else(office):
    case = case_in(CaseState.NOTIFIED)
    for username in ("officer", "group_leader", "supervisor", HEAD):
        (entry,) = entries(username, EntryKind.INTERVIEW)
        assert (entry.begins, entry.place, entry.url) == (case.scheduled_at, case.place, f"/cases/{case.pk}/")
        assert entry.day == case.scheduled_at.astimezone(entry.begins.tzinfo).date()
    assert entries(OTHER) == []


def test_before_the_notice_the_unit_has_nothing_on_its_days(office):
    case_in(CaseState.APPROVED)
    assert entries(HEAD) == []


def test_limits_stand_once_each_whoever_they_wait_for(office):
    case = case_in(CaseState.NOTIFIED)
    listed = [(entry.day, entry.label) for entry in entries("officer", EntryKind.LIMIT)]
    assert len(set(listed)) == len(listed)
    assert (case.receipt_due_on, "签收通知") in listed
    assert {entry.url for entry in entries(HEAD, EntryKind.LIMIT)} == {f"/cases/{case.pk}/"}


def test_the_answer_to_a_letter_is_a_limit_of_its_unit(office):
    letter = letter_in(LetterState.ISSUED)
    unit = letter.unit
    heads = [post.holder.username for post in unit.posts.all() if post.holder.username]
    assert any(letter.answer_until == entry.day for entry in entries(heads[0], EntryKind.LIMIT))
    assert entries(OTHER) == []


def test_a_planned_inspection_and_revisit_are_the_inner_sides_alone(office):
    inspecting, closed = case_in(CaseState.INSPECTING), case_in(CaseState.CLOSED)
    planned = inspecting.inspections.get()
    kinds = (EntryKind.INSPECTION, EntryKind.REVISIT)
    if planned.planned_on:
        assert (EntryKind.INSPECTION, planned.planned_on) in {(one.kind, one.day) for one in entries("officer", *kinds)}
    revisit = closed.revisits.get()
    assert (EntryKind.REVISIT, revisit.planned_on) in {(one.kind, one.day) for one in entries("officer", *kinds)}
    assert entries(HEAD, *kinds) == []


def test_own_days_hold_what_one_takes_part_in(office):
    case = case_in(CaseState.NOTIFIED)
    assert entries(case.interviewer.holder.username, EntryKind.INTERVIEW, own=True)
    assert entries("auditor", own=True) == []
    assert entries("second_officer", EntryKind.INTERVIEW, own=True) == []


def test_two_interviews_of_one_leader_within_the_hours_are_marked_as_a_clash(office, division_town):
    first = case_in(CaseState.NOTIFIED)
    second = case_in(CaseState.NOTIFIED, unit=division_town)
    Case.objects.filter(pk=second.pk).update(
        scheduled_at=first.scheduled_at + timedelta(minutes=90), place="另一处", interviewer=first.interviewer
    )
    assert {entry.clash for entry in entries("officer", EntryKind.INTERVIEW)} == {
        f"约谈人{first.interviewer.holder.name}"
    }
    Case.objects.filter(pk=second.pk).update(scheduled_at=first.scheduled_at + timedelta(days=2))
    assert {entry.clash for entry in entries("officer", EntryKind.INTERVIEW)} == {""}


def test_too_much_is_cut_at_a_whole_day_and_said(office, monkeypatch):
    case = case_in(CaseState.NOTIFIED)
    monkeypatch.setattr(ledger, "MAX_ENTRIES", 1)
    begin = clock.today()
    cut = agenda(cast.person("officer"), begin, begin + YEAR)
    assert cut.complete_until < begin + YEAR
    assert all(entry.day <= cut.complete_until for entry in cut.entries)
    page = browser("officer").get(f"/agenda/?view=list&day={case.receipt_due_on}").content.decode()
    assert "只列到" in page


@pytest.mark.parametrize("view", ["month", "week", "list", "nothing"])
@pytest.mark.parametrize("day", ["", "2026-11-23", "gestern", "0001-01-01", "9999-12-31"])
def test_every_view_of_every_day_is_a_page(office, view, day):
    assert browser("officer").get("/agenda/", {"view": view, "day": day}).status_code == 200


def test_pages_lead_from_month_to_month(office):
    page = browser("officer").get("/agenda/?day=2026-12-31")
    assert page.context["title"] == "2026年12月"
    following = browser("officer").get(f"/agenda/{page.context['next_url']}")
    assert following.context["title"] == "2027年1月"
    assert next(day.day for day in following.context["days"]) == date(2026, 12, 28)
    days = browser("officer").get("/agenda/?view=list&day=2026-12-20")
    assert days.context["title"] == "2026年12月20日至2027年1月18日"
    before = browser("officer").get(f"/agenda/{page.context['previous_url']}")
    assert before.context["title"] == "2026年11月"


def test_the_home_shows_the_interviews_of_today_and_the_next_seven_days(office):
    case = case_in(CaseState.NOTIFIED)
    day = case.scheduled_at - timedelta(minutes=1) - clock.now()
    with later(seconds=day.total_seconds()):
        for username in ("officer", "group_leader", HEAD):
            words = browser(username).get("/").content.decode()
            assert "今天和今后七天的约谈" in words
            assert case.place in words
        assert "今天和今后七天的约谈" not in browser(OTHER).get("/").content.decode()
    with later(days=60):
        assert "今天和今后七天的约谈" not in browser("officer").get("/").content.decode()


def test_three_interviews_cost_the_queries_of_one(office, division_town):
    case_in(CaseState.NOTIFIED)
    client = browser("officer")
    url = f"/agenda/?view=list&day={clock.today()}"
    one = queries_of(client, url)
    case_in(CaseState.NOTIFIED, unit=division_town)
    case_in(CaseState.NOTIFIED)
    assert queries_of(client, url) == one


def test_the_calendar_file_can_be_read_by_a_calendar(office):
    case = case_in(CaseState.NOTIFIED)
    answer = browser(case.interviewer.holder.username).get("/agenda/mine.ics")
    assert answer["Content-Type"].startswith("text/calendar")
    events = Calendar.from_ical(answer.content).walk("VEVENT")
    (interview,) = [event for event in events if str(event["uid"]).startswith("interview-")]
    assert interview.decoded("dtstart") == case.scheduled_at
    assert str(interview["location"]) == case.place
    assert str(interview["url"]).endswith(f"/cases/{case.pk}/")
