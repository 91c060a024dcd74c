"""值守: the background loop that runs next to the site; a failing job is retried at growing intervals.

What may take hours has a thread of its own, so that messages, 待办 and 查毒 never wait for it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Thread

from django.db import close_old_connections, connections

from yuetan.actions.files.rescan_files import scan_waiting_files
from yuetan.actions.messages.daily import daily, is_due
from yuetan.actions.messages.delivery import deliver
from yuetan.actions.messages.heartbeat import ClockWatch, leave_sign_of_daily
from yuetan.actions.people.demo_accounts import close_demo_accounts
from yuetan.models import ClockJump
from yuetan.pending_steps import follow_stale

logger = logging.getLogger(__name__)

SECONDS = 30  # between two rounds
FAILED = "watch: %s failed, to be tried again in about %d seconds"
MAX_ROUNDS_LEFT_OUT = 31  # after many failures: a quarter of an hour


@dataclass
class RecurringJob:
    """One job of every round; after its n-th failure in a row it is left out for 2ⁿ - 1 rounds.

    One that takes long is asked in each round whether it `is_due`, and goes on beside the next ones until it is done.
    """

    name: str
    work: Callable[[], object]
    is_due: Callable[[], bool] | None = None
    failures: int = 0
    rounds_left_out: int = 0
    _thread: Thread | None = field(default=None, init=False)

    def begin_if_its_turn(self) -> None:
        """Do the work if it is its turn; in a thread of its own if it takes long, is due, and none is still at it."""
        if self.is_due is None:
            self.run_if_its_turn()
        elif (self._thread is None or not self._thread.is_alive()) and self._has_its_turn():
            self._begin_if_due(self.is_due)

    def _begin_if_due(self, is_due: Callable[[], bool]) -> None:
        """Asked here, where there is a connection: a thread opens one of its own."""
        try:
            begins = is_due()
        except Exception:
            logger.exception(FAILED, self.name, self._leave_out())
            return
        if begins:
            # It ends with the process: whoever ends a watch does not wait for hours.
            self._thread = Thread(target=self._run_apart, name=self.name, daemon=True)
            self._thread.start()
        else:
            self._worked()

    def _run_apart(self) -> None:
        try:
            self._do_work()
        finally:
            connections.close_all()  # those of this thread, which nobody else uses

    def run_if_its_turn(self) -> None:
        """Do the work if it is its turn; an error is logged and is the end of neither the watch nor the other work."""
        if self._has_its_turn():
            self._do_work()

    def _has_its_turn(self) -> bool:
        if self.rounds_left_out:
            self.rounds_left_out -= 1
            return False
        close_old_connections()  # those that broke: the next query opens another
        return True

    def _do_work(self) -> None:
        try:
            self.work()
        except Exception:
            logger.exception(FAILED, self.name, self._leave_out())
        else:
            self._worked()

    def _leave_out(self) -> int:
        """After one more failure, for some rounds; returns for about how many seconds."""
        self.failures += 1
        self.rounds_left_out = min(2**self.failures - 1, MAX_ROUNDS_LEFT_OUT)
        return SECONDS * (self.rounds_left_out + 1)

    def _worked(self) -> None:
        if self.failures:
            logger.warning("watch: %s works again", self.name)
        self.failures = 0


def recurring_jobs() -> tuple[RecurringJob, ...]:
    """What a watch has to do, from the beginning."""
    return (
        RecurringJob("值守心跳", ClockWatch().look),
        RecurringJob("每日任务", _daily_if_due, _is_daily_due),
        RecurringJob("停用演示账号", close_demo_accounts),
        RecurringJob("待办更新", follow_stale),
        RecurringJob("消息投送", deliver),
        RecurringJob("查毒", scan_waiting_files),
    )


def _daily_if_due() -> None:
    if _is_daily_due():
        daily()


def _is_daily_due() -> bool:
    """Not while the clock is in doubt, which 待办 says: what would be sent might be sent too early."""
    leave_sign_of_daily()
    return is_due() and not ClockJump.objects.undecided().exists()
