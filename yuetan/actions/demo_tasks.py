"""What the people of the demonstration say of their tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from yuetan.actions.demo_files import WITH_EVIDENCE, photograph
from yuetan.models import CalendarDay
from yuetan.rules import working_days
from yuetan.vocabulary import ReportKind

if TYPE_CHECKING:
    from yuetan.actions.demo_steps import Told


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
    """The one that was prepared."""
    return {"tasks": [told.task]}


def extension(told: Told) -> dict[str, Any]:
    """Some days more."""
    due_on = working_days.add_working_days(told.task.due_on, 8, CalendarDay.objects.calendar())
    return {"task": told.task, "new_due_on": due_on, "reason": told["reason"]}
