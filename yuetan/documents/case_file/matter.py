"""What a 卷宗 is of, as it says it of itself: a closed case, a meeting, a round of 督导 or a measure that is over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Model
from django.utils import timezone

from yuetan.models import AccountabilityMeasure, Case, Meeting, OfficeSetting, SupervisionRound
from yuetan.rules.text.official_text import chinese_date
from yuetan.vocabulary import MeetingState


@dataclass(frozen=True)
class Matter:
    """`row` is its chain of seals; `number` is what its 卷宗 is called by, `title` what else it is called.

    `unit` is whom it is about, empty where it is about nobody; `ended` says how it came to its end.
    """

    row: Model
    label: str
    number: str
    title: str
    unit: str
    ended_on: date | None
    ended: str
    retention: str

    @property
    def head_row(self) -> tuple[str, str]:
        """How every sheet made for its 卷宗 begins."""
        return self.label, "\n".join(filter(None, [self.number, self.title]))


def matter_of_case(case: Case) -> Matter:
    """约谈事项: kept as long as its 办结 fixed."""
    until = f"（至{chinese_date(case.keep_until)}）" if case.keep_until else ""
    closed = f"，{chinese_date(case.closed_on)}办结" if case.closed_on else ""
    return Matter(
        row=case,
        label="约谈事项",
        number=case.register_number,
        title=case.title,
        unit=case.unit_label,
        ended_on=case.closed_on,
        ended=f"被约谈单位{case.unit_label}{closed}。",
        retention=f"{case.get_retention_display()}{until}",
    )


def matter_of_meeting(meeting: Meeting) -> Matter:
    """会议: nothing fixes how long it is kept but what the office has set for its archive."""
    cancelled = meeting.state == MeetingState.CANCELLED
    at = meeting.cancelled_at if cancelled else meeting.minuted_at
    assert at is not None
    on = chinese_date(at)
    return Matter(
        row=meeting,
        label="会议",
        number=meeting.title,
        title="",
        unit="",
        ended_on=meeting.local_begin.date(),
        ended=f"{meeting.title}{f'已于{on}取消' if cancelled else f'，会议纪要于{on}印发'}。",
        retention=OfficeSetting.objects.words("archive_retention"),
    )


def matter_of_measure(measure: AccountabilityMeasure) -> Matter:
    """责任措施: kept as long as the office has set; its end is the day from which nothing of it holds any more."""
    served = f"，{chinese_date(measure.served_on)}印发送达" if measure.served_on else ""
    voided = f"，文书已于{chinese_date(measure.voided_on)}作废" if measure.voided_on else ""
    return Matter(
        row=measure,
        label="责任措施",
        number=measure.paper_number,
        title=measure.title,
        unit=measure.unit_label,
        ended_on=_over_on(measure),
        ended=f"单位{measure.unit_label}{served}，现为“{measure.get_state_display()}”{voided}。",
        retention=OfficeSetting.objects.words("archive_retention"),
    )


def _over_on(measure: AccountabilityMeasure) -> date:
    """The last day of what it closed, or that on which the last step was taken, whichever came later."""
    last = measure.events.latest("created_at", "id").created_at
    return max(filter(None, [timezone.localdate(last), measure.closes_until]))


def matter_of_round(of_round: SupervisionRound) -> Matter:
    """督导: kept as long as the office has set, as a meeting is; of several units, so of none."""
    at, word = of_round.ended_at, "结束"
    if of_round.cancelled_at is not None:
        at, word = of_round.cancelled_at, "取消"
    assert at is not None
    return Matter(
        row=of_round,
        label="督导",
        number=of_round.title,
        title="",
        unit="",
        ended_on=timezone.localdate(at),
        ended=f"{of_round.title}已于{chinese_date(at)}{word}。",
        retention=OfficeSetting.objects.words("archive_retention"),
    )
