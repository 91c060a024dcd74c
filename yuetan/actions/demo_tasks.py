"""What the people of the demonstration agree on, and say of their tasks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from yuetan.actions.demo_files import WITH_EVIDENCE, photograph
from yuetan.models import CalendarDay
from yuetan.models.case.requirements.supervision import WITH_SUPERVISION, grades
from yuetan.models.rectification.task import drafts_digest
from yuetan.rules.dates import clock, working_days
from yuetan.vocabulary import ReportKind, ReportRhythm

if TYPE_CHECKING:
    from yuetan.actions.demo_steps import Told


def measure(measure: Mapping[str, Any]) -> dict[str, Any]:
    """One measure as it is fixed at the table."""
    calendar = CalendarDay.objects.calendar()
    return {
        "content": measure["content"],
        "responsible_person": measure["responsible"],
        "due_on": working_days.add_working_days(clock.today(), measure["working_days"], calendar),
        "proof_required": measure["proof"],
        "acceptance_standard": measure["standard"],
        "report_rhythm": measure.get("rhythm", ReportRhythm.NONE),
    }


def report(told: Told) -> dict[str, Any]:
    """Of the task of the story, anew where it was returned."""
    again = told.task.handed_in(ReportKind.COMPLETION)
    words = told["second_report"] if again else told["measures"][told.number - 1]["report"]
    files = [photograph("整改现场")] if told["key"] in WITH_EVIDENCE else []
    return {"reports": [{"task": told.task, "text": words, "files": files, "removed": []}]}


def progress(told: Told) -> dict[str, Any]:
    """How far the task is."""
    words = told["measures"][told.number - 1]["progress"]
    return {"reports": [{"task": told.task, "text": words, "files": [], "removed": []}]}


def handed_in(told: Told) -> dict[str, Any]:
    """The report that was prepared."""
    return {"tasks": [told.task], "seen": drafts_digest(told.case.tasks.all(), ReportKind.COMPLETION)}


def progress_handed_in(told: Told) -> dict[str, Any]:
    """The report on the way that was prepared."""
    return {"tasks": [told.task], "seen": drafts_digest(told.case.tasks.all(), ReportKind.PROGRESS)}


def pressed(told: Told) -> dict[str, Any]:
    """The overdue task, in the grade its account gives."""
    (task,) = told.case.tasks.filter(pk=told.task.pk).prefetch_related(*WITH_SUPERVISION)
    return {"tasks": [task], "grade": grades([task])[task.pk], "reason": ""}


def pressing_paper(told: Told) -> dict[str, Any]:
    """The paper that presses for the task."""
    return {"supervision": told.task.supervisions.get()}


def extension(told: Told) -> dict[str, Any]:
    """Some days more."""
    due_on = working_days.add_working_days(told.task.due_on, 8, CalendarDay.objects.calendar())
    return {"task": told.task, "new_due_on": due_on, "reason": told["reason"]}
