"""Meetings of the demonstration: the 会议纪要 that were put right, with the paper they replaced."""

from datetime import datetime, time

import pytest

from tests.documents.builders import plain
from yuetan.models import AgendaItem, CalendarDay, Document, Meeting, MeetingCorrection, ReceiptScan
from yuetan.rules.dates.working_days import is_working_day
from yuetan.rules.text.official_text import CHINA_STANDARD_TIME
from yuetan.scenarios.demo.meetings import last_begun
from yuetan.vocabulary import DocumentKind, MeetingKind


def test_minutes_that_were_put_right_stand_beside_those_they_replaced(played):
    (correction,) = MeetingCorrection.objects.issued()
    meeting = Meeting.objects.get(pk=correction.meeting_id)
    assert meeting.kind == MeetingKind.JOINT
    assert (correction.drafted_by.username, correction.confirmed_by.username) == ("officer", "director")
    papers = Document.objects.filter(meeting=meeting, kind=DocumentKind.MEETING_MINUTES).order_by("issued_at")
    old, new = papers
    assert new.replaces == old
    assert "两个阶段" in plain(old.html)
    assert "三个阶段" in plain(new.html)
    assert f"（{old.number}）因{correction.reason}，现予更正重印，由本纪要替代。" in plain(new.html)
    assert meeting.minutes == new


def test_one_notice_was_signed_for_on_paper(played):
    (scan,) = ReceiptScan.objects.filter(invitation__isnull=False)
    assert scan.invitation.receipt.is_of_paper
    assert scan.document.kind == DocumentKind.MEETING_NOTICE


def test_every_collective_conclusion_says_how_it_came_about_and_is_signed(played):
    items = list(AgendaItem.objects.filter(is_collective=True))
    assert any(item.must_be_collective for item in items)
    assert all(item.discussion and item.files.filter(is_signed=True).count() == 1 for item in items)


@pytest.mark.parametrize(
    ("loaded", "begins"),
    [
        ("2026-11-23T01:18", "2026-11-20T15:00"),  # a Monday at night: the Friday before
        ("2026-11-23T08:59", "2026-11-20T15:00"),
        ("2026-11-23T09:00", "2026-11-23T09:00"),
        ("2026-11-23T23:30", "2026-11-23T15:00"),
        ("2026-11-22T12:00", "2026-11-20T15:00"),  # a Sunday
        ("2026-10-05T12:00", "2026-09-30T15:00"),  # a holiday
    ],
)
def test_a_meeting_that_decided_began_in_working_hours_whenever_the_demo_is_loaded(office, loaded, begins):
    moments = [datetime.fromisoformat(each).replace(tzinfo=CHINA_STANDARD_TIME) for each in (loaded, begins)]
    assert last_begun(moments[0]) == moments[1]


def test_meetings_begin_in_working_hours_of_a_working_day(played):
    calendar = CalendarDay.objects.calendar()
    meetings = list(Meeting.objects.all())
    assert meetings
    for meeting in meetings:
        begins = meeting.begins_at.astimezone(CHINA_STANDARD_TIME)
        assert is_working_day(begins.date(), calendar), begins
        assert time(8, 30) <= begins.time() <= time(17, 30), begins
