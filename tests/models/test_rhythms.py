"""How often meetings and 联动督导 are wanted: the span in which a day lies, its last day, and when one is reminded."""

from datetime import date

import pytest

from tests.meetings import called
from tests.past_triggers import past_triggers
from tests.rounds import ended
from yuetan.actions.meeting.meetings import cancel_meeting
from yuetan.models import OfficeSetting, SupervisionRound
from yuetan.models.meeting.rhythm import unplanned_on
from yuetan.models.rounds.rhythm import linked_round_due
from yuetan.vocabulary import MeetingKind

pytestmark = pytest.mark.usefixtures("office")


def set_numbers(**numbers):
    for key, value in numbers.items():
        assert OfficeSetting.objects.filter(key=key).update(value=value) == 1, key


def meetings_every(months, days_before):
    """The one kind that is wanted, so often."""
    none = dict.fromkeys((f"{kind.value}_meeting_months" for kind in MeetingKind), 0)
    wanted = f"{MeetingKind.LEADING_GROUP.value}_meeting_months"
    set_numbers(**{**none, wanted: months, "meeting_reminder_days": days_before})


@pytest.mark.parametrize(
    ("months", "day", "first", "last"),
    [
        (1, date(2027, 2, 28), date(2027, 2, 1), date(2027, 2, 28)),
        (3, date(2026, 12, 31), date(2026, 10, 1), date(2026, 12, 31)),
        (3, date(2027, 1, 1), date(2027, 1, 1), date(2027, 3, 31)),
        (5, date(2026, 11, 1), date(2026, 11, 1), date(2026, 12, 31)),  # what is left of the year
        (6, date(2026, 6, 30), date(2026, 1, 1), date(2026, 6, 30)),
        (12, date(2026, 7, 1), date(2026, 1, 1), date(2026, 12, 31)),
        (24, date(2026, 7, 1), date(2026, 1, 1), date(2026, 12, 31)),  # a year at most
    ],
)
def test_the_months_in_which_a_meeting_is_wanted(months, day, first, last):
    meetings_every(months, 400)
    (one,) = unplanned_on(day)
    assert (one.kind, one.first, one.last) == (MeetingKind.LEADING_GROUP, first, last)


def test_one_is_reminded_so_many_days_before_the_span_ends_until_a_meeting_is_planned():
    meetings_every(3, 30)
    assert unplanned_on(date(2026, 11, 30)) == []
    (one,) = unplanned_on(date(2026, 12, 1))
    assert one.words == "2026年10月1日至2026年12月31日还没有安排领导小组会议"
    meeting = called()
    assert unplanned_on(date(2026, 12, 1)) == []
    assert unplanned_on(date(2027, 3, 31)) != []  # that one lies in the span before
    cancel_meeting(meeting, by=meeting.called_by, reason="领导另有安排。")
    assert unplanned_on(date(2026, 12, 31)) == [one]
    meetings_every(0, 30)
    assert unplanned_on(date(2026, 12, 31)) == []


@pytest.mark.parametrize(
    ("last", "months", "due"),
    [
        (date(2026, 12, 4), 24, date(2028, 12, 4)),
        (date(2026, 12, 4), 1, date(2027, 1, 4)),
        (date(2026, 11, 30), 1, date(2026, 12, 30)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 12, 31), 12, date(2027, 12, 31)),
    ],
)
def test_the_next_round_is_due_so_many_calendar_months_after_the_last(last, months, due):
    of_round = ended()
    with past_triggers():
        SupervisionRound.objects.filter(pk=of_round.pk).update(ends_on=last)
    set_numbers(linked_round_months=months, round_reminder_days=0)
    found = linked_round_due(due)
    assert found is not None
    assert (found.last, found.due_on) == (last, due)
    assert linked_round_due(date.fromordinal(due.toordinal() - 1)) is None
