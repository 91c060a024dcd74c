"""Meetings of the demonstration: the 会议纪要 that were put right, with the paper they replaced."""

from tests.documents.builders import plain
from yuetan.models import AgendaItem, Document, Meeting, MeetingCorrection
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


def test_every_collective_conclusion_says_how_it_came_about_and_is_signed(played):
    items = list(AgendaItem.objects.filter(is_collective=True))
    assert any(item.must_be_collective for item in items)
    assert all(item.discussion and item.files.filter(is_signed=True).count() == 1 for item in items)
