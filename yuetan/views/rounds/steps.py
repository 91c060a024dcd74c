"""The pages of what is done about a round and about one of its units."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods

from yuetan.actions.rounds.findings import withdraw_round_finding
from yuetan.actions.rounds.opinion_correction import corrected_paper, open_correction
from yuetan.actions.rounds.round_rows import (
    GIVE_UP,
    ISSUE_OPINION,
    RECORD,
    REISSUE,
    require_on_round,
    require_on_visit,
)
from yuetan.actions.seen import SEEN
from yuetan.documents.content.content import body_of
from yuetan.documents.content.corrected_opinion import changed_in_opinion
from yuetan.documents.content.facts import PaperFacts
from yuetan.documents.content.rounds import round_paper
from yuetan.documents.freezing import frozen
from yuetan.forms.rounds.steps import RoundStepForm, WithdrawFindingForm
from yuetan.models import OpinionCorrection, RoundFile, RoundFinding, RoundVisit
from yuetan.models.rounds.opinion_correction import opinion_text
from yuetan.rules.dates import clock
from yuetan.views.frame.file_links import report_on_files
from yuetan.views.frame.pagination import run_action
from yuetan.views.frame.request import Request
from yuetan.views.frame.rows import is_sent, keep_unjudged
from yuetan.views.rounds.rounds import PAGE_METHODS, visible_round
from yuetan.views.rounds.step_table import OF_ROUND, OF_VISIT
from yuetan.views.rounds.visits import finding_of, visible_visit
from yuetan.vocabulary import DocumentKind


@require_http_methods(PAGE_METHODS)
def round_step(request: Request, pk: UUID, name: str) -> HttpResponse:
    """One step of the table about a round. Raises NotYours for who may not take it (also 回避)."""
    step, of_round = OF_ROUND[name], visible_round(request.user, pk)
    require_on_round(of_round, request.user, step.codename)
    form, back = _bound(request, step.form, of_round), reverse("supervision_round", args=[pk])
    action = partial(step.action, of_round)
    if request.method == "POST" and run_action(form, action, by=request.user) is not None:
        messages.success(request, step.done)
        return redirect(back)
    preview = _notices(request, pk) if name == "announce_round" else []
    return _page(request, form, {"step": step, "about": of_round, "back": back, "previews": preview})


@require_http_methods(PAGE_METHODS)
def visit_step(request: Request, pk: UUID, name: str) -> HttpResponse:
    """One step of the table about a unit. Raises NotYours for who may not take it (also 回避)."""
    step, visit = OF_VISIT[name], visible_visit(request.user, pk)
    require_on_visit(visit, request.user, step.codename)
    form, back = _bound(request, step.form, visit), reverse("round_visit", args=[pk])
    action = partial(step.action, visit)
    before = list(visit.files.values_list("pk", flat=True)) if is_sent(request) else []
    done = run_action(form, action, by=request.user) if is_sent(request) else None
    if done is not None:
        messages.success(request, step.done)
        _report_on_files(request, done, before)
        return redirect(back)
    keep_unjudged(request, form)
    return _page(request, form, {"step": step, "about": visit, "back": back, **_shown_with(visit, name, request)})


def _shown_with(visit: RoundVisit, name: str, request: Request) -> dict[str, object]:
    """What is looked at beside the form: the paper as it would be printed, and what a correction changes.

    Nothing where what was sent came too late, which its refusal says; Http404 for who asks for it then.
    """
    if name == ISSUE_OPINION and visit.concluded_at:
        return {"previews": [_sheet_of_visit(visit, DocumentKind.ROUND_OPINION)]}
    if name not in (REISSUE, GIVE_UP):
        return {}
    correction = open_correction(visit)
    if correction is None:
        if request.method == "POST":
            return {}
        raise Http404
    shown = name == REISSUE and not correction.is_by(request.user)
    sheets = [_sheet(DocumentKind.ROUND_OPINION, corrected_paper(visit, by=request.user))] if shown else []
    lines = changed_in_opinion(opinion_text(visit), correction.text, inner=True)
    return {"previews": sheets, "correction": correction, "lines": lines}


@require_http_methods(PAGE_METHODS)
def withdraw_finding(request: Request, pk: UUID) -> HttpResponse:
    """撤回督导情况. Raises NotYours for who may not."""
    of_finding = finding_of(request.user, pk)
    require_on_visit(of_finding.visit, request.user, RECORD)
    form, back = _bound(request, WithdrawFindingForm, of_finding), reverse("round_visit", args=[of_finding.visit_id])
    action = partial(withdraw_round_finding, of_finding)
    if request.method == "POST" and run_action(form, action, by=request.user) is not None:
        messages.success(request, "已撤回。")
        return redirect(back)
    step = {
        "title": "撤回督导情况",
        "note": f"撤回的不计入督导情况，不印在督导意见书上，办公室仍看得到。原登记：{of_finding.words}",
    }
    return _page(request, form, {"step": step, "about": of_finding.visit, "back": back, "previews": []})


def _bound(request: Request, make: type[RoundStepForm], about: object) -> RoundStepForm:
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    seen = {"seen": make.stands_over(about)} if isinstance(about, RoundVisit) and SEEN in make.base_fields else {}
    return make(*sent, about=about, initial=dict(seen))  # type: ignore[arg-type] # what was sent, and of what it is


def _report_on_files(request: Request, done: object, before: list[UUID]) -> None:
    """What there is to say of each file that came with the step, none of those kept `before`."""
    if isinstance(done, RoundFinding):
        report_on_files(request, RoundFile.objects.filter(finding=done))
    elif isinstance(done, RoundVisit | OpinionCorrection):
        of = done if isinstance(done, RoundVisit) else done.visit
        report_on_files(request, RoundFile.objects.filter(visit=of).exclude(pk__in=before))


def _notices(request: Request, pk: UUID) -> list[SafeString]:
    """The notice to the first unit, as it will be printed; the others differ by unit, day and points."""
    visits = RoundVisit.objects.visible_to(request.user).filter(round=pk).with_relations()
    first = visits.order_by("day", "unit__code", "pk").first()
    return (
        [_sheet_of_visit(first, DocumentKind.ROUND_NOTICE)] if first is not None and not first.round.is_covert else []
    )


def _sheet_of_visit(visit: RoundVisit, kind: DocumentKind) -> SafeString:
    return _sheet(kind, round_paper(kind, visit, number="", dated=clock.today()))


def _sheet(kind: DocumentKind, facts: PaperFacts) -> SafeString:
    sheet = body_of(frozen(kind, facts))
    return SafeString(sheet)  # nosec B703: out of our own template, which has escaped all that was typed


def _page(request: Request, form: RoundStepForm, context: dict[str, object]) -> HttpResponse:
    context |= {"form": form}
    return render(request, "rounds/step.html", context, status=422 if form.errors else 200)
