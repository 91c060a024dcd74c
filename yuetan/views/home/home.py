"""待办: what waits for me, soonest first."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from functools import partial

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from yuetan import permissions
from yuetan.actions.record.destruction import open_destructions
from yuetan.ledgers.agenda.agenda import interviews_ahead
from yuetan.ledgers.case.done import DoneLedger
from yuetan.ledgers.deadline_lights import DeadlineLights, note_under
from yuetan.models import CalendarYear, Case, Destruction, SettingChange, UnitChange, User
from yuetan.rules.dates import clock
from yuetan.rules.dates.deadlines import DUE_TODAY, Light
from yuetan.views.frame.ledger_page import ledger_page
from yuetan.views.frame.pagination import capped_count, capped_words
from yuetan.views.frame.request import Request
from yuetan.views.home.analysis_todos import analyses_due_todos, analysis_todos
from yuetan.views.home.assessment_todos import assessment_todos, sheets_to_check
from yuetan.views.home.meeting_todos import meeting_notices, meeting_todos, meetings_to_plan
from yuetan.views.home.obligation import Obligation, UnitObligations
from yuetan.views.home.obligations_of_papers import rooms_of_papers
from yuetan.views.home.obligations_of_tasks import TaskOrigins
from yuetan.views.home.received_todos import letters_to_reply_to, replies_to_read
from yuetan.views.home.report_todos import reports_missed, reports_to_accept, reports_to_fill_in
from yuetan.views.home.rooms import Room, lines_of
from yuetan.views.home.round_todos import round_papers, round_todos, rounds_to_plan
from yuetan.views.home.setup_checklist import setup_checklist
from yuetan.views.home.todos import Place, Todo, TodoCounts, place_in, proposals_to_approve, waiting_todos
from yuetan.views.home.unit_obligations import cases_that_ask, obligations_of_cases
from yuetan.views.home.upkeep import broken_record, last_backup, upkeep_warnings
from yuetan.views.office.setting_changes import waiting_for
from yuetan.views.people.unit_changes import undecided_for
from yuetan.vocabulary import DestructionStanding
from yuetan.vocabulary.naming import NAMES

MAX_SHOWN = 30
INTERVIEWS_WITHIN = timedelta(days=7)
MAX_INTERVIEWS = 10


def home(request: Request) -> HttpResponse:
    """The first page of everybody: what they have to do, and nothing they may not see."""
    user, lights = request.user, DeadlineLights.now()
    of_unit = any(post.party for post in user.current_posts)
    own = _obligations(user, lights) if of_unit else UnitObligations()
    others = [*_calendar_todos(user), *lines_of(_rooms(user)), *_by_rhythm(user)]
    waiting = waiting_todos(user, lights, MAX_SHOWN)
    facts: dict[str, object] = {"todos": [*others, *waiting.todos], "next_url": _next_url(waiting.place)}
    facts |= _coming_interviews(user)
    facts["tiles"] = _tiles(user, waiting.counts, len(others), own, of_unit=of_unit)
    facts |= {"obligations": own, "of_unit": of_unit, "of_office": _has_inner_role(user) or not of_unit}
    deadlines = [*(todo.deadline for todo in waiting.todos), *(ask.deadline for ask in own.open)]
    facts |= {"provisional": note_under(deadlines), "to_approve": capped_words(proposals_to_approve(user))}
    facts |= {"has_post": bool(user.current_posts), "upkeep_warnings": upkeep_warnings(user)}
    facts |= {"last_backup": last_backup(user), "broken_record": broken_record(user)}
    facts["setup"] = setup_checklist(user)
    return render(request, "home.html", facts)


def _by_rhythm(user: User) -> Iterator[Todo]:
    """What the office does every so many months and has not planned or done."""
    yield from meetings_to_plan(user)
    yield from rounds_to_plan(user)
    yield from analyses_due_todos(user)


@require_safe
def todo_list(request: Request) -> HttpResponse:
    """其余待办: the lines behind those of the home, a page at a time."""
    after = place_in(request.GET)
    waiting = waiting_todos(request.user, DeadlineLights.now(), MAX_SHOWN, after)
    facts = {
        "todos": waiting.todos,
        "is_first": after is None,
        "next_url": _next_url(waiting.place),
        "count": capped_words(waiting.counts.all),
        "provisional": note_under(todo.deadline for todo in waiting.todos),
    }
    return render(request, "todo_list.html", facts)


@require_safe
def done_list(request: Request) -> HttpResponse:
    """已办事项: what passed through the person's hands."""
    facts = ledger_page(request, DoneLedger())
    return render(request, "done_list.html", {**facts, "inner": _has_inner_role(request.user)})


def _next_url(place: Place | None) -> str:
    if place is None:
        return ""
    return f"{reverse('todo_list')}?{urlencode({'after': place[0].isoformat(), 'row': str(place[1])})}"


