"""Dates that were counted in working days, counted anew when the calendar changes.

A date that people agreed or that is printed on a paper never moves. What the product itself counted does: where a
limit ends after a pause, when the next progress report is due; and, later only, because the unit has been told them,
the limits of a notice in force or of a paper of a measure, the limit for an answer to the minutes, and the day of the
office for the reply to a letter that sets none.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

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


def recount(before: Calendar) -> list[Move]:
    """Count anew what was counted by the calendar as it was before, and save it; returns what moved, case by case."""
    _hold_what_counts()
    calendars = before, CalendarDay.objects.calendar()
    moves = [*_tasks(calendars), *_notices(calendars), *_papers_of_measures(calendars), *_answers(calendars)]
    moves += _replies(calendars)
    cases = {move.case.pk: move.case for move in moves if isinstance(move.case, Case)}
    for case in cases.values():
        case.due_on = case.next_due_on()
        case.save()
    pending_steps.follow_cases(Case.objects.filter(pk__in=sorted(cases)))
    others = [one.case.pk for one in moves if one.case.pk not in cases]
    pending_steps.follow_others([AccountabilityMeasure, Assignment], pk__in=others)
    tallies.follow(sorted(cases))
    return sorted(moves, key=_in_order)


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
    for task in rows.iterator(chunk_size=CHUNK):
        moves = [*_limit(task, calendars[1]), *_progress_report(task, calendars)]
        if moves:
            task.save(update_fields=TASK_LIMITS)
        yield from moves


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
    waiting = Case.objects.filter(state=CaseState.NOTIFIED).prefetch_related("documents")
    for case in waiting.iterator(chunk_size=CHUNK):
        if case.scheduled_at is None:
            continue
        issued_on = timezone.localtime(case.current_notice.issued_at).date()
        held_on = timezone.localtime(case.scheduled_at).date()
        for name in NOTICE_LIMITS:
            counted_from = held_on if name == "submission_due_on" else issued_on
            yield from _later(case, case, name, counted_from, calendars)


def _papers_of_measures(calendars: tuple[Calendar, Calendar]) -> Iterator[Move]:
    """The limits of papers of measures that nobody has signed for: later only, as those of a notice."""
    waiting = Document.objects.of_measures_to_sign().exclude(receipt_due_on=None).defer("html", "facts")
    for paper in waiting.select_related("measure_laid__paper__entry").order_by("pk").iterator(chunk_size=CHUNK):
        measure, issued_on = paper.measure_laid, timezone.localdate(paper.issued_at)
        assert measure is not None
        moves = [move for name in RECEIPT_LIMITS for move in _later(paper, measure, name, issued_on, calendars)]
        if moves:
            paper.save(update_fields=RECEIPT_LIMITS)
        yield from moves


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
    for letter in waiting.select_for_update(no_key=True).order_by("pk").iterator(chunk_size=CHUNK):
        assert letter.due_on is not None
        before, after = letter.due_on, _recounted(letter.received_on, letter.due_on, calendars)
        if after > before:
            letter.due_on = after
            letter.save(update_fields=["due_on"])
            yield Move(letter, "三书一函的回复期限", before, after)


def _answers(calendars: tuple[Calendar, Calendar]) -> Iterator[Move]:
    """The limit of answers to minutes that were sent and not answered: never earlier than was announced."""
    waiting = Minutes.objects.filter(sent_at__isnull=False, answer="", answer_until__isnull=False)
    rows = waiting.filter(case__state=CaseState.INTERVIEWED).select_related("case")
    for minutes in rows.iterator(chunk_size=CHUNK):
        assert minutes.sent_at is not None
        assert minutes.answer_until is not None
        before = minutes.answer_until
        after = _recounted(timezone.localtime(minutes.sent_at).date(), before, calendars)
        if after > before:
            minutes.answer_until = after
            minutes.save(update_fields=["answer_until"])
            yield Move(minutes.case, "纪要反馈期限", before, after)
