"""Each task as an account (一事一账): what was agreed, where it stands, and all that was reported and done about it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.db.models import prefetch_related_objects

from yuetan.models import Attachment, Case, Task, TaskReport, User
from yuetan.models.files.duplicates import annotate_duplicates
from yuetan.views.frame.deadline_lights import DeadlineLights
from yuetan.views.frame.file_links import file_links
from yuetan.vocabulary import FilePurpose, ReportKind, TaskState, Verb

if TYPE_CHECKING:
    from yuetan.views.case.available_steps import AvailableStep

TASK_LIGHTS = {
    TaskState.ASSIGNED: "blue",
    TaskState.REPORTED: "yellow",
    TaskState.RETURNED: "red",
    TaskState.ACCEPTED: "green",
}
WITH_A_TASK = (
    *("reports__handed_in_by", "reports__prepared_by", "reports__decided_by"),
    *("extensions", "pauses", "chases__replied_by", "site_checks", "findings__inspection"),
    *("supervisions__document__entry", "supervisions__document__receipt__signed_by", "supervisions__answered_by"),
)
# What a person may be led to from one account, by where its task stands.
FROM_AN_ACCOUNT = {
    TaskState.ASSIGNED: (Verb.PREPARE_REPORT, Verb.PREPARE_PROGRESS),
    TaskState.RETURNED: (Verb.PREPARE_REPORT, Verb.PREPARE_PROGRESS),
    TaskState.REPORTED: (Verb.ACCEPT_TASK, Verb.RETURN_TASK),
}


def task_details(
    case: Case, user: User, lights: DeadlineLights, steps: Iterable[AvailableStep] = ()
) -> list[dict[str, Any]]:
    """The tasks of a case as this person may read them; drafts for the unit, site checks for the inner side."""
    purposes = (FilePurpose.REPORT, FilePurpose.SITE_CHECK)
    files = annotate_duplicates(Attachment.objects.visible_to(user).filter(case=case, purpose__in=purposes), user)
    inner, of_unit = case.is_inner_to(user), user.is_recused_from(case.unit_id)
    tasks = list(case.tasks.all())
    prefetch_related_objects(tasks, *WITH_A_TASK)
    steps_by_verb = {step.verb: step for step in steps if not step.refused}
    return [
        {
            "task": task,
            "light": TASK_LIGHTS[TaskState(task.state)],
            "deadline": lights.of_task(task),
            "progress": lights.of(task.next_progress_due_on),
            "steps": _offered(task, steps_by_verb),
            "completion": _reports(task, ReportKind.COMPLETION, files, drafts=of_unit),
            "progress_reports": _reports(task, ReportKind.PROGRESS, files, drafts=of_unit),
            "extensions": list(task.extensions.all()),
            "pauses": list(task.pauses.all()),
            "chases": list(task.chases.all()),
            "supervisions": list(task.supervisions.all()),
            "site_checks": _site_checks(task, files) if inner else [],
            "findings": list(task.findings.all()) if inner else [],
        }
        for task in tasks
    ]


def _offered(task: Task, steps_by_verb: Mapping[Verb, AvailableStep]) -> list[AvailableStep]:
    verbs = FROM_AN_ACCOUNT.get(TaskState(task.state), ())
    return [steps_by_verb[verb] for verb in verbs if verb in steps_by_verb]


def accounts(case: Case, user: User) -> list[dict[str, Any]]:
    """The tasks for the page of a step that is about them: what was agreed next to what was reported."""
    return task_details(case, user, DeadlineLights.now())


def _reports(task: Task, kind: ReportKind, files: Sequence[Attachment], *, drafts: bool) -> list[dict[str, Any]]:
    shown = [report for report in task.reports_of(kind) if report.handed_in_at or drafts]
    return [{"report": report, "files": _of(report, files)} for report in shown]


def _of(report: TaskReport, files: Sequence[Attachment]) -> list[dict[str, Any]]:
    return file_links([file for file in files if file.report_id == report.pk])


def _site_checks(task: Task, files: Sequence[Attachment]) -> list[dict[str, Any]]:
    return [
        {"check": check, "files": file_links([file for file in files if file.site_check_id == check.pk])}
        for check in task.site_checks.all()
    ]
