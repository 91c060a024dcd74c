"""Forms with rows: a button beside the rows asks for the form back with one more or less, and sends nothing off."""

from __future__ import annotations

from django import forms

from yuetan.forms.frame.fields import ROW_BUTTONS
from yuetan.views.frame.request import Request


def asks_for_rows(request: Request) -> bool:
    """Whether a button beside rows was pressed."""
    return any(name.endswith(ROW_BUTTONS) for name in request.POST)


def is_sent(request: Request) -> bool:
    """Whether a form was sent off, and not only asked back with other rows."""
    return request.method == "POST" and not asks_for_rows(request)


def keep_unjudged(request: Request, form: forms.Form) -> None:
    """Of a form that was only asked back, keep what was typed and find no fault with it yet."""
    if asks_for_rows(request):
        form.is_valid()
        form.errors.clear()
