"""待办: what waits for me, soonest first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from yuetan import permissions
from yuetan.models import CalendarYear, Case, DailyRun, Letter, User
from yuetan.models.case.steps import CASE_STEPS
from yuetan.rules.dates import clock
from yuetan.rules.dates.deadlines import DUE_TODAY, Deadline, Light
from yuetan.rules.text.official_text import joined
from yuetan.templatetags.official import moment
from yuetan.views.case.available_steps import PendingStep, pending_step_url, pending_steps
from yuetan.views.frame.deadline_lights import DeadlineLights, note_under
from yuetan.views.frame.request import Request
from yuetan.views.home import unit_obligations
from yuetan.views.office.setting_changes import waiting_for
from yuetan.views.people.unit_changes import undecided_for
from yuetan.vocabulary import LetterState, PostKind, Verb

MAX_CANDIDATES = 200
MAX_SHOWN = 30
KEEPERS_OF_THE_CLOCK = (PostKind.OFFICE_DIRECTOR, PostKind.SUPERVISOR, PostKind.SYSTEM_ADMINISTRATOR)
LATE_AFTER = timedelta(hours=26)


@dataclass(frozen=True)
class Todo:
    """One thing that waits for the person."""

    url: str
    title: str
    unit: str
    pending: str
    due_on: date | None = None
    deadline: Deadline | None = None
    is_approval: bool = False


def home(request: Request) -> HttpResponse:
    """The first page of everybody: what they have to do, and nothing they may not see."""
    user = request.user
    lights = DeadlineLights.now()
    of_unit = any(post.party for post in user.current_posts)
    obligations = unit_obligations.obligations(user, lights) if of_unit else []
    by_date = sorted([*_case_todos(user, lights), *_other_todos(user)], key=lambda todo: todo.due_on or date.max)
    todos = [*_calendar_todos(user), *by_date]
    waiting: list[Todo | unit_obligations.Obligation] = [*todos, *(each for each in obligations if each.is_open)]
    due_today = [one for one in waiting if one.deadline == DUE_TODAY]
    overdue = [one for one in waiting if one.deadline and one.deadline.light == Light.RED]
    tiles = [
        ("要办的事" if of_unit else "待我办理", len(waiting)),
        ("今天到期", len(due_today)),
        ("已逾期", len(overdue)),
    ]
    if user.current_posts:
        visible = Case.objects.visible_to(user)
        tiles.append(("本年约谈事项", visible.filter(register_year=clock.today().year)[:1001].count()))
    facts = {"todos": todos[:MAX_SHOWN], "more": len(todos) > MAX_SHOWN, "tiles": tiles}
    to_approve = sum(todo.is_approval for todo in todos)
    facts["to_approve"] = to_approve
    facts |= {"obligations": obligations, "of_unit": of_unit, "of_office": _has_inner_role(user) or not of_unit}
    facts["provisional"] = note_under(one.deadline for one in waiting)
    facts |= {"has_post": bool(user.current_posts), "late_run": _late_run(user)}
    return render(request, "home.html", facts)


def _late_run(user: User) -> str:
    """What those who keep the office must know when the daily job has not run whole; empty while all is well."""
    if not user.holds(*KEEPERS_OF_THE_CLOCK):
        return ""
    ended = DailyRun.objects.ended().first()
    if ended is not None and ended.problems:
        return f"每日任务出错，没有做完的有：{joined(sorted(ended.problems))}。请系统维护人员查看日志，改正后会再做。"
    last = DailyRun.objects.finished().first()
    if last is None:
        return "每日任务还没有运行过，到期提醒不会发出。请系统维护人员启动值守程序，或者设定每天定时运行。"
    assert last.finished_at is not None
    if clock.now() - last.finished_at < LATE_AFTER:
        return ""
    return f"每日任务上次运行是{moment(last.finished_at)}，此后到期的提醒尚未发出，请系统维护人员检查。"


def _calendar_todos(user: User) -> list[Todo]:
    """载入下一年放假安排: from 1 December until it is done, for who keeps the calendar."""
    if not user.has_perm(permissions.name("keep_calendar")):
        return []
    words = "国务院办公厅的通知公布后照通知填写；载入之前，该年的日期按暂定推算"
    return [
        Todo(reverse("enter_calendar_year", args=[year]), f"载入{year}年放假安排", "", words)
        for year in CalendarYear.awaited()
    ]


def _has_inner_role(user: User) -> bool:
    return bool(user.has_perm(permissions.name("see_inner_case")))


def _case_todos(user: User, lights: DeadlineLights) -> Iterator[Todo]:
    """The todos of the person by role or party; those of their own unit are in unit_obligations."""
    yield from _letter_todos(user)
    own_units = {post.unit_id for post in user.current_posts if post.party}
    for case in _candidates(user).exclude(unit__in=own_units)[:MAX_CANDIDATES]:
        pending = pending_steps(case, user)
        if pending:
            yield _case_todo(case, pending, lights)


def _candidates(user: User) -> QuerySet[Case]:
    """Cases in a state in which something could wait for this person."""
    visible = Case.objects.visible_to(user).open()
    states = [state for state, permission in _awaited_states() if user.has_perm(permission)]
    by_role = visible.filter(state__in=states).order_by().values("pk")
    keys = by_role.union(visible.that_may_concern(user).order_by().values("pk"))
    if user.has_perm(permissions.name("see_inner_case")):
        keys = keys.union(Case.objects.visible_to(user).with_rows_that_wait().order_by().values("pk"))
    if user.has_perm(permissions.name(Verb.REGISTER_RECEIPT)):
        keys = keys.union(visible.unsigned_since(clock.today()).order_by().values("pk"))
    if user.has_perm(permissions.name(Verb.RECORD_REVISIT)):
        keys = keys.union(Case.objects.visible_to(user).revisit_due().order_by().values("pk"))
    cases = Case.objects.filter(pk__in=keys).soonest_first().for_lists()
    return cases.with_step_relations().with_grants_of(user)


def _awaited_states() -> list[tuple[str, str]]:
    return [(state, step.permission) for step in CASE_STEPS if step.is_awaited() for state in step.sources]


def _case_todo(case: Case, pending: list[PendingStep], lights: DeadlineLights) -> Todo:
    due_on = min((pending_step.due_on for pending_step in pending if pending_step.due_on), default=None)
    return Todo(
        url=pending_step_url(case, pending),
        title=case.title,
        unit=case.unit_label,
        pending="；".join(pending_step.label for pending_step in pending),
        due_on=due_on,
        deadline=lights.of(due_on),
        is_approval=any(pending_step.verb == Verb.APPROVE for pending_step in pending),
    )


def _other_todos(user: User) -> Iterator[Todo]:
    """What waits and is about no case and no letter."""
    for ended in undecided_for(user):
        words = f"{ended.unit.full_name}已撤并，其事项转由承接单位办理"
        yield Todo(reverse("carry_over", args=[ended.pk]), words, ended.unit.full_name, "决定转由承接单位办理")
    for change in waiting_for(user):
        words = f"{change.setting.label}{change.words}"
        yield Todo(reverse("decide_setting_change", args=[change.pk]), words, "市扫黑办", "确认设定的修改")


def _letter_todos(user: User) -> list[Todo]:
    transitions = ((LetterState.DRAFTED, Verb.APPROVE_LETTER), (LetterState.RETURNED, Verb.REVISE_LETTER))
    verb_of_state = {state: verb for state, verb in transitions if user.has_perm(permissions.name(verb))}
    if not verb_of_state:
        return []
    letters = (
        Letter.objects.visible_to(user).select_related("unit__parent", "first_unit").filter(state__in=verb_of_state)
    )
    return [
        Todo(reverse("letter", args=[letter.pk]), letter.title, letter.unit_label, verb_of_state[letter.state].label)
        for letter in letters[:MAX_SHOWN]
    ]
