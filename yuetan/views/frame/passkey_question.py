"""Asking a browser for a passkey: the question goes out as JSON, the answer comes back in a field of a form."""

from __future__ import annotations

import json

from django.http import HttpRequest, JsonResponse

from yuetan.actions.people import passkeys
from yuetan.actions.people.passkeys import Challenge, Options
from yuetan.models import User

# Under which a session keeps what was asked until the browser answers: to show a key, and to make one.
CHALLENGE, REGISTRATION = "passkey_challenge", "passkey_registration"


def host_name(request: HttpRequest) -> str:
    """The name by which the browser knows this site, for which its keys are made."""
    return request.get_host().rpartition(":")[0] or request.get_host()


def passkey_question(request: HttpRequest, person: User | None) -> JsonResponse:
    """For a key of this person, or of whoever sits there."""
    return ask_browser(request, passkeys.question(person, host_name(request)), CHALLENGE)


def ask_browser(request: HttpRequest, asked: tuple[Options, Challenge], name: str) -> JsonResponse:
    """The question as the browser's own functions take it; what it must be answered with is kept under a name."""
    options, request.session[name] = asked
    return JsonResponse(dict(options))


def kept_challenge(request: HttpRequest, name: str) -> Challenge | None:
    """What was asked last; it is answered once."""
    challenge: Challenge | None = request.session.pop(name, None)
    return challenge


def read_answer(text: str) -> object:
    """What a browser answered; None where it is nothing of the kind."""
    try:
        answer: object = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return answer


def shown_passkey(request: HttpRequest, person: User | None, text: str) -> User | None:
    """Whose key the browser has shown, of this person or of anybody; None if of nobody."""
    challenge = kept_challenge(request, CHALLENGE)
    return passkeys.use_passkey(person, answer=read_answer(text), challenge=challenge, host=host_name(request))
