"""整改台账: the board a supervisor opens each morning, and its export."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from yuetan import permissions
from yuetan.forms.rectification.task_filter import OPEN, TaskFilter
from yuetan.models import Chase, SupervisionLetter, Task, User
from yuetan.rules.dates.deadlines import Light
from yuetan.templatetags.official import day
from yuetan.views.files.files import spreadsheet_answer
from yuetan.views.frame.deadline_lights import DeadlineLights, note_under
from yuetan.views.frame.pagination import capped_count, capped_words, paginate
from yuetan.views.frame.request import Request
from yuetan.views.rectification.task_details import TASK_LIGHTS
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
    "督办单",
)
WIDTHS = (14, 14, 22, 40, 6, 50, 12, 30, 30, 18, 14, 12, 14, 10, 40)
EXPORTED_AT_ONCE = 500


@require_safe
def task_list(request: Request) -> HttpResponse:
    """The board of tasks: open ones unless something else is asked for."""
    lights = DeadlineLights.now()
    task_filter = _filtered(request, lights)
    facts = paginate(request, _with_chases(task_filter.qs))
    inner = request.user.has_perm(permissions.name("see_inner_case"))
    rows = [_task_row(task, lights, inner=inner) for task in facts["rows"]]
    may = request.user.has_perm
    context = {"filter": task_filter, "inner": inner, "lamps": _lamps(request, lights)}
    context["may_chase"] = may(permissions.name(Verb.CHASE))
    context["may_supervise"] = may(permissions.name(Verb.ISSUE_SUPERVISION_LETTER))
    context["provisional"] = note_under(each for row in rows for each in (row["deadline"], row["progress"]))
    context["export_url"] = f"{reverse('task_list_file')}?{request.GET.urlencode()}"
    return render(request, "tasks/list.html", {**facts, **context, "rows": rows})


def _filtered(request: Request, lights: DeadlineLights) -> TaskFilter:
    return TaskFilter(request.GET or {"state": OPEN}, _visible(request.user), lights=lights)


def _visible(user: User) -> QuerySet[Task]:
    tasks = Task.objects.visible_to(user).select_related("case__unit__parent", "case__first_unit")
    return tasks.order_by("effective_due_on", "id")


def _with_chases(tasks: QuerySet[Task]) -> QuerySet[Task]:
    """Each task with its chases and its 督办单."""
    papers = SupervisionLetter.objects.filter(document__entry__voided_at=None).select_related("document")
    papers = papers.defer("document__html", "document__facts")
    return tasks.prefetch_related(Prefetch("chases", Chase.objects.only("task")), Prefetch("supervisions", papers))


def _task_row(task: Task, lights: DeadlineLights, *, inner: bool) -> dict[str, Any]:
    paper = reverse("internal_paper", args=[task.case_id, DocumentKind.TASK_LIST]) if inner else ""
    return {
        "task": task,
        "url": reverse("case", args=[task.case_id]),
        "paper_url": paper,
        "light": TASK_LIGHTS[TaskState(task.state)],
        "deadline": lights.of_task(task),
        "progress": lights.of(task.next_progress_due_on),
        "times_chased": len(task.chases.all()),
        "chasable": task.is_unreported and task.effective_due_on is not None,
        "supervisions": [(one, reverse("document", args=[one.document_id])) for one in task.supervisions.all()],
    }


def _lamps(request: Request, lights: DeadlineLights) -> list[dict[str, Any]]:
    """The counts above the list: unreported tasks by light, late progress reports, reports to be reviewed."""
    visible, state = _visible(request.user), TaskState.REPORTED
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


@require_safe
def task_list_file(request: Request) -> HttpResponseBase:
    """The board as it is filtered, to its last row, as an Excel file."""
    from yuetan.documents.exports.spreadsheet import workbook

    lights = DeadlineLights.now()
    tasks = _with_chases(_filtered(request, lights).qs).iterator(chunk_size=EXPORTED_AT_ONCE)
    return spreadsheet_answer(
        workbook("整改台账", HEAD, (_ledger_row(task, lights) for task in tasks), widths=WIDTHS), "整改台账"
    )


def _ledger_row(task: Any, lights: DeadlineLights) -> tuple[Any, ...]:
    deadline = lights.of_task(task)
    return (
        task.effective_due_on,
        deadline.words if deadline else "",
        task.case.unit_label,
        task.case.title,
        task.number,
        task.content,
        task.responsible_person,
        task.proof_required,
        task.standard_words,
        task.get_state_display(),
        task.first_due_on,
        task.get_report_rhythm_display(),
        task.next_progress_due_on,
        len(task.chases.all()),
        "；".join(
            f"{one.short}（{one.document.number}，{day(one.document.issued_at)}）" for one in task.supervisions.all()
        ),
    )
