"""日程: what is on which day, for whom; clashes; the home's seven days; the calendar file."""

from datetime import date, timedelta

import pytest
from icalendar import Calendar

from tests import cast
from tests.assessment import presented
from tests.factories import case_in, later, letter_in, take
from tests.meetings import BEGINS, called, post_of
from tests.received import received, replied
from tests.refusals import appoint
from tests.reporting import TITLE, filled, report_of, scheme_of, towns
from tests.rounds import announced, covert_round, planned_round, visit, visit_of
from tests.rounds import ended as ended_round
from tests.views.queries import queries_of
from tests.web import browser
from yuetan.actions.assessment.closing import close_assessment
from yuetan.actions.meeting.meetings import cancel_meeting
from yuetan.actions.reporting.acceptance import return_report
from yuetan.actions.reporting.release import excuse_reports
from yuetan.actions.rounds.announcing import announce_round
from yuetan.actions.rounds.closing import drop_visit
from yuetan.ledgers.agenda import agenda_span
from yuetan.ledgers.agenda.agenda import agenda, interviews_ahead
from yuetan.ledgers.agenda.agenda_entry import EntryKind
from yuetan.models import Assessment, Case, Meeting
from yuetan.rules.dates import clock
from yuetan.vocabulary import CaseState, LetterState, PostKind, Verb

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


def test_an_interview_that_was_called_off_stands_on_no_day_any_more(office):
    case = case_in(CaseState.NOTIFIED)
    assert entries(HEAD, EntryKind.INTERVIEW)
    take(Verb.WITHDRAW, case)
    for username in ("officer", "group_leader", HEAD):
        assert entries(username, EntryKind.INTERVIEW) == []


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
    monkeypatch.setattr(agenda_span, "MAX_ENTRIES", 1)
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


def lines(username, *, own=False, begin=None):
    """What the rooms of the year add, as a page says it, with its day."""
    begin = begin or clock.today() - timedelta(days=30)
    rooms = ("round-", "report-", "period-", "reply-", "objection")
    shown = agenda(cast.person(username), begin, begin + YEAR, own=own).entries
    return [f"{one.day} {one.label}：{one.unit} {one.words}" for one in shown if one.key.startswith(rooms)]


def test_until_when_is_reported_stands_for_each_unit_and_for_the_office_once(office):
    scheme = scheme_of()
    number, period = towns(), "2026年11月20日至11月26日"
    assert lines(HEAD) == [f"2026-11-26 报送时限：{TITLE}（{period}） 蓬江区棠下镇"]
    assert lines(OTHER) == [f"2026-11-26 报送时限：{TITLE}（{period}） 开平市三埠街道"]
    assert lines("officer") == [f"2026-11-26 报送时限：{TITLE}，{number} 个单位未报 {period}"]
    assert (lines("officer", own=True), lines("auditor")) == ([], [])
    assert lines(HEAD, own=True) == lines(HEAD)
    filled(report_of(scheme), by="head")
    assert lines(HEAD) == []
    assert lines("officer") == [f"2026-11-26 报送时限：{TITLE}，{number - 1} 个单位未报 {period}"]


def test_what_was_returned_is_a_day_of_its_own(office):
    version = filled(report_of(scheme_of()), by="head")
    return_report(version, by=cast.person("officer"), reason="数字偏小。", again_by=date(2026, 11, 30))
    period = "2026年11月20日至11月26日"
    assert lines(HEAD) == [f"2026-11-30 重新报送时限：{TITLE}（{period}） 蓬江区棠下镇"]
    assert lines("officer")[1:] == [f"2026-11-30 重新报送时限：{TITLE}，1 个单位未改报 {period}"]
    assert not any("重新" in line for line in lines(OTHER))


def test_nobody_is_awaited_for_what_is_excused(office):
    period = report_of(scheme_of()).period
    excuse_reports(period, by=cast.person("director"), everybody=True, units=[], reason="台风防御。")
    assert (lines(HEAD), lines("officer")) == ([], [])


def test_until_when_a_letter_is_replied_to_is_its_units_and_the_offices(office):
    letter = received()
    line = f"2026-12-04 回复检察建议书：蓬江区棠下镇 {letter.matter}"
    assert lines(HEAD) == lines("officer") == lines("group_leader") == lines(HEAD, own=True) == [line]
    assert lines(OTHER) == lines("officer", own=True) == lines("sysadmin") == []
    replied(letter)
    assert (lines(HEAD), lines("officer")) == ([], [])


def test_until_when_a_unit_objects_stands_once_for_the_office(office):
    presented()
    assert lines(HEAD) == ["2026-11-30 考核异议期限：2026年度考核 蓬江区棠下镇"]
    assert lines(OTHER) == ["2026-11-30 考核异议期限：2026年度考核 开平市三埠街道"]
    assert lines("officer") == ["2026-11-30 考核异议期限：2026年度考核 "]
    assert lines("officer", own=True) == []
    with later(days=10):
        close_assessment(Assessment.objects.get(), by=cast.person("director"))
        assert (lines(HEAD), lines("officer")) == ([], [])


