"""值守: neither a job that fails nor a database that goes away ends it; and should it die, it is started again."""

import os
import signal
import subprocess
import threading
import time
from contextlib import ExitStack, suppress
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection

from tests.factories import case_in, later, set_setting
from tests.office_database import owner_cursor
from yuetan.actions.messages import channels, heartbeat
from yuetan.actions.messages import daily as daily_module
from yuetan.actions.messages.daily import is_due
from yuetan.actions.messages.watch import RecurringJob
from yuetan.management.commands import watch as command
from yuetan.models import DailyRun, Delivery, Heartbeat, StalePending
from yuetan.rules.dates import clock
from yuetan.vocabulary import CaseState, DeliveryState

pytestmark = pytest.mark.django_db(transaction=True)  # a watch closes its connections

PATIENCE = 60  # seconds, on a machine that is busy with other things


class Stopped(BaseException):
    """Somebody has pressed Ctrl-C."""


def stop():
    raise Stopped


def watch_through(monkeypatch, *between):
    """Keep watch, with one of these between each round and the next."""
    watch_next_to_what_is_long(monkeypatch, *(after_what_is_long(each) for each in between))


def watch_next_to_what_is_long(monkeypatch, *between):
    """Likewise, while what is long still goes on."""
    left = iter(between)
    monkeypatch.setattr(command.time, "sleep", lambda seconds: next(left)())
    with pytest.raises(Stopped):
        call_command("watch")


def after_what_is_long(then):
    def waited():
        for thread in threads_of_the_daily_run():
            thread.join(PATIENCE)
            assert not thread.is_alive()
        then()

    return waited


def threads_of_the_daily_run():
    return [thread for thread in threading.enumerate() if thread.name == "每日任务"]


def wait():
    """Nothing happens between two rounds."""


def database_goes_away():
    """Nobody gets in any more, and whoever is in is put out."""
    name = connection.settings_dict["NAME"]
    with owner_cursor() as cursor:
        cursor.execute(f'ALTER DATABASE "{name}" WITH ALLOW_CONNECTIONS false')
        cursor.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])


def database_returns():
    with owner_cursor() as cursor:
        cursor.execute(f'ALTER DATABASE "{connection.settings_dict["NAME"]}" WITH ALLOW_CONNECTIONS true')


def test_a_database_that_goes_away_is_waited_for(office, monkeypatch, caplog):
    monkeypatch.setattr(heartbeat, "MAX_JUMP", timedelta(days=2))  # the day that comes has passed
    away = []

    def nobody_is_there():
        with pytest.raises(OperationalError):
            connection.ensure_connection()
        away.append(True)

    with ExitStack() as days:
        days.callback(database_returns)
        goes = (database_goes_away, nobody_is_there, wait)
        # What failed twice is left out of three rounds; meanwhile another day has come.
        returns = (database_returns, lambda: days.enter_context(later(days=1)), wait, wait)
        watch_through(monkeypatch, *goes, *returns, stop)
        assert away
        assert not is_due()
        assert DailyRun.objects.finished().count() == 2
    for name in ("每日任务", "消息投送"):
        assert f"watch: {name} failed, to be tried again in about 60 seconds" in caplog.text
        assert f"watch: {name} failed, to be tried again in about 120 seconds" in caplog.text
        assert f"watch: {name} works again" in caplog.text


def test_what_goes_on_failing_is_tried_less_and_less_often():
    rounds, turns = [], []

    def fail():
        turns.append(len(rounds))
        raise OSError

    job = RecurringJob("试一试", fail)
    for number in range(1, 100):
        rounds.append(number)
        job.run_if_its_turn()
    assert turns == [1, 3, 7, 15, 31, 63, 95]


def test_what_works_again_has_every_turn_again():
    turns = []

    def fail_at_first():
        turns.append(len(turns))
        if len(turns) == 1:
            raise OSError

    job = RecurringJob("试一试", fail_at_first)
    for _ in range(6):
        job.run_if_its_turn()
    assert (len(turns), job.failures) == (5, 0)


