"""THE table of what an indicator may count: the rows, whose they are, their day, and to which record each leads.

Every row is one time. All of it is open to the unit by then, so that its own sheet may show it. What has gone over to
the successor of a unit that ended counts for the unit that had it on the day of the record.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import itemgetter, or_
from typing import TypeAlias

from django.db.models import Case as OneOf
from django.db.models import Count, Exists, F, IntegerField, Model, OuterRef, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Cast, TruncDate

from yuetan.models.case.case import Case
from yuetan.models.dossier.commendation import Commendation
from yuetan.models.dossier.year_facts import Days
from yuetan.models.ladder.measure import AccountabilityMeasure
from yuetan.models.ladder.queries import SERVED_STATES
from yuetan.models.letter.letter import Letter
from yuetan.models.people.unit_change import FormerUnit
from yuetan.models.received.letter import ReceivedLetter, overdue
from yuetan.models.received.reply import ReceivedReply
from yuetan.models.rectification.rework import ReworkRequest
from yuetan.models.rectification.supervision_letter import SupervisionLetter
from yuetan.models.rectification.task import Task, TaskReport
from yuetan.models.rectification.task_origin import ORIGINS
from yuetan.models.reporting.mark import ReportMark
from yuetan.models.reporting.missed import A_MINUTE
from yuetan.models.reporting.report import (
    MAY_BE_MISSED,
    WAS_LATE,
    PeriodicReport,
    missed_at_its_end,
    missed_now,
    reported_now,
)
from yuetan.rules.dates import clock
from yuetan.vocabulary import (
    UNREPORTED_TASK_STATES,
    LetterState,
    MeasureState,
    RecordOfPoints,
    RecordSource,
    ReportKind,
    RungKind,
    TaskState,
)

Rows: TypeAlias = QuerySet[Model]
ROW = ("of_source", "had_by", "of_record", "record_key", "record_day")
Record: TypeAlias = tuple[str, str, str]  # what it is, its key, its day
Units: TypeAlias = Collection[int] | None  # their keys; none of them named: all


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

    def counts(self, days: Days, former: Sequence[FormerUnit], units: Units = None) -> dict[int, int]:
        """How many each unit has, or each of some; none is not in it. One query. `former` had what went over since."""
        return dict(self.counted(days, former, units).values_list("had_by", "number"))

    def counted(self, days: Days, former: Sequence[FormerUnit], units: Units = None) -> Rows:
        """The same as rows, not asked yet: `had_by` and its `number`."""
        return self._rows_between(days, former, units).order_by().values("had_by").annotate(number=Count("pk"))

    def record_rows(self, source: str, days: Days, former: Sequence[FormerUnit], units: Units) -> Rows:
        """Of each row its source, whose it is, and the record behind it; to be asked together with those of others."""
        facts = {
            "of_source": Value(source),
            "of_record": Value(self.record.value),
            "record_key": Cast(self.key, TextField()),
            "record_day": TruncDate(self.on) if self.on.endswith("_at") else F(self.on),
        }
        return self._rows_between(days, former, units).order_by().annotate(**facts)

    def _rows_between(self, days: Days, former: Sequence[FormerUnit], units: Units) -> Rows:
        rows = self.rows(days).annotate(had_by=self._had_by(former if self.first else ()))
        return rows if units is None else rows.filter(had_by__in=units)

    def _had_by(self, former: Sequence[FormerUnit]) -> F | OneOf:
        """The unit that had the matter on the day of the record."""
        whens = [When(self._is_of(one), then=Value(one.unit)) for one in former]
        return OneOf(*whens, default=F(self.unit), output_field=IntegerField()) if whens else F(self.unit)

    def _is_of(self, one: FormerUnit) -> Q:
        begun = reduce(or_, (Q(**{path: one.first}) for path in self.first))
        return begun & Q(**{f"{self.on}__lt": clock.day_begins(one.until) if self.on.endswith("_at") else one.until})


@dataclass(frozen=True)
class Sources:
    """Rows of several kinds that are counted as one."""

    parts: tuple[Source, ...]

    def counts(self, days: Days, former: Sequence[FormerUnit], units: Units = None) -> dict[int, int]:
        """How many each unit has, or each of some; none is not in it. A query for each part."""
        counts: Counter[int] = Counter()
        for part in self.parts:
            counts += Counter(part.counts(days, former, units))
        return dict(counts)


def _late_returns(days: Days) -> Rows:
    """Those that stand: what was returned and not put right is missed, and costs that alone."""
    reported = PeriodicReport.objects.filter(reported_now(), ~missed_at_its_end(), days.at("due_at"))
    return reported.filter(WAS_LATE, handed_in_at__gte=F("due_at") + A_MINUTE)


def _missed_returns(days: Days) -> Rows:
    """Those not reported, also by a unit that has ended since: what it owes no more it had missed in its year."""
    return PeriodicReport.objects.filter(MAY_BE_MISSED, missed_now() | missed_at_its_end(), days.at("due_at"))


def _marked_returns(days: Days) -> Rows:
    return ReportMark.objects.filter(days.at("marked_at"), withdrawn_at=None)


def _reports_in_force() -> QuerySet[TaskReport]:
    """Those that the unit sees: not on what was revoked, a task or the whole measure."""
    revoked = Q(task__state=TaskState.REVOKED) | Q(task__measure_laid__state=MeasureState.REVOKED)
    return TaskReport.objects.filter(task__open_to__isnull=False).exclude(revoked)


def _late_reports(days: Days) -> Rows:
    """Those that were to come and came within the days: what came afterwards was an overdue task of these."""
    handed_in = _reports_in_force().filter(days.on("due_on"))
    came = Q(handed_in_at__date__gt=F("due_on"), handed_in_at__lt=days.over)
    return handed_in.filter(came, kind=ReportKind.COMPLETION)


def _overdue_tasks(days: Days) -> Rows:
    """Those of whose limit within the days no report stood when the last of these was over."""
    after = days.over
    returned_by_then = Q(outcome=TaskReport.Outcome.RETURNED, decided_at__lt=after) | Q(Exists(_begun_again(after)))
    reports = TaskReport.objects.filter(task=OuterRef("pk"), kind=ReportKind.COMPLETION, handed_in_at__lt=after)
    due = Task.objects.filter(days.on("effective_due_on"), effective_due_on__lt=clock.today(), open_to__isnull=False)
    unreported = Q(state__in=UNREPORTED_TASK_STATES, runs=True) | Q(state__in=(TaskState.REPORTED, TaskState.ACCEPTED))
    of_force = due.filter(unreported).exclude(measure_laid__state=MeasureState.REVOKED)
    return of_force.exclude(Exists(reports.exclude(returned_by_then)))


def _begun_again(after: datetime) -> QuerySet[ReworkRequest]:
    """What had the task of a report done again after that one, also once it was struck off: it stands no more then."""
    granted = ReworkRequest.objects.filter(tasks=OuterRef("task"), granted=True)
    return granted.filter(decided_at__gt=OuterRef("handed_in_at"), decided_at__lt=after)


def _returned_reports(days: Days) -> Rows:
    return _reports_in_force().filter(days.at("decided_at"), outcome=TaskReport.Outcome.RETURNED)


def _supervision_letters(days: Days) -> Rows:
    issued = SupervisionLetter.objects.in_force().filter(days.at("document__issued_at"))
    return issued.filter(document__open_to__isnull=False).exclude(document__measure_laid__state=MeasureState.REVOKED)


def _letters_in_force() -> QuerySet[Letter]:
    return Letter.objects.filter(
        state=LetterState.ISSUED, document__open_to__isnull=False, document__entry__voided_at=None
    )


def _reminder_letters(days: Days) -> Rows:
    return _letters_in_force().filter(days.at("document__issued_at"))


def _late_answers(days: Days) -> Rows:
    late = Q(answered_at__date__gt=F("answer_until")) | Q(answered_at=None, answer_until__lt=clock.today())
    return _letters_in_force().filter(late, days.on("answer_until"))


def _late_replies(days: Days) -> Rows:
    """Each version that came late for the day that it was to come: a day set anew by a return covers no former one."""
    return ReceivedReply.objects.filter(days.on("due_on"), late_days__gt=0, letter__withdrawn_at=None)


def _unreplied(days: Days) -> Rows:
    return ReceivedLetter.objects.filter(overdue(), days.on("due_on"))


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

OF_ITSELF, OF_TASK, OF_LETTER = ("first_unit",), ("task__first_unit",), ("letter__first_unit",)
OF_DOCUMENT = tuple(f"document__{name}__first_unit" for name in ORIGINS)

SOURCES: Mapping[str, Source | Sources] = {
    RecordSource.LATE_RETURNS: Source(_late_returns, "unit", "due_at", RecordOfPoints.RETURN, "public_id"),
    RecordSource.MISSED_RETURNS: Source(_missed_returns, "unit", "due_at", RecordOfPoints.RETURN, "public_id"),
    RecordSource.MARKED_RETURNS: Source(
        _marked_returns, "report__unit", "marked_at", RecordOfPoints.RETURN, "report__public_id"
    ),
    RecordSource.LATE_REPORTS: Source(
        _late_reports, "task__open_to", "handed_in_at", RecordOfPoints.TASK, "task", OF_TASK
    ),
    RecordSource.OVERDUE_TASKS: Source(
        _overdue_tasks, "open_to", "effective_due_on", RecordOfPoints.TASK, first=OF_ITSELF
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
    RecordSource.LATE_REPLIES: Sources(
        (
            Source(_late_replies, "letter__unit", "due_on", RecordOfPoints.REPLY, first=OF_LETTER),
            Source(_unreplied, "unit", "due_on", RecordOfPoints.RECEIVED, first=OF_ITSELF),
        )
    ),
    RecordSource.INTERVIEWS: Source(_interviews, "unit", "interviewed_on", RecordOfPoints.CASE, first=OF_ITSELF),
    RecordSource.COMMENDATIONS: Source(_commendations, "unit", "awarded_on", RecordOfPoints.COMMENDATION),
    **{
        source: Source(_laid(kind), "unit", "served_on", RecordOfPoints.MEASURE, first=OF_ITSELF)
        for source, kind in OF_RUNG.items()
    },
}


def records_of(
    sources: Iterable[str], days: Days, former: Sequence[FormerUnit], units: Units = None
) -> dict[str, dict[int, list[Record]]]:
    """The record behind each row, by source and unit, in the order of their days.

    One query: what is handed in meanwhile is in all of it or in nothing, and counts for one of two sources.
    """
    records: dict[str, dict[int, list[Record]]] = {source: {} for source in sources}
    parts = [(source, part) for source in records for part in parts_of(source)]
    asked = [part.record_rows(source, days, former, units).values_list(*ROW) for source, part in parts]
    rows = asked[0].union(*asked[1:], all=True) if asked else []
    for source, of_unit, kind, key, day in sorted(rows, key=itemgetter(4, 3)):
        records[source].setdefault(of_unit, []).append((kind, key, day.isoformat()))
    return records


def counts_by_unit(sources: Iterable[str], days: Days, former: Sequence[FormerUnit]) -> Rows | None:
    """Source, unit and number of every part of these sources, not asked yet; None for no source."""
    parts = [(source, part) for source in sources for part in parts_of(source)]
    counted = [part.counted(days, former).annotate(of_source=Value(source)) for source, part in parts]
    first, *others = [rows.values_list("of_source", "had_by", "number") for rows in counted] or [None]
    return first.union(*others, all=True) if first is not None else None


def parts_of(source: str) -> tuple[Source, ...]:
    """The rows of a source, of one kind or of several."""
    rows = SOURCES[source]
    return rows.parts if isinstance(rows, Sources) else (rows,)
