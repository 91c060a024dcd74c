"""联动督导 every so many months (办公室设定): from when on the next is due; never before there was a first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F
from django.db.models.lookups import IsNull

from yuetan.models.office.office import OfficeSetting
from yuetan.models.rounds.supervision_round import SupervisionRound
from yuetan.rules.dates.month_periods import same_day_after
from yuetan.rules.text.official_text import chinese_date
from yuetan.vocabulary import RoundKind

MONTHS, DAYS_BEFORE = "linked_round_months", "round_reminder_days"


@dataclass(frozen=True)
class LinkedRoundDue:
    """That the next 联动督导 is due, and when the last one was."""

    last: date
    due_on: date

    @property
    def words(self) -> str:
        """上次联动督导于2024年12月10日结束，下一次应在2026年12月10日前开展."""
        return (
            f"上次联动督导于{chinese_date(self.last)}结束，下一次应在{chinese_date(self.due_on)}前开展，还没有制定方案"
        )


def linked_round_due(today: date) -> LinkedRoundDue | None:
    """What is due today; None while it is far ahead, one is planned, the office wants none, or there never was one."""
    due = linked_round_ahead()
    days = OfficeSetting.objects.number(DAYS_BEFORE) if due is not None else 0
    return due if due is not None and today >= due.due_on - timedelta(days=days) else None


def linked_round_ahead() -> LinkedRoundDue | None:
    """The next one, however far ahead; None while one is planned, the office wants none, or there never was one."""
    months = OfficeSetting.objects.number(MONTHS)
    if months <= 0:
        return None
    rounds = SupervisionRound.objects.filter(kind=RoundKind.LINKED, cancelled_at=None)
    open_first = IsNull(F("ended_at"), True).desc()
    newest = rounds.order_by(open_first, "-ends_on", "-pk").values_list("ends_on", "ended_at").first()
    last, ended_at = newest or (None, None)
    if last is None or ended_at is None:
        return None
    return LinkedRoundDue(last, same_day_after(last, months))