def test_what_takes_long_has_a_thread_only_when_it_is_due():
    """A thread opens a connection of its own, and would do so twice a minute only to learn that nothing is."""
    answers, asked, done = iter((False, OSError, True)), [], []

    def is_due():
        asked.append(threading.current_thread())
        if (answer := next(answers)) is OSError:
            raise answer
        return answer

    job = RecurringJob("试一试", lambda: done.append(threading.current_thread()), is_due)
    failures = []
    for _ in range(4):  # in the third it is left out
        job.begin_if_its_turn()
        failures.append((job.failures, len(done)) if not done else None)
    assert set(asked) == {threading.current_thread()}
    assert failures[:3] == [(0, 0), (1, 0), (1, 0)]
    for thread in done:
        thread.join(PATIENCE)
    assert [thread.name for thread in done] == ["试一试"]
    assert job.failures == 0


def test_messages_and_pending_steps_do_not_wait_for_a_long_check(office, settings, monkeypatch):
    """The check of the records takes as long as it likes; round by round the rest is done, and no second run begins."""
    settings.ALERT_WEBHOOK = "https://gateway.example/"
    going_on, may_end, begun, sent = threading.Event(), threading.Event(), [], []

    def check_for_hours(today):
        begun.append(today)
        going_on.set()
        assert may_end.wait(PATIENCE)
        return {"不一致": 0}

    def write_and_mark():
        assert going_on.wait(PATIENCE)
        case = case_in(CaseState.IN_REVIEW)
        StalePending.objects.create(case=case)
        assert Delivery.objects.filter(state=DeliveryState.WAITING).exists()

    def all_is_done_meanwhile():
        assert not may_end.is_set()
        assert sent
        assert not Delivery.objects.filter(state=DeliveryState.WAITING).exists()
        assert not StalePending.objects.exists()
        assert len(threads_of_the_daily_run()) == len(begun) == 1
        may_end.set()

    monkeypatch.setattr(channels, "send", sent.append)
    monkeypatch.setattr(daily_module, "JOBS", (("核对记录", check_for_hours),))
    watch_next_to_what_is_long(monkeypatch, write_and_mark, all_is_done_meanwhile, after_what_is_long(stop))
    assert DailyRun.objects.get().results == {"核对记录": {"不一致": 0}}
    assert DailyRun.objects.finished().count() == 1


def test_a_daily_run_that_breaks_down_keeps_the_watch_going_and_is_begun_again(office, monkeypatch):
    class Gone(BaseException):
        """No error of a job: the thread is gone with it."""

    def gone(today):
        raise Gone

    def mended():
        monkeypatch.setattr(daily_module, "JOBS", ())

    monkeypatch.setattr(threading, "excepthook", lambda problem: None)
    monkeypatch.setattr(daily_module, "JOBS", (("断电", gone),))
    before = clock.now()
    watch_through(monkeypatch, mended, wait, stop)
    assert Heartbeat.objects.get(program="watch").at > before
    assert not is_due()


def test_one_round_does_all_it_can_and_says_what_failed(office):
    set_setting("reminder_days_before", "三天")
    with pytest.raises(CommandError, match=r"^出错：每日任务。$"):
        call_command("watch", "--once")
    set_setting("reminder_days_before", "5、3、1")
    call_command("watch", "--once")
    assert not is_due()


def watching(script, *, after=0):
    """The running `manage.py watch` that the script has started after another, waited for."""
    children = Path(f"/proc/{script.pid}/task/{script.pid}/children")
    begun = time.monotonic()
    while time.monotonic() - begun < PATIENCE:
        for pid in children.read_text().split():
            with suppress(OSError):  # ended meanwhile
                if int(pid) != after and b"manage.py\0watch" in Path(f"/proc/{pid}/cmdline").read_bytes():
                    return int(pid)
        time.sleep(0.05)
    raise AssertionError("nobody keeps watch")


def is_alive(pid):
    return Path(f"/proc/{pid}").exists()


def test_a_watch_that_dies_is_started_again_and_ends_with_its_script(tmp_path):
    said = tmp_path / "said"
    with said.open("wb") as everything:
        script = subprocess.Popen(
            ["script/keep_running", "watch"], cwd=settings.BASE_DIR, stdout=everything, stderr=everything
        )
    try:
        first = watching(script)
        os.kill(first, signal.SIGKILL)
        second = watching(script, after=first)
    finally:
        script.terminate()
        script.wait(timeout=PATIENCE)
    assert "manage.py watch 停了，2 秒后重新启动" in said.read_text()
    assert not is_alive(second)
