"""The form of a measure of a 责任制: begun, kept while it is typed, and revised as long as it is a draft."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from yuetan.actions.ladder import draft as actions
from yuetan.actions.step import required_step
from yuetan.actions.submit import posted_form
from yuetan.forms.frame.bounds import is_key, unnumbered_key
from yuetan.forms.ladder.measure import MeasureForm, as_drafted, as_following
from yuetan.models import Accountability, AccountabilityMeasure, Case, DraftKey, Unit
from yuetan.models.case.offered_facts import OfferedFacts
from yuetan.views.drafts.draft_form import DraftForm, FormState
from yuetan.views.frame.access import require_permission
from yuetan.views.frame.offered_facts import asked_offer, link_offer
from yuetan.views.frame.pagination import run_action
from yuetan.views.frame.request import Request
from yuetan.views.ladder.measures import visible_measure
from yuetan.vocabulary import Verb


@require_http_methods(["GET", "HEAD", "POST"])
def draft_measure(request: Request) -> HttpResponse:
    """起草: by a case officer."""
    if request.method != "POST":
        return _draft_page(request, None, new_measure_open(request).load())
    with posted_form(None, by=request.user) as posted:
        draft_form = new_measure_open(request)
        form = draft_form.bind(request)
        draft = partial(posted.take, actions.draft_measure, draft=draft_form.draft_key)
        measure = run_action(form, draft, by=request.user)
        if measure is None:
            return _draft_page(request, None, FormState(form, draft_form.redisplay(form)))
        link_offer(request, measure)
    return _after_saving(request, measure)


@require_http_methods(["GET", "HEAD", "POST"])
def revise_measure(request: Request, pk: UUID) -> HttpResponse:
    """修改: the same form on a draft, by its drafter."""
    measure = visible_measure(request.user, pk)
    if request.method != "POST":
        return _draft_page(request, measure, revision_open(request, measure).load())
    with posted_form(None, by=request.user) as posted:
        draft_form = revision_open(request, measure)
        form = draft_form.bind(request)
        revise = partial(posted.take, actions.revise_measure, draft=draft_form.draft_key)
        revised = run_action(form, revise, measure, by=request.user)
        if revised is None:
            return _draft_page(request, measure, FormState(form, draft_form.redisplay(form)))
    return _after_saving(request, revised)


def new_measure_open(request: Request) -> DraftForm[MeasureForm]:
    """The form of a new measure: for the unit that the address names, after what was not met in time, or for none yet.

    Raises NotYours if the person may not draft one, Refused while the office carries out no 责任制, Http404 for a unit
    or something before that the person may not see.
    """
    user = request.user
    require_permission(request, Verb.DRAFT_MEASURE)
    unit, before = _requested_unit(request), _requested_before(request)
    offer = asked_offer(request, str(unit.pk)) if unit and not before else None
    query = f"?before={before.pk}" if before else f"?unit={unit.pk}{f'&{offer.query}' if offer else ''}" if unit else ""
    url, back = (reverse(name) + query for name in ("autosave_measure", "draft_measure"))
    initial: dict[str, object] = {"unit": unit.pk} if unit else {}
    accountability = actions.accountability_today()
    if before is not None:
        initial = as_following(before)
    elif offer is not None:
        initial |= _offered(offer.facts, accountability)
    make = _maker(request, initial, accountability=accountability)
    case = before if isinstance(before, Case) else None
    return DraftForm(DraftKey.of_new_measure(case, by=user), user, url, back, make)


def _offered(facts: OfferedFacts, accountability: Accountability) -> dict[str, object]:
    """What the form begins with where facts were asked for; the ground that they name stands chosen."""
    grounds = accountability.grounds_article.grounds.all() if facts.is_unqualified else ()
    chosen = [ground.pk for ground in grounds if ground.is_of_assessment]
    sheets = [facts.sheet] if facts.sheet else []
    begun = {"matter": facts.matter, "facts": facts.facts, "demands": facts.requirements}
    return {**begun, "grounds": chosen, "sheets": sheets}


def revision_open(request: Request, measure: AccountabilityMeasure) -> DraftForm[MeasureForm]:
    """The form of a draft, if it still is one and is this person's; raises StateChanged, NotYours if not."""
    user = request.user
    required_step(measure, Verb.REVISE_MEASURE, user)
    url, back = (reverse(name, args=[measure.pk]) for name in ("autosave_measure_revision", "revise_measure"))
    make = _maker(request, as_drafted(measure), accountability=measure.accountability)
    return DraftForm(DraftKey.of_measure(measure, Verb.REVISE_MEASURE, by=user), user, url, back, make)


def _maker(request: Request, initial: dict[str, object], **about: object) -> partial[MeasureForm]:
    def make(*sent: object) -> MeasureForm:
        return MeasureForm(*sent, by=request.user, initial=dict(initial), **about)  # type: ignore[arg-type]

    return partial(make)


def _requested_unit(request: Request) -> Unit | None:
    asked = request.GET.get("unit", "")
    if not asked:
        return None
    unit = Unit.objects.interviewed().in_use().filter(pk=int(asked)).first() if is_key(asked) else None
    if unit is None:
        raise Http404
    return unit


def _requested_before(request: Request) -> Case | AccountabilityMeasure | None:
    """What was not met in time and has the new measure follow, by its key."""
    asked = request.GET.get("before", "")
    if not asked:
        return None
    key = unnumbered_key(asked)
    for model in (Case, AccountabilityMeasure):
        before = model.objects.visible_to(request.user).filter(pk=key).first() if key else None
        if before is not None and before.is_inner_to(request.user):
            return before
    raise Http404


def _after_saving(request: Request, measure: AccountabilityMeasure) -> HttpResponse:
    messages.success(request, "拟稿已保存，核对后请报核。")
    return redirect("measure_laid", pk=measure.pk)


def _draft_page(request: Request, measure: AccountabilityMeasure | None, shown: FormState[MeasureForm]) -> HttpResponse:
    returned = measure.events.filter(verb=Verb.RETURN_MEASURE).newest_first().first() if measure else None
    context = {"measure": measure, "form": shown.form, "draft_facts": shown.facts, "returned": returned}
    return render(request, "measures/draft.html", context, status=422 if request.method == "POST" else 200)
