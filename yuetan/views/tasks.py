"""整改台账: every task this person may see, what falls due first on top."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from yuetan.forms.filters import TaskFilter
from yuetan.models import Case, Task, User
from yuetan.views.case_facts import TASK_LIGHTS
from yuetan.views.lights import Lights
from yuetan.views.pages import paged
from yuetan.vocabulary import TaskState


def task_list(request: HttpRequest) -> HttpResponse:
    """The board of tasks."""
    lights = Lights.now()
    found = TaskFilter(request.GET, _visible(request.user))
    facts = paged(request, found.qs)
    facts["rows"] = [
        {
            "task": task,
            "url": reverse("case", args=[task.case_id]),
            "light": TASK_LIGHTS[TaskState(task.state)],
            "deadline": lights.of_task(task),
        }
        for task in facts["rows"]
    ]
    return render(request, "tasks/list.html", {**facts, "filter": found})


def _visible(user: User) -> QuerySet[Task]:
    visible = Case.objects.visible_to(user).order_by().values("pk")
    return Task.objects.filter(case__in=visible).select_related("case__unit__parent").order_by("runs_until", "id")
