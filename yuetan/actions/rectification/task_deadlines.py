"""The dates of a task: 延期 asked for and decided, 中止计时 and 恢复计时.

A date changes in no other way but by 退回整改 and 复发重启 (rework.py): always by a decision of the director.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, Unpack

from django.utils import timezone

from yuetan.actions.files.paper_filing import StatedPaper, examined_paper, keep_paper
from yuetan.actions.rectification.task_dates import (
    end_pause,
    locked_task,
    not_reportable,
    present_limit,
    recompute_deadline,
    set_due_date,
)
from yuetan.actions.step import refuse_if_any, step
from yuetan.models import CalendarDay, Extension, OfficeSetting, Pause, Task, User
from yuetan.models.case.requirements.paper_filing import registrar_decides
from yuetan.models.rectification.task_origin import Origin
from yuetan.rules.dates import clock
from yuetan.rules.dates.pauses import working_days_of
from yuetan.rules.dates.provisional import count_on
from yuetan.rules.dates.working_days import ONE_DAY
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text import official_text
from yuetan.rules.text.empty_words import require_words
from yuetan.vocabulary import PauseAsker, Verb


def ask_extension(origin: Origin, *, by: User, task: Task, new_due_on: date, reason: str) -> Origin:
    """申请延期: a reason and a later date; asked after the date has passed it stays marked 逾期申请.

    Raises StateChanged where nothing is being put right, NotYours for anybody but the head of the unit, Refused for a
    task that is reported or accepted, while another request waits, without a reason, and for a day that is not later
    or beyond the office's limits (办公室设定). Effects: a request, which the director decides.
    """
    facts: dict[str, Any] = {"task": task.number, "new_due_on": new_due_on}
    with step(origin, Verb.ASK_EXTENSION, by=by, opinion=reason, facts=facts) as origin:
        task = locked_task(origin, task)
        refuse_if_any(origin, [*not_reportable(task), *_extension_problems(task, new_due_on, reason)])
        request = Extension(requested_by=by, requested_at=clock.now())
        facts["requested_late"] = _request(task, request, new_due_on, reason)
    return origin


def _request(task: Task, request: Extension, new_due_on: date, reason: str) -> bool:
    """Keep the request; whether the limit had passed when it was made."""
    asked_on = timezone.localdate(request.requested_at)
    request.requested_late = task.effective_due_on is not None and task.effective_due_on < asked_on
    request.task, request.reason = task, reason
    request.old_due_on, request.new_due_on = present_limit(task), new_due_on
    request.save()
    return request.requested_late


def register_extension(
    origin: Origin,
    *,
    by: User,
    task: Task,
    new_due_on: date,
    reason: str,
    **stated: Unpack[StatedPaper],
) -> Origin:
    """代录延期申请: a request on paper; 逾期申请 or not by the moment it was received, decided on by the director.

    Raises Refused where the request itself would be refused, and for a paper that is not whole.
    """
    paper = examined_paper(origin, **stated)
    facts: dict[str, Any] = {"task": task.number, "new_due_on": new_due_on}
    with step(origin, Verb.REGISTER_EXTENSION, by=by, opinion=reason, facts=facts) as origin:
        task = locked_task(origin, task)
        paper_problems = paper.problems(origin, *_asked_since(task))
        refuse_if_any(origin, [*not_reportable(task), *paper_problems, *_extension_problems(task, new_due_on, reason)])
        filing = keep_paper(origin, paper, Verb.REGISTER_EXTENSION, by=by, facts=facts)
        signed = {"requested_by": filing.signer.holder, "requested_at": filing.received_at}
        facts["requested_late"] = _request(task, Extension(paper_filing=filing, **signed), new_due_on, reason)
    return origin


def _asked_since(task: Task) -> tuple[str, datetime]:
    """The moment that a request answers: the task was assigned, or the last request was decided on."""
    decided = [one.decided_at for one in task.extensions.all() if one.decided_at]
    return ("上次延期审批的时间", max(decided)) if decided else ("交办之日", clock.day_begins(task.assigned_on))


def _extension_problems(task: Task, new_due_on: date, reason: str) -> Iterator[Finding]:
    present = present_limit(task)
    if new_due_on <= present:
        yield finding("extension_not_later", "new_due_on", due=official_text.chinese_date(present))
    elif new_due_on <= clock.today():
        yield finding("new_due_past", "new_due_on")
    else:
        yield from _beyond_limits(task, new_due_on)
    yield from require_words(reason, finding("reason_missing", "reason", what="延期"))
    if task.extensions.filter(decided_at=None).exists():
        yield finding("extension_pending", "task", number=task.number)


def _beyond_limits(task: Task, new_due_on: date) -> Iterator[Finding]:
    """The office's own limits; 0 stands for none."""
    number = OfficeSetting.objects.number
    times, most_times, most_days = (
        task.extensions.filter(granted=True).count(),
        number("extension_most_times"),
        number("extension_most_days"),
    )
    if most_times and times >= most_times:
        yield finding("extension_too_often", "task", number=task.number, times=times, most=most_times)
    first = max(present_limit(task), clock.today())
    latest = count_on(first, most_days, CalendarDay.objects.calendar())
    if most_days and new_due_on > latest.latest:  # too long under every arrangement of a year that is not published
        words = {"most": most_days, "latest": official_text.chinese_date(latest.day)}
        yield finding("extension_too_long", "new_due_on", number=task.number, **words)


