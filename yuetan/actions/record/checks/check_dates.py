"""Dates, computed anew: from what was agreed and decided, from pauses, rhythms and the calendar."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from django.utils import timezone

from yuetan.actions.record.disagreement import Disagreement
from yuetan.models import Case, Event, Task
from yuetan.rules.dates.pauses import effective_due_on
from yuetan.rules.dates.progress import next_due_after
from yuetan.rules.dates.working_days import ONE_DAY, Calendar
from yuetan.rules.text import official_text
from yuetan.vocabulary import RecordKind, ReportKind, ReportRhythm, Verb

# By these the limit of a task is set anew; nothing else moves what was agreed.
SETS_LIMIT = (Verb.DECIDE_EXTENSION, Verb.SEND_BACK, Verb.REOPEN, Verb.CONFIRM_CORRECTION)
NOTICE_VERBS = (Verb.SERVE_NOTICE, Verb.RESCHEDULE)


def check_dates(case: Case, events: Sequence[Event], calendar: Calendar, named: str) -> Iterator[Disagreement]:
    """The dates of a case and of its tasks, each against what it follows from."""
    of_tasks = (words for task in case.tasks.all() for words in _task(task, events, calendar))
    yield from (Disagreement(RecordKind.DATE, named, words) for words in (*_case_dates(case, events), *of_tasks))


def _case_dates(case: Case, events: Sequence[Event]) -> Iterator[str]:
    if case.due_on != case.next_due_on():
        yield f"时限登记为{_day(case.due_on)}，推算为{_day(case.next_due_on())}"
    notice = _last(events, NOTICE_VERBS)
    if notice is not None and case.scheduled_at != datetime.fromisoformat(notice.data["scheduled_at"]):
        yield "约谈时间与最近一次通知不一致"
    interview = getattr(case, "interview", None)
    if interview is not None and case.interviewed_on != interview.held_on:
        yield "约谈日期与约谈记录不一致"
    ended = _last(events, (Verb.CLOSE, Verb.REOPEN))
    closed_on = timezone.localtime(ended.created_at).date() if ended and ended.verb == Verb.CLOSE else None
    if case.closed_on != closed_on:
        yield f"办结日期登记为{_day(case.closed_on)}，操作日志为{_day(closed_on)}"


def _task(task: Task, events: Sequence[Event], calendar: Calendar) -> Iterator[str]:
    which, agreed = f"第 {task.number} 项", _agreed_due_on(task, events)
    if task.agreed_due_on != agreed:
        yield f"{which}约定的时限登记为{_day(task.agreed_due_on)}，操作日志为{_day(agreed)}"
        return
    if task.pauses.all() and not (task.runs and task.is_unreported):
        return  # by the calendar of the day on which it stopped running; a change of it moves the limit no more
    spans = [pause.span for pause in task.pauses.all()]
    until = effective_due_on(task.agreed_due_on, task.agreed_on, spans, calendar)
    if task.effective_due_on != until:
        yield f"{which}实际截止日登记为{_day(task.effective_due_on)}，推算为{_day(until)}"
    elif task.runs and task.progress_due_on is not None and not _is_a_turn(task, task.progress_due_on, calendar):
        yield f"{which}进展报告期限{_day(task.progress_due_on)}不合约定的“{task.get_report_rhythm_display()}”"


def _agreed_due_on(task: Task, events: Sequence[Event]) -> date:
    """What was agreed in the interview, or set by the last decision about this task."""
    decided = (event.data for event in events if event.verb in SETS_LIMIT and event.data.get("granted", True))
    of_task = (facts for facts in decided if task.number in facts.get("tasks", [facts.get("task")]))
    set_to = [facts.get("limits", {}).get(str(task.number)) or facts.get("new_due_on") for facts in of_task]
    days = [date.fromisoformat(day) for day in set_to if day]
    return days[-1] if days else task.first_due_on


def _is_a_turn(task: Task, day: date, calendar: Calendar) -> bool:
    """Whether a report on the way is due on that day by what was agreed, and was not handed in for it already."""
    rhythm, until = ReportRhythm(task.report_rhythm), task.effective_due_on or date.max
    answered = [report.due_on for report in task.handed_in(ReportKind.PROGRESS) if report.due_on]
    is_next = next_due_after(rhythm, task.assigned_on, day - ONE_DAY, until, calendar) == day
    return is_next and task.is_unreported and day > max([task.assigned_on, *answered])


def _last(events: Sequence[Event], verbs: Sequence[Verb]) -> Event | None:
    return next((event for event in reversed(events) if event.verb in verbs), None)


def _day(day: date | None) -> str:
    return official_text.chinese_date(day) if day else "空"
