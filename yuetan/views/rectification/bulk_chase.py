"""催办 and 督办单 for a selection on the board: the words are asked once, each case is a step of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from yuetan.actions.bulk_step import attempt
from yuetan.actions.rectification.chase import chase
from yuetan.actions.rectification.supervision_letter import issue_supervision_letter
from yuetan.actions.step import dry_run
from yuetan.documents.proof_reading import remarks_on
from yuetan.forms.rectification.chase import ChaseSelectionForm, unreported_tasks
from yuetan.forms.rectification.supervision_letter import SupervisionSelectionForm
from yuetan.models import Task, User
from yuetan.models.case.requirements.supervision import WITH_SUPERVISION, already_issued, grades
from yuetan.models.rectification.task_origin import ORIGINS, WITH_ORIGINS, HandsOutTasks
from yuetan.rules.text.proof_reading import Remark
from yuetan.views.case.page_context import newest_paper, paper_fragment
from yuetan.views.frame.access import require_permission
from yuetan.views.frame.form_key import one_by_one, refuse_second
from yuetan.views.frame.request import Request
from yuetan.views.rectification.selection import CaseResult, result_page, ticked_tasks
from yuetan.vocabulary import SupervisionGrade, Verb

MAX_SELECTED = 200  # what one page of choices can hold, and one request can print
MAX_PREVIEWED = 10  # papers that are laid out before anything is issued


@dataclass(frozen=True)
class SelectedTask:
    """One task of a selection; the grade that its account gives and the papers about it where a paper is asked for."""

    task: Task
    grade: SupervisionGrade | None = None
    already: str = ""


@dataclass(frozen=True)
class BulkAction:
    """A step that may be taken for tasks of several cases at once: 催办 or 督办."""

    verb: Verb
    form: type[forms.Form]
    button: str
    done: str
    graded: bool
    take: Callable[..., HandsOutTasks]


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
    answered = "confirmed" in request.POST or "check" in request.POST
    form = bulk_action.form(request.POST if answered else None)
    if not answered or not form.is_valid():
        context = {"form": form, "chosen": selected, "bulk_action": bulk_action}
        return render(request, "tasks/bulk_action.html", context, status=422 if form.errors else 200)
    if "confirmed" not in request.POST:
        return _check_page(request, bulk_action, selected, form)
    return refuse_second(request, reverse("task_list")) or result_page(
        request,
        bulk_action.button,
        bulk_action.done,
        list(_run_each(request.user, bulk_action, selected, form.cleaned_data)),
    )


def _check_page(
    request: Request, bulk_action: BulkAction, selected: Sequence[SelectedTask], form: forms.Form
) -> HttpResponse:
    """What would be issued, run and undone: the first papers as they would be printed, and what would be refused."""
    first = _of_first_cases(selected, MAX_PREVIEWED)
    with dry_run():
        results = _run_each(request.user, bulk_action, first, form.cleaned_data)
        shown = [replace(one, preview="" if one.reasons else paper_fragment(newest_paper(one.case))) for one in results]
    context = {"bulk_action": bulk_action, "chosen": selected, "form": form, "results": list(_without_repeats(shown))}
    return render(request, "tasks/bulk_check.html", {**context, "left_out": len(selected) > len(first)})


def _without_repeats(results: Sequence[CaseResult]) -> Iterator[CaseResult]:
    """Their papers have words in common: what is pointed out in one is not pointed out in the next."""
    shown: list[Remark] = []
    for one in results:
        yield replace(one, shown=tuple(shown))
        shown += remarks_on(str(one.preview))


def _of_first_cases(selected: Sequence[SelectedTask], most: int) -> list[SelectedTask]:
    """The tasks of the first so many papers: one for those of an origin that have the same grade."""
    papers = dict.fromkeys((one.task.origin.pk, one.grade) for one in selected)
    first = set(list(papers)[:most])
    return [one for one in selected if (one.task.origin.pk, one.grade) in first]


def _selected_tasks(request: Request, bulk_action: BulkAction) -> tuple[list[SelectedTask], int]:
    """The tasks that the action can be taken for, and how many of those ticked cannot."""
    tasks, left_out = ticked_tasks(
        request, _unreported_tasks(request).prefetch_related(*WITH_SUPERVISION), MAX_SELECTED
    )
    given = grades(tasks) if bulk_action.graded else {}
    if bulk_action.graded:
        selected = [SelectedTask(task, given[task.pk], already_issued(task)) for task in tasks if task.pk in given]
    else:
        selected = [SelectedTask(task) for task in tasks]
    return selected, left_out + len(tasks) - len(selected)


def _unreported_tasks(request: Request) -> QuerySet[Task]:
    tasks = Task.objects.visible_to(request.user).filter(pk__in=unreported_tasks().values("pk"))
    return tasks.select_related(*WITH_ORIGINS).order_by(*(f"{name}_id" for name in ORIGINS), "number")


def _run_each(
    by: User, bulk_action: BulkAction, selected: Sequence[SelectedTask], confirmed: dict[str, Any]
) -> Iterator[CaseResult]:
    """One paper or message after the other, each taken only when its result is asked for."""
    steps: dict[tuple[HandsOutTasks, SupervisionGrade | None], list[Task]] = {}
    for one in selected:
        steps.setdefault((one.task.origin, one.grade), []).append(one.task)
    for (case, grade), tasks in steps.items():
        keywords = {**confirmed, "grade": grade} if grade else confirmed
        take = partial(bulk_action.take, case, by=by, tasks=tasks, **keywords)
        outcome = attempt(case, take, not_theirs=f"这件事项现在不由您{bulk_action.button}。")
        yield CaseResult(case, tasks, outcome.reasons)
