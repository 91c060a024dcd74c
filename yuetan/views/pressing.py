"""催办 and 督办单 for a selection on the board: the words are asked once, each case is a step of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from yuetan import permissions
from yuetan.actions.bulk_step import attempt
from yuetan.actions.chase import chase
from yuetan.actions.supervision import issue_supervision_letter
from yuetan.errors import NotYours
from yuetan.forms.chase import ChaseSelectionForm, owed_tasks
from yuetan.forms.supervision import SupervisionSelectionForm
from yuetan.models import Case, Task, User
from yuetan.models.supervision import PRESSED_BY, grades
from yuetan.vocabulary import SupervisionGrade, Verb

MOST = 200  # what one page of choices can hold, and one request can print


@dataclass(frozen=True)
class Chosen:
    """One task of a selection, and the grade that its account gives where that is asked."""

    task: Task
    grade: SupervisionGrade | None = None


@dataclass(frozen=True)
class CaseResult:
    """The tasks of one case that were pressed for in one step; with reasons, those that were not."""

    case: Case
    tasks: list[Task]
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Pressing:
    """One way of pressing for tasks of several cases."""

    verb: Verb
    form: type[forms.Form]
    button: str
    done: str
    graded: bool
    take: Callable[..., Any]


CHASING = Pressing(
    Verb.CHASE, ChaseSelectionForm, "催办", "已催办 {count} 项整改任务，各单位已收到消息。", graded=False, take=chase
)
SUPERVISING = Pressing(
    Verb.ISSUE_SUPERVISION_LETTER,
    SupervisionSelectionForm,
    "印发督办单",
    "已就 {count} 项整改任务印发督办单，各单位已收到消息。",
    graded=True,
    take=issue_supervision_letter,
)


@require_POST
def chase_selected(request: HttpRequest) -> HttpResponse:
    """催办 for a selection."""
    return _press(request, CHASING)


@require_POST
def supervise_selected(request: HttpRequest) -> HttpResponse:
    """印发督办单 for a selection: one paper for the tasks of a case that have the same grade."""
    return _press(request, SUPERVISING)


def _press(request: HttpRequest, pressing: Pressing) -> HttpResponse:
    if not request.user.has_perm(permissions.name(pressing.verb)):
        raise NotYours(pressing.verb)
    chosen, left_out = _chosen(request, pressing)
    if left_out:
        messages.warning(request, f"所选的有 {left_out} 项不必{pressing.button}，未列入。")
    if not chosen:
        messages.warning(request, f"没有可以{pressing.button}的整改任务，请重新选择。")
        return redirect("task_list")
    asked = "confirmed" in request.POST
    form = pressing.form(request.POST if asked else None)
    if not asked or not form.is_valid():
        context = {"form": form, "chosen": chosen, "pressing": pressing}
        return render(request, "tasks/press.html", context, status=422 if form.errors else 200)
    return _result_page(request, pressing, _press_each(request.user, pressing, chosen, form.cleaned_data))


def _chosen(request: HttpRequest, pressing: Pressing) -> tuple[list[Chosen], int]:
    """The tasks that can be pressed for, and how many of those ticked cannot."""
    keys = set(request.POST.getlist("task")[:MOST])
    if not all(key.isdecimal() and len(key) < 19 for key in keys):
        raise Http404
    tasks = list(_owed(request).filter(pk__in=keys).prefetch_related(*PRESSED_BY))
    given = grades(tasks) if pressing.graded else {}
    found = [Chosen(task, given.get(task.pk)) for task in tasks if not pressing.graded or task.pk in given]
    return found, len(keys) - len(found)


def _owed(request: HttpRequest) -> QuerySet[Task]:
    visible = Case.objects.visible_to(request.user).order_by().values("pk")
    tasks = Task.objects.filter(case__in=visible, pk__in=owed_tasks().values("pk"))
    return tasks.select_related("case__unit__parent").order_by("case_id", "number")


def _press_each(by: User, pressing: Pressing, chosen: Sequence[Chosen], asked: dict[str, Any]) -> list[CaseResult]:
    steps: dict[tuple[Case, SupervisionGrade | None], list[Task]] = {}
    for one in chosen:
        steps.setdefault((one.task.case, one.grade), []).append(one.task)
    results = []
    for (case, grade), tasks in steps.items():
        told = {**asked, "grade": grade} if grade else asked
        take = partial(pressing.take, case, by=by, tasks=tasks, **told)
        outcome = attempt(case, take, not_theirs=f"这件事项现在不由您{pressing.button}。")
        results.append(CaseResult(case, tasks, outcome.reasons))
    return results


def _result_page(request: HttpRequest, pressing: Pressing, results: Sequence[CaseResult]) -> HttpResponse:
    """Back to the board if all went well; otherwise which did not, and why."""
    done = [one for one in results if not one.reasons]
    failed = [one for one in results if one.reasons]
    if failed:
        return render(request, "tasks/press_result.html", {"pressing": pressing, "done": done, "failed": failed})
    messages.success(request, pressing.done.format(count=sum(len(one.tasks) for one in done)))
    return redirect("task_list")
