"""Signs of life, and the clock they are taken by: a jump ahead stops what is sent until somebody says it is right."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.timezone import localtime

from yuetan.models import ClockJump, Heartbeat
from yuetan.rules.dates import clock

WATCH = "watch"
DAILY = "daily"  # the thread of a watch that does what the clock brings each day
# 办公室设定. While a watch runs it knows how much time has passed; after it stood still it does not.
MAX_JUMP = timedelta(hours=1)
MAX_STANDSTILL = timedelta(days=10)


class ClockInDoubt(Exception):  # noqa: N818 - a fact, not a fault
    """The clock went ahead by itself; reminders wait until somebody says that the time is right."""


def _steady_seconds() -> float:
    return time.clock_gettime(time.CLOCK_BOOTTIME)


@dataclass
class ClockWatch:
    """Compares the clock of the machine with the seconds that have passed, round by round."""

    steady: Callable[[], float] = _steady_seconds
    _last: tuple[datetime, float] | None = field(default=None, init=False)

    def look(self) -> None:
        """Leave a sign of life, and note a jump ahead; one that was set back since is over."""
        now, steady = clock.now(), self.steady()
        if self._last is not None:
            expected, most = self._last[0] + timedelta(seconds=steady - self._last[1]), MAX_JUMP
        else:
            beat = Heartbeat.objects.filter(program=WATCH).first()
            expected, most = (beat.at if beat else now), MAX_STANDSTILL
        self._last = (now, steady)
        _follow_clock(expected, now, most)


@transaction.atomic
def _follow_clock(expected: datetime, now: datetime, most: timedelta) -> None:
    for jump in ClockJump.objects.undecided():
        if now < jump.noticed_at - MAX_JUMP:
            jump.ended_at = now
            jump.save()
    if now - expected > most and not ClockJump.objects.undecided().exists():
        ClockJump.objects.create(known_at=expected, noticed_at=now)
    Heartbeat.objects.update_or_create(program=WATCH, defaults={"at": now})


def leave_sign_of_daily() -> None:
    """Say that a watch has come to the daily run: that nothing of it stands still."""
    Heartbeat.objects.update_or_create(program=DAILY, defaults={"at": clock.now()})


def renew_sign_of_daily() -> None:
    """Say so after each job; nothing where no watch does the daily run, but a timer."""
    Heartbeat.objects.filter(program=DAILY).update(at=clock.now())


def refuse_doubtful_clock() -> None:
    """Raise ClockInDoubt, which says what to do, while nobody has said that the clock is right."""
    jump = ClockJump.objects.undecided().first()
    if jump is not None:
        raise ClockInDoubt(clock_words(jump))


def clock_words(jump: ClockJump) -> str:
    """What happened, and how it goes on."""
    before, after = (f"{localtime(moment):%Y-%m-%d %H:%M}" for moment in (jump.known_at, jump.noticed_at))
    return (
        f"服务器时间从 {before} 跳到了 {after}，提醒已暂停发送。请系统维护人员核对时间：正确的，"
        "运行 manage.py confirm_clock 后继续；不正确的，改正后自动继续。"
    )


@transaction.atomic
def confirm_clock(*, by: str) -> int:
    """Say that the clock is right: how many jumps that settled. Effect: what was held back is sent by the next run."""
    jumps = ClockJump.objects.undecided().select_for_update()
    return jumps.update(confirmed_at=clock.now(), confirmed_by=by)
