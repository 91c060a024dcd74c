"""The two forms of a 提醒函 into which people type for a while: its draft, and the unit's answer."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypeVar
from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import urlencode

from yuetan import permissions
from yuetan.actions.step import required_step
from yuetan.actions.submit import PostedForm
from yuetan.errors import NotYours
from yuetan.forms.letter.letter import AnswerLetterForm, LetterForm, as_it_is, starting_from
from yuetan.models import Case, DraftKey, Letter
from yuetan.views.drafts.draft_form import DraftForm, FormState
from yuetan.views.frame.access import require_permission
from yuetan.views.frame.offered_facts import Offer, asked_offer
from yuetan.views.frame.pagination import run_action
from yuetan.views.frame.request import Request
from yuetan.vocabulary import LetterCapacity, UnitKind, Verb

PostedLetterForm = TypeVar("PostedLetterForm", LetterForm, AnswerLetterForm)


def new_letter_open(request: Request) -> DraftForm[LetterForm]:
    """The form of a new letter, if this person may draft one; begun from the case that is asked for.

    Raises NotYours if they may not.
    """
    user = request.user
    require_permission(request, Verb.DRAFT_LETTER)
    case = _requested_case(request)
    offer = asked_offer(request, request.GET.get("unit", "")) if case is None else None
    query = f"?case={case.pk}" if case else ""
    if offer is not None:
        query = f"?{urlencode({'unit': str(offer.facts.unit.pk)})}&{offer.query}"
    url, back = (reverse(name) + query for name in ("autosave_letter", "draft_letter"))
    make = partial(LetterForm, by=user, initial=starting_from(case) if case else _offered(offer))
    return DraftForm(DraftKey.of_new_letter(case, by=user), user, url, back, make)


def _offered(offer: Offer | None) -> dict[str, object]:
    """What a letter begins with that somebody asked for where its facts stood."""
    if offer is None:
        return {}
    facts = offer.facts
    words = {"matter": facts.matter, "problems": facts.facts, "requirements": facts.requirements}
    is_member = facts.unit.kind == UnitKind.MEMBER_UNIT
    capacity = LetterCapacity.MEMBER_UNIT if is_member else LetterCapacity.LEAD_UNIT
    return {"unit": facts.unit.pk, "capacity": capacity, **words}


def answer_open(
    request: Request, letter: Letter, verb: Verb = Verb.PREPARE_LETTER_ANSWER
) -> DraftForm[AnswerLetterForm]:
    """The form of the answer, prepared or given, if that is this person's to do. Raises NotYours if it is not."""
    user = request.user
    if not user.has_perm(permissions.name(verb), letter):
        raise NotYours(verb)
    url, back = (reverse(name, args=[letter.pk]) for name in ("autosave_letter_answer", verb.value))
    make = partial(AnswerLetterForm, letter=letter)
    return DraftForm(DraftKey.of_answer(letter, by=user), user, url, back, make)


def revision_open(request: Request, letter: Letter) -> DraftForm[LetterForm]:
    """The form in which a returned letter is put right.

    Raises StateChanged once it was, and NotYours if it is not this person's to do.
    """
    user = request.user
    required_step(letter, Verb.REVISE_LETTER, user)
    url, back = (reverse(name, args=[letter.pk]) for name in ("autosave_letter_revision", "revise_letter"))
    make = partial(LetterForm, by=user, handling=letter.handling, initial=as_it_is(letter))
    return DraftForm(DraftKey.of_revision(letter, by=user), user, url, back, make)


def submit_form(
    request: Request,
    posted: PostedForm,
    draft_form: DraftForm[PostedLetterForm],
    action: Callable[..., Letter],
    *subject: Letter,
) -> tuple[Letter | None, FormState[PostedLetterForm] | None]:
    """The letter after a form was sent; or none, and the form to show again."""
    form = draft_form.bind(request)
    conflict = draft_form.conflict(form)
    if conflict:
        return None, conflict
    letter = run_action(form, partial(posted.take, action, draft=draft_form.draft_key), *subject, by=draft_form.by)
    if letter is None:
        return None, FormState(form, draft_form.redisplay(form))
    return letter, None


def _requested_case(request: Request) -> Case | None:
    if "case" not in request.GET:
        return None
    try:
        key = UUID(request.GET["case"])
    except ValueError as error:
        raise Http404 from error
    return get_object_or_404(Case.objects.visible_to(request.user).open(), pk=key)
