"""What the people of the demonstration agree on, and say of their tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yuetan.actions.interview.measures import MeasureRow
from yuetan.models import CalendarDay
from yuetan.models.case.requirements.supervision import WITH_SUPERVISION, grades
from yuetan.rules.dates import clock, working_days
from yuetan.scenarios.demo.matters import MeasureWords
from yuetan.scenarios.files import photograph
from yuetan.scenarios.keywords import Keywords
from yuetan.vocabulary import ReportKind, ReportRhythm

if TYPE_CHECKING:
    from yuetan.scenarios.demo.words import StepContext

# The matters, by their keys, in which files are shown.
WITH_EVIDENCE = ("drafted", "proposed", "notified_signed", "closed")


def measure(measure: MeasureWords) -> MeasureRow:
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


def report(context: StepContext) -> Keywords:
    """Of the task of the story, anew where it was returned."""
    again = context.task.handed_in(ReportKind.COMPLETION)
    words = context.text["second_report"] if again else context.text["measures"][context.number - 1]["report"]
    files = [photograph("整改现场")] if context.text["key"] in WITH_EVIDENCE else []
    return {"reports": [{"task": context.task, "text": words, "files": files, "removed": []}]}


def progress(context: StepContext) -> Keywords:
    """How far the task is."""
    words = context.text["measures"][context.number - 1]["progress"]
    return {"reports": [{"task": context.task, "text": words, "files": [], "removed": []}]}


def report_of_task(context: StepContext) -> Keywords:
    """The report that was prepared on the task of the story."""
    return {"tasks": [context.task]}


def supervision_letter(context: StepContext) -> Keywords:
    """The overdue task, in the grade its account gives."""
    (task,) = context.case.tasks.filter(pk=context.task.pk).prefetch_related(*WITH_SUPERVISION)
    return {"tasks": [task], "grade": grades([task])[task.pk], "reason": ""}


def extension(context: StepContext) -> Keywords:
    """Some days more."""
    due_on = working_days.add_working_days(context.task.agreed_due_on, 8, CalendarDay.objects.calendar())
    return {"task": context.task, "new_due_on": due_on, "reason": context.text["reason"]}
