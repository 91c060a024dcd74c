"""A browser from which a person has logged in before, by a signed cookie, so that strangers cannot lock them out."""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from yuetan.models import User

SALT = "yuetan.known_browser"
KEPT = timedelta(days=180)
MAX_PEOPLE = 8  # who share a machine


def known_browser(request: HttpRequest, username: str) -> str:
    """The key of the browser if the owner of the account has logged in with it; empty otherwise."""
    key, people = _read(request)
    person = User.objects.filter(username=username).values_list("pk", flat=True).first() if people else None
    return key if person in people else ""


def remember_browser(request: HttpRequest, response: HttpResponse, user: User) -> None:
    """Let the browser be known as one of this person's from now on."""
    key, people = _read(request)
    people = [*(person for person in people if person != user.pk), user.pk][-MAX_PEOPLE:]
    response.set_cookie(
        settings.BROWSER_COOKIE_NAME,
        signing.dumps([key or secrets.token_hex(16), people], salt=SALT),
        max_age=KEPT,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _read(request: HttpRequest) -> tuple[str, list[int]]:
    try:
        key, people = signing.loads(request.COOKIES.get(settings.BROWSER_COOKIE_NAME, ""), salt=SALT, max_age=KEPT)
    except (signing.BadSignature, ValueError, TypeError):
        return "", []
    return str(key), list(people)
