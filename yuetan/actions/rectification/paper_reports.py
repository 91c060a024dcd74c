"""代录整改报告、进展报告: reports on paper, task by task, registered by the office as they would be handed in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, TypedDict, Unpack

from yuetan.actions.files.attachment import ExaminedFile, Offer, attach, examine_rows
from yuetan.actions.files.paper_filing import FiledPaper, StatedPaper, examined_paper, keep_paper
from yuetan.actions.rectification.report import receive_report
from yuetan.actions.rectification.task_dates import locked_task, not_reportable
from yuetan.actions.step import refuse_if_any, step
from yuetan.models import PaperFiling, Task, TaskReport, User
from yuetan.models.rectification.task_origin import HandsOutTasks, Origin
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.empty_words import require_words
from yuetan.vocabulary import FilePurpose, ReportKind, Verb


class PaperReportRow(TypedDict):
    """What the paper says of one task, and its proof; a row without words is left out."""

    task: Task
    text: str
    files: Sequence[Offer]


def register_report(
    origin: Origin,
    *,
    by: User,
    reports: Sequence[PaperReportRow],
    **stated: Unpack[StatedPaper],
) -> Origin:
    """代录整改报告: the tasks it speaks of are reported as of the moment it was received, late or not by that.

    A pause of a task ends. Raises Refused for a task that waits for no report, and for a paper that is not whole.
    """
    paper = examined_paper(origin, **stated)
    return _register(origin, Verb.REGISTER_REPORT, ReportKind.COMPLETION, reports, paper, by=by)


def register_progress(
    origin: Origin,
    *,
    by: User,
    reports: Sequence[PaperReportRow],
    **stated: Unpack[StatedPaper],
) -> Origin:
    """代录进展报告: how far the tasks are; their states do not change.

    Raises Refused for a task that waits for no report, and for a paper that is not whole.
    """
    paper = examined_paper(origin, **stated)
    return _register(origin, Verb.REGISTER_PROGRESS, ReportKind.PROGRESS, reports, paper, by=by)


def _register(
    origin: Origin, verb: Verb, kind: ReportKind, reports: Sequence[PaperReportRow], paper: FiledPaper, *, by: User
) -> Origin:
    examined_rows, facts = examine_rows(origin, reports, "reports"), dict[str, Any]()
    with step(origin, verb, by=by, facts=facts) as origin:
        rows = [
            (locked_task(origin, row["task"]), row["text"], files)
            for row, files in zip(reports, examined_rows, strict=True)
            if row["text"].strip() or files
        ]
        refuse_if_any(origin, _paper_report_problems(origin, kind, rows, paper))
        filing = keep_paper(origin, paper, verb, by=by, facts=facts)
        received = [_receive(origin, kind, row, filing) for row in rows]
        facts["tasks"] = [report.task.number for report in received]
        facts["versions"] = [report.version for report in received]
        facts["late"] = [report.task.number for report in received if report.is_late]
    return origin


Row = tuple[Task, str, list[ExaminedFile]]


def _paper_report_problems(
    origin: HandsOutTasks, kind: ReportKind, rows: Sequence[Row], paper: FiledPaper
) -> Iterator[Finding]:
    if not rows:
        yield finding("no_report_chosen", "reports", kind=kind.label)
    for task, text, _ in rows:
        yield from not_reportable(task)
        code = "report_empty" if kind == ReportKind.COMPLETION else "progress_empty"
        yield from require_words(text, finding(code, "reports", number=task.number))
    yield from paper.problems(
        origin, *max((_since(task) for task, _, _ in rows), key=lambda since: since[1], default=_of(origin))
    )


def _of(origin: HandsOutTasks) -> tuple[str, datetime]:
    """Where no task is named: the first day on which one was assigned."""
    return "交办之日", clock.day_begins(min(task.assigned_on for task in origin.tasks.all()))


def _since(task: Task) -> tuple[str, datetime]:
    """The moment that a report answers: the task was assigned, or its last report was returned."""
    decided = [report.decided_at for report in task.handed_in(ReportKind.COMPLETION) if report.decided_at]
    if decided:
        return f"第 {task.number} 项上次核查的时间", max(decided)
    return f"第 {task.number} 项交办之日", clock.day_begins(task.assigned_on)


def _receive(origin: HandsOutTasks, kind: ReportKind, row: Row, filing: PaperFiling) -> TaskReport:
    """The report that came on paper; a draft under way makes room, as the one after it."""
    task, text, files = row
    draft, version = task.draft(kind), len(task.reports_of(kind)) + 1
    if draft is not None:
        version, draft.version = draft.version, draft.version + 1
        draft.save()
    signed = {"handed_in_by": filing.signer.holder, "handed_in_at": filing.received_at}
    facts = {"kind": kind, "version": version, "prepared_by": filing.registered_by}
    report = TaskReport(task=task, text=text, paper_filing=filing, **facts, **signed)
    receive_report(task, report, filing.registered_by)
    attach(origin, files, by=filing.registered_by, purpose=FilePurpose.REPORT, report=report)
    return report
