"""Each task as an account (一事一账): what, who, until when, where it stands, and all that was done about it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from yuetan.models import Attachment, Case, Task, User
from yuetan.models.same_file import mark_same
from yuetan.views.file_lines import links
from yuetan.views.lights import Lights
from yuetan.vocabulary import FilePurpose, TaskState

TASK_LIGHTS = {
    TaskState.ASSIGNED: "blue",
    TaskState.REPORTED: "yellow",
    TaskState.RETURNED: "red",
    TaskState.ACCEPTED: "green",
}
WITH_A_TASK = (
    "reports__handed_in_by",
    "reports__prepared_by",
    "extensions",
    "pauses",
    "chases__replied_by",
    "supervisions__document__entry",
    "supervisions__document__receipt__signed_by",
    "supervisions__answered_by",
    "site_checks",
)


def accounts(case: Case, user: User, lights: Lights) -> list[dict[str, Any]]:
    """The tasks of a case as this person may read them; drafts for the unit, site checks for the inner side."""
    purposes = (FilePurpose.REPORT, FilePurpose.SITE_CHECK)
    files = mark_same(Attachment.objects.visible_to(user).filter(case=case, purpose__in=purposes), user)
    inner, of_unit = case.is_inner_to(user), user.posts_in(case.unit_id).exists()
    return [
        {
            "task": task,
            "light": TASK_LIGHTS[TaskState(task.state)],
            "deadline": lights.of_task(task),
            "reports": _reports(task, files, drafts=of_unit),
            "extensions": list(task.extensions.all()),
            "pauses": list(task.pauses.all()),
            "chases": list(task.chases.all()),
            "supervisions": list(task.supervisions.all()),
            "site_checks": _site_checks(task, files) if inner else [],
        }
        for task in case.tasks.prefetch_related(*WITH_A_TASK)
    ]


def _reports(task: Task, files: Sequence[Attachment], *, drafts: bool) -> list[dict[str, Any]]:
    shown = [report for report in task.reports.all() if report.handed_in_at or drafts]
    return [
        {"report": report, "files": links([file for file in files if file.report_id == report.pk])} for report in shown
    ]


def _site_checks(task: Task, files: Sequence[Attachment]) -> list[dict[str, Any]]:
    return [
        {"check": check, "files": links([file for file in files if file.site_check_id == check.pk])}
        for check in task.site_checks.all()
    ]
