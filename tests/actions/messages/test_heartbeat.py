"""Signs of life beside the site, and a clock that goes ahead or back: nothing too early, nothing out of order."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from tests import cast
from tests.factories import case_in, later, take
from tests.web import Visitor
from yuetan.actions.messages.daily import daily
from yuetan.actions.messages.heartbeat import ClockWatch
from yuetan.actions.messages.watch import recurring_jobs
from yuetan.models import Alert, ClockJump, DailyRun, Event, Heartbeat
from yuetan.rules.dates import clock
from yuetan.vocabulary import CaseState, Verb

HOUR = 3600
SILENT = "起没有运行，提醒、消息投送都已停止"


class Steady:
    """The seconds that have passed, whatever the clock says."""

    seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def daily_if_due() -> None:
    """As a watch does it in each round; the round itself would close the connection of the test."""
    next(job.work for job in recurring_jobs() if job.name == "每日任务")()


def home_of(username: str):
    return Visitor(cast.person(username)).open("/")


def test_a_watch_that_stands_still_is_seen_within_minutes(office):
    assert SILENT not in home_of("sysadmin")  # an installation may have none, and a timer instead
    ClockWatch().look()
    with later(minutes=4):
        assert SILENT not in home_of("sysadmin")
    with later(minutes=6):
        assert "值守程序自2026年11月23日" in home_of("sysadmin")
        assert SILENT in home_of("director")
        assert SILENT not in home_of("officer")
        run = DailyRun.objects.create()  # what takes long is done beside it, and excuses nothing
        assert SILENT in home_of("sysadmin")
        run.delete()
        ClockWatch().look()
        assert clock.now() - Heartbeat.objects.get().at < timedelta(minutes=1)
        assert SILENT not in home_of("sysadmin")


STUCK = "起没有进展，其中一项一直没有做完"


def test_a_daily_run_that_stands_still_is_seen_beside_a_watch_that_lives(office):
    daily_if_due()
    with later(hours=5):
        ClockWatch().look()
        assert STUCK not in home_of("sysadmin")
    with later(hours=7):
        ClockWatch().look()
        page = home_of("sysadmin")
        assert "每日任务自2026年11月23日" in page
        assert STUCK in page
        assert SILENT not in page
        assert STUCK not in home_of("officer")
        daily()  # each job that is done is a sign of life
        assert STUCK not in home_of("sysadmin")


def test_a_daily_run_by_a_timer_leaves_no_sign_that_somebody_would_miss(office):
    daily()
    assert not Heartbeat.objects.exists()


def test_a_jump_ahead_sends_nothing_before_somebody_says_that_it_is_right(office):
    case_in(CaseState.RECTIFYING)
    steady = Steady()
    watch = ClockWatch(steady)
    watch.look()
    steady.seconds += 30
    with later(days=9):
        watch.look()
        daily_if_due()
        assert not DailyRun.objects.exists()
        assert not Alert.objects.filter(key__startswith="task:").exists()
        words = "服务器时间从 2026-11-23 10:00 跳到了 2026-12-02 10:00，提醒已暂停发送"
        assert words in home_of("sysadmin")
        with pytest.raises(CommandError, match=words):
            call_command("daily")
        call_command("confirm_clock")
        assert "提醒已暂停发送" not in home_of("sysadmin")
        daily_if_due()
        assert DailyRun.objects.finished().count() == 1
        assert Alert.objects.filter(key__startswith="task:").exists()
        assert ClockJump.objects.get().confirmed_by
    with pytest.raises(CommandError, match="不需要确认"):
        call_command("confirm_clock")


def test_a_clock_that_is_set_right_goes_on_by_itself(office):
    steady = Steady()
    watch = ClockWatch(steady)
    watch.look()
    with later(hours=30):
        watch.look()
        assert ClockJump.objects.undecided().exists()
    watch.look()
    assert not ClockJump.objects.undecided().exists()
    assert ClockJump.objects.get().ended_at is not None


def test_time_that_has_passed_is_no_jump(office):
    steady = Steady()
    watch = ClockWatch(steady)
    watch.look()
    steady.seconds += 30 * HOUR
    with later(hours=30, minutes=20):
        watch.look()
    with later(days=9):
        ClockWatch(steady).look()  # begun anew after some days
    assert not ClockJump.objects.exists()
    with later(days=30):
        ClockWatch(steady).look()
    jump = ClockJump.objects.get()
    assert (jump.noticed_at - jump.known_at).days in (20, 21)


def test_no_event_lies_before_the_one_it_follows(office):
    case = case_in(CaseState.IN_REVIEW)
    last = Event.objects.filter(case=case).newest_first()[0]
    with later(hours=-5):
        director = Visitor(cast.person("director"))
        page = director.open(f"/cases/{case.pk}/steps/endorse/")
        page = director.press("核稿同意，报审定", expect=422, opinion="同意。")
        assert "服务器现在的时间早于这件事项上一步的时间，这一步没有办理" in page
    case.refresh_from_db()
    assert (case.state, Event.objects.filter(case=case).newest_first()[0]) == (CaseState.IN_REVIEW, last)


def test_a_clock_corrected_by_seconds_stops_nobody(office):
    case = case_in(CaseState.IN_REVIEW)
    last = Event.objects.filter(case=case).newest_first()[0]
    with later(seconds=(last.created_at - clock.now()).total_seconds() - 20):
        take(Verb.ENDORSE, case)
    endorsed = Event.objects.get(case=case, verb=Verb.ENDORSE)
    assert endorsed.created_at == last.created_at


def test_what_was_done_while_the_clock_was_wrong_keeps_nobody_waiting(office):
    """Its time lies ahead for good; what follows it bears the same, once the clock is known to have been wrong."""
    watch = ClockWatch(Steady())
    watch.look()
    case = case_in(CaseState.IN_REVIEW)
    with later(days=400):
        watch.look()
        take(Verb.ENDORSE, case)
    watch.look()
    take(Verb.APPROVE, case)
    endorsed, approved = (Event.objects.get(case=case, verb=verb) for verb in (Verb.ENDORSE, Verb.APPROVE))
    assert approved.created_at == endorsed.created_at
