"""销号 of a selection on the board: each report beside what was agreed, each task a step of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import groupby

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from yuetan.actions.bulk_step import attempt
from yuetan.actions.rectification.task import accept_task
from yuetan.forms.rectification.review_selection import ReviewForm, ReviewSelection
from yuetan.ledgers.deadline_lights import DeadlineLights
from yuetan.ledgers.subjects import subject_url
from yuetan.models import Task, User
from yuetan.models.rectification.task_origin import ORIGINS, WITH_ORIGINS
from yuetan.views.case.available_steps import step_url
from yuetan.views.case.task_details import TaskDetails, task_details
from yuetan.views.frame.access import require_permission
from yuetan.views.frame.form_key import one_by_one, refuse_second
from yuetan.views.frame.request import Request
from yuetan.views.rectification.selection import CaseResult, result_page, ticked_tasks
from yuetan.vocabulary import TaskState, Verb

MAX_REVIEWED = 20  # reports that are shown on one page
BUTTON = "销号"
DONE = "已销号 {count} 项整改任务，各单位已收到消息。"


@one_by_one
@require_POST
def accept_selected(request: Request) -> HttpResponse:
    """销号 for a selection: every report is shown, and those that are ticked there are taken off the list."""
    require_permission(request, Verb.ACCEPT_TASK)
    tasks, left_out = _reported_tasks(request)
    if left_out:
        messages.warning(request, f"所选的有 {left_out} 项没有待核查的整改报告，未列入。")
    if not tasks:
        messages.warning(request, "没有待核查的整改任务，请重新选择。")
        return redirect("task_list")
    answered = "confirmed" in request.POST
    selection = ReviewSelection(request.POST if answered else None, tasks)
    if not answered or not selection.is_valid():
        return _review_page(request, selection, tasks, status=422 if answered else 200)
    return refuse_second(request, reverse("task_list")) or result_page(
        request, BUTTON, DONE, list(_accept_each(request.user, selection.ticked))
    )


def _reported_tasks(request: Request) -> tuple[list[Task], int]:
    visible = Task.objects.visible_to(request.user).filter(state=TaskState.REPORTED)
    tasks = visible.select_related(*WITH_ORIGINS).order_by(*(f"{name}_id" for name in ORIGINS), "number")
    return ticked_tasks(request, tasks, MAX_REVIEWED)


def _review_page(request: Request, selection: ReviewSelection, tasks: Sequence[Task], *, status: int) -> HttpResponse:
    entries = _accounts(request.user, tasks)
    reviews = [
        (form, entries[form.task.pk], subject_url(form.task.origin), step_url(form.task.origin, Verb.RETURN_TASK))
        for form in selection.forms
    ]
    context = {"reviews": reviews, "selection": selection}
    return render(request, "tasks/bulk_review.html", context, status=status)


def _accounts(user: User, tasks: Sequence[Task]) -> dict[int, TaskDetails]:
    """The account of each task, read an origin at a time."""
    lights = DeadlineLights.now()
    origins = [origin for origin, _ in groupby(task.origin for task in tasks)]
    return {entry["task"].pk: entry for origin in origins for entry in task_details(origin, user, lights)}


def _accept_each(by: User, reviews: Sequence[ReviewForm]) -> Iterator[CaseResult]:
    for review in reviews:
        task = review.task
        take = partial(accept_task, task.origin, by=by, task=task, note=review.cleaned_data["note"])
        outcome = attempt(task.origin, take, not_theirs="这件事项现在不由您销号。")
        yield CaseResult(task.origin, [task], outcome.reasons)
