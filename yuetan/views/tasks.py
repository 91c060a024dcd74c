"""整改台账: the board a supervisor opens each morning; export, and 催办 for a selection."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from yuetan import permissions
from yuetan.actions.chase import chase
from yuetan.documents.spreadsheet import workbook
from yuetan.errors import NotYours, Refused
from yuetan.forms.chase import ChaseSelectionForm, owed_tasks
from yuetan.forms.filters import OPEN, TaskFilter
from yuetan.models import Case, Task, User
from yuetan.rules import clock
from yuetan.rules.deadlines import Light
from yuetan.rules.file_kind import FileKind
from yuetan.views.lights import Lights
from yuetan.views.pages import paged
from yuetan.views.task_accounts import TASK_LIGHTS
from yuetan.vocabulary import DocumentKind, TaskState, Verb

HEAD = (
    "时限",
    "灯",
    "被约谈单位",
    "约谈事项",
    "序号",
    "整改措施",
    "责任人",
    "佐证要求",
    "验收标准",
    "状态",
    "首次时限",
    "进展报告",
    "进展报告期限",
    "催办次数",
)
WIDTHS = (14, 14, 22, 40, 6, 50, 12, 30, 30, 18, 14, 12, 14, 10)
MOST_EXPORTED = 20_000


@require_safe
def task_list(request: HttpRequest) -> HttpResponse:
    """The board of tasks: open ones unless something else is asked for."""
    lights = Lights.now()
    found = _found(request, lights)
    facts = paged(request, found.qs.annotate(times_chased=Count("chases")))
    inner = request.user.has_perm(permissions.name("see_inner_case"))
    facts["rows"] = [_row(task, lights, inner=inner) for task in facts["rows"]]
    may_chase = request.user.has_perm(permissions.name(Verb.CHASE))
    context = {"filter": found, "inner": inner, "may_chase": may_chase, "lamps": _lamps(request, lights)}
    context["export_url"] = f"{reverse('task_list_file')}?{request.GET.urlencode()}"
    return render(request, "tasks/list.html", {**facts, **context})


def _found(request: HttpRequest, lights: Lights) -> TaskFilter:
    return TaskFilter(request.GET or {"state": OPEN}, _visible(request.user), lights=lights)


def _visible(user: User) -> QuerySet[Task]:
    visible = Case.objects.visible_to(user).order_by().values("pk")
    return Task.objects.filter(case__in=visible).select_related("case__unit__parent").order_by("runs_until", "id")


def _row(task: Task, lights: Lights, *, inner: bool) -> dict[str, Any]:
    paper = reverse("internal_paper", args=[task.case_id, DocumentKind.TASK_LIST]) if inner else ""
    return {
        "task": task,
        "url": reverse("case", args=[task.case_id]),
        "paper_url": paper,
        "light": TASK_LIGHTS[TaskState(task.state)],
        "deadline": lights.of_task(task),
        "progress": lights.of(task.progress_owed_on),
        "chasable": task.is_unreported and task.runs_until is not None,
    }


def _lamps(request: HttpRequest, lights: Lights) -> list[dict[str, Any]]:
    """How many open tasks show each light, and of how many the report on the way is late; each a link to these."""
    visible = _visible(request.user)
    counts = lights.counted(visible)
    lamps = [
        {"light": light, "label": label, "count": counts[light], "url": f"?state={OPEN}&light={light}"}
        for light, label in TaskFilter.LIGHTS
    ]
    late = lights.progress_showing(visible, Light.RED).order_by().count()
    return [*lamps, {"light": Light.RED, "label": "进展报告逾期", "count": late, "url": f"?progress={Light.RED}"}]


@require_safe
def task_list_file(request: HttpRequest) -> HttpResponse:
    """The board as it is filtered, as an Excel file."""
    lights = Lights.now()
    tasks = _found(request, lights).qs.annotate(times_chased=Count("chases"))[:MOST_EXPORTED]
    written = workbook("整改台账", HEAD, (_line(task, lights) for task in tasks), widths=WIDTHS)
    response = HttpResponse(written, content_type=FileKind.XLSX.content_type)
    name = f"整改台账{clock.today():%Y%m%d}.xlsx"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    response["Cache-Control"] = "private, no-store"
    return response


def _line(task: Any, lights: Lights) -> tuple[Any, ...]:
    deadline = lights.of_task(task)
    return (
        task.runs_until,
        deadline.words if deadline else "",
        task.case.unit.full_name,
        task.case.title,
        task.number,
        task.content,
        task.responsible_person,
        task.proof_required,
        task.standard_words,
        task.get_state_display(),
        task.first_due_on,
        task.get_report_rhythm_display(),
        task.progress_owed_on,
        task.times_chased,
    )


@require_POST
def chase_selected(request: HttpRequest) -> HttpResponse:
    """催办 for a selection: the words are asked once, each case is a step of its own."""
    if not request.user.has_perm(permissions.name(Verb.CHASE)):
        raise NotYours(Verb.CHASE)
    tasks = _chosen(request)
    asked = "words" in request.POST
    form = ChaseSelectionForm(request.POST if asked else None)
    if not tasks:
        messages.warning(request, "尚未选择要催办的整改任务，或者所选的不必催办。")
        return redirect("task_list")
    if not asked or not form.is_valid():
        return render(request, "tasks/chase.html", {"form": form, "tasks": tasks})
    _chase_each(request, tasks, form.cleaned_data["words"])
    return redirect("task_list")


def _chosen(request: HttpRequest) -> list[Task]:
    keys = request.POST.getlist("task")
    if not all(key.isdecimal() and len(key) < 19 for key in keys):
        raise Http404
    chosen = _visible(request.user).filter(pk__in=keys)
    return list(chosen.filter(pk__in=owed_tasks().values("pk")).order_by("case_id", "number"))


def _chase_each(request: HttpRequest, tasks: Iterable[Task], words: str) -> None:
    by_case: dict[Case, list[Task]] = {}
    for task in tasks:
        by_case.setdefault(task.case, []).append(task)
    done = 0
    for case, owed in by_case.items():
        try:
            chase(case, by=request.user, tasks=owed, words=words)
            done += len(owed)
        except Refused as refused:
            messages.warning(request, f"{case.unit.full_name}：{refused}")
    if done:
        messages.success(request, f"已催办 {done} 项整改任务，各单位已收到消息。")
