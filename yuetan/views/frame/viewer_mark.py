"""浏览人水印: who looks at a preview, in which post and when, across what is shown; never on an issued paper."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yuetan.documents.watermark import viewer_words
from yuetan.views.frame.request import Request

SIGN, GAP = 17, 60  # in pixels: the widest sign of its size, and the room until it is said again


@require_safe
def viewer_mark(request: Request) -> HttpResponse:
    """A picture that says it over and over, laid by a page over what is shown; empty where the office does without."""
    words = viewer_words(request.user)
    width = SIGN * len(words) + GAP
    shown = {"words": words, "width": width, "half": width // 2}
    return render(request, "components/viewer_mark.svg", shown, content_type="image/svg+xml")