def test_visits_of_a_round_are_of_the_office_and_once_announced_of_the_unit(office):
    of_round = planned_round()
    town, county = (f"2026-11-25 督导：{unit} {of_round.title}" for unit in ("蓬江区棠下镇", "新会区"))
    assert lines(HEAD) == []
    assert sorted(lines("officer")) == sorted(lines("officer", own=True)) == sorted([town, county])
    assert lines("second_officer", own=True) == []
    announce_round(of_round, by=cast.person("officer"))
    assert lines(HEAD) == [town]
    assert lines(OTHER) == []
    drop_visit(visit_of(of_round), by=cast.person("officer"), reason="已由上级督导。")
    assert lines(HEAD) == []
    assert lines("officer") == [county]


def linked(username):
    shown = agenda(cast.person(username), clock.today(), clock.today() + 3 * YEAR, own=False).entries
    return [(str(one.day), one.label) for one in shown if one.key.startswith("linked-round-")]


def test_the_next_linked_round_stands_on_its_last_day_until_it_is_planned(office):
    assert linked("officer") == []
    ended_round()
    assert linked("officer") == linked("supervisor") == [("2028-12-04", "开展联动督导")]
    assert linked(HEAD) == []
    with later(days=3):
        planned_round(begins_on=clock.today(), ends_on=clock.today(), visits=[visit(day=clock.today())])
        assert linked("officer") == []


def test_a_covert_visit_is_no_day_of_its_unit_before_it_has_come(office):
    covert_round()
    assert lines(HEAD) == lines(HEAD, own=True) == []
    assert "农贸市场明察暗访" not in browser(HEAD).get("/agenda/mine.ics").content.decode()
    with later(days=2):
        assert lines(HEAD) == []
    with later(days=3):
        assert lines(HEAD) == ["2026-11-25 督导：蓬江区棠下镇 农贸市场明察暗访"]


def test_who_holds_a_post_in_the_unit_learns_no_more_than_the_unit(office):
    """回避: an officer who is also of the town sees nothing of a covert round to it until that day."""
    covert_round()
    appoint(cast.person("second_officer"), cast.unit(cast.TOWN), PostKind.LIAISON, "联络员")
    assert lines("second_officer") == []
    with later(days=3):
        assert lines("second_officer") == lines("officer")


def test_a_meeting_takes_a_room_and_its_chair_as_an_interview_does(office):
    case = case_in(CaseState.NOTIFIED)
    begins, who = case.scheduled_at + timedelta(minutes=90), case.interviewer.holder.name
    meeting = called(begins_at=begins, place=case.place, chair=post_of("group_leader"))
    both = (EntryKind.INTERVIEW, EntryKind.MEETING)
    assert [one.clash for one in entries("officer", *both)] == [
        f"地点“{case.place}”（会议）",
        f"地点“{case.place}”（约谈）",
    ]
    Meeting.objects.filter(pk=meeting.pk).update(place="另一处")
    assert [one.clash for one in entries("officer", *both)] == ["", ""]
    Meeting.objects.filter(pk=meeting.pk).update(chair=case.interviewer)
    assert [one.clash for one in entries("officer", *both)] == [f"约谈人{who}（会议）", f"主持人{who}（约谈）"]
    assert entries(HEAD, EntryKind.INTERVIEW)[0].clash == ""  # who was not convened hears nothing of the meeting
    (ahead,) = interviews_ahead(cast.person("officer"), clock.today(), clock.today() + YEAR, 10)
    assert ahead.clash == f"约谈人{who}（会议）"
    cancel_meeting(meeting, by=cast.person("officer"), reason="改期。")
    assert entries("officer", EntryKind.INTERVIEW)[0].clash == ""


def test_two_meetings_in_one_room_clash(office):
    called()
    called(begins_at=BEGINS + timedelta(hours=2), chair=post_of("deputy"))
    assert {one.clash for one in entries("officer", EntryKind.MEETING)} == {"地点“市委大院1号楼302会议室”"}


def test_a_span_with_too_many_letters_ends_where_it_is_whole(office, monkeypatch):
    monkeypatch.setattr(agenda_span, "MAX_ENTRIES", 1)
    received()
    received(cast.COUNTY, reply_due=date(2026, 12, 7))
    cut = agenda(cast.person("officer"), date(2026, 12, 1), date(2026, 12, 31))
    assert cut.complete_until == date(2026, 12, 6)
    assert [one.unit for one in cut.entries] == ["蓬江区棠下镇"]


def test_more_of_each_room_cost_the_queries_of_one(office):
    scheme_of()
    received()
    announced()
    presented()
    urls = {who: browser(who) for who in ("officer", HEAD)}
    address = "/agenda/?view=list&day=2026-11-20"
    for client in urls.values():
        client.get(address)  # what is kept in memory is kept
    one = {who: queries_of(client, address) for who, client in urls.items()}
    scheme_of("每周宣传发动情况")
    for number in (7, 8):
        received(number=f"江检建〔2026〕{number}号")
        announced(title=f"第{number}次督导")
    assert {who: queries_of(client, address) for who, client in urls.items()} == one


def test_the_calendar_file_holds_the_limits_of_ones_own_unit(office):
    scheme_of()
    received()
    events = Calendar.from_ical(browser(HEAD).get("/agenda/mine.ics").content).walk("VEVENT")
    said = [f"{event.decoded('dtstart')} {event['summary']}" for event in events]
    assert [line.split("：")[0] for line in said] == ["2026-11-26 报送时限", "2026-12-04 回复检察建议书"]
