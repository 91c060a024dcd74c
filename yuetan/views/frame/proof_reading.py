"""What the proof-reader points out in a text while somebody types it."""

from __future__ import annotations

from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from yuetan.forms.frame.printed_text import with_plain_line_ends
from yuetan.rules.text.proof_reading import proof_read_text
from yuetan.views.frame.request import Request

MAX_LENGTH = 30_000  # as much as is saved of one field


@require_POST
def proof_read(request: Request) -> HttpResponse:
    """The remarks on the text of one field, as they stand beside it; nothing is kept. Raises BadRequest without one."""
    text = request.POST.get("text")
    if text is None or len(text) > MAX_LENGTH:
        raise BadRequest
    return render(request, "components/text_remarks.html", {"remarks": proof_read_text(with_plain_line_ends(text))})
