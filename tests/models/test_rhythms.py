"""How often meetings and 联动督导 are wanted: the span in which a day lies, its last day, and when one is reminded."""

from datetime import date, datetime, timedelta

import pytest
import time_machine

from tests import cast
from tests.meetings import AFTER, attended, called, convened
from tests.past_triggers import past_triggers
from tests.rounds import ended
from yuetan.actions.meeting.meetings import cancel_meeting
from yuetan.actions.messages.meeting_reminders import remind_of_meetings
from yuetan.ledgers.agenda.agenda import agenda
from yuetan.ledgers.agenda.agenda_entry import EntryKind
from yuetan.models import Event, OfficeSetting, SettingChange, SupervisionRound
from yuetan.models.record.meeting_rhythm import unplanned_on
from yuetan.models.rounds.rhythm import linked_round_due
from yuetan.rules.dates import clock
from yuetan.rules.text.official_text import CHINA_STANDARD_TIME
from yuetan.views.home.meeting_todos import meetings_to_plan
from yuetan.vocabulary import MeetingKind, SettingOutcome

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


@pytest.fixture
def begun(office):
    """Something stands in the record since the Monday of the cast."""
    meeting = called(kind=MeetingKind.SPECIAL, topic="布置工作")
    cancel_meeting(meeting, by=meeting.called_by, reason="领导另有安排。")


def marks(day):
    """(whether it is missed, the first day) of what is wanted of the one kind."""
    return [(one.is_missed, one.first) for one in unplanned_on(day)]


def test_a_span_that_ended_without_a_meeting_is_said_until_the_next_one_is_held(begun):
    meetings_every(3, 30)
    fourth, first = date(2026, 10, 1), date(2027, 1, 1)
    assert marks(date(2027, 1, 1)) == [(True, fourth)]
    assert marks(date(2027, 4, 1)) == [(True, fourth), (True, first)]
    assert unplanned_on(date(2027, 1, 1))[0].words == ("2026年10月1日至2026年12月31日没有召开领导小组会议，应当补开")
    with time_machine.travel(datetime(2027, 4, 2, 9, tzinfo=CHINA_STANDARD_TIME), tick=False):
        meeting = convened(begins_at=clock.now() + timedelta(days=3))
    assert marks(date(2027, 4, 6)) == [(True, fourth), (True, first)]
    with time_machine.travel(meeting.begins_at + timedelta(hours=3), tick=False):
        attended(meeting)
    assert marks(date(2027, 4, 6)) == []
    assert marks(date(2027, 7, 1)) == []
    assert marks(date(2027, 10, 1)) == [(True, date(2027, 7, 1))]


def test_a_meeting_whose_hour_passed_without_a_notice_counts_for_nothing():
    meetings_every(3, 30)
    called()
    assert marks(date(2026, 12, 1)) == []
    with time_machine.travel(AFTER, tick=False):
        assert marks(date(2026, 12, 1)) == [(False, date(2026, 10, 1))]
    sent = convened()
    with time_machine.travel(AFTER, tick=False):
        assert marks(date(2026, 12, 1)) == marks(date(2027, 1, 1)) == []  # perhaps it is only not written down
        assert marks(date(2027, 4, 1)) == [(True, date(2027, 1, 1))]
        attended(sent)
        assert marks(date(2026, 12, 1)) == marks(date(2027, 1, 1)) == []


def test_a_convened_meeting_that_was_cancelled_was_not_held():
    meetings_every(3, 30)
    sent = convened()
    with time_machine.travel(AFTER, tick=False):
        cancel_meeting(sent, by=sent.called_by, reason="领导另有安排。")
        assert marks(date(2027, 1, 1)) == [(True, date(2026, 10, 1))]


def test_nobody_is_reproached_with_a_span_of_which_no_reminder_was_due(begun):
    meetings_every(3, 30)
    assert Event.objects.earliest("created_at").created_at == cast.MONDAY
    assert marks(date(2027, 1, 1)) == [(True, date(2026, 10, 1))]
    meetings_every(3, 60)  # by which one had been reminded on a day before anything was kept here
    assert marks(date(2027, 1, 1)) == []
    meetings_every(3, 30)
    setting = OfficeSetting.objects.get(key="leading_group_meeting_months")
    facts = {"setting": setting, "before": 0, "after": 3, "proposed_by": cast.person("director")}
    late = datetime(2026, 12, 20, 9, tzinfo=CHINA_STANDARD_TIME)
    change = SettingChange.objects.create(**facts, proposed_at=late, outcome=SettingOutcome.PENDING)
    assert marks(date(2027, 1, 1)) == [(True, date(2026, 10, 1))]
    SettingChange.objects.filter(pk=change.pk).update(outcome=SettingOutcome.IN_EFFECT)
    assert marks(date(2027, 1, 1)) == []
    assert marks(date(2027, 4, 1)) == [(True, date(2027, 1, 1))]


def test_what_is_wanted_stands_in_the_calendar_of_who_calls_meetings():
    meetings_every(3, 30)
    wanted = [(EntryKind.LIMIT, date(2026, 12, 31), "召开领导小组会议")]

    def entries(username, until=date(2026, 12, 31)):
        read = agenda(cast.person(username), clock.today(), until).entries
        return [(one.kind, one.day, one.step) for one in read if one.step.startswith("召开")]

    assert entries("officer") == entries("director") == wanted
    assert entries("officer", date(2026, 12, 30)) == []
    for username in ("group_leader", "supervisor", f"head_{cast.TOWN}", "sysadmin"):
        assert entries(username) == []
    called()
    assert entries("officer") == []


def test_several_missed_spans_are_one_line_of_what_waits_and_each_is_said_once(begun):
    meetings_every(3, 30)
    day = date(2027, 4, 1)
    with time_machine.travel(datetime(2027, 4, 1, 9, tzinfo=CHINA_STANDARD_TIME), tick=False):
        (line,) = meetings_to_plan(cast.person("officer"))
        assert line.pending == "2026年10月1日至2027年3月31日连续2期没有召开领导小组会议，应当补开"
        assert list(meetings_to_plan(cast.person("supervisor"))) == []
        assert remind_of_meetings(day)["没有安排"] == 2
        assert remind_of_meetings(day)["没有安排"] == 0
