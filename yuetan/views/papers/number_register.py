"""文号簿: the book of numbers, as a page, on paper and as an Excel file; and what is written into it by hand."""

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
from yuetan.actions.papers import number_register as actions
from yuetan.forms.papers.number import ReserveNumberForm, UseNumberForm, VoidForm
from yuetan.ledgers.numbers import NumberLedger
from yuetan.models import Case, NumberEntry, User
from yuetan.views.frame.access import require_permission
from yuetan.views.frame.ledger_page import ledger_page
from yuetan.views.frame.pagination import run_action
from yuetan.views.frame.request import Request


@require_safe
def number_book(request: Request) -> HttpResponse:
    """Every number, a page at a time."""
    require_permission(request, "see_number_book")
    context = {
        **ledger_page(request, NumberLedger()),
        "may_reserve": request.user.has_perm(permissions.name("reserve_number")),
        "may_void": request.user.has_perm(permissions.name("void_number")),
    }
    return render(request, "papers/numbers.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def reserve_number(request: Request) -> HttpResponse:
    """预留文号."""
    require_permission(request, "reserve_number")
    posted = request.POST if request.method == "POST" else None
    form = ReserveNumberForm(posted, by=request.user)
    entry = _run_or_show_refusal(request, form, actions.reserve_number)
    if entry is None:
        return _form_page(request, form, "预留文号", "预留", note="预留后即占用下一个文号；不用的须作废，不能收回。")
    messages.success(request, f"已预留{entry.number}。")
    return redirect("number_book")


@require_http_methods(["GET", "HEAD", "POST"])
def use_number(request: Request, pk: int) -> HttpResponse:
    """登记使用."""
    require_permission(request, "reserve_number")
    entry = _reserved(request.user, pk)
    form = UseNumberForm(request.POST if request.method == "POST" else None)
    if _run_or_show_refusal(request, form, partial(actions.use_number, entry)) is None:
        note = "文书在本系统以外印发、用了这个文号的，在此登记。"
        return _form_page(request, form, f"登记使用：{entry.number}", "登记", note=note)
    messages.success(request, f"已登记{entry.number}的用途。")
    return redirect("number_book")


@require_http_methods(["GET", "HEAD", "POST"])
def void_number(request: Request, pk: int) -> HttpResponse:
    """作废预留文号."""
    require_permission(request, "void_number")
    entry = _reserved(request.user, pk)
    form = VoidForm(request.POST if request.method == "POST" else None)
    if _run_or_show_refusal(request, form, partial(actions.void_number, entry)) is None:
        note = "作废的文号留在文号簿，不再使用，不能恢复。"
        return _form_page(request, form, f"作废预留文号：{entry.number}", "作废", note=note, danger=True)
    messages.success(request, f"{entry.number}已作废。")
    return redirect("number_book")


def _reserved(user: User, pk: int) -> NumberEntry:
    """A number still reserved, for a case the person may see or for none."""
    entry = get_object_or_404(NumberEntry.objects.select_related("document"), pk=pk)
    if entry.case_id:
        get_object_or_404(Case.objects.visible_to(user), pk=entry.case_id)
    return entry


def _run_or_show_refusal(request: Request, form: forms.Form, action: Callable[..., Any]) -> Any:
    return run_action(form, action, by=request.user) if request.method == "POST" else None


def _form_page(
    request: Request, form: forms.Form, heading: str, button: str, *, note: str, danger: bool = False
) -> HttpResponse:
    context = {"form": form, "heading": heading, "button": button, "note": note, "danger": danger}
    return render(request, "papers/number_form.html", context, status=422 if form.errors else 200)
