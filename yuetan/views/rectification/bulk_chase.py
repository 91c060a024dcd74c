"""催办 and 督办单 for a selection on the board: the words are asked once, each case is a step of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from yuetan.actions.bulk_step import attempt
from yuetan.actions.rectification.chase import chase
from yuetan.actions.rectification.supervision_letter import issue_supervision_letter
from yuetan.forms.rectification.chase import ChaseSelectionForm, unreported_tasks
from yuetan.forms.rectification.supervision_letter import SupervisionSelectionForm
from yuetan.models import Case, Task, User
from yuetan.models.case.requirements.supervision import WITH_SUPERVISION, grades
from yuetan.views.frame.access import require_permission
from yuetan.views.frame.form_key import one_by_one, refuse_second
from yuetan.views.frame.request import Request
from yuetan.vocabulary import SupervisionGrade, Verb

MAX_SELECTED = 200  # what one page of choices can hold, and one request can print


@dataclass(frozen=True)
class SelectedTask:
    """One task of a selection, and the grade that its account gives where that is asked."""

    task: Task
    grade: SupervisionGrade | None = None


@dataclass(frozen=True)
class CaseResult:
    """The selected tasks of one case; the reasons if their step was refused."""

    case: Case
    tasks: list[Task]
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class BulkAction:
    """A step that may be taken for tasks of several cases at once: 催办 or 督办."""

    verb: Verb
    form: type[forms.Form]
    button: str
    done: str
    graded: bool
    take: Callable[..., Case]


CHASING = BulkAction(
    Verb.CHASE, ChaseSelectionForm, "催办", "已催办 {count} 项整改任务，各单位已收到消息。", graded=False, take=chase
)
SUPERVISING = BulkAction(
    Verb.ISSUE_SUPERVISION_LETTER,
    SupervisionSelectionForm,
    "印发督办单",
    "已就 {count} 项整改任务印发督办单，各单位已收到消息。",
    graded=True,
    take=issue_supervision_letter,
)


@one_by_one
@require_POST
def chase_selected(request: Request) -> HttpResponse:
    """催办 for a selection."""
    return _run_bulk(request, CHASING)


@one_by_one
@require_POST
def supervise_selected(request: Request) -> HttpResponse:
    """印发督办单 for a selection: one paper for the tasks of a case that have the same grade."""
    return _run_bulk(request, SUPERVISING)


def _run_bulk(request: Request, bulk_action: BulkAction) -> HttpResponse:
    require_permission(request, bulk_action.verb)
    selected, left_out = _selected_tasks(request, bulk_action)
    if left_out:
        messages.warning(request, f"所选的有 {left_out} 项不必{bulk_action.button}，未列入。")
    if not selected:
        messages.warning(request, f"没有可以{bulk_action.button}的整改任务，请重新选择。")
        return redirect("task_list")
    confirmed = "confirmed" in request.POST
    form = bulk_action.form(request.POST if confirmed else None)
    if not confirmed or not form.is_valid():
        context = {"form": form, "chosen": selected, "bulk_action": bulk_action}
        return render(request, "tasks/bulk_action.html", context, status=422 if form.errors else 200)
    return refuse_second(request, reverse("task_list")) or _result_page(
        request, bulk_action, _run_each(request.user, bulk_action, selected, form.cleaned_data)
    )


def _selected_tasks(request: Request, bulk_action: BulkAction) -> tuple[list[SelectedTask], int]:
    """The tasks that the action can be taken for, and how many of those ticked cannot."""
    keys = set(request.POST.getlist("task")[:MAX_SELECTED])
    if not all(key.isdecimal() and len(key) < 19 for key in keys):
        raise Http404
    tasks = list(_unreported_tasks(request).filter(pk__in=keys).prefetch_related(*WITH_SUPERVISION))
    given = grades(tasks) if bulk_action.graded else {}
    selected = [SelectedTask(task, given.get(task.pk)) for task in tasks if not bulk_action.graded or task.pk in given]
    return selected, len(keys) - len(selected)


def _unreported_tasks(request: Request) -> QuerySet[Task]:
    tasks = Task.objects.visible_to(request.user).filter(pk__in=unreported_tasks().values("pk"))
    return tasks.select_related("case__unit__parent", "case__first_unit").order_by("case_id", "number")


def _run_each(
    by: User, bulk_action: BulkAction, selected: Sequence[SelectedTask], confirmed: dict[str, Any]
) -> list[CaseResult]:
    steps: dict[tuple[Case, SupervisionGrade | None], list[Task]] = {}
    for one in selected:
        steps.setdefault((one.task.case, one.grade), []).append(one.task)
    results = []
    for (case, grade), tasks in steps.items():
        keywords = {**confirmed, "grade": grade} if grade else confirmed
        take = partial(bulk_action.take, case, by=by, tasks=tasks, **keywords)
        outcome = attempt(case, take, not_theirs=f"这件事项现在不由您{bulk_action.button}。")
        results.append(CaseResult(case, tasks, outcome.reasons))
    return results


def _result_page(request: Request, bulk_action: BulkAction, results: Sequence[CaseResult]) -> HttpResponse:
    """Back to the board if all went well; otherwise which did not, and why."""
    done = [one for one in results if not one.reasons]
    failed = [one for one in results if one.reasons]
    if failed:
        context = {"bulk_action": bulk_action, "done": done, "failed": failed}
        return render(request, "tasks/bulk_action_result.html", context)
    messages.success(request, bulk_action.done.format(count=sum(len(one.tasks) for one in done)))
    return redirect("task_list")
