"""What is taken for a selection on the board: which tasks were ticked, and what became of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString

from yuetan.forms.frame.bounds import is_key
from yuetan.models import Task
from yuetan.models.rectification.task_origin import HandsOutTasks
from yuetan.rules.text.proof_reading import Remark
from yuetan.views.frame.request import Request


@dataclass(frozen=True)
class CaseResult:
    """The selected tasks of one case, or other origin; the reasons if their step was refused."""

    case: HandsOutTasks
    tasks: list[Task]
    reasons: tuple[str, ...]
    preview: SafeString | str = ""
    shown: tuple[Remark, ...] = ()  # of the proof-reader, on the papers above this one


def ticked_tasks(request: Request, tasks: QuerySet[Task], most: int) -> tuple[list[Task], int]:
    """The ticked ones among some tasks, and how many of those ticked are none; says so where more are ticked than go.

    Raises Http404 for what is no key of a task.
    """
    ticked = list(dict.fromkeys(request.POST.getlist("task")))
    keys = set(ticked[:most])
    if len(ticked) > most:
        messages.warning(request, f"一次至多选 {most} 项，其余 {len(ticked) - most} 项没有列入。")
    if not all(is_key(key) for key in keys):
        raise Http404
    chosen = list(tasks.filter(pk__in=keys))
    return chosen, len(keys) - len(chosen)


def result_page(request: Request, button: str, done_words: str, results: Sequence[CaseResult]) -> HttpResponse:
    """Back to the board if all went well, with how many; otherwise which did not, and why."""
    done = [one for one in results if not one.reasons]
    failed = [one for one in results if one.reasons]
    if failed:
        return render(request, "tasks/bulk_action_result.html", {"button": button, "done": done, "failed": failed})
    messages.success(request, done_words.format(count=sum(len(one.tasks) for one in done)))
    return redirect("task_list")
