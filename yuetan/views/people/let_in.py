"""What every kind of log-in ends with, and what is kept of one that still lacks its second factor."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from yuetan.actions.people.second_factor import needs_second_factor
from yuetan.models import User
from yuetan.models.people.second_factor import has_second_factor
from yuetan.rules.dates import clock
from yuetan.views.frame.account_gate import MUST_ADD_FACTOR, MUST_CHANGE
from yuetan.views.frame.known_browser import remember_browser
from yuetan.views.frame.reauthentication import note_authentication
from yuetan.views.frame.sessions import remember_origin
from yuetan.vocabulary import PasswordState

BACKEND = "django.contrib.auth.backends.ModelBackend"
PENDING = "pending_login"  # under which a session of nobody holds a log-in that is half done
PENDING_FOR = timedelta(minutes=10)


@dataclass(frozen=True)
class PendingLogin:
    """Whose password was right, what is to become of it, and where they wanted to go."""

    person: User
    state: PasswordState
    led_to: str


def ask_for_second_factor(request: HttpRequest, pending: PendingLogin) -> HttpResponse:
    """Let the person in who has no second factor; ask everybody else for it."""
    if not has_second_factor(pending.person):
        return let_in(request, pending)
    until = (clock.now() + PENDING_FOR).isoformat()
    request.session[PENDING] = [pending.person.pk, pending.state.value, pending.led_to, until]
    return redirect("second_step")


def pending_login(request: HttpRequest) -> PendingLogin | None:
    """The log-in that is half done, if it is not too long ago."""
    kept = request.session.get(PENDING)
    if not kept or clock.now() > datetime.fromisoformat(kept[3]):
        return None
    person = User.objects.filter(pk=kept[0], is_active=True).first()
    return PendingLogin(person, PasswordState(kept[1]), kept[2]) if person else None


def let_in(request: HttpRequest, pending: PendingLogin) -> HttpResponse:
    """Begin the session, and lead to where the person wanted to go."""
    person = pending.person
    request.session.pop(PENDING, None)
    remember_origin(request)
    login(request, person, backend=BACKEND)
    note_authentication(request)
    if pending.state != PasswordState.GOOD:
        request.session[MUST_CHANGE] = pending.state.value
    if needs_second_factor(person):
        request.session[MUST_ADD_FACTOR] = True
    response = redirect(pending.led_to or reverse("home"))
    remember_browser(request, response, person)
    return response
