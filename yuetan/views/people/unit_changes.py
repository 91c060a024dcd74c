"""更名、撤并, registered by the system administrator, and 转由承接单位办理, decided by the office's director."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from yuetan import permissions
from yuetan.actions.people import succession
from yuetan.actions.people import unit_change as actions
from yuetan.forms.people.unit import CarryOverForm, EndUnitForm, RenameUnitForm
from yuetan.models import Unit, UnitChange, UnitPaper, User
from yuetan.models.people.unit_change import last_successor
from yuetan.templatetags.official import moment
from yuetan.views.frame.access import require_permission
from yuetan.views.frame.file_links import file_links
from yuetan.views.frame.pagination import run_action
from yuetan.views.frame.request import Request
from yuetan.vocabulary import Verb

PAGE_METHODS = ["GET", "HEAD", "POST"]
RENAMES = (
    "从生效之日起，新印发的文书用新名称；已印发的文书保留当日的名称。",
    "正在办理的事项、审定、任务都不受影响；页面写明“（原……）”。",
)
ENDS = (
    "本单位现任人员的任职今天一并结束，从此看不到本单位的事项。",
    "本单位不再出现在约谈建议和提醒函的选项里，不能恢复。",
    "有承接单位的，由办公室主任决定其事项转由承接单位办理。",
)


def _units() -> Any:
    return Unit.objects.in_use().interviewed().select_related("parent")


@require_http_methods(PAGE_METHODS)
def rename_unit(request: Request, pk: int) -> HttpResponse:
    """单位更名."""
    require_permission(request, "keep_units")
    unit = get_object_or_404(_units(), pk=pk)
    form = RenameUnitForm(*_sent(request), unit=unit)
    change = _registered(request, form, partial(actions.rename_unit, unit))
    if change is None:
        return _change_page(request, form, unit, heading="单位更名", button="登记更名", consequences=RENAMES)
    messages.success(request, f"已登记：{change.words}。")
    return redirect("unit", pk=pk)


@require_http_methods(PAGE_METHODS)
def end_unit(request: Request, pk: int) -> HttpResponse:
    """单位撤并."""
    require_permission(request, "keep_units")
    unit = get_object_or_404(_units(), pk=pk)
    form = EndUnitForm(*_sent(request), unit=unit)
    change = _registered(request, form, partial(actions.end_unit, unit))
    if change is None:
        return _change_page(request, form, unit, heading="单位撤并", button="登记撤并", consequences=ENDS)
    messages.success(request, f"已登记：{change.words}。")
    return redirect("unit", pk=pk)


@require_http_methods(PAGE_METHODS)
def carry_over(request: Request, pk: int) -> HttpResponse:
    """转由承接单位办理: everything that goes over, named one by one before it is decided."""
    require_permission(request, Verb.CARRY_OVER)
    changes = UnitChange.objects.exclude(successor=None).select_related("unit__parent", "successor__parent")
    change = get_object_or_404(changes, pk=pk)
    form = CarryOverForm(request.POST if request.method == "POST" else None)
    decided = _registered(request, form, partial(succession.carry_over, change))
    if decided is not None:
        messages.success(request, f"已办理：{change.unit.full_name}的事项转由{_successor(change)}办理。")
        return redirect("unit", pk=change.unit_id)
    context = {
        "form": form,
        "change": change,
        "successor": _successor(change),
        "matters": succession.matters_of(change.unit),
        "decided": _decided(change),
    }
    return render(request, "units/carry_over.html", context, status=422 if form.errors else 200)


def _successor(change: UnitChange) -> str:
    return last_successor(change.unit).full_name


def _decided(change: UnitChange) -> str:
    return f"{change.decided_by.name}，{moment(change.decided_at)}" if change.decided_by else ""


def undecided_for(user: User) -> list[UnitChange]:
    """Ends of units over whose matters this person has to decide."""
    if not user.has_perm(permissions.name(Verb.CARRY_OVER)):
        return []
    return list(UnitChange.objects.undecided().select_related("unit__parent", "successor__parent"))


def change_rows(unit: Unit, user: User) -> list[dict[str, object]]:
    """What became of the unit, and what it took over, for its page: in words, with the paper."""
    may_decide = user.has_perm(permissions.name(Verb.CARRY_OVER))
    changes = UnitChange.objects.filter(unit=unit) | UnitChange.objects.filter(successor=unit)
    related = changes.select_related("unit__parent", "successor__parent", "registered_by", "decided_by")
    papers = {paper.change_id: paper for paper in UnitPaper.objects.filter(change__in=changes).select_related("change")}
    return [
        {
            "change": change,
            "words": change.words if change.unit_id == unit.pk else f"{change.unit.full_name}{change.words}",
            "registered": f"{change.registered_by.name}登记，{moment(change.registered_at)}",
            "decided": _decided(change),
            "may_decide": may_decide and change.successor_id is not None and change.decided_at is None,
            "files": file_links([papers[change.pk]] if change.pk in papers else []),
        }
        for change in related.order_by("effective_on", "pk")
    ]


def _sent(request: Request) -> tuple[Any, Any]:
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def _registered(request: Request, form: Any, action: Any) -> UnitChange | None:
    return run_action(form, action, by=request.user) if request.method == "POST" else None


def _change_page(request: Request, form: Any, unit: Unit, **context: Any) -> HttpResponse:
    context |= {"form": form, "unit": unit}
    return render(request, "units/change.html", context, status=422 if form.errors else 200)
