"""One version of what a leader entered: written, confirmed, sent back, read; and commendations."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from yuetan.actions.dossier import commendation as awards
from yuetan.actions.dossier import entry as actions
from yuetan.forms.dossier.dossier import (
    CommendationForm,
    EnterDossierForm,
    ReadDossierForm,
    ReturnDossierForm,
    WithdrawCommendationForm,
)
from yuetan.models import Commendation, DossierEntry, Post, Unit
from yuetan.templatetags.official import moment
from yuetan.views.dossier.dossiers import entry_row
from yuetan.views.frame.pagination import run_action
from yuetan.views.frame.request import Request
from yuetan.views.frame.room_step_page import PAGE_METHODS, RoomStepPage, Row

NOTHING = forms.Form
AWARD = RoomStepPage[Unit](
    "record_commendation",
    awards.RECORDING,
    "登记表彰奖励",
    "登记以后本单位和本人看得到；登记有误的由办公室主任撤销，不能修改。",
    "已登记：{0.whose}，{0}。",
    CommendationForm,
    awards.record_commendation,
    lambda unit: {"unit": unit},
    lambda made: made.papers.all(),
    button="登记",
)
TAKE_OFF = RoomStepPage[Commendation](
    "withdraw_commendation",
    awards.WITHDRAWING,
    "撤销表彰奖励登记",
    "只用于登记有误的。撤销后本单位和本人不再看到，办公室仍看得到登记和撤销原因，不能恢复。",
    "已撤销，本单位和本人不再看到这项登记。",
    WithdrawCommendationForm,
    awards.withdraw_commendation,
    button="撤销",
)


@require_http_methods(PAGE_METHODS)
def enter_dossier(request: Request, pk: int, year: int) -> HttpResponse:
    """填写实绩材料 of the holder of a post for a year. Raises NotYours for whoever it is no affair of."""
    post = get_object_or_404(Post.objects.select_related("unit__parent", "holder"), pk=pk)
    actions.ENTERING.require(post, request.user)
    former = DossierEntry.objects.filter(person=post.holder, unit=post.unit, year=year).first()
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = EnterDossierForm(*sent, former=former)
    action = partial(actions.enter_dossier, post, year=year)
    entry = run_action(form, action, by=request.user) if request.method == "POST" else None
    if entry is None:
        context = {"form": form, "post": post, "year": year, "former": former}
        return render(request, "dossiers/enter.html", context, status=422 if form.errors else 200)
    confirmed = "已确认，办公室可以查阅。" if entry.confirmed_at else "请本单位主要领导确认。"
    messages.success(request, f"已提交第{entry.version}版，{confirmed}")
    return redirect("dossier_entry", pk=entry.pk)


@require_http_methods(PAGE_METHODS)
def dossier_entry(request: Request, pk: int) -> HttpResponse:
    """One version with what became of it, and what the reader may do with it."""
    related = ("person", "unit__parent", "entered_by", "confirmed_by", "returned_by", "read_by")
    visible = DossierEntry.objects.visible_to(request.user).select_related(*related)
    entry = get_object_or_404(visible, pk=pk)
    form = _form_of(request)
    if request.method == "POST" and run_action(form, partial(_action_of(request), entry), by=request.user) is not None:
        messages.success(request, _words_of(request))
        return redirect("dossier_entry", pk=pk)
    confirms = actions.CONFIRMING.may_take(entry, request.user)
    against = actions.CONFIRMING.problems(entry, request.user) if confirms else []
    context = {
        **entry_row(entry),
        "facts": _facts_of_entry(entry),
        "versions": list(visible.filter(person=entry.person, unit=entry.unit, year=entry.year)),
        "may_confirm": confirms and not against,
        "may_return": actions.RETURNING.is_offered(entry, request.user),
        "reasons": [each.sentence_with_article() for each in against],
        "may_read": actions.READING.is_offered(entry, request.user),
        "form": form,
        "return_form": form if "return" in request.POST else ReturnDossierForm(),
        "read_form": form if "read" in request.POST else ReadDossierForm(),
    }
    return render(request, "dossiers/entry.html", context, status=422 if form.errors else 200)


def _action_of(request: Request) -> Callable[..., DossierEntry]:
    if "return" in request.POST:
        return actions.return_dossier
    return actions.read_dossier if "read" in request.POST else actions.confirm_dossier


def _words_of(request: Request) -> str:
    """What was done, and what comes next."""
    if "return" in request.POST:
        return "已退回，由本人修改后提交新的版本。"
    return "已查阅，并已告知本人。" if "read" in request.POST else "已确认，办公室可以查阅。"


def _form_of(request: Request) -> forms.Form:
    data = request.POST if request.method == "POST" else None
    if "return" in request.POST:
        return ReturnDossierForm(data)
    return ReadDossierForm(data) if "read" in request.POST else NOTHING(data)


def _facts_of_entry(entry: DossierEntry) -> list[dict[str, str]]:
    facts = [
        {"label": "姓名、职务", "value": f"{entry.person.name}，{entry.title}"},
        {"label": "年度、版次", "value": f"{entry.year}年，第{entry.version}版"},
        {"label": "提交", "value": f"{entry.entered_by.name}，{moment(entry.entered_at)}"},
    ]
    if entry.reason:
        facts.append({"label": "更正说明", "value": entry.reason})
    for label, who, when, words in (
        ("确认", entry.confirmed_by, entry.confirmed_at, ""),
        ("退回", entry.returned_by, entry.returned_at, entry.return_reason),
        ("办公室查阅", entry.read_by, entry.read_at, entry.read_note),
    ):
        if who is not None:
            facts.append({"label": label, "value": f"{who.name}，{moment(when)}\n{words}".strip()})
    return facts


@require_http_methods(PAGE_METHODS)
def record_commendation(request: Request, pk: int) -> HttpResponse:
    """登记表彰奖励 of a unit or one of its leaders. Raises NotYours for who keeps away from it (回避)."""
    unit = get_object_or_404(Unit.objects.interviewed().select_related("parent"), pk=pk)
    form, made = AWARD.take(request, unit)
    if made is None:
        return _commendation_page(request, AWARD, form, unit, unit)
    AWARD.finish(request, made)
    return redirect("unit_dossier", pk=pk)


@require_http_methods(PAGE_METHODS)
def withdraw_commendation(request: Request, pk: int) -> HttpResponse:
    """撤销登记有误的表彰奖励. Raises NotYours for who keeps away from its unit (回避)."""
    related = Commendation.objects.visible_to(request.user).select_related("unit__parent", "post__unit", "post__holder")
    award = get_object_or_404(related.select_related("withdrawn_by"), pk=pk)
    form, withdrawn = TAKE_OFF.take(request, award)
    if withdrawn is None:
        facts = [{"label": "表彰对象", "value": award.whose}, {"label": "表彰奖励", "value": str(award)}]
        return _commendation_page(request, TAKE_OFF, form, award, award.unit, facts=facts)
    TAKE_OFF.finish(request, withdrawn)
    return redirect("unit_dossier", pk=award.unit_id)


def _commendation_page(
    request: Request, page: RoomStepPage[Row], form: forms.Form, row: Row, unit: Unit, **shown: object
) -> HttpResponse:
    back = reverse("unit_dossier", args=[unit.pk])
    return page.answer(request, "dossiers/commendation_step.html", form, row, about=unit.full_name, back=back, **shown)
