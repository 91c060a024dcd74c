"""Each task as an account (一事一账): what was agreed, where it stands, and all that was reported and done about it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, TypedDict

from yuetan.ledgers.deadline_lights import DeadlineLights
from yuetan.ledgers.rectification.tasks import TASK_LIGHTS
from yuetan.models import (
    Attachment,
    Case,
    Chase,
    Extension,
    Pause,
    SiteCheck,
    SupervisionLetter,
    Task,
    TaskFinding,
    TaskReport,
    User,
)
from yuetan.models.case.relations import read_for_all
from yuetan.models.case.requirements.paper_filing import Filed
from yuetan.models.rectification.task_origin import HandsOutTasks
from yuetan.rules.dates.deadlines import Deadline
from yuetan.views.case.case_files import visible_files
from yuetan.views.case.paper_filings import filings_of, scans_of
from yuetan.views.frame.file_links import FileLink, file_links
from yuetan.vocabulary import FilePurpose, ReportKind, TaskState, Verb

if TYPE_CHECKING:
    from yuetan.views.case.available_steps import AvailableStep

# What a person may be led to from one account, by where its task stands.
FROM_AN_ACCOUNT = {
    TaskState.ASSIGNED: (Verb.PREPARE_REPORT, Verb.PREPARE_PROGRESS),
    TaskState.RETURNED: (Verb.PREPARE_REPORT, Verb.PREPARE_PROGRESS),
    TaskState.REPORTED: (Verb.ACCEPT_TASK, Verb.RETURN_TASK),
}


class ReportDetails(TypedDict):
    """One version of a report with its files."""

    report: TaskReport
    filed: list[str]
    files: list[FileLink]


class ExtensionDetails(TypedDict):
    """One request for a later date; with its scan where it came on paper."""

    extension: Extension
    filed: list[str]
    files: list[FileLink]


class SiteCheckDetails(TypedDict):
    """One visit with its photos."""

    check: SiteCheck
    files: list[FileLink]


class TaskHistory(TypedDict):
    """How the limit of a task was moved, and how it was chased."""

    extensions: list[ExtensionDetails]
    pauses: list[Pause]
    chases: list[tuple[Chase, list[str], list[FileLink]]]  # with what it was answered by on paper
    supervisions: list[tuple[SupervisionLetter, list[str], list[FileLink]]]


class TaskDetails(TaskHistory):
    """One task as its account shows it."""

    task: Task
    is_over: bool
    light: str
    deadline: Deadline | None
    progress: Deadline | None
    steps: list[AvailableStep]
    completion: list[ReportDetails]
    progress_reports: list[ReportDetails]
    site_checks: list[SiteCheckDetails]
    findings: list[TaskFinding]


def task_details(
    case: HandsOutTasks, user: User, lights: DeadlineLights, steps: Iterable[AvailableStep] = ()
) -> list[TaskDetails]:
    """The tasks of one origin, as this person may read them: drafts the unit's, site checks the inner side's."""
    purposes = (FilePurpose.REPORT, FilePurpose.SITE_CHECK, FilePurpose.SIGNED_SHEET, FilePurpose.PAPER_FILING)
    files = [file for file in visible_files(case, user) if file.purpose in purposes]
    inner, of_unit = case.is_inner_to(user), user.is_recused_from(case.unit_id)
    tasks = list(case.tasks.all())
    read_for_all(tasks)
    findings = _findings(case) if inner and tasks else []
    steps_by_verb = {choice.verb: choice for choice in steps if not choice.refused}
    return [
        {
            "task": task,
            "is_over": task.state in (TaskState.ACCEPTED, TaskState.REVOKED),
            "light": TASK_LIGHTS[TaskState(task.state)],
            "deadline": lights.of_task(task),
            "progress": lights.of(task.next_progress_due_on),
            "steps": [steps_by_verb[verb] for verb in _verbs_of(task) if verb in steps_by_verb],
            "completion": _reports(case, task, ReportKind.COMPLETION, files, inner=inner, drafts=of_unit),
            "progress_reports": _reports(case, task, ReportKind.PROGRESS, files, inner=inner, drafts=of_unit),
            "site_checks": _site_checks(task, files) if inner else [],
            "findings": [finding for finding in findings if finding.task_id == task.pk],
            **_extensions_and_chases(case, task, files, inner=inner),
        }
        for task in tasks
    ]


def _findings(case: HandsOutTasks) -> list[TaskFinding]:
    """What the inspections found of the tasks of a case, the first inspection first."""
    if not isinstance(case, Case):
        return []
    inspections = sorted(case.inspections.all(), key=lambda inspection: inspection.number)
    read_for_all(inspections)
    return [finding for inspection in inspections for finding in inspection.task_findings.all()]


def accounts(case: HandsOutTasks, user: User) -> list[TaskDetails]:
    """The tasks beside a step that is about them: what was agreed next to what was reported."""
    return task_details(case, user, DeadlineLights.now())


def _extensions_and_chases(case: HandsOutTasks, task: Task, files: Sequence[Attachment], *, inner: bool) -> TaskHistory:
    """What both sides see of how the limit was moved and the task was chased."""
    return {
        "extensions": [
            {
                "extension": extension,
                "filed": [filing.words_for(inner=inner) for filing in filings_of(case, extension)],
                "files": file_links(scans_of(case, extension, files)),
            }
            for extension in task.extensions.all()
        ],
        "pauses": list(task.pauses.all()),
        "chases": [(chase, *_on_paper(case, chase, files, inner=inner)) for chase in task.chases.all()],
        "supervisions": [(paper, *_on_paper(case, paper, files, inner=inner)) for paper in task.supervisions.all()],
    }


def _on_paper(
    case: HandsOutTasks, filed: Filed, files: Sequence[Attachment], *, inner: bool
) -> tuple[list[str], list[FileLink]]:
    """By whom a reply on paper was signed, brought and registered, and its scan."""
    words = [filing.words_for(inner=inner) for filing in filings_of(case, filed)]
    return words, file_links(scans_of(case, filed, files))


def _verbs_of(task: Task) -> tuple[Verb, ...]:
    return FROM_AN_ACCOUNT.get(TaskState(task.state), ())


def _reports(
    case: HandsOutTasks, task: Task, kind: ReportKind, files: Sequence[Attachment], *, inner: bool, drafts: bool
) -> list[ReportDetails]:
    shown = [report for report in task.reports_of(kind) if report.handed_in_at or drafts]
    return [
        {
            "report": report,
            "filed": [filing.words_for(inner=inner) for filing in filings_of(case, report)],
            "files": file_links([*scans_of(case, report, files), *_of(report, files)]),
        }
        for report in shown
    ]


def _of(report: TaskReport, files: Sequence[Attachment]) -> list[Attachment]:
    return [file for file in files if file.report_id == report.pk]


def _site_checks(task: Task, files: Sequence[Attachment]) -> list[SiteCheckDetails]:
    return [
        {"check": check, "files": file_links([file for file in files if _is_of_check(file, check)])}
        for check in task.site_checks.all()
    ]


def _is_of_check(file: Attachment, check: SiteCheck) -> bool:
    """A photo of the visit, or the sheet that everybody signed."""
    return file.site_check_id == check.pk or (check.team_id is not None and file.team_id == check.team_id)
