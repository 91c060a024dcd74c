"""中止计时 that has reached its planned end: the limit runs again from that day, without anybody's act."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from yuetan import alerts, pending_steps
from yuetan.actions.rectification.task_dates import end_pause, locked_task
from yuetan.models import Case, Event, Pause
from yuetan.models.rectification.task_origin import ORIGINS, HandsOutTasks
from yuetan.rules.dates import clock
from yuetan.vocabulary import Verb

PLANNED_END = "计划的中止期满，自动恢复计时。"
BY_PLAN = "按计划自动恢复"
RESUME = next(step for step in Case.STEPS if step.verb == Verb.RESUME_TASK)


def end_passed_pauses(today: date) -> dict[str, int]:
    """End every pause whose planned day has come, each by itself; both sides are told where the limit moved to."""
    passed = Pause.objects.filter(ended_on=None, planned_end_on__lte=today)
    ended = sum(
        _end_one(model, origin, task, today)
        for about, model in ORIGINS.items()
        for origin, task in list(passed.exclude(**{f"task__{about}": None}).values_list(f"task__{about}", "task"))
    )
    return {"恢复计时": ended} if ended else {}


@transaction.atomic
def _end_one(model: type[HandsOutTasks], key: object, task_key: int, today: date) -> bool:
    origin = model.objects.select_for_update(of=("self",)).get(pk=key)
    task = locked_task(origin, origin.tasks.get(pk=task_key))
    if not task.pauses.filter(ended_on=None, planned_end_on__lte=today).exists():
        return False
    end_pause(task, by=None, reason=PLANNED_END)
    if isinstance(origin, Case):
        origin.due_on = origin.next_due_on()
        origin.save()
    event = Event(
        **{origin.ABOUT: origin},
        verb=Verb.RESUME_TASK,
        actor=None,
        actor_title=BY_PLAN,
        from_state=origin.state,
        to_state=origin.state,
        opinion=PLANNED_END,
        data={"task": task.number, "effective_due_on": str(task.effective_due_on)},
        is_outer=True,
        created_at=clock.now(),
    )
    alerts.record_with_alerts(event, RESUME)
    pending_steps.follow(origin)
    return True
