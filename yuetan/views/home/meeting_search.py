"""Meetings in the search, by their titles: for the office all, for others those to which they were convened."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse

from yuetan.models import Meeting, User
from yuetan.rules.text.marked_text import marked

FIRST_MEETINGS = 5
MAX_LOOKED_AT = 300  # the newest; a title is made of kind, year and number, so that it is not asked of the database


def meetings_named(user: User, asked: Sequence[str]) -> list[dict[str, object]]:
    """The newest few whose titles have every word."""
    newest = Meeting.objects.visible_to(user).order_by("-begins_at", "-pk")[:MAX_LOOKED_AT]
    named = [meeting for meeting in newest if all(word in meeting.title for word in asked)]
    return [
        {"name": marked(meeting.title, asked), "url": reverse("meeting", args=[meeting.pk])}
        for meeting in named[:FIRST_MEETINGS]
    ]
