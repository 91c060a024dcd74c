"""重新整改: 退回整改 and 复发重启, each asked for by a supervisor and decided by the director, who may refuse.

A limit set anew lies after the office's lead, not before the limit that runs, and within the office's cap; it is
looked at when it is asked for and again on the day it is decided.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from yuetan.actions.pending import settle_extensions
from yuetan.actions.rectification.task_dates import end_pause, present_limit, set_due_date
from yuetan.actions.step import refuse_if_any, step
from yuetan.models import CalendarDay, Case, OfficeSetting, ReworkRequest, Task, TaskReport, User
from yuetan.rules.dates import clock
from yuetan.rules.dates.rework import Limits, limits
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text import official_text
from yuetan.rules.text.empty_words import require_words
from yuetan.vocabulary import FindingOutcome, ReportKind, ReworkKind, TaskState, Verb

SETTLED = "重新整改已另定时限，不再审批。"


def request_send_back(case: Case, *, by: User, tasks: Sequence[Task], reason: str, new_due_on: date | None) -> Case:
    """提请退回整改: which tasks the inspection found wanting, also ones struck off; why; until when.

    Raises StateChanged unless the case is under inspection, NotYours for anybody but a supervisor, Refused before a
    conclusion that every inspector has signed, without tasks, reason or day, for an accepted task that was not found
    untrue, and for a day before the running one or outside the office's limits (办公室设定). Effects: a request; the
    limits change only when the director grants it.
    """
    return _request(case, Verb.REQUEST_SEND_BACK, ReworkKind.SEND_BACK, tasks, reason, new_due_on, by=by)


def request_reopening(case: Case, *, by: User, tasks: Sequence[Task], reason: str, new_due_on: date | None) -> Case:
    """提请重启整改: which tasks the 回头看 found relapsed; why; until when.

    Raises StateChanged unless the case is closed, NotYours for anybody but a supervisor, Refused without tasks, reason
    or day, without a 回头看 of two persons that found a relapse, on void minutes, and for a day outside the office's
    limits (办公室设定). Effects: a request, which the director decides.
    """
    return _request(case, Verb.REQUEST_REOPENING, ReworkKind.REOPEN, tasks, reason, new_due_on, by=by)


def _request(
    case: Case, verb: Verb, kind: ReworkKind, tasks: Sequence[Task], reason: str, new_due_on: date | None, *, by: User
) -> Case:
    facts: dict[str, Any] = {"tasks": sorted(task.number for task in tasks), "new_due_on": new_due_on}
    with step(case, verb, by=by, opinion=reason, facts=facts) as case:
        chosen = _locked_tasks(case, tasks)
        problems = [*_task_problems(case, kind, chosen), *_date_problems(chosen, new_due_on)]
        unexplained = require_words(reason, finding("reason_missing", "reason", what=kind.label))
        refuse_if_any(case, [*problems, *unexplained])
        assert new_due_on is not None
        request = ReworkRequest(case=case, kind=kind, reason=reason, new_due_on=new_due_on, requested_by=by)
        request.save()
        request.tasks.set(chosen)
    return case


def _locked_tasks(case: Case, tasks: Iterable[Task]) -> list[Task]:
    keys = [task.pk for task in tasks]
    return list(case.tasks.select_for_update(of=("self",)).filter(pk__in=keys).order_by("number"))


def _task_problems(case: Case, kind: ReworkKind, tasks: Sequence[Task]) -> Iterator[Finding]:
    if not tasks:
        yield finding("no_task_chosen" if kind == ReworkKind.SEND_BACK else "no_task_to_reopen", "tasks")
    if kind == ReworkKind.SEND_BACK:
        untrue = not_borne_out(case)
        for task in tasks:
            if task.state == TaskState.ACCEPTED and task.pk not in untrue:
                yield finding("task_not_returnable", "tasks", number=task.number)


def not_borne_out(case: Case) -> set[int]:
    """Keys of the tasks that the current inspection found not to be as they were reported."""
    inspection = case.current_inspection
    if inspection is None:
        return set()
    rows = inspection.task_findings.filter(outcome=FindingOutcome.NOT_BORNE_OUT)
    return set(rows.values_list("task", flat=True))


def rework_limits(tasks: Sequence[Task]) -> Limits:
    """Between which days a new limit for these tasks lies today, by the office's settings."""
    lead, most = OfficeSetting.objects.numbers("rework_lead_days", "rework_most_days")
    running = max((present_limit(task) for task in tasks), default=None)
    return limits(clock.today(), running, lead, most, CalendarDay.objects.calendar())


