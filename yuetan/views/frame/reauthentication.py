"""再次验证身份: before something is decided, whoever sits there shows once more that it is they.

What was sent is kept in the page that asks, and is sent again with the proof: nothing that was written is lost.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from yuetan.actions.people.attempts import count_attempt, forget_attempts
from yuetan.actions.people.login import own_password_limit
from yuetan.actions.people.second_factor import use_code
from yuetan.errors import MustAuthenticateAgain
from yuetan.models import OfficeSetting, Passkey, User
from yuetan.models.people.second_factor import has_second_factor
from yuetan.rules.dates import clock
from yuetan.views.frame.errors import too_many_attempts
from yuetan.views.frame.passkey_question import passkey_question, shown_passkey
from yuetan.views.frame.request import Request
from yuetan.views.frame.sessions import own_session

AUTHENTICATED_AT = "authenticated_at"
PROOFS = ("again_password", "again_code", "again_answer")
NOT_KEPT = (*PROOFS, "csrfmiddlewaretoken")


def note_authentication(request: HttpRequest) -> None:
    """Remember that whoever sits there has just shown who they are."""
    request.session[AUTHENTICATED_AT] = clock.now().isoformat()


def require_recent_authentication(request: Request) -> None:
    """Let the request pass if its user has shown lately who they are, or shows it with this request.

    Raises MustAuthenticateAgain, which is answered with a page that asks for it and keeps what was sent.
    """
    minutes = OfficeSetting.objects.number("reauthentication_minutes")
    if not minutes or clock.now() - _authenticated_at(request) <= timedelta(minutes=minutes):
        return
    if not any(name in request.POST for name in PROOFS):
        raise MustAuthenticateAgain
    limit = own_password_limit(request.user)
    wait = count_attempt(limit)
    if wait is not None:
        raise MustAuthenticateAgain(wait)
    if not _is_shown(request, request.user):
        raise MustAuthenticateAgain(is_refused=True)
    forget_attempts(limit)
    note_authentication(request)


def _authenticated_at(request: Request) -> datetime:
    noted = request.session.get(AUTHENTICATED_AT)
    row = own_session(request).row
    assert row is not None
    return datetime.fromisoformat(noted) if noted else row.started_at


def _is_shown(request: Request, person: User) -> bool:
    password, code, answer = (request.POST.get(name, "") for name in PROOFS)
    if password:
        return person.check_password(password)
    if code:
        return use_code(person, code)
    return shown_passkey(request, person, answer) is not None


def _again_page(request: Request, asked: MustAuthenticateAgain) -> HttpResponse:
    """The page that asks, with all that was sent."""
    if asked.wait is not None:
        return too_many_attempts(request, "429.html", asked.wait)
    person = request.user
    context = {
        "kept": [(name, value) for name, values in request.POST.lists() if name not in NOT_KEPT for value in values],
        "is_refused": asked.is_refused,
        "has_password": person.has_usable_password(),
        "has_code": has_second_factor(person),
        "has_passkey": Passkey.objects.filter(person=person).exists(),
        "led_to": request.get_full_path(),
        "question_url": reverse("reauthentication_question"),
    }
    return render(request, "account/reauthentication.html", context, status=422 if asked.is_refused else 200)


@require_POST
def reauthentication_question(request: Request) -> HttpResponse:
    """What a browser needs to show a passkey of who is logged in."""
    return passkey_question(request, request.user)


class ReauthenticationMiddleware:
    """Answers a request that must be shown to come from its user with the page that asks for it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: Request, exception: Exception) -> HttpResponse | None:
        """The page, with all that was sent."""
        return _again_page(request, exception) if isinstance(exception, MustAuthenticateAgain) else None
