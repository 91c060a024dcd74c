"""Each task as an account (一事一账): what was agreed, where it stands, and all that was reported and done about it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from yuetan.models import Attachment, Case, Task, TaskReport, User
from yuetan.models.same_file import mark_same
from yuetan.views.file_lines import links
from yuetan.views.lights import Lights
from yuetan.vocabulary import FilePurpose, ReportKind, TaskState, Verb

if TYPE_CHECKING:
    from yuetan.views.choices import Choice

TASK_LIGHTS = {
    TaskState.ASSIGNED: "blue",
    TaskState.REPORTED: "yellow",
    TaskState.RETURNED: "red",
    TaskState.ACCEPTED: "green",
}
WITH_A_TASK = (
    *("reports__handed_in_by", "reports__prepared_by", "reports__decided_by"),
    *("extensions", "pauses", "chases__replied_by", "site_checks", "findings__inspection"),
)
# What a person may be led to from one account, by where its task stands.
FROM_AN_ACCOUNT = {
    TaskState.ASSIGNED: (Verb.PREPARE_REPORT, Verb.PREPARE_PROGRESS),
    TaskState.RETURNED: (Verb.PREPARE_REPORT, Verb.PREPARE_PROGRESS),
    TaskState.REPORTED: (Verb.ACCEPT_TASK, Verb.RETURN_TASK),
}


def accounts(case: Case, user: User, lights: Lights, steps: Iterable[Choice] = ()) -> list[dict[str, Any]]:
    """The tasks of a case as this person may read them; drafts for the unit, site checks for the inner side."""
    purposes = (FilePurpose.REPORT, FilePurpose.SITE_CHECK)
    files = mark_same(Attachment.objects.visible_to(user).filter(case=case, purpose__in=purposes), user)
    inner, of_unit = case.is_inner_to(user), user.posts_in(case.unit_id).exists()
    ways = {choice.verb: choice for choice in steps if not choice.refused}
    return [
        {
            "task": task,
            "light": TASK_LIGHTS[TaskState(task.state)],
            "deadline": lights.of_task(task),
            "progress": lights.of(task.progress_owed_on),
            "ways": [ways[verb] for verb in FROM_AN_ACCOUNT.get(TaskState(task.state), ()) if verb in ways],
            "completion": _reports(task, ReportKind.COMPLETION, files, drafts=of_unit),
            "progress_reports": _reports(task, ReportKind.PROGRESS, files, drafts=of_unit),
            "extensions": list(task.extensions.all()),
            "pauses": list(task.pauses.all()),
            "chases": list(task.chases.all()),
            "site_checks": _site_checks(task, files) if inner else [],
            "findings": list(task.findings.all()) if inner else [],
        }
        for task in case.tasks.prefetch_related(*WITH_A_TASK)
    ]


def beside(case: Case, user: User) -> dict[str, Any]:
    """The accounts beside a step that is about them: what was agreed next to what was reported."""
    return {"accounts": accounts(case, user, Lights.now())}


def _reports(task: Task, kind: ReportKind, files: Sequence[Attachment], *, drafts: bool) -> list[dict[str, Any]]:
    shown = [report for report in task.reports_of(kind) if report.handed_in_at or drafts]
    return [{"report": report, "files": _of(report, files)} for report in shown]


def _of(report: TaskReport, files: Sequence[Attachment]) -> list[dict[str, Any]]:
    return links([file for file in files if file.report_id == report.pk])


def _site_checks(task: Task, files: Sequence[Attachment]) -> list[dict[str, Any]]:
    return [
        {"check": check, "files": links([file for file in files if file.site_check_id == check.pk])}
        for check in task.site_checks.all()
    ]
