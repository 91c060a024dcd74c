"""单位与领导: the tree, the page of one unit, and what the system administrator does with both."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from yuetan import permissions
from yuetan.actions.people import unit as actions
from yuetan.forms.people.unit import ChangeUnitForm, EmptyForm, EndPostForm, PostForm, UnitForm
from yuetan.ledgers.units import UnitLedger
from yuetan.models import Post, Unit
from yuetan.models.people.unit import PRECEDENCE
from yuetan.templatetags.official import day
from yuetan.views.frame.access import require_permission
from yuetan.views.frame.ledger_page import ledger_page
from yuetan.views.frame.pagination import run_action
from yuetan.views.frame.request import Request
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


@require_safe
def unit_list(request: Request) -> HttpResponse:
    """The tree, or what of it a page can hold; or the ledger, where anything is asked for."""
    require_permission(request, "see_units")
    may_keep = request.user.has_perm(permissions.name("keep_units"))
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
    may_keep = request.user.has_perm(permissions.name("keep_units"))
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
        "may_correct": may_keep,
        "may_keep": may_keep and unit.retired_on is None,
        "sees_accounts": may_keep,
        "may_retire": may_keep and unit.retired_on is None and unit.kind in INTERVIEWED_UNIT_KINDS,
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


@require_http_methods(["GET", "HEAD", "POST"])
def add_unit(request: Request) -> HttpResponse:
    """新增单位."""
    require_permission(request, "keep_units")
    form = UnitForm(request.POST) if request.method == "POST" else UnitForm()
    unit = _run_or_show_refusal(request, form, actions.add_unit)
    if unit is None:
        return _page(request, form, heading="新增单位", button="新增单位", unit=None)
    messages.success(request, f"已新增{unit.full_name}。请接着登记主要领导和联络员。")
    return redirect("unit", pk=unit.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def change_unit(request: Request, pk: int) -> HttpResponse:
    """变更单位."""
    require_permission(request, "keep_units")
    unit = get_object_or_404(_units(), pk=pk)
    form = ChangeUnitForm(request.POST, unit=unit) if request.method == "POST" else ChangeUnitForm(unit=unit)
    if _run_or_show_refusal(request, form, partial(actions.change_unit, unit)) is None:
        return _page(request, form, heading="变更单位", button="保存变更", unit=get_object_or_404(_units(), pk=pk))
    messages.success(request, "单位信息已变更，当天生效。")
    return redirect("unit", pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def retire_unit(request: Request, pk: int) -> HttpResponse:
    """停用单位; the leading group and its office cannot be."""
    require_permission(request, "keep_units")
    unit = get_object_or_404(_units().interviewed(), pk=pk)
    if "edit" in request.POST:
        return redirect("unit", pk=pk)
    form = EmptyForm(request.POST) if "confirmed" in request.POST else EmptyForm()
    if run_action(form, actions.retire_unit, unit, by=request.user) is None:
        context = {"form": form, "unit": unit, "facts": _facts(unit), "consequences": RETIRED}
        return render(request, "units/retire.html", context, status=422 if form.errors else 200)
    messages.success(request, f"{unit.full_name}已停用。")
    return redirect("unit", pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def begin_post(request: Request, pk: int) -> HttpResponse:
    """登记任职."""
    require_permission(request, "keep_units")
    unit = get_object_or_404(_units(), pk=pk)
    form = PostForm(request.POST, unit=unit) if request.method == "POST" else PostForm(unit=unit)
    post = _run_or_show_refusal(request, form, partial(actions.begin_post, unit=unit))
    if post is None:
        return _page(request, form, heading="登记任职", button="登记任职", unit=unit)
    messages.success(request, f"已登记：{post.holder.name}任{post.full_title}，当天生效。")
    return redirect("unit", pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def end_post(request: Request, pk: int) -> HttpResponse:
    """登记离任."""
    require_permission(request, "keep_units")
    post = get_object_or_404(Post.objects.select_related("unit__parent", "holder"), pk=pk)
    form = EndPostForm(request.POST) if request.method == "POST" else EndPostForm()
    if _run_or_show_refusal(request, form, partial(actions.end_post, post)) is None:
        context = {"form": form, "post": post}
        return render(request, "units/end_post.html", context, status=422 if form.errors else 200)
    messages.success(request, f"已登记：{post.holder.name}不再任{post.full_title}，当天生效。")
    return redirect("unit", pk=post.unit_id)


def _units() -> Any:
    return Unit.objects.in_use().select_related("parent")


def _run_or_show_refusal(request: Request, form: forms.Form, action: Callable[..., Any]) -> Any:
    return run_action(form, action, by=request.user) if request.method == "POST" else None


def _page(request: Request, form: forms.Form, **context: Any) -> HttpResponse:
    return render(request, "units/form.html", {"form": form, **context}, status=422 if form.errors else 200)
