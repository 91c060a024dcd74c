"""How long a log-in lasts: it slides with what a person does, to an end, and a page says so before it ends."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_http_methods

from yuetan.models import OfficeSetting, Session
from yuetan.rules.dates import clock
from yuetan.views.frame.request import Request
from yuetan.views.frame.source_address import source_address

ORIGIN = "origin"  # under which a session holds from where it was begun
RENEWED_TENTHS = 9  # with less of its time left it is written anew, and not for every page
AUTOSAVE_NAMES = "autosave_"  # pages ask and save there whether or not somebody sits before them
BROWSER_LENGTH = 200
AHEAD = timedelta(minutes=1)  # a log-in of later than that was made while the clock was wrong, and would last too long
ASKED_BY_SCRIPTS = {"session", "proof_read"}


class SessionStore(db.SessionStore):
    """Django's own; its rows say whose they are, from where, and until when they last at the latest."""

    row: Session | None = None

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """Where sessions are kept."""
        return Session

    def load(self) -> dict[str, object]:
        """The session, if it has not ended by the clock by which it was begun."""
        now = clock.now()
        lasting = Session.objects.filter(expire_date__gt=now, started_at__lte=now + AHEAD)
        self.row = lasting.filter(session_key=self.session_key).first()
        if self.row is None:
            self._session_key = None
        return self.decode(self.row.session_data) if self.row else {}

    def create_model_instance(self, data: dict[str, object]) -> Session:
        """The row as it is written: with a new end if it is new or was renewed."""
        key: str = self._get_or_create_session_key()  # type: ignore[attr-defined] # the stubs leave it out
        kept = self.row if self.row and self.row.session_key == key else None  # each that begins has a key of its own
        person = data.get(SESSION_KEY)
        origin: list[str] = data.get(ORIGIN) or ["", ""]  # type: ignore[assignment] # as `remember_origin` writes it
        row = Session(
            session_key=key,
            session_data=self.encode(data),
            person_id=int(str(person)) if person else None,
            address=origin[0],
            browser=origin[1],
        )
        if kept is None:
            idle_minutes, hours = OfficeSetting.objects.numbers("session_idle_minutes", "session_hours")
            row.idle_seconds, row.ends_at_latest = idle_minutes * 60, row.started_at + timedelta(hours=hours)
            row.expire_date = self._end(row)
        else:
            for name in ("public_id", "started_at", "idle_seconds", "ends_at_latest", "expire_date"):
                setattr(row, name, getattr(kept, name))
        self.row = row
        return row

    @staticmethod
    def _end(row: Session) -> datetime:
        return min(clock.now() + timedelta(seconds=row.idle_seconds), row.ends_at_latest)

    def renew(self) -> None:
        """Let it last as long as one that begins now; it is saved with the response."""
        if self.row is not None:
            self.row.expire_date = self._end(self.row)
        self.modified = True

    def get_session_cookie_age(self) -> int:
        """The cookie lives no longer than the longest session; the row says when it ends."""
        return 24 * 60 * 60

    @property
    def is_due_for_renewal(self) -> bool:
        """Whether enough of its time is gone to write it anew."""
        shortest = self.row.idle_seconds * RENEWED_TENTHS // 10 if self.row else 0
        return self.row is not None and self.seconds_left < shortest

    @property
    def seconds_left(self) -> int:
        """How long it still lasts."""
        return int((self.row.expire_date - clock.now()).total_seconds()) if self.row else 0


def remember_origin(request: HttpRequest) -> None:
    """Let the session that begins now know from where and by which browser."""
    browser = request.META.get("HTTP_USER_AGENT", "")[:BROWSER_LENGTH].replace("\0", "")
    request.session[ORIGIN] = [source_address(request), browser]


def own_session(request: Request) -> SessionStore:
    """The session of the request, as the kind it is."""
    store = getattr(request, "session", None)
    assert isinstance(store, SessionStore)
    return store


def shortest_seconds(request: HttpRequest) -> int:
    """How long the session of a page that is shown now lasts at least: one may be renewed a little later than it."""
    store = getattr(request, "session", None)
    if not isinstance(store, SessionStore) or store.row is None:
        return 0
    return min(store.seconds_left, store.row.idle_seconds * RENEWED_TENTHS // 10)


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
            session = own_session(request)
            if session.is_due_for_renewal:
                session.renew()


@require_http_methods(["GET", "POST"])
def session(request: Request) -> HttpResponse:
    """How many seconds are left, as a page asks before it warns; by POST the log-in lasts anew."""
    store = own_session(request)
    if request.method == "POST":
        store.renew()
    return JsonResponse({"seconds": store.seconds_left})
