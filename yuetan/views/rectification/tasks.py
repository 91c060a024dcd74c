"""整改台账: the board a supervisor opens each morning, and its export."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yuetan import permissions
from yuetan.forms.rectification.task_filter import OPEN, TaskFilter
from yuetan.ledgers.deadline_lights import DeadlineLights, note_under
from yuetan.ledgers.rectification.tasks import TASK_LIGHTS, TaskLedger
from yuetan.models import Task
from yuetan.rules.dates.deadlines import Light
from yuetan.views.frame.ledger_page import ledger_page
from yuetan.views.frame.pagination import capped_count, capped_words
from yuetan.views.frame.request import Request
from yuetan.vocabulary import TaskState, Verb


@require_safe
def task_list(request: Request) -> HttpResponse:
    """The board of tasks: open ones unless something else is asked for."""
    ledger, may = TaskLedger(), request.user.has_perm
    facts = ledger_page(request, ledger)
    context: dict[str, Any] = {"inner": may(permissions.name("see_inner_case"))}
    context["lamps"] = _lamps(ledger.visible(request.user), DeadlineLights.now())
    context["may_chase"] = may(permissions.name(Verb.CHASE))
    context["may_supervise"] = may(permissions.name(Verb.ISSUE_SUPERVISION_LETTER))
    context["may_accept"] = may(permissions.name(Verb.ACCEPT_TASK))
    context["provisional"] = note_under(each for row in facts["rows"] for each in (row["deadline"], row["progress"]))
    return render(request, "tasks/list.html", {**facts, **context})


def _lamps(visible: QuerySet[Task], lights: DeadlineLights) -> list[dict[str, Any]]:
    """The counts above the list: unreported tasks by light, late progress reports, reports to be reviewed."""
    state = TaskState.REPORTED
    late, reported = lights.progress_showing(visible, Light.RED), visible.filter(state=state)
    lamps = [
        *(
            (light, label, lights.showing(visible, light), f"?state={OPEN}&light={light}")
            for light, label in TaskFilter.LIGHTS
        ),
        (Light.RED, "进展报告逾期", late, f"?progress={Light.RED}"),
        (TASK_LIGHTS[state], state.label, reported, f"?state={state}"),
    ]
    return [
        {"light": light, "label": label, "count": capped_words(capped_count(tasks)), "url": url}
        for light, label, tasks, url in lamps
    ]
