"""工作日历: what every day is; and 为什么是这一天: a date counted out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from operator import itemgetter
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from yuetan.actions.office import calendar as actions
from yuetan.actions.office.counted_dates import LIMIT
from yuetan.actions.record.checks.check_dates import SETS_LIMIT
from yuetan.forms.office.calendar import CountForm
from yuetan.ledgers.subjects import subject_url
from yuetan.models import CalendarDay, CalendarYear, Event, Pause, Task
from yuetan.models.rectification.task_origin import WITH_ORIGINS
from yuetan.rules.dates import clock
from yuetan.templatetags.official import day as official_day
from yuetan.views.frame.request import Request
from yuetan.views.office.month_tables import counted, unpublished_warning, year_table
from yuetan.vocabulary import DayKind, Verb

CALENDAR_VERBS = ("change_calendar_day", "enter_calendar_year")
FIRST_YEAR, LAST_YEAR = 2019, 2099


@require_safe
def calendar(request: Request) -> HttpResponse:
    """A whole year, each day with what it is."""
    year = _year(request.GET.get("year", ""))
    known = CalendarYear.objects.filter(year=year).first()
    context = {
        "year": year,
        "months": year_table(year),
        "known": known,
        "warning": "" if known else unpublished_warning(date(year, 1, 1)),
        "years": sorted({*CalendarYear.objects.values_list("year", flat=True), clock.today().year + 1}),
        "change_url": reverse("change_calendar_day") if is_keeper(request) else "",
        "enterable": actions.ENTERING_YEAR.is_offered(year, request.user),
    }
    return render(request, "calendar/year.html", context)


def _year(given_text: str) -> int:
    year = int(given_text) if given_text.isdecimal() and len(given_text) == 4 else clock.today().year
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Http404
    return year


def day_as_it_is(given_text: str) -> dict[str, object]:
    """The form of a day as the calendar has it; empty for what is no day."""
    try:
        day = date.fromisoformat(given_text)
    except ValueError:
        return {}
    row = CalendarDay.objects.filter(day=day).first()
    if row is None:
        return {"day": day, "kind": DayKind.PLAIN}
    return {"day": day, "kind": DayKind.WORKED if row.is_working else DayKind.OFF, "name": row.name}


def is_keeper(request: Request) -> bool:
    """Whether this person keeps the calendar."""
    return actions.CHANGING_DAY.may_take(None, request.user)


@require_safe
def date_count(request: Request) -> HttpResponse:
    """工作日计算: any span counted out."""
    form = CountForm(request.GET or None)
    table = None
    if form.is_valid() and form.cleaned_data["begin"] and form.cleaned_data["until"]:
        table = counted(form.cleaned_data["begin"], form.cleaned_data["until"], CalendarDay.objects.calendar())
    return render(request, "calendar/count.html", {"form": form, "table": table})


@require_safe
def task_date(request: Request, pk: int) -> HttpResponse:
    """为什么是这一天: how a task came by its date, and every day on the way."""
    tasks = Task.objects.visible_to(request.user).select_related(*WITH_ORIGINS, "measure__interview")
    task = get_object_or_404(tasks, pk=pk)
    until = task.effective_due_on or max(task.agreed_due_on, clock.today())
    spans = [pause.span for pause in task.pauses.all()]
    context = {
        "task": task,
        "origin_url": subject_url(task.origin),
        "history": _history(task),
        "table": counted(task.agreed_on, until, CalendarDay.objects.calendar(), spans),
    }
    return render(request, "calendar/task_date.html", context)


def _why(event: Event) -> str:
    """What was decided and, where somebody had asked for it, why they asked."""
    asked = event.data.get("reason", "") or event.data.get("rework_reason", "")
    if event.verb == Verb.CONFIRM_CORRECTION:
        return f"更正原因：{asked}"
    return f"提出的理由：{asked}\n决定意见：{event.opinion}" if asked else event.opinion


def _history(task: Task) -> list[dict[str, Any]]:
    """What made the date, oldest first: the paper that gave it, then each decision that moved it, and each pause."""
    held = task.measure.interview.held_on if task.measure else None
    given = (
        {"day": held, "words": "约谈中约定，载入纪要"}
        if held
        else {"day": task.agreed_on, "words": "文书送达，限期整改"}
    )
    first = {**given, "due_on": task.first_due_on}
    lines = [*_decisions(task), *(line for pause in task.pauses.all() for line in _pause(pause))]
    lines = sorted([*lines, *_moved_by_calendar(task)], key=itemgetter("day"))
    return [{"due_on": None, "reason": "", **line} for line in (first, *lines)]


def _decisions(task: Task) -> Iterator[dict[str, Any]]:
    for event in task.origin.events.filter(verb__in=SETS_LIMIT).order_by("created_at", "id"):
        facts = event.data
        if task.number not in facts.get("tasks", [facts.get("task")]) or not facts.get("granted", True):
            continue
        late = "（逾期申请）" if facts.get("requested_late") else ""
        line = {
            "day": timezone.localtime(event.created_at).date(),
            "words": f"{event.label}{late}",
            "reason": _why(event),
        }
        new_due_on = facts.get("limits", {}).get(str(task.number)) or facts.get("new_due_on")
        if new_due_on:
            line["due_on"] = date.fromisoformat(new_due_on)
        yield line


def _pause(pause: Pause) -> Iterator[dict[str, Any]]:
    """Its beginning with who asked for it and until when; its end, and where the limit moved to by it."""
    plan = f"，计划{official_day(pause.planned_end_on)}恢复" if pause.planned_end_on else ""
    asked_by = f"（{pause.get_asked_by_display()}）" if pause.asked_by else ""
    yield {"day": pause.began_on, "words": f"中止计时{asked_by}{plan}", "reason": pause.reason}
    if pause.ended_on is not None:
        moved = "，截止日顺延至" if pause.due_on_after and pause.due_on_after != pause.due_on_before else ""
        line = {"day": pause.ended_on, "words": f"恢复计时{moved}", "reason": pause.end_reason}
        yield line | ({"due_on": pause.due_on_after} if pause.due_on_after else {})


def _moved_by_calendar(task: Task) -> Iterator[dict[str, Any]]:
    """The limit behind a pause, counted anew when the calendar changed."""
    named = {task.origin.ABOUT: str(task.origin.pk), "task": task.number, "what": LIMIT}
    events = Event.objects.filter(verb__in=CALENDAR_VERBS, data__moves__contains=[named]).order_by("created_at", "id")
    for event in events:
        for move in event.data["moves"]:
            if named.items() <= move.items() and move["after"]:
                words = f"{event.label}（{event.data['title']}），中止的工作日重新计算"
                day = timezone.localtime(event.created_at).date()
                yield {"day": day, "words": words, "due_on": date.fromisoformat(move["after"])}
