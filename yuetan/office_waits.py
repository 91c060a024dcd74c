"""How long cases wait inside the office, kept equal to their state by every step; nobody else writes these rows."""

from __future__ import annotations

from datetime import date

from yuetan.models import CalendarDay, Case, OfficeSetting
from yuetan.models.office.last_writes import LastWrites
from yuetan.rules.dates import clock
from yuetan.rules.dates.working_days import add_working_days
from yuetan.vocabulary import OFFICE_STAGE_OF_STATE, CaseState, OfficeStage, TaskState

TABLE = "yuetan_officewait"
# Where the clock was set back meanwhile, no time went by.
_END = """UPDATE yuetan_officewait SET ended_at = GREATEST(began_at, %s)
    WHERE case_id = %s AND ended_at IS NULL AND NOT EXISTS (
        SELECT FROM unnest(%s::text[], %s::bigint[]) AS waiting (stage, task)
        WHERE waiting.stage = yuetan_officewait.stage AND waiting.task IS NOT DISTINCT FROM task_id)
"""
_BEGIN = """INSERT INTO yuetan_officewait (case_id, began_at, stage, task_id, due_on)
    SELECT %s, %s, waiting.* FROM unnest(%s::text[], %s::bigint[], %s::date[]) AS waiting ON CONFLICT DO NOTHING
"""
WITH_TASKS = (CaseState.RECTIFYING, CaseState.INSPECTING, CaseState.CLOSED)


def follow(case: Case, before: str, last: LastWrites) -> None:
    """At the end of a step, from the state before it: end what waits no longer, and begin what waits from now on,
    with the last that the step writes."""
    if case.is_being_recorded or (case.state == before and case.state not in WITH_TASKS):
        return
    waiting, now = waiting_now(case), clock.now()
    stages, tasks = [stage.value for stage, _ in waiting], [task for _, task in waiting]
    if before in OFFICE_STAGE_OF_STATE or before in WITH_TASKS:
        last.add(_END, [now, case.pk, stages, tasks], TABLE)
    if waiting:  # what waits already goes on as it began
        last.add(_BEGIN, [case.pk, now, stages, tasks, [_office_limit(stage) for stage, _ in waiting]], TABLE)


def waiting_now(case: Case) -> list[tuple[OfficeStage, int | None]]:
    """For which stage the case waits inside the office by its state, or for the check of which tasks."""
    stage = OFFICE_STAGE_OF_STATE.get(CaseState(case.state))
    if stage:
        return [(stage, None)]
    return [(OfficeStage.CHECK, task.pk) for task in case.tasks.all() if task.state == TaskState.REPORTED]


def _office_limit(stage: OfficeStage) -> date | None:
    days = OfficeSetting.objects.number(f"office_{stage.value}_days")
    return add_working_days(clock.today(), days, CalendarDay.objects.calendar()) if days else None
