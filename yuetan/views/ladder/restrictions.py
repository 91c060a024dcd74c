"""资格限制: the register, one restriction with its days, a leader added, an early end."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from yuetan import permissions
from yuetan.actions.ladder.restrictions import (
    ADD,
    END,
    add_restricted_leader,
    end_restriction,
    may_keep_register,
)
from yuetan.errors import NotYours
from yuetan.forms.ladder.restriction import AddLeaderForm, EndRestrictionForm
from yuetan.forms.ladder.restriction_filter import STANDINGS
from yuetan.ledgers.restrictions import RestrictionLedger, light_of_restriction, standing_words
from yuetan.models import AccountabilityMeasure, Attachment, Restriction, User
from yuetan.models.ladder.inquiry import SEE_INQUIRIES
from yuetan.rules.text.official_text import chinese_date
from yuetan.templatetags.official import moment
from yuetan.views.frame.ledger_page import ledger_page
from yuetan.views.frame.pagination import capped_count, capped_words, run_action
from yuetan.views.frame.request import Request
from yuetan.views.frame.section import SummaryRow, row
from yuetan.views.ladder.measures import visible_measure
from yuetan.vocabulary.restriction import RestrictionStanding

PAGE_METHODS = ["GET", "HEAD", "POST"]


@require_safe
def restriction_list(request: Request) -> HttpResponse:
    """Every restriction that the person may see, with how many stand how."""
    ledger = RestrictionLedger()
    facts = ledger_page(request, ledger)
    rows = [line | {"url": f"{line['row'].pk}/"} for line in facts["rows"]]  # relative to the list
    tiles = [
        {
            "label": label,
            "url": ledger.url_of({"standing": standing}),
            "words": capped_words(capped_count(ledger.filtered(request.user, {"standing": standing}).qs)),
        }
        for standing, label in STANDINGS
    ]
    sees_inquiries = request.user.has_perm(permissions.name(SEE_INQUIRIES))
    context = {**facts, "rows": rows, "tiles": tiles, "sees_inquiries": sees_inquiries}
    return render(request, "restrictions/list.html", context)


@require_safe
def restriction_page(request: Request, pk: UUID) -> HttpResponse:
    """One restriction: whose, what, by which paper, and why its days are these."""
    one = _visible_restriction(request.user, pk)
    visible = Restriction.objects.visible_to(request.user).with_relations()
    others = visible.filter(measure_laid=one.measure_laid).exclude(pk=pk)
    sees_measure = AccountabilityMeasure.objects.visible_to(request.user).filter(pk=one.measure_laid_id).exists()
    context = {
        "one": one,
        "facts": [*_facts_of_restriction(one), *_proof_row(one, request.user)],
        "light": light_of_restriction(one),
        "standing_words": standing_words(one),
        "others": RestrictionLedger().lines(list(others.order_by("effect", "pk")), request.user),
        "measure_url": reverse("measure_laid", args=[one.measure_laid_id]) if sees_measure else "",
        "may_end": one.standing == RestrictionStanding.IN_FORCE
        and may_keep_register(one.measure_laid, request.user, END),
    }
    return render(request, "restrictions/restriction.html", context)


@require_http_methods(PAGE_METHODS)
def add_leader(request: Request, pk: UUID) -> HttpResponse:
    """补列受限制的领导. Raises NotYours for whose it is not."""
    measure = visible_measure(request.user, pk)
    if not may_keep_register(measure, request.user, ADD):
        raise NotYours(ADD)
    posted = request.method == "POST"
    sent = (request.POST, request.FILES) if posted else (None, None)
    form = AddLeaderForm(*sent, measure=measure)
    made = run_action(form, partial(add_restricted_leader, measure), by=request.user) if posted else None
    if made is None:
        context = {"form": form, "measure": measure}
        return render(request, "restrictions/add_leader.html", context, status=422 if form.errors else 200)
    messages.success(request, f"已补列{made[0].who}。")
    return redirect("measure_laid", pk=pk)


@require_http_methods(PAGE_METHODS)
def end_early(request: Request, pk: UUID) -> HttpResponse:
    """提前解除. Raises NotYours for whose it is not."""
    one = _visible_restriction(request.user, pk)
    if not may_keep_register(one.measure_laid, request.user, END):
        raise NotYours(END)
    posted = request.method == "POST"
    form = EndRestrictionForm(request.POST if posted else None)
    ended = run_action(form, partial(end_restriction, one), by=request.user) if posted else None
    if ended is None:
        context = {"form": form, "one": one, "facts": _facts_of_restriction(one)}
        return render(request, "restrictions/end.html", context, status=422 if form.errors else 200)
    messages.success(request, f"已登记提前解除，{ended.who}不再受限制。")
    return redirect("restriction", pk=pk)


def _visible_restriction(user: User, pk: UUID) -> Restriction:
    people = ("measure_laid__unit", "measure_laid__case", "added_by", "ended_by")
    visible = Restriction.objects.visible_to(user).with_relations().select_related(*people)
    return get_object_or_404(visible, pk=pk)


def _proof_row(one: Restriction, user: User) -> list[SummaryRow]:
    """What proves the post of who had none on record, for who may fetch it."""
    proof = list(Attachment.objects.visible_to(user).filter(pk=one.proof_id)) if one.proof_id else []
    return [row("任职凭据", "", proof)] if proof else []


def _facts_of_restriction(one: Restriction) -> list[SummaryRow]:
    measure, effect = one.measure_laid, one.effect
    added = f"{one.added_by.name}，{moment(one.created_at)}\n{one.added_reason}" if one.added_by else ""
    ended = f"{one.early_words}\n{one.ended_by.name}登记，{moment(one.ended_at)}" if one.ended_by else ""
    rows = [
        row("对象", f"{one.who}（{effect.get_subject_display()}）"),
        row("限制的资格", effect.get_closed_display()),
        row("责任措施", f"{measure.rung.get_kind_display()}：{measure.title}（{measure.issued_paper.number}）"),
        row("依据", f"《{effect.article.regulation.title}》{effect.article.name}：{effect.words}"),
        row("起", f"{chinese_date(one.first_day)}\n{one.reason_first}"),
        row("止", f"{chinese_date(one.last_day)}\n{one.reason_last}"),
        row("补列", added),
        row("提前解除", ended),
    ]
    return [each for each in rows if each["value"]]  # most were neither added nor ended early
