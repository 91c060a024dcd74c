"""What the interviewed side reports on its tasks: 整改报告 that they are done, 进展报告 how far they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TypedDict

from django.utils import timezone

from yuetan.actions.files.attachment import ExaminedFile, Offer, attach, examine_rows
from yuetan.actions.files.attachment_versions import copy_attachments, delete_attachments
from yuetan.actions.rectification.task_dates import end_pause, locked_task, not_reportable, schedule_progress_report
from yuetan.actions.step import refuse_if_any, step
from yuetan.models import Attachment, CalendarDay, Task, TaskReport, User
from yuetan.models.case.requirements.paper_filing import registrar_decides
from yuetan.models.rectification.task import drafts_digest
from yuetan.models.rectification.task_origin import HandsOutTasks, Origin
from yuetan.rules.dates import clock, progress
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.empty_words import require_words
from yuetan.vocabulary import FilePurpose, ReportKind, ReportRhythm, Verb

PAUSE_ENDED_BY_REPORT = "已报送整改报告。"


class ReportRow(TypedDict):
    """What is written on one task: the text, new files, and attachments to be removed."""

    task: Task
    text: str
    files: Sequence[Offer]
    removed: Sequence[Attachment]


def prepare_report(origin: Origin, *, by: User, reports: Sequence[ReportRow]) -> Origin:
    """填写整改报告: the unit's own drafts, task by task, until they are handed in.

    A row equal to the current draft leaves its task unchanged. Raises StateChanged where nothing is being put right,
    NotYours for anybody but the unit's side, Refused for a task that is reported or accepted already, where nothing at
    all was written, and for a file that is not accepted.
    """
    return _prepare(origin, Verb.PREPARE_REPORT, ReportKind.COMPLETION, reports, by=by)


def prepare_progress(origin: Origin, *, by: User, reports: Sequence[ReportRow]) -> Origin:
    """填写进展报告: how far the tasks are, in rows as those of 整改报告.

    Raises what prepare_report raises.
    """
    return _prepare(origin, Verb.PREPARE_PROGRESS, ReportKind.PROGRESS, reports, by=by)


def _prepare(origin: Origin, verb: Verb, kind: ReportKind, reports: Sequence[ReportRow], *, by: User) -> Origin:
    examined_rows = examine_rows(origin, reports, "reports")
    with step(origin, verb, by=by) as origin:
        tasks = [locked_task(origin, row["task"]) for row in reports]
        rows = [row for row in zip(tasks, reports, examined_rows, strict=True) if _says_something(kind, *row)]
        refuse_if_any(origin, [finding for task, _, _ in rows for finding in not_reportable(task)])
        if not rows and not any(task.draft(kind) for task in tasks):
            refuse_if_any(origin, [finding("no_report_written", "reports", kind=kind.label)])
        for task, row, files in rows:
            report = _draft(task, kind, row, by)
            attach(origin, files, by=by, purpose=FilePurpose.REPORT, report=report)
    return origin


def _says_something(kind: ReportKind, task: Task, row: ReportRow, files: Sequence[ExaminedFile]) -> bool:
    """Whether a row differs from what its draft, or the version it would begin with, says."""
    known = task.draft(kind) or _last(task, kind)
    return bool(files or row["removed"]) or row["text"] != (known.text if known else "")


def _last(task: Task, kind: ReportKind) -> TaskReport | None:
    """The version a new draft begins with; each report on the way begins anew."""
    return next(iter(task.handed_in(kind)), None) if kind == ReportKind.COMPLETION else None


def _draft(task: Task, kind: ReportKind, row: ReportRow, by: User) -> TaskReport:
    draft, last = task.draft(kind), _last(task, kind)
    begun = draft is None
    report = draft or TaskReport(task=task, kind=kind, version=len(task.reports_of(kind)) + 1)
    report.text, report.prepared_by = row["text"], by
    report.save()
    if begun:
        copy_attachments(last.attachments.all() if last else (), row["removed"], report=report)
    else:
        delete_attachments(report.attachments.filter(pk__in=[file.pk for file in row["removed"]]))
    return report


def hand_in_report(origin: Origin, *, by: User, tasks: Sequence[Task], seen: str) -> Origin:
    """报送整改报告: the head reports in writing what was done about the tasks chosen, in the words that were `seen`.

    Raises StateChanged where nothing is being put right, NotYours for anybody but the head of the unit, Refused
    without tasks, for one without a draft or reported already, and for other drafts than were shown. Effects: by Art.
    10 (一) the tasks are reported and their clocks stop, a pause among them; the office is alerted, and late ones are
    marked.
    """
    return _hand_in(origin, Verb.HAND_IN_REPORT, ReportKind.COMPLETION, tasks, seen, by=by)


def hand_in_progress(origin: Origin, *, by: User, tasks: Sequence[Task], seen: str) -> Origin:
    """报送进展报告: the head reports progress on the selected tasks, whose states do not change.

    Raises what hand_in_report raises. Effects: a report fulfils the turn that is due, and the next one is awaited.
    """
    return _hand_in(origin, Verb.HAND_IN_PROGRESS, ReportKind.PROGRESS, tasks, seen, by=by)


def _hand_in(origin: Origin, verb: Verb, kind: ReportKind, tasks: Sequence[Task], seen: str, *, by: User) -> Origin:
    facts: dict[str, Any] = {}
    with step(origin, verb, by=by, facts=facts) as origin:
        selected = sorted((locked_task(origin, task) for task in tasks), key=lambda task: task.number)
        refuse_if_any(origin, [*_hand_in_problems(selected, kind), *_not_as_shown(origin, kind, seen)])
        handed_in_reports = [_hand_in_one(task, kind, by) for task in selected]
        facts["tasks"] = [task.number for task in selected]
        facts["versions"] = [report.version for report in handed_in_reports]
        facts["late"] = [report.task.number for report in handed_in_reports if report.is_late]
    return origin


def _hand_in_problems(tasks: Sequence[Task], kind: ReportKind) -> Iterator[Finding]:
    if not tasks:
        yield finding("no_report_chosen", "tasks", kind=kind.label)
    for task in tasks:
        yield from not_reportable(task)
        if task.is_unreported:
            draft, code = task.draft(kind), "report_empty" if kind == ReportKind.COMPLETION else "progress_empty"
            yield from require_words(draft.text if draft else "", finding(code, "tasks", number=task.number))


def _not_as_shown(origin: HandsOutTasks, kind: ReportKind, seen: str) -> Iterator[Finding]:
    if seen != drafts_digest(origin.tasks.all(), kind):
        yield finding("report_changed", "tasks", kind=kind.label)


def _hand_in_one(task: Task, kind: ReportKind, by: User) -> TaskReport:
    report = task.draft(kind)
    assert report is not None
    report.handed_in_by, report.handed_in_at = by, clock.now()
    receive_report(task, report, by)
    return report


def receive_report(task: Task, report: TaskReport, by: User) -> None:
    """What a report that is handed in makes of its task; the report is saved with the limit it was to meet."""
    if report.kind == ReportKind.COMPLETION:
        _report_done(task, report, by)
    else:
        _report_progress(task, report)


def _report_done(task: Task, report: TaskReport, by: User) -> None:
    report.due_on = task.effective_due_on
    report.save()
    task.report()
    task.progress_due_on = None
    task.save()
    end_pause(task, by=by, reason=PAUSE_ENDED_BY_REPORT)


def _report_progress(task: Task, report: TaskReport) -> None:
    """It fulfils the turn that is due, if that has begun; a further report in the same turn fulfils none."""
    assert report.handed_in_at is not None
    pause, awaited_on, came_on = task.open_pause, task.progress_due_on, timezone.localdate(report.handed_in_at)
    if awaited_on is not None and (pause is None or awaited_on < pause.began_on):
        rhythm, calendar = ReportRhythm(task.report_rhythm), CalendarDay.objects.calendar()
        if progress.turn_has_begun(rhythm, task.assigned_on, awaited_on, came_on, calendar):
            report.due_on = awaited_on
    report.save()
    if report.due_on is not None:
        schedule_progress_report(task)
        task.save()


def note_progress(origin: Origin, *, by: User, report: TaskReport, note: str) -> Origin:
    """批阅进展报告: the supervisor marks it as read, once, with an optional remark.

    Raises StateChanged where nothing is being put right, NotYours for anybody but a supervisor, Refused where it was
    read already, and for who registered it from paper. Effects: the unit sees the remark.
    """
    facts = {"task": report.task.number, "progress": report.version}
    with step(origin, Verb.NOTE_PROGRESS, by=by, opinion=note, facts=facts) as origin:
        handed_in = TaskReport.objects.select_for_update(of=("self",)).filter(
            **{f"task__{origin.ABOUT}": origin}, kind=ReportKind.PROGRESS
        )
        read = handed_in.exclude(handed_in_at=None).get(pk=report.pk)
        if read.decided_by is not None:
            refuse_if_any(origin, [finding("progress_noted", "report", name=read.decided_by.name)])
        refuse_if_any(origin, registrar_decides(origin, by, read, "report"))
        read.outcome, read.outcome_note = TaskReport.Outcome.NOTED, note
        read.decided_by, read.decided_at = by, clock.now()
        read.save()
    return origin
