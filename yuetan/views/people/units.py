"""单位与领导: the tree, the page of one unit, and what the system administrator does with both."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from yuetan import permissions
from yuetan.actions.people import unit as actions
from yuetan.actions.people.people_rows import KEEP_UNITS
from yuetan.actions.people.post_correction import CORRECTING_POST
from yuetan.actions.people.unit_change import ENDING_UNIT, RENAMING_UNIT
from yuetan.actions.room_step import may_by_role
from yuetan.forms.people.unit import ChangeUnitForm, EmptyForm, EndPostForm, PostForm, UnitForm
from yuetan.ledgers.people.units import UnitLedger
from yuetan.models import Post, Unit
from yuetan.models.people.unit import PRECEDENCE
from yuetan.templatetags.official import day
from yuetan.views.frame.access import require_permission
from yuetan.views.frame.ledger_page import ledger_page
from yuetan.views.frame.pagination import run_action
from yuetan.views.frame.request import Request
from yuetan.views.frame.room_step_page import PAGE_METHODS, RoomStepPage
from yuetan.views.people.post_corrections import correction_rows
from yuetan.views.people.records import unit_record
from yuetan.views.people.unit_changes import change_rows
from yuetan.views.people.unit_tree import branch, tree_of_units
from yuetan.vocabulary import HEAD_POSTS, INTERVIEWED_UNIT_KINDS

RETIRED = (
    "本单位不再出现在约谈建议和提醒函的选项里。",
    "已有的事项、文书和任职记录保留。",
    "停用后不能恢复，情况记入操作日志。",
)

ADD = RoomStepPage[None](
    "add_unit",
    actions.ADDING_UNIT,
    "新增单位",
    "",
    "已新增{0.full_name}。请接着登记主要领导和联络员。",
    UnitForm,
    actions.add_unit,
)
CHANGE = RoomStepPage[Unit](
    "change_unit",
    actions.CHANGING_UNIT,
    "变更单位",
    "",
    "单位信息已变更，当天生效。",
    ChangeUnitForm,
    actions.change_unit,
    lambda unit: {"unit": unit},
    button="保存变更",
)
BEGIN = RoomStepPage[Unit](
    "begin_post",
    actions.BEGINNING_POST,
    "登记任职",
    "",
    "已登记：{0.holder.name}任{0.full_title}，当天生效。",
    PostForm,
    actions.begin_post,
    lambda unit: {"unit": unit},
)
END = RoomStepPage[Post](
    "end_post",
    actions.ENDING_POST,
    "登记离任",
    "",
    "已登记：{0.holder.name}不再任{0.full_title}，当天生效。",
    EndPostForm,
    actions.end_post,
)


@require_safe
def unit_list(request: Request) -> HttpResponse:
    """The tree, or what of it a page can hold; or the ledger, where anything is asked for."""
    require_permission(request, "see_units")
    may_keep = actions.ADDING_UNIT.is_offered(None, request.user)
    ledger = UnitLedger()
    if request.GET:
        inner = request.user.has_perm(permissions.name("see_inner_case"))
        return render(request, "units/list.html", {**ledger_page(request, ledger), "inner": inner})
    return render(request, "units/tree.html", {"may_keep": may_keep, **tree_of_units()})


@require_safe
def unit_page(request: Request, pk: int) -> HttpResponse:
    """What the unit is and who holds or held its posts; account names for who keeps them."""
    require_permission(request, "see_units")
    unit = get_object_or_404(Unit.objects.select_related("parent"), pk=pk)
    keeps = may_by_role(unit, request.user, KEEP_UNITS)
    posts = list(unit.posts.select_related("holder").prefetch_related("corrections").order_by(PRECEDENCE, "-began_on"))
    context = {
        "unit": unit,
        "facts": _facts(unit),
        "children": branch(unit.children.in_use()),
        "current": [post for post in posts if post.is_current],
        "former": [post for post in posts if not post.is_current],
        "changes": change_rows(unit, request.user),
        "corrections": correction_rows(unit),
        "record": unit_record(unit, request.user),
        "sees_accounts": keeps,
        "endable": [post for post in posts if actions.ENDING_POST.is_offered(post, request.user)],
        "correctable": [post for post in posts if CORRECTING_POST.is_offered(post, request.user)],
        "may_keep": actions.BEGINNING_POST.is_offered(unit, request.user),
        "may_change": actions.CHANGING_UNIT.is_offered(unit, request.user),
        "may_rename": RENAMING_UNIT.is_offered(unit, request.user),
        "may_end": ENDING_UNIT.is_offered(unit, request.user),
        "may_retire": actions.RETIRING_UNIT.is_offered(unit, request.user),
        "needs_heads": unit.kind in INTERVIEWED_UNIT_KINDS
        and not any(p.kind in HEAD_POSTS for p in posts if p.is_current),
    }
    return render(request, "units/unit.html", context)


def _facts(unit: Unit) -> list[dict[str, str]]:
    facts = [
        {"label": "名称", "value": unit.shown_name},
        {"label": "类别", "value": unit.get_kind_display()},
        {"label": "代码", "value": unit.code},
    ]
    if unit.kind in INTERVIEWED_UNIT_KINDS:
        facts.append({"label": "主送机关", "value": unit.organs_addressed})
    if unit.began_on:
        facts.append({"label": "设立日期", "value": day(unit.began_on)})
    if unit.retired_on:
        facts.append({"label": "停用日期", "value": day(unit.retired_on)})
    return facts


@require_http_methods(PAGE_METHODS)
def add_unit(request: Request) -> HttpResponse:
    """新增单位."""
    form, unit = ADD.take(request, None)
    if not isinstance(unit, Unit):
        return ADD.answer(request, "units/form.html", form, None, unit=None, back=reverse("unit_list"))
    ADD.finish(request, unit)
    return redirect("unit", pk=unit.pk)


@require_http_methods(PAGE_METHODS)
def change_unit(request: Request, pk: int) -> HttpResponse:
    """变更单位."""
    return _on_unit(request, CHANGE, pk)


@require_http_methods(PAGE_METHODS)
def begin_post(request: Request, pk: int) -> HttpResponse:
    """登记任职."""
    return _on_unit(request, BEGIN, pk)


def _on_unit(request: Request, page: RoomStepPage[Unit], pk: int) -> HttpResponse:
    require_permission(request, KEEP_UNITS)
    unit = get_object_or_404(_units(), pk=pk)
    form, made = page.take(request, unit)
    back = reverse("unit", args=[pk])
    if made is None:
        return page.answer(request, "units/form.html", form, unit, unit=unit, back=back)
    page.finish(request, made)
    return redirect(back)


@require_http_methods(PAGE_METHODS)
def retire_unit(request: Request, pk: int) -> HttpResponse:
    """停用单位; the leading group and its office cannot be."""
    require_permission(request, KEEP_UNITS)
    unit = get_object_or_404(_units().interviewed(), pk=pk)
    if "edit" in request.POST:
        return redirect("unit", pk=pk)
    form = EmptyForm(request.POST) if "confirmed" in request.POST else EmptyForm()
    if run_action(form, actions.retire_unit, unit, by=request.user) is None:
        reasons = [] if form.is_bound else actions.RETIRING_UNIT.reasons(unit, request.user)
        context = {"form": form, "unit": unit, "facts": _facts(unit), "consequences": RETIRED, "reasons": reasons}
        return render(request, "units/retire.html", context, status=422 if form.errors else 200)
    messages.success(request, f"{unit.full_name}已停用。")
    return redirect("unit", pk=pk)


@require_http_methods(PAGE_METHODS)
def end_post(request: Request, pk: int) -> HttpResponse:
    """登记离任."""
    require_permission(request, KEEP_UNITS)
    post = get_object_or_404(Post.objects.select_related("unit__parent", "holder"), pk=pk)
    form, made = END.take(request, post)
    back = reverse("unit", args=[post.unit_id])
    if made is None:
        return END.answer(request, "units/end_post.html", form, post, post=post, back=back)
    END.finish(request, made)
    return redirect(back)


def _units() -> Any:
    return Unit.objects.in_use().select_related("parent")
