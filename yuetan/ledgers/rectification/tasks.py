"""整改台账."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils import timezone

from yuetan import permissions
from yuetan.forms.frame.options import FormData
from yuetan.forms.rectification.task_filter import OPEN, TaskFilter
from yuetan.ledgers.case.whose_turn import Turn, task_words
from yuetan.ledgers.deadline_lights import DeadlineLights
from yuetan.ledgers.ledger import Column, Ledger, Line
from yuetan.ledgers.subjects import subject_url
from yuetan.models import Chase, Extension, SupervisionLetter, Task, TaskReport, User
from yuetan.models.rectification.task_origin import WITH_ORIGINS
from yuetan.templatetags.official import day
from yuetan.vocabulary import DocumentKind, ReportKind, TaskState, Verb

TASK_LIGHTS = {
    TaskState.ASSIGNED: "blue",
    TaskState.REPORTED: "yellow",
    TaskState.RETURNED: "red",
    TaskState.ACCEPTED: "green",
    TaskState.REVOKED: "grey",
}


def _supervision_words(line: Line) -> str:
    papers = line["task"].supervisions.all()
    return "；".join(f"{one.short}（{one.document.number}，{day(one.document.issued_at)}）" for one in papers)


def task_turn(task: Task) -> Turn:
    """For whom one task waits: its unit until it has reported, then who reviews; the director while an extension waits.

    Roles alone, which both sides know; since when it is so. The task has the relations of `with_relations`.
    """
    turn = Turn()
    if task.is_unreported:
        turn.awaited["报送整改报告" if task.effective_due_on else "恢复计时后报送整改报告"] = ["责任单位"]
    elif task.state == TaskState.REPORTED:
        turn.awaited[task_words(Verb.ACCEPT_TASK)] = _roles_of(Verb.ACCEPT_TASK)
    if task.extensions.all():
        turn.awaited[task_words(Verb.DECIDE_EXTENSION)] = _roles_of(Verb.DECIDE_EXTENSION)
    turn.since = _since(task)
    return turn


def _roles_of(verb: Verb) -> list[str]:
    return [str(role.label) for role in permissions.BY_CODENAME[verb].roles]


def _since(task: Task) -> datetime:
    """Since the last report was handed in or decided; before that, since the limit was agreed on."""
    days = [task.agreed_on, task.assigned_on]
    moments = [timezone.make_aware(datetime.combine(max(days), time.min))]
    for report in task.reports.all():
        moments += [moment for moment in (report.handed_in_at, report.decided_at) if moment]
    return max(moments)


def _list_url(task: Task) -> str:
    """The 整改任务清单 of a case; of other origins there is none."""
    return reverse("internal_paper", args=[task.case_id, DocumentKind.TASK_LIST]) if task.case_id else ""


def _title(line: Line) -> str:
    origin = line["task"].origin
    return f"{origin.title}{'（补录）' if origin.earlier else ''}"


class TaskLedger(Ledger[Task]):
    """Every task a person may see by its limit; open ones unless something else is asked for."""

    key, title, list_url = "tasks", "整改台账", "task_list"
    columns = (
        Column("时限", 14, lambda line: line["task"].effective_due_on),
        Column("时限状态", 14, lambda line: line["deadline"].words if line["deadline"] else ""),
        Column("单位", 22, lambda line: line["task"].origin.unit_label),
        Column("来自", 40, _title),
        Column("序号", 6, lambda line: line["task"].number),
        Column("整改措施", 50, lambda line: line["task"].content),
        Column("责任人", 12, lambda line: line["task"].responsible_person),
        Column("佐证要求", 30, lambda line: line["task"].proof_required),
        Column("验收标准", 30, lambda line: line["task"].standard_words),
        Column("状态", 18, lambda line: line["task"].get_state_display()),
        Column("现由谁办", 40, lambda line: line["turn"].words),
        Column("自", 14, lambda line: day(line["turn"].since) if line["turn"].awaited else ""),
        Column("首次时限", 14, lambda line: line["task"].first_due_on),
        Column("进展报告", 12, lambda line: line["task"].get_report_rhythm_display()),
        Column("进展报告期限", 14, lambda line: line["task"].next_progress_due_on),
        Column("催办次数", 10, lambda line: line["times_chased"]),
        Column("督办单", 40, _supervision_words),
    )

    def unlimited(self, user: User, data: FormData) -> TaskFilter:
        """By state, light, whose turn it is, year, days, unit, people and words, the inner side by ground too."""
        return TaskFilter(data or {"state": OPEN}, self.visible(user), lights=DeadlineLights.now())

    def visible(self, user: User) -> QuerySet[Task]:
        """What this person may see, in order."""
        tasks = Task.objects.visible_to(user).select_related(*WITH_ORIGINS)
        return tasks.order_by("effective_due_on", "id")

    def with_relations(self, rows: QuerySet[Task]) -> QuerySet[Task]:
        """Each task with its chases, its 督办单, its reports, and the extension that waits."""
        papers = SupervisionLetter.objects.filter(document__entry__voided_at=None).select_related("document")
        papers = papers.defer("document__html", "document__facts")
        reports = TaskReport.objects.filter(kind=ReportKind.COMPLETION).only("task", "handed_in_at", "decided_at")
        return rows.prefetch_related(
            Prefetch("chases", Chase.objects.only("task")),
            Prefetch("supervisions", papers),
            Prefetch("reports", reports),
            Prefetch("extensions", Extension.objects.filter(decided_at=None).only("task")),
        )

    def lines(self, rows: Sequence[Task], user: User) -> list[Line]:
        """The task with its light, that of its progress report, and the addresses of its papers."""
        lights, inner = DeadlineLights.now(), user.has_perm(permissions.name("see_inner_case"))
        return [self._line(task, lights, inner=inner) for task in rows]

    def _line(self, task: Task, lights: DeadlineLights, *, inner: bool) -> Line:
        return {
            "task": task,
            "url": subject_url(task.origin),
            "paper_url": _list_url(task) if inner else "",
            "light": TASK_LIGHTS[TaskState(task.state)],
            "deadline": lights.of_task(task),
            "turn": task_turn(task),
            "progress": lights.of(task.next_progress_due_on),
            "times_chased": len(task.chases.all()),
            "reviewable": task.state == TaskState.REPORTED,
            "chasable": task.is_unreported and task.effective_due_on is not None,
            "supervisions": [(one, reverse("document", args=[one.document_id])) for one in task.supervisions.all()],
        }
