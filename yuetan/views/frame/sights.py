"""Whatever a person is shown, takes out or is refused is recorded before the answer leaves; what content, never."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.db import Error
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from yuetan.actions.record.record_sight import record_sight
from yuetan.models.record.sight import FAILED, REFUSED
from yuetan.vocabulary import FILE_LABELS, SEEN_LABELS

ANSWERED = 200
# Of these the print log or an event tells already who took them.
RECORDED_OTHERWISE = frozenset({"download_document", "minutes_sample"})

logger = logging.getLogger(__name__)


class SightMiddleware:
    """Records one sight at most for each answer to somebody who is logged in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        answer = self.get_response(request)
        if answer.status_code >= REFUSED or _is_sight(request, answer):
            _record(request, answer.status_code)
        return answer


def _name_of_page(request: HttpRequest) -> str:
    return (request.resolver_match.url_name if request.resolver_match else "") or ""


def _is_sight(request: HttpRequest, answer: HttpResponseBase) -> bool:
    """Whether a thing was shown, or a file handed over; what else was done is an event."""
    if answer.status_code != ANSWERED:
        return False
    page, is_file = _name_of_page(request), "Content-Disposition" in answer
    if request.method == "GET":
        return page in SEEN_LABELS or page in FILE_LABELS
    return request.method == "POST" and is_file and page not in RECORDED_OTHERWISE


def _record(request: HttpRequest, status: int) -> None:
    """What has failed is answered all the same where the record cannot be reached either."""
    try:
        if not request.user.is_authenticated:
            return
        match = request.resolver_match
        key = str(next(iter(match.kwargs.values()), "")) if match else ""
        path = request.path if match else ""  # else it is whatever somebody has typed
        record_sight(request.user, _name_of_page(request), key, path, posted=request.method == "POST", status=status)
    except Error:
        if status < FAILED:
            raise
        logger.exception("a failure could not be recorded")
