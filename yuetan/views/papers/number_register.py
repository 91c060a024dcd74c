"""文号簿: the book of numbers, as a page, on paper and as an Excel file; and what is written into it by hand."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from yuetan.actions.papers import number_register as actions
from yuetan.actions.room_step import may_by_role
from yuetan.forms.papers.number import ReserveNumberForm, UseNumberForm, VoidForm
from yuetan.ledgers.papers.numbers import NumberLedger
from yuetan.models import Case, NumberEntry, User
from yuetan.views.frame.access import require_permission
from yuetan.views.frame.ledger_page import ledger_page
from yuetan.views.frame.pagination import run_action
from yuetan.views.frame.request import Request
from yuetan.views.frame.room_step_page import PAGE_METHODS, RoomStepPage

USE = RoomStepPage[NumberEntry](
    "use_number",
    actions.USING,
    "登记使用",
    "文书在本系统以外印发、用了这个文号的，在此登记。",
    "已登记{0.number}的用途。",
    UseNumberForm,
    actions.use_number,
    button="登记",
)
VOID = RoomStepPage[NumberEntry](
    "void_number",
    actions.VOIDING,
    "作废预留文号",
    "作废的文号留在文号簿，不再使用，不能恢复。",
    "{0.number}已作废。",
    VoidForm,
    actions.void_number,
    button="作废",
)


@require_safe
def number_book(request: Request) -> HttpResponse:
    """Every number, a page at a time."""
    require_permission(request, "see_number_book")
    context = {
        **ledger_page(request, NumberLedger()),
        "may_reserve": may_by_role(None, request.user, actions.RESERVING.permission),
        "may_void": may_by_role(None, request.user, actions.VOIDING.permission),
    }
    return render(request, "papers/numbers.html", context)


@require_http_methods(PAGE_METHODS)
def reserve_number(request: Request) -> HttpResponse:
    """预留文号."""
    actions.RESERVING.require(None, request.user)
    form = ReserveNumberForm(request.POST if request.method == "POST" else None, by=request.user)
    entry = run_action(form, actions.reserve_number, by=request.user) if request.method == "POST" else None
    if entry is None:
        note = "预留后即占用下一个文号；不用的须作废，不能收回。"
        context = {"form": form, "heading": "预留文号", "button": "预留", "note": note}
        return render(request, "papers/number_form.html", context, status=422 if form.errors else 200)
    messages.success(request, f"已预留{entry.number}。")
    return redirect("number_book")


@require_http_methods(PAGE_METHODS)
def use_number(request: Request, pk: int) -> HttpResponse:
    """登记使用."""
    return _on_number(request, USE, pk)


@require_http_methods(PAGE_METHODS)
def void_number(request: Request, pk: int) -> HttpResponse:
    """作废预留文号."""
    return _on_number(request, VOID, pk, danger=True)


def _on_number(request: Request, page: RoomStepPage[NumberEntry], pk: int, *, danger: bool = False) -> HttpResponse:
    require_permission(request, page.step.permission)
    entry = _reserved(request.user, pk)
    form, made = page.take(request, entry)
    if made is None:
        words = {"heading": f"{page.title}：{entry.number}", "button": page.button, "note": page.note}
        return page.answer(request, "papers/number_form.html", form, entry, danger=danger, **words)
    page.finish(request, made)
    return redirect("number_book")


def _reserved(user: User, pk: int) -> NumberEntry:
    """A number still reserved, for a case the person may see or for none."""
    entry = get_object_or_404(NumberEntry.objects.select_related("document"), pk=pk)
    if entry.case_id:
        get_object_or_404(Case.objects.visible_to(user), pk=entry.case_id)
    return entry
