"""What is known of a unit and its heads before anybody proposes or decides: counted exactly, each with its link."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from yuetan.models import Case, Post, Task, Unit, User
from yuetan.models.case.case import CaseQuerySet
from yuetan.templatetags.official import day
from yuetan.vocabulary import ENDED_STATES, TaskState


@dataclass(frozen=True)
class Known:
    """One kind of thing that is known: in words with its number, and the things."""

    words: str
    warns: bool
    links: list[dict[str, str]]


def unit_history(unit: Unit, heads: Iterable[Post], user: User, *, but: Case | None = None) -> list[Known]:
    """Earlier cases, open tasks, overdue reports of the unit; what its heads were interviewed about, in any post.

    For components/unit_history.html. `but` is the case at hand; only what this person may see is counted.
    """
    visible = Case.objects.visible_to(user).exclude(pk=but.pk if but else None)
    of_unit = list(visible.filter(unit=unit).for_lists())
    tasks = Task.objects.filter(case__in=[case for case in of_unit if not case.is_ended])
    unfinished = list(tasks.exclude(state=TaskState.ACCEPTED).select_related("case"))
    overdue = [task for task in unfinished if task.is_overdue]
    groups = [
        _cases("该单位", of_unit),
        Known(f"该单位未销号的整改任务 {len(unfinished)} 项", True, [_task(task) for task in unfinished]),
        Known(f"该单位逾期未报告的整改任务 {len(overdue)} 项", True, [_task(task) for task in overdue]),
        *(_of_person(post, visible) for post in heads),
    ]
    return [known for known in groups if known.links]


def unit_history_of_case(case: Case, user: User) -> list[Known]:
    """The same for the unit and the interviewees of a case, leaving the case itself out."""
    return unit_history(case.unit, case.interviewees.all(), user, but=case)


def _cases(whose: str, cases: list[Case]) -> Known:
    still = sum(case.state not in ENDED_STATES for case in cases)
    words = f"{whose}已有约谈事项 {len(cases)} 件" + (f"，其中在办 {still} 件" if still else "")
    return Known(words, bool(still), [_case(case) for case in cases])


def _of_person(head: Post, visible: CaseQuerySet) -> Known:
    """Cases in which the person was to be interviewed, in this post or any other, here or elsewhere."""
    met = visible.filter(interviewees__holder=head.holder_id).distinct().for_lists().prefetch_related("interviewees")
    links = []
    for case in met:
        titles = "、".join(post.title for post in case.interviewees.all() if post.holder_id == head.holder_id)
        links.append(_case(case, f"时任{case.proposed_unit.full_name}{titles}，"))
    return Known(f"{head.holder.name}曾列为约谈对象 {len(links)} 件（含在其他职务上）", True, links)


def _case(case: Case, lead: str = "") -> dict[str, str]:
    meta = f"{lead}{case.register_number}，{case.get_state_display()}"
    return {"label": case.title, "url": reverse("case", args=[case.pk]), "meta": meta}


def _task(task: Task) -> dict[str, str]:
    until = f"时限{day(task.effective_due_on)}" if task.effective_due_on else "中止计时"
    meta = f"{task.get_state_display()}，{until}，{task.case.register_number}"
    return {"label": f"第 {task.number} 项　{task.content}", "url": reverse("case", args=[task.case_id]), "meta": meta}