def decide_extension(origin: Origin, *, by: User, task: Task, granted: bool, opinion: str) -> Origin:
    """审批延期: what was asked for is granted or refused; the first date stays.

    Raises StateChanged where nothing is being put right, NotYours for anybody but the director, Refused where no
    request waits, without an opinion, for who registered it from paper, and for granting a day that has passed or is
    no later any more. Effects: the new limit if granted; the unit is alerted.
    """
    facts: dict[str, Any] = {"task": task.number, "granted": granted}
    with step(origin, Verb.DECIDE_EXTENSION, by=by, opinion=opinion, facts=facts) as origin:
        task = locked_task(origin, task)
        extension = task.extensions.filter(decided_at=None).first()
        own = registrar_decides(origin, by, extension, "task") if extension else []
        refuse_if_any(origin, [*_decision_problems(task, extension, granted, opinion), *own])
        assert extension is not None
        extension.granted, extension.opinion = granted, opinion
        extension.decided_by, extension.decided_at = by, clock.now()
        extension.save()
        if granted:
            set_due_date(task, extension.new_due_on)
            request = {"reason": extension.reason, "requested_late": extension.requested_late}
            facts.update(new_due_on=extension.new_due_on, **request)
    return origin


def _decision_problems(task: Task, extension: Extension | None, granted: bool, opinion: str) -> Iterator[Finding]:
    if extension is None:
        yield finding("no_extension_to_decide", "task")
    elif granted and extension.new_due_on <= present_limit(task):
        due = official_text.chinese_date(present_limit(task))
        yield finding("extension_overtaken", "task", number=task.number, due=due)
    elif granted and extension.new_due_on <= clock.today():  # it was ahead when it was asked for
        day = official_text.chinese_date(extension.new_due_on)
        yield finding("extension_day_past", "task", number=task.number, due=day)
    yield from require_words(opinion, finding("opinion_missing", "opinion"))


def pause_task(
    origin: Origin, *, by: User, task: Task, asked_by: str, planned_end_on: date | None, reason: str
) -> Origin:
    """中止计时: until a planned day, within the office's cap, the days do not count; the unit may go on and report.

    Both sides read who asked for it. The limit runs again on the planned day by itself, or earlier if the director
    lets it. Raises StateChanged where nothing is being put right, NotYours for anybody but the director, Refused for a
    task that is reported, paused or overdue, without a reason or who asked, and for an end that is past or beyond the
    cap (办公室设定).
    """
    facts: dict[str, Any] = {"task": task.number, "planned_end_on": planned_end_on}
    with step(origin, Verb.PAUSE_TASK, by=by, opinion=reason, facts=facts) as origin:
        task = locked_task(origin, task)
        refuse_if_any(origin, [*_pause_problems(task, reason), *_pause_plan_problems(task, asked_by, planned_end_on)])
        facts["asked_by"] = PauseAsker(asked_by).label
        plan = {"asked_by": asked_by, "planned_end_on": planned_end_on, "due_on_before": task.effective_due_on}
        Pause.objects.create(task=task, reason=reason, began_on=clock.today(), begun_by=by, **plan)
        recompute_deadline(task)
    return origin


def _pause_plan_problems(task: Task, asked_by: str, planned_end_on: date | None) -> Iterator[Finding]:
    if asked_by not in PauseAsker.values:
        yield finding("pause_asker_missing", "asked_by")
    if planned_end_on is None:
        yield finding("pause_end_missing", "planned_end_on")
    elif planned_end_on <= clock.today():
        yield finding("pause_end_past", "planned_end_on")
    else:
        yield from _beyond_pause_cap(task, planned_end_on)


def _beyond_pause_cap(task: Task, planned_end_on: date) -> Iterator[Finding]:
    """The office's own limit on all pauses of a task together; 0 stands for none."""
    most, calendar = OfficeSetting.objects.number("pause_most_days"), CalendarDay.objects.calendar()
    used = sum(working_days_of(pause.span, calendar) for pause in task.pauses.exclude(ended_on=None))
    # The limit runs again at the latest on the working day after the last day that may be paused.
    last = count_on(clock.today() - ONE_DAY, max(most - used, 0) + 1, calendar)
    if most and planned_end_on > last.latest:  # too long under every arrangement of a year that is not published
        words = {"most": most, "used": used, "latest": official_text.chinese_date(last.day)}
        yield finding("pause_too_long", "planned_end_on", number=task.number, **words)


def _pause_problems(task: Task, reason: str) -> Iterator[Finding]:
    pause = task.open_pause
    if not task.is_unreported:
        yield finding("task_not_pausable", "task", number=task.number, state=task.get_state_display())
    elif pause is not None:
        began = official_text.chinese_date(pause.began_on)
        yield finding("task_already_paused", "task", number=task.number, began=began)
    elif task.is_overdue:
        due = official_text.chinese_date(present_limit(task))
        yield finding("task_overdue_not_pausable", "task", number=task.number, due=due)
    yield from require_words(reason, finding("reason_missing", "reason", what="中止计时"))


def resume_task(origin: Origin, *, by: User, task: Task, reason: str) -> Origin:
    """恢复计时: the working days of the pause are given back.

    Raises StateChanged where nothing is being put right, NotYours for anybody but the director, Refused for a task
    that is not paused, and without a reason.
    """
    facts: dict[str, Any] = {"task": task.number}
    with step(origin, Verb.RESUME_TASK, by=by, opinion=reason, facts=facts) as origin:
        task = locked_task(origin, task)
        refuse_if_any(origin, require_words(reason, finding("reason_missing", "reason", what="恢复计时")))
        if not end_pause(task, by=by, reason=reason):
            refuse_if_any(origin, [finding("task_not_paused", "task", number=task.number)])
        facts["effective_due_on"] = task.effective_due_on
    return origin
