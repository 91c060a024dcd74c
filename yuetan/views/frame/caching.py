"""No page of ours is kept by a browser or a proxy: the next person at the computer finds nothing."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


class NoStoreMiddleware:
    """Marks every answer but static files, which are answered before it, as one that is not to be kept."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        answer["Cache-Control"] = "private, no-store"
        return answer
