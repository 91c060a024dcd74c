"""A step that is kept is said to be done, whatever could not be done after it; that is said too."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse

from yuetan.after_commit import unfinished_work


class UnfinishedWorkMiddleware:
    """Adds to the page that follows a step what is not there yet: it stands around the transaction of the form."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with unfinished_work() as sentences:
            response = self.get_response(request)
        for sentence in sentences:
            messages.warning(request, sentence)
        return response
