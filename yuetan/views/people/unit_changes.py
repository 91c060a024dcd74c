"""更名、撤并, registered by the system administrator, and 转由承接单位办理, decided by the office's director."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from yuetan.actions.people import succession
from yuetan.actions.people import unit_change as actions
from yuetan.actions.people.people_rows import KEEP_UNITS
from yuetan.actions.people.succession import CARRYING_OVER
from yuetan.actions.room_step import may_by_role
from yuetan.forms.people.unit import CarryOverForm, EndUnitForm, RenameUnitForm
from yuetan.models import Unit, UnitChange, UnitPaper, User
from yuetan.models.people.unit_change import last_successor
from yuetan.templatetags.official import moment
from yuetan.views.frame.access import require_permission
from yuetan.views.frame.file_links import file_links
from yuetan.views.frame.request import Request
from yuetan.views.frame.room_step_page import PAGE_METHODS, RoomStepPage
from yuetan.vocabulary import Verb

RENAMES = (
    "从生效之日起，新印发的文书用新名称；已印发的文书保留当日的名称。",
    "正在办理的事项、审定、任务都不受影响；页面写明“（原……）”。",
)
ENDS = (
    "本单位现任人员的任职今天一并结束，从此看不到本单位的事项。",
    "本单位不再出现在约谈建议和提醒函的选项里，不能恢复。",
    "有承接单位的，由办公室主任决定其事项转由承接单位办理。",
)
RENAME = RoomStepPage[Unit](
    "rename_unit",
    actions.RENAMING_UNIT,
    "单位更名",
    "",
    "已登记：{0.words}。",
    RenameUnitForm,
    actions.rename_unit,
    lambda unit: {"unit": unit},
    button="登记更名",
)
END = RoomStepPage[Unit](
    "end_unit",
    actions.ENDING_UNIT,
    "单位撤并",
    "",
    "已登记：{0.words}。",
    EndUnitForm,
    actions.end_unit,
    lambda unit: {"unit": unit},
    button="登记撤并",
)
GO_OVER = RoomStepPage[UnitChange](
    "carry_over",
    CARRYING_OVER,
    "转由承接单位办理",
    "",
    "已办理：{0.unit.full_name}的事项转由承接单位办理。",
    CarryOverForm,
    succession.carry_over,
    button="决定转由承接单位办理",
    done_instead=lambda change: f"已办理：{change.unit.full_name}的事项转由{_successor(change)}办理。",
)


@require_http_methods(PAGE_METHODS)
def rename_unit(request: Request, pk: int) -> HttpResponse:
    """单位更名."""
    return _change_page(request, RENAME, pk, RENAMES)


@require_http_methods(PAGE_METHODS)
def end_unit(request: Request, pk: int) -> HttpResponse:
    """单位撤并."""
    return _change_page(request, END, pk, ENDS)


def _change_page(request: Request, page: RoomStepPage[Unit], pk: int, consequences: tuple[str, ...]) -> HttpResponse:
    require_permission(request, KEEP_UNITS)
    unit = get_object_or_404(Unit.objects.in_use().interviewed().select_related("parent"), pk=pk)
    form, change = page.take(request, unit)
    back = reverse("unit", args=[pk])
    if change is None:
        shown: dict[str, Any] = {"unit": unit, "back": back, "consequences": consequences}
        return page.answer(request, "units/change.html", form, unit, **shown)
    page.finish(request, change)
    return redirect(back)


@require_http_methods(PAGE_METHODS)
def carry_over(request: Request, pk: int) -> HttpResponse:
    """转由承接单位办理: everything that goes over, named one by one before it is decided."""
    require_permission(request, Verb.CARRY_OVER)
    changes = UnitChange.objects.exclude(successor=None).select_related("unit__parent", "successor__parent")
    change = get_object_or_404(changes, pk=pk)
    form, made = GO_OVER.take(request, change)
    if made is not None:
        GO_OVER.finish(request, made)
        return redirect("unit", pk=change.unit_id)
    shown = {"change": change, "successor": _successor(change), "decided": _decided(change)}
    matters = succession.matters_of(change.unit)
    return GO_OVER.answer(request, "units/carry_over.html", form, change, matters=matters, **shown)


def _successor(change: UnitChange) -> str:
    return last_successor(change.unit).full_name


def _decided(change: UnitChange) -> str:
    return f"{change.decided_by.name}，{moment(change.decided_at)}" if change.decided_by else ""


def undecided_for(user: User) -> list[UnitChange]:
    """Ends of units over whose matters this person has to decide."""
    if not may_by_role(None, user, Verb.CARRY_OVER):
        return []
    return list(UnitChange.objects.undecided().select_related("unit__parent", "successor__parent"))


def change_rows(unit: Unit, user: User) -> list[dict[str, object]]:
    """What became of the unit, and what it took over, for its page: in words, with the paper."""
    changes = UnitChange.objects.filter(unit=unit) | UnitChange.objects.filter(successor=unit)
    related = changes.select_related("unit__parent", "successor__parent", "registered_by", "decided_by")
    papers = {paper.change_id: paper for paper in UnitPaper.objects.filter(change__in=changes).select_related("change")}
    return [
        {
            "change": change,
            "words": change.words if change.unit_id == unit.pk else f"{change.unit.full_name}{change.words}",
            "registered": f"{change.registered_by.name}登记，{moment(change.registered_at)}",
            "decided": _decided(change),
            "may_decide": CARRYING_OVER.is_offered(change, user),
            "files": file_links([papers[change.pk]] if change.pk in papers else []),
        }
        for change in related.order_by("effective_on", "pk")
    ]
