"""How long cases wait inside the office, kept equal to their state by every step; nobody else writes these rows."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, Value
from django.db.models.functions import Greatest

from yuetan.models import CalendarDay, Case, OfficeSetting, OfficeWait
from yuetan.rules.dates import clock
from yuetan.rules.dates.working_days import add_working_days
from yuetan.vocabulary import OFFICE_STAGE_OF_STATE, CaseState, OfficeStage, TaskState

WITH_TASKS = (CaseState.RECTIFYING, CaseState.INSPECTING, CaseState.CLOSED)


def follow(case: Case, before: str) -> None:
    """At the end of a step, from the state before it: end what waits no longer, and begin what waits from now on."""
    if case.is_being_recorded or (case.state == before and case.state not in WITH_TASKS):
        return
    waiting = waiting_now(case)
    if before in OFFICE_STAGE_OF_STATE or before in WITH_TASKS:
        stages = [stage for stage, task in waiting if task is None]
        tasks = [task for _, task in waiting if task is not None]
        running = OfficeWait.objects.filter(case=case, ended_at=None)
        running.exclude(Q(stage__in=stages, task=None) | Q(task__in=tasks)).update(
            ended_at=Greatest("began_at", Value(clock.now()))  # where the clock was set back meanwhile, no time went by
        )
    if waiting:  # what waits already goes on as it began
        waits = [_begun(case, stage, task) for stage, task in waiting]
        OfficeWait.objects.bulk_create(waits, ignore_conflicts=True)


def waiting_now(case: Case) -> list[tuple[OfficeStage, int | None]]:
    """For which stage the case waits inside the office by its state, or for the check of which tasks."""
    stage = OFFICE_STAGE_OF_STATE.get(CaseState(case.state))
    if stage:
        return [(stage, None)]
    return [(OfficeStage.CHECK, task.pk) for task in case.tasks.all() if task.state == TaskState.REPORTED]


def _begun(case: Case, stage: OfficeStage, task: int | None) -> OfficeWait:
    return OfficeWait(case=case, task_id=task, stage=stage, began_at=clock.now(), due_on=_office_limit(stage))


def _office_limit(stage: OfficeStage) -> date | None:
    days = OfficeSetting.objects.number(f"office_{stage.value}_days")
    return add_working_days(clock.today(), days, CalendarDay.objects.calendar()) if days else None
