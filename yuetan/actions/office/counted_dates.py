"""Dates that were counted in working days, counted anew when the calendar changes.

A date that people agreed or that is printed on a paper never moves. What the product itself counted does: where a
limit ends after a pause, when the next progress report is due; and, later only, because the unit has been told them,
the limits of a notice in force or of a paper of a measure, the limit for an answer to the minutes, and the day of the
office for the reply to a letter that sets none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from yuetan import pending_steps, tallies
from yuetan.models import (
    AccountabilityMeasure,
    Assignment,
    CalendarDay,
    Case,
    Document,
    Minutes,
    Pause,
    ReceivedLetter,
    Task,
)
from yuetan.models.rectification.task_origin import ORIGINS, WITH_ORIGINS, HandsOutTasks
from yuetan.rules.dates import progress
from yuetan.rules.dates.pauses import effective_due_on
from yuetan.rules.dates.working_days import ONE_DAY, Calendar, add_working_days, working_days_between
from yuetan.vocabulary import UNREPORTED_TASK_STATES, AssignmentState, CaseState, MeasureState, ReportRhythm

CHUNK = 500
LISTED = 500  # on the page and in the line of the change; what is more has lines of its own in the log
LIMIT = "整改时限"
COUNTING = (CaseState.NOTIFIED, CaseState.INTERVIEWED, CaseState.RECTIFYING, CaseState.INSPECTING)
MEASURES_COUNTING = (MeasureState.DECIDED, MeasureState.SUGGESTED, MeasureState.SERVED)  # or about to be served
TASK_LIMITS = ("effective_due_on", "progress_due_on")
NOTICE_LIMITS = {
    "receipt_due_on": "签收期限",
    "receipt_director_on": "签收逾期报主任的期限",
    "submission_due_on": "书面材料提交期限",
}
RECEIPT_LIMITS = ("receipt_due_on", "receipt_director_on")


@dataclass(frozen=True)
class Move:
    """One date of a case, or of a task, that was counted and is another day now; None where nothing is due any more."""

    case: HandsOutTasks | ReceivedLetter
    what: str
    before: date
    after: date | None
    task: Task | None = None

    def as_json(self) -> dict[str, object]:
        """As the log keeps it: numbers and dates, nothing of what the case is about."""
        return {
            self.case.ABOUT: str(self.case.pk),
            "register_number": self.case.register_number,
            "task": self.task.number if self.task else None,
            "what": self.what,
            "before": self.before.isoformat(),
            "after": self.after.isoformat() if self.after else None,
        }


@dataclass
class Moves:
    """What moved: how many dates, and the first of them; of the others nothing is kept but what the log was given."""

    log: Callable[[list[dict[str, object]]], object]
    count: int = 0
    listed: list[Move] = field(default_factory=list)
    cases: set[UUID] = field(default_factory=set)
    others: set[UUID] = field(default_factory=set)
    _further: list[dict[str, object]] = field(default_factory=list)

    def add(self, move: Move) -> None:
        """Take one more; so many that are not listed go into a line of the log of their own."""
        self.count += 1
        (self.cases if isinstance(move.case, Case) else self.others).add(move.case.pk)
        if self.count <= LISTED:
            self.listed.append(move)
            return
        self._further.append(move.as_json())
        if len(self._further) == LISTED:
            self.end()

    def end(self) -> None:
        """Log what is left, and put in order what is listed."""
        if self._further:
            self.log(self._further)
        self._further = []
        self.listed.sort(key=_in_order)

    def as_json(self) -> list[dict[str, object]]:
        """Those that are listed, as the log keeps them."""
        return [move.as_json() for move in self.listed]


def recount(before: Calendar, log: Callable[[list[dict[str, object]]], object]) -> Moves:
    """Count anew what was counted by the calendar as it was before, and save it, so many in a statement.

    Returns what moved, case by case; `log` is given what is more than is listed, so many at a time.
    """
    _hold_what_counts()
    calendars, moves = (before, CalendarDay.objects.calendar()), Moves(log)
    for kind in (_tasks, _notices, _papers_of_measures, _answers, _replies):
        for move in kind(calendars):
            moves.add(move)
    moves.end()
    cases = sorted(moves.cases)
    for start in range(0, len(cases), CHUNK):
        _follow_due_days(cases[start : start + CHUNK])
        tallies.follow(cases[start : start + CHUNK])
    pending_steps.follow_cases(Case.objects.filter(pk__in=cases))
    pending_steps.follow_others([AccountabilityMeasure, Assignment], pk__in=sorted(moves.others))
    return moves


def _follow_due_days(keys: list[UUID]) -> None:
    """Make the next day of these cases what their dates are now."""
    cases = Case.objects.filter(pk__in=keys).prefetch_related("tasks", "revisits")
    changed = [case for case in cases if case.due_on != case.next_due_on()]
    for case in changed:
        case.due_on = case.next_due_on()
    Case.objects.bulk_update(changed, ["due_on"])


def _saved(rows: QuerySet[Any], fields: Sequence[str], moves_of: Callable[[Any], Iterable[Move]]) -> Iterator[Move]:
    """What of these rows moves; saved, so many in a statement."""
    changed: list[Any] = []
    for row in rows.iterator(chunk_size=CHUNK):
        moves = list(moves_of(row))
        changed += [row] if moves else []
        yield from moves
        if len(changed) == CHUNK:
            QuerySet(rows.model).bulk_update(changed, fields)
            changed = []
    QuerySet(rows.model).bulk_update(changed, fields)


def _hold_what_counts() -> None:
    """Lock what has dates that move, as a step locks it: whatever counts days meanwhile does so before or after."""
    counting: tuple[QuerySet[Any], ...] = (
        Case.objects.filter(state__in=COUNTING),
        AccountabilityMeasure.objects.filter(state__in=MEASURES_COUNTING),
        Assignment.objects.filter(state=AssignmentState.RUNNING),
    )
    for rows in counting:
        list(rows.order_by("pk").select_for_update().values_list("pk"))


def _in_order(move: Move) -> tuple[bool, int, int]:
    """Cases by their register, then the rungs of the ladder, and 交办事项."""
    case = move.case
    return (False, case.register_year, case.register_serial) if isinstance(case, Case) else (True, case.task_year, 0)


def _tasks(calendars: tuple[Calendar, Calendar]) -> Iterator[Move]:
    """Limits behind a pause, and progress reports on the way, of what is not reported; under 督查 it may come back."""
    tasks = Task.objects.filter(state__in=UNREPORTED_TASK_STATES)
    moving = Q(pk__in=Pause.objects.values("task")) | Q(progress_due_on__isnull=False)
    rows = tasks.filter(moving).defer("measure_laid__paper__html", "measure_laid__paper__facts")
    rows = (
        rows.select_related(*WITH_ORIGINS, "measure_laid__paper")
        .prefetch_related("pauses")
        .order_by(*(f"{name}_id" for name in ORIGINS), "number")
    )
    yield from _saved(rows, TASK_LIMITS, lambda task: [*_limit(task, calendars[1]), *_progress_report(task, calendars)])


def _limit(task: Task, calendar: Calendar) -> Iterator[Move]:
    spans, before = [pause.span for pause in task.pauses.all()], task.effective_due_on
    after = effective_due_on(task.agreed_due_on, task.agreed_on, spans, calendar)
    if before is not None and after != before:
        task.effective_due_on = after
        yield Move(task.origin, LIMIT, before, after, task)


def _progress_report(task: Task, calendars: tuple[Calendar, Calendar]) -> Iterator[Move]:
    before, until = task.progress_due_on, task.effective_due_on
    if before is None or until is None:
        return
    after = progress.moved_turn(ReportRhythm(task.report_rhythm), task.assigned_on, before, until, calendars)
    if after != before:
        task.progress_due_on = after
        yield Move(task.origin, "进展报告期限", before, after, task)


def _notices(calendars: tuple[Calendar, Calendar]) -> Iterator[Move]:
    """The limits of notices in force: as many working days as were counted, never earlier than was announced."""
    waiting = Case.objects.filter(state=CaseState.NOTIFIED, scheduled_at__isnull=False).order_by("pk")
    yield from _saved(
        waiting.prefetch_related("documents"), list(NOTICE_LIMITS), lambda case: _of_notice(case, calendars)
    )


def _of_notice(case: Case, calendars: tuple[Calendar, Calendar]) -> Iterator[Move]:
    assert case.scheduled_at is not None
    issued_on = timezone.localtime(case.current_notice.issued_at).date()
    held_on = timezone.localtime(case.scheduled_at).date()
    for name in NOTICE_LIMITS:
        counted_from = held_on if name == "submission_due_on" else issued_on
        yield from _later(case, case, name, counted_from, calendars)


def _papers_of_measures(calendars: tuple[Calendar, Calendar]) -> Iterator[Move]:
    """The limits of papers of measures that nobody has signed for: later only, as those of a notice."""
    waiting = Document.objects.of_measures_to_sign().exclude(receipt_due_on=None).defer("html", "facts")
    rows = waiting.select_related("measure_laid__paper__entry").order_by("pk")
    yield from _saved(rows, RECEIPT_LIMITS, lambda paper: _of_paper(paper, calendars))


def _of_paper(paper: Document, calendars: tuple[Calendar, Calendar]) -> Iterator[Move]:
    measure, issued_on = paper.measure_laid, timezone.localdate(paper.issued_at)
    assert measure is not None
    for name in RECEIPT_LIMITS:
        yield from _later(paper, measure, name, issued_on, calendars)


def _later(
    row: Case | Document, about: HandsOutTasks, name: str, counted_from: date, calendars: tuple[Calendar, Calendar]
) -> Iterator[Move]:
    before = getattr(row, name)
    if before is None:
        return
    after = _recounted(counted_from, before, calendars)
    if after > before:
        setattr(row, name, after)
        yield Move(about, NOTICE_LIMITS[name], before, after)


def _recounted(counted_from: date, day: date, calendars: tuple[Calendar, Calendar]) -> date:
    """The day as many working days after or before another as it was by the first calendar; itself if not counted."""
    before, after = calendars
    if day < counted_from:
        number = -working_days_between(day - ONE_DAY, counted_from - ONE_DAY, before)
    else:
        number = working_days_between(counted_from, day, before)
    was_counted = add_working_days(counted_from, number, before) == day
    return add_working_days(counted_from, number, after) if was_counted else day


def _replies(calendars: tuple[Calendar, Calendar]) -> Iterator[Move]:
    """The office's own day for a reply that is still to come: never earlier than the unit was alerted of."""
    waiting = ReceivedLetter.objects.unreplied().filter(reply_due=None, reply_count=0, due_on__isnull=False)
    rows = waiting.select_for_update(no_key=True).order_by("pk")
    yield from _saved(rows, ["due_on"], lambda letter: _of_reply(letter, calendars))


def _of_reply(letter: ReceivedLetter, calendars: tuple[Calendar, Calendar]) -> Iterator[Move]:
    assert letter.due_on is not None
    before, after = letter.due_on, _recounted(letter.received_on, letter.due_on, calendars)
    if after > before:
        letter.due_on = after
        yield Move(letter, "三书一函的回复期限", before, after)


def _answers(calendars: tuple[Calendar, Calendar]) -> Iterator[Move]:
    """The limit of answers to minutes that were sent and not answered: never earlier than was announced."""
    waiting = Minutes.objects.filter(sent_at__isnull=False, answer="", answer_until__isnull=False)
    rows = waiting.filter(case__state=CaseState.INTERVIEWED).select_related("case").order_by("pk")
    yield from _saved(rows, ["answer_until"], lambda minutes: _of_answer(minutes, calendars))


def _of_answer(minutes: Minutes, calendars: tuple[Calendar, Calendar]) -> Iterator[Move]:
    assert minutes.sent_at is not None
    assert minutes.answer_until is not None
    before = minutes.answer_until
    after = _recounted(timezone.localtime(minutes.sent_at).date(), before, calendars)
    if after > before:
        minutes.answer_until = after
        yield Move(minutes.case, "纪要反馈期限", before, after)
