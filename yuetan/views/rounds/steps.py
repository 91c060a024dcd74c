"""The pages of planning a round, of what is done about one, about one of its units, and about what was seen there."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods

from yuetan.actions.rounds.opinion_correction import corrected_paper, open_correction
from yuetan.actions.rounds.round_rows import ANNOUNCE, GIVE_UP, ISSUE_OPINION, REISSUE
from yuetan.documents.content.content import body_of
from yuetan.documents.content.corrected_opinion import changed_in_opinion
from yuetan.documents.content.facts import PaperFacts
from yuetan.documents.content.rounds import round_paper
from yuetan.documents.freezing import frozen
from yuetan.errors import Refused
from yuetan.models import RoundVisit, SupervisionRound, User
from yuetan.models.rounds.followed_paper import follows_narrowed
from yuetan.models.rounds.opinion_correction import opinion_text
from yuetan.rules.dates import clock
from yuetan.views.frame.request import Request
from yuetan.views.frame.room_step_page import PAGE_METHODS, RoomStepPage
from yuetan.views.rounds.followed_points import plan_asked
from yuetan.views.rounds.rounds import visible_round
from yuetan.views.rounds.step_pages import OF_FINDING, OF_ROUND, OF_VISIT, PLAN
from yuetan.views.rounds.visits import finding_of, visible_visit
from yuetan.vocabulary import DocumentKind

TEMPLATE = "rounds/step.html"


@require_http_methods(PAGE_METHODS)
def plan(request: Request) -> HttpResponse:
    """制定督导方案. Raises NotYours for who plans none."""
    form, planned = PLAN.take(request, None, **plan_asked(request))
    if planned is None:
        return PLAN.answer(request, "rounds/plan.html", form, None, back=reverse("round_list"))
    assert isinstance(planned, SupervisionRound)
    PLAN.finish(request, planned)
    return redirect("supervision_round", pk=planned.pk)


@require_http_methods(PAGE_METHODS)
def round_step(request: Request, pk: UUID, name: str) -> HttpResponse:
    """One step on a round. Raises NotYours for who may not take it (also 回避)."""
    page, of_round = OF_ROUND[name], visible_round(request.user, pk)
    form, done = page.take(request, of_round)
    if done is not None:
        page.finish(request, done)
        return redirect("supervision_round", pk=pk)
    shown: dict[str, object] = {"about": of_round, "back": reverse("supervision_round", args=[pk])}
    if name == ANNOUNCE and page.step.is_offered(of_round, request.user):
        shown["previews"] = _first_notice(request, of_round)
    return page.answer(request, TEMPLATE, form, of_round, **shown)


@require_http_methods(PAGE_METHODS)
def visit_step(request: Request, pk: UUID, name: str) -> HttpResponse:
    """One step on what a round does about a unit. Raises NotYours for who may not take it (also 回避)."""
    page, visit = OF_VISIT[name], visible_visit(request.user, pk)
    form, done = page.take(request, visit)
    if done is not None:
        page.finish(request, done)
        return redirect("round_visit", pk=pk)
    if request.method == "POST":  # what was sent may have been refused for what another has done since it was read
        visit = visible_visit(request.user, pk)
    shown = {"about": visit, "back": reverse("round_visit", args=[pk]), **_shown_with(page, visit, request)}
    return page.answer(request, TEMPLATE, form, visit, **shown)


@require_http_methods(PAGE_METHODS)
def withdraw_finding(request: Request, pk: UUID) -> HttpResponse:
    """撤回督导情况. Raises NotYours for who may not."""
    of_finding = finding_of(request.user, pk)
    page = replace(OF_FINDING, note=f"{OF_FINDING.note}原登记：{of_finding.words}")
    form, done = page.take(request, of_finding)
    if done is not None:
        page.finish(request, done)
        return redirect("round_visit", pk=of_finding.visit_id)
    back = reverse("round_visit", args=[of_finding.visit_id])
    return page.answer(request, TEMPLATE, form, of_finding, about=of_finding.visit, back=back)


def _shown_with(page: RoomStepPage[RoundVisit], visit: RoundVisit, request: Request) -> dict[str, object]:
    """What is looked at beside the form: the paper as it would be printed, and what a correction changes; nothing
    where none waits, which the page says."""
    possible = page.step.is_offered(visit, request.user)
    if page.name == ISSUE_OPINION and possible:
        return {"previews": [_sheet_of_visit(visit, DocumentKind.ROUND_OPINION)]}
    if page.name not in (REISSUE, GIVE_UP):
        return {}
    correction = open_correction(visit)
    if correction is None:
        return {}
    sheets = _corrected_sheet(visit, request.user) if page.name == REISSUE and possible else []
    lines = changed_in_opinion(opinion_text(visit), correction.text, inner=True)
    return {"previews": sheets, "correction": correction, "lines": lines}


def _corrected_sheet(visit: RoundVisit, user: User) -> list[SafeString]:
    """The corrected paper; none where the draft went meanwhile, which its form is refused for."""
    try:
        return [_sheet(DocumentKind.ROUND_OPINION, corrected_paper(visit, by=user))]
    except Refused:
        return []


def _first_notice(request: Request, of_round: SupervisionRound) -> list[SafeString]:
    """The notice to the first unit, as it will be printed; the others differ by unit, day and points. What is narrowed
    by now is shown to nobody, for no notice of it is issued."""
    visits = RoundVisit.objects.visible_to(request.user).filter(round=of_round, dropped_at=None).with_relations()
    shown = (visit for visit in visits.in_order_of_days() if not follows_narrowed(visit))
    return [_sheet_of_visit(visit, DocumentKind.ROUND_NOTICE) for visit in islice(shown, 1)]


def _sheet_of_visit(visit: RoundVisit, kind: DocumentKind) -> SafeString:
    return _sheet(kind, round_paper(kind, visit, number="", dated=clock.today()))


def _sheet(kind: DocumentKind, facts: PaperFacts) -> SafeString:
    sheet = body_of(frozen(kind, facts))
    return SafeString(sheet)  # nosec B703: out of our own template, which has escaped all that was typed
