"""The two forms of a 提醒函 into which people type for a while: its draft, and the unit's answer."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from yuetan import permissions
from yuetan.actions.typed import hand_over_typed
from yuetan.errors import NotYours
from yuetan.forms.letter import AnswerLetterForm, LetterForm, starting_from
from yuetan.models import Case, Letter, Sheet
from yuetan.views.pages import done
from yuetan.views.typed_page import Returned, TypedPage
from yuetan.vocabulary import Verb


def new_letter_open(request: HttpRequest) -> TypedPage:
    """The form of a new letter, if this person may draft one; begun from the case that is asked for."""
    user = request.user
    if not user.has_perm(permissions.name(Verb.DRAFT_LETTER)):
        raise NotYours(Verb.DRAFT_LETTER)
    case = _asked_for(request)
    query = f"?case={case.pk}" if case else ""
    url, back = (reverse(name) + query for name in ("typed_letter", "draft_letter"))
    make = partial(LetterForm, by=user, initial=starting_from(case) if case else {})
    return TypedPage(Sheet.of_new_letter(case, by=user), user, url, back, make)


def answer_open(request: HttpRequest, letter: Letter) -> TypedPage:
    """The form of the answer, if it is this person's."""
    user = request.user
    if not user.has_perm(permissions.name(Verb.ANSWER_LETTER), letter):
        raise NotYours(Verb.ANSWER_LETTER)
    url, back = (reverse(name, args=[letter.pk]) for name in ("typed_answer", "answer_letter"))
    return TypedPage(Sheet.of_answer(letter, by=user), user, url, back, AnswerLetterForm)


def taken(request: HttpRequest, typed: TypedPage, act: Callable[..., Letter], *subject: Letter) -> Any:
    """The letter after a form was sent; or none, and the form to show again."""
    form = typed.sent(request)
    clash = typed.clash(form)
    if clash:
        return None, clash
    letter = done(form, act, *subject, by=typed.by)
    if letter is None:
        return None, Returned(form, typed.returned(form))
    hand_over_typed(typed.sheet)
    return letter, None


def _asked_for(request: HttpRequest) -> Case | None:
    if "case" not in request.GET:
        return None
    try:
        key = UUID(request.GET["case"])
    except ValueError as error:
        raise Http404 from error
    return get_object_or_404(Case.objects.visible_to(request.user).open(), pk=key)
