"""One row of the record for what is no step of a case: accounts, units, settings, numbers, papers of the office."""

from __future__ import annotations

from yuetan.models import Event, User
from yuetan.models.record.event import BY_PROGRAM
from yuetan.rules.dates import clock


def log_event(verb: str, by: User | None, **facts: object) -> Event:
    """Write down what somebody did, with the post held now, or what the program did by itself: by nobody."""
    title = by.title if by else BY_PROGRAM
    return Event.objects.create(verb=verb, actor=by, actor_title=title, data=facts, created_at=clock.now())
