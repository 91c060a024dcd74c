"""What is known of a unit and its heads before anybody proposes or decides: counted, each with its link."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import urlencode

from django.db.models import Model, QuerySet
from django.urls import reverse

from yuetan.forms.rectification.task_filter import OPEN
from yuetan.ledgers.subjects import subject_url
from yuetan.models import Case, Post, Task, Unit, User
from yuetan.models.case.case import CaseQuerySet
from yuetan.rules.dates import clock
from yuetan.rules.dates.deadlines import Light
from yuetan.templatetags.official import day
from yuetan.views.frame.pagination import capped_count, capped_words
from yuetan.vocabulary import ENDED_STATES, UNREPORTED_TASK_STATES

Row = TypeVar("Row", bound=Model)
NEWEST = 10  # of each kind on the page


@dataclass(frozen=True)
class Known:
    """One kind of thing that is known: in words with its number, the newest of the things, and where the others are."""

    words: str
    warns: bool
    links: list[dict[str, str]]
    more_url: str = ""


def unit_history(unit: Unit, heads: Iterable[Post], user: User, *, but: Case | None = None) -> list[Known]:
    """Earlier cases, open tasks, overdue reports of the unit; what its heads were interviewed about, in any post.

    For components/unit_history.html. `but` is the case at hand; only what this person may see is counted.
    """
    this_case = but.pk if but else None
    visible = Case.objects.visible_to(user).exclude(pk=this_case)
    tasks = Task.objects.visible_to(user).filter(open_to=unit)
    others = tasks.exclude(case=but) if but else tasks
    unfinished = others.unfinished().exclude(case__state__in=ENDED_STATES)
    overdue = unfinished.filter(state__in=UNREPORTED_TASK_STATES, effective_due_on__lt=clock.today())
    groups = [
        _cases("该单位", visible.filter(unit=unit), unit),
        _known_tasks("该单位未销号的整改任务", unfinished, f"state={OPEN}&q={unit.code}"),
        _known_tasks("该单位逾期未报告的整改任务", overdue, f"light={Light.RED}&q={unit.code}"),
        *(_of_person(post, visible) for post in heads),
    ]
    return [known for known in groups if known.links]


def unit_history_of_case(case: Case, user: User) -> list[Known]:
    """The history of the unit and the interviewees of a case, leaving the case itself out."""
    return unit_history(case.unit, case.interviewees.all(), user, but=case)


def _newest(rows: QuerySet[Row]) -> tuple[list[Row], int]:
    """The first of these rows, and how many there are; not asked where all of them were read."""
    first = list(rows[: NEWEST + 1])
    return first[:NEWEST], len(first) if len(first) <= NEWEST else capped_count(rows)


def _cases(whose: str, cases: CaseQuerySet, unit: Unit) -> Known:
    newest, count = _newest(cases.for_lists())
    still = capped_count(cases.open()) if count > NEWEST else sum(not case.is_ended for case in newest)
    words = f"{whose}已有约谈事项 {capped_words(count)} 件" + (f"，其中在办 {capped_words(still)} 件" if still else "")
    more_url = f"{reverse('case_list')}?q={unit.code}" if count > NEWEST else ""
    return Known(words, bool(still), [_case(case) for case in newest], more_url)


def _known_tasks(what: str, tasks: QuerySet[Task], query: str) -> Known:
    shown = tasks.select_related("case", "measure_laid__paper", "assignment")
    shown = shown.defer("measure_laid__paper__html", "measure_laid__paper__facts")
    soonest, count = _newest(shown.order_by("effective_due_on", "id"))
    more_url = f"{reverse('task_list')}?{query}" if count > NEWEST else ""
    return Known(f"{what} {capped_words(count)} 项", True, [_task(task) for task in soonest], more_url)


def _of_person(head: Post, visible: CaseQuerySet) -> Known:
    """Cases in which the person was to be interviewed, in this post or any other, here or elsewhere."""
    keys, count = _newest(visible.of_interviewee(head.holder).only("pk"))
    links = []
    for case in _newest_cases(keys):
        titles = "、".join(post.title for post in case.interviewees.all() if post.holder_id == head.holder_id)
        links.append(_case(case, f"时任{case.proposed_unit.full_name}{titles}，"))
    words = f"{head.holder.name}曾列为约谈对象 {capped_words(count)} 件（含在其他职务上）"
    more_url = f"{reverse('case_list')}?{urlencode({'person': head.holder.name})}" if count > NEWEST else ""
    return Known(words, True, links, more_url)


def _newest_cases(keys: Sequence[Case]) -> Iterable[Case]:
    """With what is shown of them: read only once it is known which are the newest of a person's many."""
    shown = Case.objects.filter(pk__in=[one.pk for one in keys]) if keys else Case.objects.none()
    return shown.select_related("unit__parent", "first_unit").prefetch_related("interviewees")


def _case(case: Case, lead: str = "") -> dict[str, str]:
    meta = f"{lead}{case.register_number}，{case.get_state_display()}"
    return {"label": case.title, "url": reverse("case", args=[case.pk]), "meta": meta}


def _task(task: Task) -> dict[str, str]:
    until = f"时限{day(task.effective_due_on)}" if task.effective_due_on else "中止计时"
    meta = f"{task.get_state_display()}，{until}，{task.origin.register_number}"
    return {"label": f"第 {task.number} 项　{task.content}", "url": subject_url(task.origin), "meta": meta}
