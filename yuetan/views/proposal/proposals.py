"""提出约谈建议: the unit first, then everything the unit's kind decides; kept as a draft or handed in at once."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from yuetan.actions import step as steps
from yuetan.actions.proposal import proposal as actions
from yuetan.actions.submit import PostedForm, posted_form
from yuetan.forms.frame.bounds import is_key
from yuetan.forms.frame.fields import offered_files
from yuetan.forms.frame.unit_select import MAX_OFFERED
from yuetan.forms.proposal.proposal import ProposalForm, UnitSearchForm
from yuetan.models import Attachment, Case, DraftKey, Regulation, Unit
from yuetan.models.case.offered_facts import OfferedFacts
from yuetan.models.files.duplicates import annotate_duplicates
from yuetan.models.ladder.interview_door import door_cited
from yuetan.models.ladder.offered import offered_by_measure
from yuetan.models.people.unit import UnitQuerySet
from yuetan.rules.dates import clock
from yuetan.views.case.lookup import visible_case
from yuetan.views.drafts.draft_form import DraftForm, FormState, with_draft_values
from yuetan.views.drafts.open_drafts import new_proposals
from yuetan.views.frame.access import require_permission
from yuetan.views.frame.file_links import file_links, report_on_files
from yuetan.views.frame.offered_facts import asked_offer, link_offer
from yuetan.views.frame.pagination import run_action
from yuetan.views.frame.request import Request
from yuetan.views.people.unit_history import unit_history
from yuetan.vocabulary import CaseState, FilePurpose, UnitKind, Verb

MAX_UNITS = 30


def propose(request: Request) -> HttpResponse:
    """A new proposal. Raises NotYours if the person may not propose."""
    require_permission(request, Verb.DRAFT)
    current_step = request.POST.get("unit") or request.GET.get("unit", "")
    if not is_key(current_step):
        return _choose_unit(request, _units())
    return _answered(request, None, partial(proposal_open, request, int(current_step)))


def proposal_open(request: Request, unit_id: int) -> DraftForm[ProposalForm]:
    """The form of a new proposal, if this person may make one about this unit. Raises NotYours if they may not."""
    user = request.user
    require_permission(request, Verb.DRAFT)
    unit = get_object_or_404(_units(), pk=unit_id)
    url, back = reverse("autosave_proposal", args=[unit.pk]), f"{reverse('propose')}?unit={unit.pk}"
    make = partial(ProposalForm, unit=unit, by=user)
    offer = asked_offer(request, str(unit.pk))
    if offer is not None:
        url, back = f"{url}?{offer.query}", f"{back}&{offer.query}"
        make = partial(make, initial={"matter": offer.facts.matter}, offered=offer.facts)
    return DraftForm(DraftKey.of_proposal(unit, by=user), user, url, back, make)


def _units() -> UnitQuerySet:
    return Unit.objects.interviewed().in_use().select_related("parent")


def revise(request: Request, pk: UUID) -> HttpResponse:
    """The form of a proposal on a draft, by its drafter."""
    return _answered(request, pk, partial(_draft_to_revise, request, pk))


def _draft_to_revise(request: Request, pk: UUID) -> DraftForm[ProposalForm]:
    case = visible_case(request.user, pk)
    with with_draft_values(request, ProposalForm, case.draft_fields.filter(verb=Verb.REVISE_DRAFT)):
        return draft_open(request, case)


def draft_open(request: Request, case: Case) -> DraftForm[ProposalForm]:
    """The form of a draft, if it still is one and is this person's."""
    user = request.user
    steps.required_step(case, Verb.REVISE_DRAFT, user)
    offered = _offered_by_rung(case)
    make = partial(ProposalForm, unit=case.unit, by=request.user, case=case, initial=as_stored(case), offered=offered)
    url, back = (reverse(name, args=[case.pk]) for name in ("autosave_revision", "revise_draft"))
    return DraftForm(DraftKey.of_step(case, Verb.REVISE_DRAFT, by=user), user, url, back, make)


def _offered_by_rung(case: Case) -> OfferedFacts | None:
    """What a draft that was opened out of a measure begins with; nothing once its drafter has named a ground."""
    if case.rung_laid is None or case.case_grounds.exists():
        return None
    return offered_by_measure(case.rung_laid)


