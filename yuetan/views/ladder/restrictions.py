"""资格限制: the register, one restriction with its days, a leader added, an early end."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from yuetan import permissions
from yuetan.actions.ladder.restrictions import ADDING_LEADER, ENDING_EARLY, add_restricted_leader, end_restriction
from yuetan.forms.ladder.restriction import AddLeaderForm, EndRestrictionForm
from yuetan.forms.ladder.restriction_filter import STANDINGS
from yuetan.ledgers.ladder.restrictions import RestrictionLedger, light_of_restriction, standing_words
from yuetan.models import AccountabilityMeasure, Attachment, Restriction, User
from yuetan.models.ladder.inquiry import SEE_INQUIRIES
from yuetan.rules.text.official_text import chinese_date
from yuetan.templatetags.official import moment
from yuetan.views.frame.ledger_page import ledger_page
from yuetan.views.frame.pagination import capped_count, capped_words
from yuetan.views.frame.request import Request
from yuetan.views.frame.room_step_page import PAGE_METHODS, RoomStepPage
from yuetan.views.frame.section import SummaryRow, row
from yuetan.views.ladder.measures import visible_measure

ADDING = RoomStepPage[AccountabilityMeasure](
    "add_restricted_leader",
    ADDING_LEADER,
    "补列受限制的领导",
    "补列以后不能修改、删除；列入有误的，由办公室主任凭文书提前解除。",
    "已补列{0[0].who}。",
    AddLeaderForm,
    add_restricted_leader,
    lambda measure: {"measure": measure},
    lambda made: [made[0].proof] if made[0].proof else [],
    button="补列",
)
ENDING = RoomStepPage[Restriction](
    "end_restriction",
    ENDING_EARLY,
    "登记提前解除",
    "原来的起止、解除的情形和文书都保留，不能恢复。",
    "已登记提前解除，{0.who}不再受限制。",
    EndRestrictionForm,
    end_restriction,
)


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
        "may_end": ENDING_EARLY.is_offered(one, request.user),
    }
    return render(request, "restrictions/restriction.html", context)


@require_http_methods(PAGE_METHODS)
def add_leader(request: Request, pk: UUID) -> HttpResponse:
    """补列受限制的领导. Raises NotYours for whose it is not."""
    measure = visible_measure(request.user, pk)
    form, made = ADDING.take(request, measure)
    if made is None:
        shown = {"about": measure.title, "back": reverse("measure_laid", args=[pk])}
        return ADDING.answer(request, "restrictions/add_leader.html", form, measure, **shown)
    ADDING.finish(request, made)
    return redirect("measure_laid", pk=pk)


@require_http_methods(PAGE_METHODS)
def end_early(request: Request, pk: UUID) -> HttpResponse:
    """提前解除. Raises NotYours for whose it is not."""
    one = _visible_restriction(request.user, pk)
    form, ended = ENDING.take(request, one)
    if ended is None:
        shown = {"about": one.who, "back": reverse("restriction", args=[pk]), "facts": _facts_of_restriction(one)}
        return ENDING.answer(request, "restrictions/end.html", form, one, **shown)
    ENDING.finish(request, ended)
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
