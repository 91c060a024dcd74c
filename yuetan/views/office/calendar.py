"""工作日历: what every day is, changed by the director; and 为什么是这一天: a date counted out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from yuetan import permissions
from yuetan.actions.office import calendar as actions
from yuetan.errors import NotYours
from yuetan.forms.office.calendar import CalendarDayForm, CalendarYearForm, CountForm
from yuetan.models import CalendarDay, CalendarYear, Case, Event, Pause, Task
from yuetan.rules.dates import clock
from yuetan.rules.dates.working_days import SATURDAY
from yuetan.templatetags.official import day as official_day
from yuetan.views.frame.pagination import run_action
from yuetan.views.frame.request import Request
from yuetan.views.office.month_tables import Cell, CellKind, all_days, counted, months, short_name, unpublished_warning
from yuetan.vocabulary import DayKind, Verb

FIRST_YEAR, LAST_YEAR = 2019, 2099
MOVING = (Verb.DECIDE_EXTENSION, Verb.SEND_BACK, Verb.REOPEN, Verb.CONFIRM_CORRECTION)


@require_safe
def calendar(request: Request) -> HttpResponse:
    """A whole year, each day with what it is."""
    year = _year(request.GET.get("year", ""))
    rows = {row.day: row for row in CalendarDay.objects.filter(day__year=year)}

    def cell(day: date) -> Cell:
        row = rows.get(day)
        if row is None:
            return Cell(day, CellKind.WEEKEND if day.weekday() >= SATURDAY else CellKind.PLAIN, "")
        return Cell(day, CellKind.COUNTED if row.is_working else CellKind.OFF, short_name(row.name))

    known = CalendarYear.objects.filter(year=year).first()
    context = {
        "year": year,
        "months": months(all_days(year), cell),
        "known": known,
        "warning": "" if known else unpublished_warning(date(year, 1, 1)),
        "years": [*CalendarYear.objects.values_list("year", flat=True), clock.today().year + 1],
        "change_url": reverse("change_calendar_day") if _is_keeper(request) else "",
    }
    return render(request, "calendar/year.html", context)


def _year(given_text: str) -> int:
    year = int(given_text) if given_text.isdecimal() and len(given_text) == 4 else clock.today().year
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Http404
    return year


@require_http_methods(["GET", "HEAD", "POST"])
def change_calendar_day(request: Request) -> HttpResponse:
    """修改工作日历: one day."""
    _require_keeper(request)
    if request.method == "POST":
        form = CalendarDayForm(request.POST)
        day = run_action(form, actions.change_calendar_day, by=request.user)
        if day is not None:
            messages.success(request, "工作日历已修改。已约定、已印发的日期不因此改变。")
            return redirect(f"{reverse('calendar')}?year={day.year}")
    else:
        form = CalendarDayForm(initial=_as_it_is(request.GET.get("day", "")))
    return render(request, "calendar/change_day.html", {"form": form}, status=422 if form.errors else 200)


def _as_it_is(given_text: str) -> dict[str, Any]:
    try:
        day = date.fromisoformat(given_text)
    except ValueError:
        return {}
    row = CalendarDay.objects.filter(day=day).first()
    if row is None:
        return {"day": day, "kind": DayKind.PLAIN}
    return {"day": day, "kind": DayKind.WORKED if row.is_working else DayKind.OFF, "name": row.name}


@require_http_methods(["GET", "HEAD", "POST"])
def confirm_calendar_year(request: Request, year: int) -> HttpResponse:
    """确认年度放假安排. Raises Http404 for a year the calendar does not reach."""
    _require_keeper(request)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Http404
    if request.method == "POST":
        form = CalendarYearForm(request.POST)
        if form.is_valid():
            confirm = {"year": year, **form.cleaned_data}
            if run_action(form, lambda *, by, **_: actions.confirm_calendar_year(by=by, **confirm), by=request.user):
                messages.success(request, f"{year}年的放假安排已确认。")
                return redirect(f"{reverse('calendar')}?year={year}")
    else:
        form = CalendarYearForm()
    context = {"form": form, "year": year}
    return render(request, "calendar/confirm_year.html", context, status=422 if form.errors else 200)


def _is_keeper(request: Request) -> bool:
    return bool(request.user.has_perm(permissions.name(actions.KEEP_CALENDAR)))


def _require_keeper(request: Request) -> None:
    if not _is_keeper(request):
        raise NotYours(actions.KEEP_CALENDAR)


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
    visible = Case.objects.visible_to(request.user).order_by().values("pk")
    tasks = Task.objects.filter(case__in=visible).select_related("case__unit", "measure__interview")
    task = get_object_or_404(tasks, pk=pk)
    until = task.effective_due_on or max(task.agreed_due_on, clock.today())
    spans = [pause.span for pause in task.pauses.all()]
    context = {
        "task": task,
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
    """What made the date, oldest first: the minutes, then each decision that moved it, and each pause."""
    first = {"day": task.measure.interview.held_on, "words": "约谈中约定，载入纪要", "due_on": task.first_due_on}
    lines = [*_decisions(task), *(line for pause in task.pauses.all() for line in _pause(pause))]
    lines.sort(key=lambda line: line["day"])
    return [{"due_on": None, "reason": "", **line} for line in (first, *lines)]


def _decisions(task: Task) -> Iterator[dict[str, Any]]:
    for event in task.case.events.filter(verb__in=MOVING).order_by("created_at", "id"):
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