def _answered(request: Request, case_id: UUID | None, opened: Callable[[], DraftForm[ProposalForm]]) -> HttpResponse:
    """A GET shows the form and holds nothing; a POST holds the case, or while there is none the person."""
    if request.method != "POST":
        draft_form = opened()
        return _page(request, draft_form.draft_key, draft_form.load())
    files = offered_files(opened().bind(request)) if request.FILES else []
    with posted_form(case_id, by=request.user, files=files) as posted:
        return _posted(request, posted, opened())


def _posted(request: Request, posted: PostedForm, draft_form: DraftForm[ProposalForm]) -> HttpResponse:
    form = draft_form.bind(request)
    conflict = draft_form.conflict(form)
    if conflict:
        return _page(request, draft_form.draft_key, conflict, status=409)
    hand_in, user, before = "submit" in request.POST, request.user, clock.now()
    propose = partial(posted.take, actions.propose, draft=draft_form.draft_key, hand_in=hand_in)
    kept = run_action(form, propose, draft_form.draft_key.case, by=user)
    if kept is None:
        return _page(request, draft_form.draft_key, FormState(form, draft_form.redisplay(form)))
    link_offer(request, kept)
    messages.success(request, "已报核，等待办公室主任核稿。" if hand_in else "草稿已保存。")
    report_on_files(request, Attachment.objects.offered_since(before, kept, user))
    return redirect("case", pk=kept.pk)


def as_stored(case: Case) -> dict[str, object]:
    """What a draft says so far, as its form takes it."""
    return {
        "matter": case.matter,
        "other_words": case.other_words,
        "door": case.door_id,
        "door_words": case.door_words,
        "interviewer": case.interviewer_id,
        "interviewees": [post.pk for post in case.interviewees.all()],
        "distinct_from": [other.pk for other in case.distinct_from.all()],
    }


def _choose_unit(request: Request, units: UnitQuerySet) -> HttpResponse:
    form = UnitSearchForm(request.GET if "unit_words" in request.GET else None)
    words = form.cleaned_data["unit_words"] if form.is_bound and form.is_valid() else ""
    matches = list(units.matching(words)[: MAX_UNITS + 1]) if words else []
    kinds = [
        (kind.label, list(units.filter(kind=kind)[: MAX_OFFERED + 1]))
        for kind in (UnitKind.MEMBER_UNIT, UnitKind.COUNTY)
    ]
    towns = list(units.filter(kind=UnitKind.TOWN).order_by("parent__code", "code")[: MAX_OFFERED + 1])
    is_long = len(towns) > MAX_OFFERED
    context = {
        "form": form,
        "words": words,
        "matches": matches[:MAX_UNITS],
        "more": len(matches) > MAX_UNITS,
        "kinds": [(label, listed[:MAX_OFFERED], len(listed) > MAX_OFFERED) for label, listed in kinds],
        "towns": [] if is_long else towns,
        "is_long": is_long,
    }
    context["unfinished"] = new_proposals(request.user)
    return render(request, "cases/choose_unit.html", context)


def _page(request: Request, draft_key: DraftKey, shown: FormState[ProposalForm], *, status: int = 200) -> HttpResponse:
    case = draft_key.case
    unit = case.unit if case else draft_key.unit
    assert unit is not None
    regulation = case.regulation if case else Regulation.objects.in_force(clock.today())
    rules = [rule for rule in regulation.interviewer_rules.select_related("article") if rule.unit_kind == unit.kind]
    loose = case.attachments.filter(purpose=FilePurpose.EVIDENCE, case_ground=None) if case else []
    returned = case.events.filter(verb=Verb.RETURN_FOR_CHANGES).newest_first().first() if case else None
    context = {
        "unit": unit,
        "form": shown.form,
        "draft_facts": shown.facts,
        "case": case,
        "rules": rules,
        "loose": file_links(annotate_duplicates(loose, request.user)),
        "returned": returned if case and case.state == CaseState.DRAFTED else None,
        "history": unit_history(unit, unit.heads(), request.user, but=case),
        "article": regulation.cited_by(Verb.SUBMIT, unit.kind),
        "by_rung": door_cited(case) if case and case.rung_laid_id else "",
    }
    return render(request, "cases/proposal.html", context, status=422 if shown.form.errors else status)
