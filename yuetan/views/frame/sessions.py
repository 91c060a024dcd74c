"""How long a log-in lasts: it slides with what a person does, and a page says so before it ends."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.sessions.backends import db
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from yuetan.views.frame.request import Request

SESSION_LENGTH = timedelta(seconds=settings.SESSION_COOKIE_AGE)
RENEW_AFTER = SESSION_LENGTH / 10  # a row is not written anew for every page
SHORTEST_SECONDS = int((SESSION_LENGTH - RENEW_AFTER).total_seconds())  # from any page that somebody looks at
AUTOSAVE_NAMES = "autosave_"  # pages ask and save there whether or not somebody sits before them
ASKED_BY_SCRIPTS = {"session", "proof_read"}


class SessionStore(db.SessionStore):
    """Django's own, which also knows until when the session lasts that it has read."""

    ends_at: datetime | None = None

    def load(self) -> dict[str, object]:
        """The session, if it has not ended."""
        row = self._get_session_from_db()  # type: ignore[attr-defined] # the stubs leave it out
        self.ends_at = row.expire_date if row else None
        return self.decode(row.session_data) if row else {}

    def renew(self) -> None:
        """Let it last as long as one that begins now; it is saved with the response."""
        self.ends_at = timezone.now() + SESSION_LENGTH
        self.modified = True

    @property
    def seconds_left(self) -> int:
        """How long it still lasts; of one that begins with this response, as long as any."""
        return int(((self.ends_at or timezone.now() + SESSION_LENGTH) - timezone.now()).total_seconds())


class SlidingSessionMiddleware:
    """Renews the log-in of who looks at a page or does something, but not because a page that stands open asks."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: Request, view: object, args: object, kwargs: object) -> None:
        """Once it is known which page is asked for."""
        name = (request.resolver_match.url_name if request.resolver_match else "") or ""
        if request.user.is_authenticated and name not in ASKED_BY_SCRIPTS and not name.startswith(AUTOSAVE_NAMES):
            session = request.session
            assert isinstance(session, SessionStore)
            if session.ends_at is not None and session.ends_at - timezone.now() < SESSION_LENGTH - RENEW_AFTER:
                session.renew()


@require_http_methods(["GET", "POST"])
def session(request: Request) -> HttpResponse:
    """How many seconds are left, as a page asks before it warns; by POST the log-in lasts anew."""
    store = request.session
    assert isinstance(store, SessionStore)
    if request.method == "POST":
        store.renew()
    return JsonResponse({"seconds": store.seconds_left})
