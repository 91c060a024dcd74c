"""THE table of what an indicator may count: the rows, whose they are, their day, and to which record each leads.

Every row is one time. All of it is open to the unit by then, so that its own sheet may show it. What has gone over to
the successor of a unit that ended counts for the unit that had it on the day of the record.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import reduce
from operator import or_
from typing import TypeAlias

from django.db.models import Case as OneOf
from django.db.models import Count, F, IntegerField, Model, Q, QuerySet, Value, When
from django.utils import timezone

from yuetan.models.case.case import Case
from yuetan.models.dossier.commendation import Commendation
from yuetan.models.dossier.year_facts import Days
from yuetan.models.ladder.measure import AccountabilityMeasure
from yuetan.models.ladder.queries import SERVED_STATES
from yuetan.models.letter.letter import Letter
from yuetan.models.people.unit_change import FormerUnit
from yuetan.models.received.letter import LATE, ReceivedLetter, overdue
from yuetan.models.rectification.supervision_letter import SupervisionLetter
from yuetan.models.rectification.task import Task, TaskReport
from yuetan.models.rectification.task_origin import ORIGINS
from yuetan.models.reporting.mark import ReportMark
from yuetan.models.reporting.missed import A_MINUTE
from yuetan.models.reporting.report import PeriodicReport
from yuetan.rules.dates import clock
from yuetan.vocabulary import (
    UNREPORTED_TASK_STATES,
    LetterState,
    RecordOfPoints,
    RecordSource,
    ReportKind,
    RungKind,
)

Rows: TypeAlias = QuerySet[Model]
Record: TypeAlias = tuple[str, str, str]  # what it is, its key, its day


@dataclass(frozen=True)
class Source:
    """Which rows there are between two days; the paths to their unit, their day, and the key of the record.

    `first` are the paths to the unit about which something was begun that has gone over to another.
    """

    rows: Callable[[Days], Rows]
    unit: str
    on: str
    record: RecordOfPoints
    key: str = "pk"
    first: tuple[str, ...] = ()

    def counts(self, days: Days, former: Sequence[FormerUnit], unit: int | None = None) -> dict[int, int]:
        """How many each unit has, or one alone; none is not in it. One query. `former` had what went over since."""
        counted = self._rows_between(days, former, unit).order_by().values("had_by").annotate(number=Count("pk"))
        return dict(counted.values_list("had_by", "number"))

    def records(self, days: Days, former: Sequence[FormerUnit], unit: int | None = None) -> dict[int, list[Record]]:
        """The record behind each, by unit, in the order of their days. One query."""
        records: dict[int, list[Record]] = {}
        rows = self._rows_between(days, former, unit).order_by(self.on, "pk").values_list("had_by", self.key, self.on)
        for of_unit, key, moment in rows:
            records.setdefault(of_unit, []).append((self.record.value, str(key), _day_of_record(moment).isoformat()))
        return records

    def _rows_between(self, days: Days, former: Sequence[FormerUnit], unit: int | None) -> Rows:
        rows = self.rows(days).annotate(had_by=self._had_by(former if self.first else ()))
        return rows if unit is None else rows.filter(had_by=unit)

    def _had_by(self, former: Sequence[FormerUnit]) -> F | OneOf:
        """The unit that had the matter on the day of the record."""
        whens = [When(self._is_of(one), then=Value(one.unit)) for one in former]
        return OneOf(*whens, default=F(self.unit), output_field=IntegerField()) if whens else F(self.unit)

    def _is_of(self, one: FormerUnit) -> Q:
        begun = reduce(or_, (Q(**{path: one.first}) for path in self.first))
        return begun & Q(**{f"{self.on}__lt": day_begins(one.until) if self.on.endswith("_at") else one.until})


def day_begins(day: date) -> datetime:
    """The first moment of a day."""
    return timezone.make_aware(datetime.combine(day, time.min))


def _day_of_record(moment: date | datetime) -> date:
    return timezone.localtime(moment).date() if isinstance(moment, datetime) else moment


def _late_returns(days: Days) -> Rows:
    return PeriodicReport.objects.filter(days.on("due_at__date"), handed_in_at__gte=F("due_at") + A_MINUTE)


def _missed_returns(days: Days) -> Rows:
    return PeriodicReport.objects.missed().filter(days.on("due_at__date"))


def _marked_returns(days: Days) -> Rows:
    return ReportMark.objects.filter(days.on("marked_at__date"), withdrawn_at=None)


def _late_reports(days: Days) -> Rows:
    handed_in = TaskReport.objects.filter(days.on("handed_in_at__date"), task__open_to__isnull=False)
    return handed_in.filter(kind=ReportKind.COMPLETION, handed_in_at__date__gt=F("due_on"))


def _overdue_tasks(days: Days) -> Rows:
    unreported = Task.objects.filter(state__in=UNREPORTED_TASK_STATES, open_to__isnull=False, runs=True)
    return unreported.filter(days.on("effective_due_on"), effective_due_on__lt=clock.today())


def _returned_reports(days: Days) -> Rows:
    decided = TaskReport.objects.filter(days.on("decided_at__date"), task__open_to__isnull=False)
    return decided.filter(outcome=TaskReport.Outcome.RETURNED)


def _supervision_letters(days: Days) -> Rows:
    issued = SupervisionLetter.objects.in_force().filter(days.on("document__issued_at__date"))
    return issued.filter(document__open_to__isnull=False)


def _letters_in_force() -> QuerySet[Letter]:
    return Letter.objects.filter(
        state=LetterState.ISSUED, document__open_to__isnull=False, document__entry__voided_at=None
    )


def _reminder_letters(days: Days) -> Rows:
    return _letters_in_force().filter(days.on("document__issued_at__date"))


def _late_answers(days: Days) -> Rows:
    late = Q(answered_at__date__gt=F("answer_until")) | Q(answered_at=None, answer_until__lt=clock.today())
    return _letters_in_force().filter(late, days.on("answer_until"))


def _late_replies(days: Days) -> Rows:
    return ReceivedLetter.objects.filter(LATE | overdue(), days.on("due_on"))


def _interviews(days: Days) -> Rows:
    return Case.objects.filter(days.on("interviewed_on"), opened_on__isnull=False)


def _commendations(days: Days) -> Rows:
    return Commendation.objects.in_force().filter(days.on("awarded_on"), post=None)


def _laid(kind: RungKind) -> Callable[[Days], Rows]:
    """The measures of a rung that were served, and whose paper is not voided."""

    def rows(days: Days) -> Rows:
        served = AccountabilityMeasure.objects.filter(days.on("served_on"), state__in=SERVED_STATES)
        return served.filter(rung__kind=kind, paper__entry__voided_at=None)

    return rows


# The rungs of a 责任制 that are laid as measures; an interview is a case.
OF_RUNG = {
    RecordSource.CIRCULARS: RungKind.CIRCULAR,
    RecordSource.LISTINGS: RungKind.LISTED_SUPERVISION,
    RecordSource.VETOES: RungKind.VETO,
}

OF_ITSELF, OF_TASK = ("first_unit",), ("task__first_unit",)
OF_DOCUMENT = tuple(f"document__{name}__first_unit" for name in ORIGINS)

SOURCES: Mapping[str, Source] = {
    RecordSource.LATE_RETURNS: Source(_late_returns, "unit", "due_at", RecordOfPoints.RETURN, "public_id"),
    RecordSource.MISSED_RETURNS: Source(_missed_returns, "unit", "due_at", RecordOfPoints.RETURN, "public_id"),
    RecordSource.MARKED_RETURNS: Source(
        _marked_returns, "report__unit", "marked_at", RecordOfPoints.RETURN, "report__public_id"
    ),
    RecordSource.LATE_REPORTS: Source(
        _late_reports, "task__open_to", "handed_in_at", RecordOfPoints.TASK, "task", OF_TASK
    ),
    RecordSource.OVERDUE_TASKS: Source(
        _overdue_tasks, "open_to", "effective_due_on", RecordOfPoints.TASK, first=("first_unit",)
    ),
    RecordSource.RETURNED_REPORTS: Source(
        _returned_reports, "task__open_to", "decided_at", RecordOfPoints.TASK, "task", OF_TASK
    ),
    RecordSource.SUPERVISION_LETTERS: Source(
        _supervision_letters,
        "document__open_to",
        "document__issued_at",
        RecordOfPoints.DOCUMENT,
        "document",
        OF_DOCUMENT,
    ),
    RecordSource.REMINDER_LETTERS: Source(
        _reminder_letters, "unit", "document__issued_at", RecordOfPoints.DOCUMENT, "document__pk", OF_ITSELF
    ),
    RecordSource.LATE_ANSWERS: Source(
        _late_answers, "unit", "answer_until", RecordOfPoints.DOCUMENT, "document__pk", OF_ITSELF
    ),
    RecordSource.LATE_REPLIES: Source(_late_replies, "unit", "due_on", RecordOfPoints.RECEIVED),
    RecordSource.INTERVIEWS: Source(_interviews, "unit", "interviewed_on", RecordOfPoints.CASE, first=OF_ITSELF),
    RecordSource.COMMENDATIONS: Source(_commendations, "unit", "awarded_on", RecordOfPoints.COMMENDATION),
    **{
        source: Source(_laid(kind), "unit", "served_on", RecordOfPoints.MEASURE, first=OF_ITSELF)
        for source, kind in OF_RUNG.items()
    },
}
