"""修改工作日历 and 载入放假安排: what moves by a change is listed before it is confirmed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from yuetan.actions.office import calendar as actions
from yuetan.actions.office.counted_dates import Move, Moves
from yuetan.actions.step import dry_run
from yuetan.forms.office.calendar import CalendarDayForm, CalendarYearForm
from yuetan.models import CalendarDay, CalendarYear
from yuetan.rules.dates.arrangement import arrangement_by_law, read_arrangement
from yuetan.rules.text import official_text
from yuetan.views.frame.pagination import run_action
from yuetan.views.frame.request import Request
from yuetan.views.frame.section import SummaryRow, row
from yuetan.views.office.calendar import day_as_it_is
from yuetan.views.office.month_tables import Month, year_table

STAYS = "已约定、已印发的日期不因此改变；办理情况记入日志。"


@dataclass(frozen=True)
class Dates:
    """The dates that would move by a change, in the words of the page."""

    case_url: str
    number: str
    what: str
    before: date
    after: date | None


@require_http_methods(["GET", "HEAD", "POST"])
def change_calendar_day(request: Request) -> HttpResponse:
    """修改工作日历: one day. Raises NotYours for anybody but its keeper."""
    actions.CHANGING_DAY.require(None, request.user)
    if request.method != "POST":
        form = CalendarDayForm(initial=day_as_it_is(request.GET.get("day", "")))
        return render(request, "calendar/change_day.html", {"form": form})
    form = CalendarDayForm(request.POST)
    if "edit" in request.POST:
        return render(request, "calendar/change_day.html", {"form": form})
    moves = {} if "confirmed" in request.POST else _moves(request, form, actions.change_calendar_day)
    if moves and moves["moves"]:
        context = {"heading": "修改工作日历", "form": form, "rows": [], "months": [], **moves}
        return render(request, "calendar/check.html", {**context, "consequences": (STAYS,)})
    done = None if moves is None else run_action(form, actions.change_calendar_day, by=request.user)
    if done is None:
        return render(request, "calendar/change_day.html", {"form": form}, status=422)
    messages.success(request, f"工作日历已修改，{_moved(done)}。已约定、已印发的日期不因此改变。")
    return redirect(f"{reverse('calendar')}?year={form.cleaned_data['day'].year}")


@require_http_methods(["GET", "HEAD", "POST"])
def enter_calendar_year(request: Request, year: int) -> HttpResponse:
    """载入放假安排 of a year. Raises NotYours for anybody but the keeper, Http404 for a year not to be entered now."""
    actions.ENTERING_YEAR.require(year, request.user)
    if year not in CalendarYear.enterable() and request.method != "POST":
        raise Http404
    if request.method != "POST":
        return _year_page(request, CalendarYearForm(initial={"text": arrangement_by_law(year)}), year)
    form, enter = CalendarYearForm(request.POST), partial(actions.enter_calendar_year, year=year)
    if "edit" in request.POST:
        return _year_page(request, form, year)
    if "confirmed" not in request.POST:
        return _check_year(request, form, year) or _year_page(request, form, year, status=422)
    done = run_action(form, enter, by=request.user)
    if done is None:
        return _year_page(request, form, year, status=422)
    messages.success(request, f"{year}年的放假安排已载入，{_moved(done)}。")
    return redirect(f"{reverse('calendar')}?year={year}")


def _year_page(request: Request, form: Form, year: int, *, status: int = 200) -> HttpResponse:
    return render(request, "calendar/enter_year.html", {"form": form, "year": year}, status=status)


def _check_year(request: Request, form: CalendarYearForm, year: int) -> HttpResponse | None:
    """What was read, the year as it will be, and every counted date that moves; None if it is refused."""
    months: list[Month] = []
    enter = partial(actions.enter_calendar_year, year=year)
    moves = _moves(request, form, enter, lambda: months.extend(year_table(year)))
    if moves is None:
        return None
    data = form.cleaned_data
    rows = [
        row("依据", data["source"]),
        row("通知印发日期", official_text.chinese_date(data["published_on"])),
        *_arranged(data["text"], year),
    ]
    context = {"heading": f"载入{year}年放假安排", "form": form, "rows": rows, "months": months, **moves}
    consequences = (f"{year}年从此按下列安排计算，不再是暂定。", STAYS)
    return render(request, "calendar/check.html", {**context, "consequences": consequences})


def _arranged(text: str, year: int) -> list[SummaryRow]:
    """The days as they were read, festival by festival, and those entered before of which the text says nothing."""
    arrangement = read_arrangement(text, year)
    names = dict.fromkeys([*arrangement.off.values(), *arrangement.worked.values()])
    rows = [
        row(name, "\n".join([_days("放假", arrangement.off, name), _days("上班", arrangement.worked, name)]).strip())
        for name in names
    ]
    known = arrangement.off.keys() | arrangement.worked.keys()
    other = [day for day in CalendarDay.objects.filter(day__year=year) if day.day not in known]
    words = official_text.joined([f"{official_text.chinese_date(day.day)}（{day.name}）" for day in other])
    return [*rows, *([row("此前单独录入，仍然保留", words)] if other else [])]


def _days(kind: str, days: dict[date, str], name: str) -> str:
    named = [f"{day.month}月{day.day}日" for day, of in sorted(days.items()) if of == name]
    return f"{kind} {len(named)} 天：{'、'.join(named)}" if named else ""


def _moves(
    request: Request, form: Form, action: Callable[..., Moves], look: Callable[[], object] = list
) -> dict[str, Any] | None:
    """What would move, found by doing it and undoing it (`look` sees it done): the first of it in words, and how many
    more there are; None if it is refused."""
    with dry_run():
        moves = run_action(form, action, by=request.user)
        if moves is None:
            return None
        look()
        return {"moves": [_dates(move) for move in moves.listed], "further": moves.count - len(moves.listed)}


def _dates(move: Move) -> Dates:
    what = f"第 {move.task.number} 项{move.what}" if move.task else move.what
    url = reverse(move.case.ABOUT, args=[move.case.pk])
    return Dates(url, f"{move.case.register_number}　{move.case.title}", what, move.before, move.after)


def _moved(moves: Moves) -> str:
    return f"{moves.count} 个推算的日期随之改变" if moves.count else "没有推算的日期因此改变"