def _tiles(
    user: User, counted: TodoCounts, others: int, own: UnitObligations, *, of_unit: bool
) -> list[tuple[str, str, str]]:
    """What each counts, how many there are, and where they are listed."""
    today, is_more = clock.today(), own.has_more
    due_today = sum(ask.deadline == DUE_TODAY for ask in own.open)
    overdue = sum(ask.deadline is not None and ask.deadline.light == Light.RED for ask in own.open)
    everything = counted.all + others + len(own.open)
    below = "#obligations-heading" if of_unit else "#todos-heading"  # the soonest on top, what is overdue before it
    tiles = [
        ("要办的事" if of_unit else "待我办理", capped_words(everything, is_more=is_more), below),
        ("今天到期", capped_words(counted.due_today + due_today, is_more=is_more and own.reach <= today), below),
        ("已逾期", capped_words(counted.overdue + overdue, is_more=is_more and own.reach < today), below),
    ]
    if user.current_posts:
        of_year = Case.objects.visible_to(user).filter(register_year=today.year)
        count, url = capped_count(of_year), reverse("case_list")
        year = f"?{urlencode({'year': today.year})}" if count else ""  # which is offered once it has a case
        tiles.append(("本年约谈事项", capped_words(count), f"{url}{year}"))
    return tiles


def _coming_interviews(user: User) -> dict[str, object]:
    """The interviews of today and the next seven days, by day; and whether there are more than the page shows."""
    today = clock.today()
    entries = interviews_ahead(user, today, today + INTERVIEWS_WITHIN, MAX_INTERVIEWS + 1)
    shown = entries[:MAX_INTERVIEWS]
    days = [
        {"day": day, "is_today": day == today, "entries": [entry for entry in shown if entry.day == day]}
        for day in dict.fromkeys(entry.day for entry in shown)
    ]
    return {"interviews": days, "more_interviews": len(entries) > MAX_INTERVIEWS}


def _calendar_todos(user: User) -> list[Todo]:
    """载入下一年放假安排: from 1 December until it is done, for who keeps the calendar."""
    if not user.has_perm(permissions.name("keep_calendar")):
        return []
    words = "国务院办公厅的通知公布后照通知填写；载入之前，该年的日期按暂定推算"
    return [
        Todo(reverse("enter_calendar_year", args=[year]), f"载入{year}年放假安排", "", words)
        for year in CalendarYear.awaited()
    ]


def _obligations(user: User, lights: DeadlineLights) -> UnitObligations:
    """What the person's units have to do: open ones first and the soonest on top."""
    own, origins = UnitObligations(), TaskOrigins()
    cases = cases_that_ask(own, user)
    origins.note(cases)
    of_rooms = lines_of(_rooms_of_units(own, user, lights, origins))
    origins.read()
    own.shown = [*obligations_of_cases(cases, user, lights), *of_rooms]
    own.sort()
    return own


def _rooms_of_units(
    own: UnitObligations, user: User, lights: DeadlineLights, origins: TaskOrigins
) -> Iterator[Room[Obligation]]:
    yield from rooms_of_papers(own, user, lights, origins)
    yield from reports_to_fill_in(own, user, lights)
    yield from meeting_notices(user, lights)
    yield from letters_to_reply_to(own, user, lights)
    yield from sheets_to_check(user, lights)
    yield from round_papers(user, lights)


def _rooms(user: User) -> Iterator[Room[Todo]]:
    """What waits for the person and is about no case, letter, measure or 交办事项."""
    yield from _rooms_of_records(user)
    yield from reports_to_accept(user)
    yield from reports_missed(user)
    yield from analysis_todos(user)
    yield from meeting_todos(user)
    yield from replies_to_read(user)
    yield from assessment_todos(user)
    yield from round_todos(user)


def _has_inner_role(user: User) -> bool:
    return bool(user.has_perm(permissions.name("see_inner_case")))


def _rooms_of_records(user: User) -> Iterator[Room[Todo]]:
    """Matters of units that ended, lists of what is to be destroyed, changes of settings."""
    yield Room(UnitChange.objects.undecided(), partial(_ended_units, user))
    yield Room(Destruction.objects.visible_to(user).open(), partial(_destructions, user))
    yield Room(SettingChange.objects.pending(), partial(_setting_changes, user))


def _ended_units(user: User) -> Iterator[Todo]:
    for ended in undecided_for(user):
        words = f"{ended.unit.full_name}已撤并，其事项转由承接单位办理"
        yield Todo(reverse("carry_over", args=[ended.pk]), words, ended.unit.full_name, "决定转由承接单位办理")


def _destructions(user: User) -> Iterator[Todo]:
    for destruction in open_destructions(user):
        words = "批准销毁" if destruction.standing == DestructionStanding.DRAWN_UP else "监销"
        yield Todo(reverse("destruction", args=[destruction.pk]), str(destruction), NAMES["the_office"], words)


def _setting_changes(user: User) -> Iterator[Todo]:
    for change in waiting_for(user):
        words = f"{change.setting.label}{change.words}"
        yield Todo(reverse("decide_setting_change", args=[change.pk]), words, NAMES["the_office"], "确认设定的修改")
