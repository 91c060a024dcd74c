"""What happens to a case, a task or a letter on a day: lists filter by it, and 统计 counts it.

Each is described once, by the field that holds its day; a list asks for the rows between two days, a count for all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import CharField, DateField, F, Model, Q, QuerySet
from django.db.models.functions import Cast, TruncMonth

from yuetan.models.record.office_wait import OfficeWait
from yuetan.models.rectification.counted_reports import LATE
from yuetan.models.rectification.rework import ReworkRequest
from yuetan.models.rectification.task import Extension, TaskReport
from yuetan.rules.dates import clock
from yuetan.vocabulary import OfficeStage, ReportKind

Conditions = dict[str, object]
Rows = Callable[[], QuerySet[Model]]


def on_days(field: str, begin: date | None, end: date | None) -> Conditions:
    """What keeps a field of days between two of them; without both, the rows that have a day there."""
    conditions = {f"{field}__gte": begin, f"{field}__lte": end}
    return {name: day for name, day in conditions.items() if day} or {f"{field}__isnull": False}


def at_moments(field: str, begin: date | None, end: date | None) -> Conditions:
    """What keeps a field of moments between two days, from the first moment to the last, so that an index is used."""
    conditions = {f"{field}__gte": begin, f"{field}__lt": end + timedelta(days=1) if end else None}
    asked: Conditions = {name: clock.day_begins(day) for name, day in conditions.items() if day}
    return asked or {f"{field}__isnull": False}


@dataclass(frozen=True)
class Occasion:
    """One thing that happens on the day that a field holds; `inner`, where the interviewed side must not read when.

    It happens to the row that is listed, or to one of `rows`, from which `to_row` leads there.
    """

    key: str
    label: str
    field: str
    conditions: Callable[[str, date | None, date | None], Conditions] = on_days
    inner: bool = False
    rows: Rows | None = None
    to_row: str = "pk"
    to_case: str = "pk"  # from the row of the field

    def between(self, begin: date | None, end: date | None) -> Conditions:
        """What keeps a list to the rows to which it happened on these days."""
        within = self.conditions(self.field, begin, end)
        return within if self.rows is None else {"pk__in": self.rows().filter(**within).order_by().values(self.to_row)}

    def happened(self, listed: type[Model]) -> QuerySet[Model]:
        """Of each time that it happened to a listed row of a case: the case, the row, the first day of the month."""
        rows = QuerySet(listed) if self.rows is None else self.rows()
        dated = rows.filter(**self.conditions(self.field, None, None)).order_by()
        return dated.annotate(
            of_case=F(self.to_case),
            of_row=Cast(self.to_row, CharField()),
            of_month=TruncMonth(self.field, output_field=DateField()),
        )


def _reports(which: Q | None = None, **outcome: object) -> Rows:
    """Reports on the end of a task, the last word on it, in time or late or with what became of them."""
    return lambda: TaskReport.objects.filter(which or Q(), kind=ReportKind.COMPLETION, **outcome)


def _extensions(*, granted: bool) -> Rows:
    return lambda: Extension.objects.filter(granted=granted)


def office_occasions(stages: Iterable[OfficeStage], to_row: str) -> list[Occasion]:
    """办完 and 超时办完 of each stretch inside the office; `to_row` leads from a stretch to what is listed."""
    return [
        Occasion(
            key=f"{stage.value}_{key}",
            label=f"{stage.label}{label}",
            field="ended_at",
            conditions=at_moments,
            inner=True,
            rows=_ended(stage, late=key == "late"),
            to_row=to_row,
            to_case="case",
        )
        for stage in stages
        for key, label in (("done", "办完"), ("late", "超时办完"))
    ]


def _ended(stage: OfficeStage, late: bool) -> Rows:
    overdue = Q(ended_at__date__gt=F("due_on")) if late else Q()
    return lambda: OfficeWait.objects.filter(overdue, stage=stage)


IN_TIME = Q(due_on=None) | Q(handed_in_at__date__lte=F("due_on"))
STAGES_OF_CASES = [stage for stage in OfficeStage if stage != OfficeStage.CHECK]
CASE_OCCASIONS = (
    Occasion("scheduled", "约谈时间", "scheduled_at", at_moments),
    Occasion("registered", "建档", "created_at", at_moments, inner=True),
    Occasion("approved", "审定", "approved_on", inner=True),
    Occasion("interviewed", "约谈", "interviewed_on"),
    Occasion("closed", "办结", "closed_on"),
    *office_occasions(STAGES_OF_CASES, "case"),
)


def _of_reports(key: str, label: str, field: str, rows: Rows) -> Occasion:
    return Occasion(key, label, field, at_moments, rows=rows, to_row="task", to_case="task__case")


TASK_OCCASIONS = (
    Occasion("due", "时限", "effective_due_on", to_case="case"),
    Occasion("assigned", "交办", "assigned_on", to_case="case"),
    _of_reports("in_time", "按期报送整改报告", "handed_in_at", _reports(IN_TIME)),
    _of_reports("late", "逾期报送整改报告", "handed_in_at", _reports(LATE)),
    _of_reports("returned", "退回整改报告", "decided_at", _reports(outcome="returned")),
    _of_reports("accepted", "销号", "decided_at", _reports(outcome="accepted")),
    _of_reports("extended", "同意延期", "decided_at", _extensions(granted=True)),
    _of_reports("refused", "不同意延期", "decided_at", _extensions(granted=False)),
    Occasion(
        "rework",
        "重新整改",
        "decided_at",
        at_moments,
        rows=lambda: ReworkRequest.objects.filter(granted=True),
        to_row="tasks",
        to_case="case",
    ),
    *office_occasions((OfficeStage.CHECK,), "task"),
)