def _date_problems(tasks: Sequence[Task], new_due_on: date | None) -> Iterator[Finding]:
    if new_due_on is None:
        yield finding("new_due_missing", "new_due_on")
        return
    allowed = rework_limits(tasks)
    if allowed.running is not None and new_due_on < allowed.running:
        yield finding("new_due_before_running", "new_due_on", due=official_text.chinese_date(allowed.running))
    elif new_due_on < allowed.earliest.earliest:  # under every arrangement of a year that is not published
        earliest = official_text.chinese_date(allowed.earliest.day)
        yield finding("new_due_too_soon", "new_due_on", days=allowed.lead, earliest=earliest)
    elif allowed.latest is not None and new_due_on > allowed.latest.latest:
        latest = official_text.chinese_date(allowed.latest.day)
        yield finding("new_due_too_far", "new_due_on", most=allowed.most, latest=latest)


def send_back(case: Case, *, by: User, opinion: str) -> Case:
    """退回整改: the director grants what a supervisor asked for; only then the limits change.

    Raises StateChanged unless the case is under inspection, NotYours for anybody but the director, Refused where no
    request waits, for who made it, without an opinion, and where it is no longer in order on the day it is decided.
    Effects: the tasks begin again with the new day, requests for an extension are settled in words, the unit is
    alerted.
    """
    facts: dict[str, Any] = {}
    with step(case, Verb.SEND_BACK, by=by, opinion=opinion, facts=facts) as case:
        case.send_back()  # asked while the request is still open
        _grant(case, facts, by=by, opinion=opinion)
    return case


def reopen(case: Case, *, by: User, opinion: str) -> Case:
    """复发重启整改: the director grants it; the account is open again, and the relapse stays counted.

    Raises StateChanged unless the case is closed, NotYours for anybody but the director, Refused where no request
    waits, for who made it, on void minutes, without an opinion, and where it is no longer in order on the day it is
    decided. Effects: the tasks begin again with the new day; the unit is alerted.
    """
    facts: dict[str, Any] = {}
    with step(case, Verb.REOPEN, by=by, opinion=opinion, facts=facts) as case:
        case.reopen()
        _grant(case, facts, by=by, opinion=opinion)
    return case


def _grant(case: Case, facts: dict[str, Any], *, by: User, opinion: str) -> None:
    request = case.pending_rework
    assert request is not None
    tasks = _locked_tasks(case, request.tasks.all())
    unexplained = require_words(opinion, finding("opinion_missing", "opinion"))
    refuse_if_any(case, [*_overtaken(case, request, tasks), *unexplained])
    settled = settle_extensions(case, by=by, words=SETTLED)
    for task in tasks:
        _begin_again(task, request, by)
    _decide(request, granted=True, by=by, opinion=opinion)
    facts.update(tasks=[task.number for task in tasks], new_due_on=request.new_due_on, rework_reason=request.reason)
    facts["settled"] = settled


def _overtaken(case: Case, request: ReworkRequest, tasks: Sequence[Task]) -> Iterator[Finding]:
    """What was in order when it was asked for, and is so no more on the day it is decided."""
    problems = [*_task_problems(case, ReworkKind(request.kind), tasks), *_date_problems(tasks, request.new_due_on)]
    if problems:
        due = official_text.chinese_date(request.new_due_on)
        yield finding("rework_overtaken", "", due=due, why=case.reason(problems[0]).text)


def _begin_again(task: Task, request: ReworkRequest, by: User) -> None:
    if task.state == TaskState.ACCEPTED:
        task.relapse() if request.kind == ReworkKind.REOPEN else task.revoke_acceptance()
    elif task.state == TaskState.REPORTED:
        report = task.handed_in(ReportKind.COMPLETION)[0]
        report.outcome, report.outcome_note = TaskReport.Outcome.RETURNED, request.reason
        report.decided_by, report.decided_at = by, clock.now()
        report.save()
        task.return_report()
    end_pause(task, by=by, reason=request.reason)
    set_due_date(task, request.new_due_on)


def refuse_rework(case: Case, *, by: User, opinion: str) -> Case:
    """不同意重新整改: the director refuses in words; nothing changes, and a supervisor may ask anew.

    Raises StateChanged unless the case is under inspection or closed, NotYours for anybody but the director, Refused
    where no request waits, for who made it, and without an opinion.
    """
    facts: dict[str, Any] = {}
    with step(case, Verb.REFUSE_REWORK, by=by, opinion=opinion, facts=facts) as case:
        request = case.pending_rework
        assert request is not None
        refuse_if_any(case, require_words(opinion, finding("opinion_missing", "opinion")))
        _decide(request, granted=False, by=by, opinion=opinion)
        facts["tasks"] = list(request.tasks.order_by("number").values_list("number", flat=True))
    return case


def _decide(request: ReworkRequest, *, granted: bool, by: User, opinion: str) -> None:
    request.granted, request.opinion = granted, opinion
    request.decided_by, request.decided_at = by, clock.now()
    request.save()
