"""How long cases wait inside the office, kept equal to their state by every step; nobody else writes these rows."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from yuetan.models import CalendarDay, Case, OfficeSetting, OfficeWait
from yuetan.rules.dates import clock
from yuetan.rules.dates.working_days import add_working_days
from yuetan.vocabulary import OFFICE_STAGE_OF_STATE, CaseState, OfficeStage, TaskState

WITH_TASKS = (CaseState.RECTIFYING, CaseState.INSPECTING, CaseState.CLOSED)


def follow(case: Case, before: str) -> None:
    """At the end of a step, from the state before it: end what waits no longer, and begin what waits from now on."""
    if case.is_being_recorded or (case.state == before and case.state not in WITH_TASKS):
        return
    stage = OFFICE_STAGE_OF_STATE.get(CaseState(case.state))
    reported = [task.pk for task in case.tasks.all() if task.state == TaskState.REPORTED] if not stage else []
    if before in OFFICE_STAGE_OF_STATE or before in WITH_TASKS:
        running = OfficeWait.objects.filter(case=case, ended_at=None)
        running.exclude(Q(stage=stage, task=None) | Q(task__in=reported)).update(ended_at=clock.now())
    begun = [(stage, None)] if stage else [(OfficeStage.CHECK, task) for task in reported]
    if begun:  # what waits already goes on as it began
        waits = [_begun(case, each, task) for each, task in begun]
        OfficeWait.objects.bulk_create(waits, ignore_conflicts=True)


def _begun(case: Case, stage: OfficeStage, task: int | None) -> OfficeWait:
    return OfficeWait(case=case, task_id=task, stage=stage, began_at=clock.now(), due_on=_office_limit(stage))


def _office_limit(stage: OfficeStage) -> date | None:
    days = OfficeSetting.objects.number(f"office_{stage.value}_days")
    return add_working_days(clock.today(), days, CalendarDay.objects.calendar()) if days else None
