"""What a person reads when a request cannot be answered."""

import logging
import re
import sys
from collections.abc import Callable
from datetime import timedelta
from math import ceil

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import TooManyFilesSent
from django.db import DatabaseError, InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from yuetan.errors import NotYours, Reason, Refused, StateChanged, StoredFileMissing, StoredPaperDamaged
from yuetan.templatetags.official import moment

AGAIN_AFTER_SECONDS = "30"
CLOCK_WENT_BACK = "YT001"  # of the trigger that keeps the events of a case in order
CLOCK_WORDS = "服务器现在的时间早于这件事项上一步的时间，这一步没有办理，请系统管理员核对服务器时间，改正后再办。"

logger = logging.getLogger(__name__)


class RefusalMiddleware:
    """Answers our errors with pages that say what to do next."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """409 for a case that moved on, 403 for somebody else's step, 422 for a refusal; the rest is Django's.

        A view with a form shows a refusal in the form; what comes here was asked for without one.
        """
        if isinstance(exception, StateChanged):
            facts: dict[str, object] = {"who": exception.who, "when": moment(exception.when), "what": exception.what}
            facts |= {"is_own": exception.is_own, "draft_values": exception.draft_values}
            facts["back_url"] = _page_behind(request)
            return render(request, "409.html", facts, status=409)
        if isinstance(exception, NotYours):
            return render(request, "403.html", status=403)
        if isinstance(exception, Refused):
            facts = {"reasons": exception.reasons, "back_url": _page_behind(request)}
            return render(request, "refused.html", facts, status=422)
        if isinstance(exception, DatabaseError) and _code(exception) == CLOCK_WENT_BACK:
            facts = {"reasons": [Reason(CLOCK_WORDS)], "back_url": _page_behind(request)}
            return render(request, "refused.html", facts, status=422)
        if isinstance(exception, StoredPaperDamaged):
            logger.error("stored paper refused: %s", exception)
            return render(request, "papers/damaged.html", {"number": exception.number}, status=500)
        if isinstance(exception, StoredFileMissing):
            logger.error("stored file missing: %s", exception)
            return render(request, "files/missing.html", status=500)
        return None


def _code(exception: DatabaseError) -> str:
    """What the database itself calls the error."""
    return getattr(exception.__cause__, "pgcode", None) or ""


def who_moved(moved: StateChanged) -> str:
    """Who took the step meanwhile, when and which, in one sentence for a page that stays open."""
    return f"{moved.who}已于{moment(moved.when)}办理：{moved.what}。"


def _page_behind(request: HttpRequest) -> str:
    """The page of the case or letter that the refused address belongs to."""
    match = re.match(r"/(?:cases|letters|measures|assignments)/[0-9a-f-]{36}/", request.path)
    return match.group() if match else ""


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What was sent cannot be read: too many files, or something that no page of ours sends."""
    most = settings.DATA_UPLOAD_MAX_NUMBER_FILES if isinstance(exception, TooManyFilesSent) else None
    return render(request, "400.html", {"most_files": most}, status=400)


def too_many_attempts(request: HttpRequest, template: str, wait: timedelta) -> HttpResponse:
    """What was tried too often is not tried again before the time is over."""
    seconds = ceil(wait.total_seconds())
    response = render(request, template, {"minutes": ceil(seconds / 60)}, status=429)
    response["Retry-After"] = str(seconds)
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was too old or came from elsewhere."""
    return render(request, "403_csrf.html", status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """503 while the database is away, 500 for what nobody has thought of; neither page asks the database anything."""
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return HttpResponse(render_to_string("503.html"), status=503, headers={"Retry-After": AGAIN_AFTER_SECONDS})
    return HttpResponse(render_to_string("500.html"), status=500)


@login_not_required
@require_safe
@never_cache
def ready(request: HttpRequest) -> HttpResponse:
    """Whether the site can work, for who watches it from outside: 200, or 503 while the database is away."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok\n", content_type="text/plain")
