"""One row of the record for what is no step of a case: accounts, units, settings, numbers, papers of the office."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import Model

from yuetan.models import Event, User
from yuetan.models.record.event import BY_PROGRAM
from yuetan.models.rooms import room_columns
from yuetan.rules.dates import clock


def log_event(verb: str, by: User | None, **facts: object) -> Event:
    """Write down what somebody did, with the post held now, or what the program did by itself: by nobody."""
    return _write_event(verb, by, facts)


def log_in_room(verb: str, by: User, about: Model, facts: Mapping[str, object]) -> Event:
    """Write down what somebody did in a room of the year, on the row that it is about; KeyError for any other."""
    return _write_event(verb, by, facts, **room_columns(about))


def _write_event(verb: str, by: User | None, facts: Mapping[str, object], **columns: object) -> Event:
    title = by.title if by else BY_PROGRAM
    return Event.objects.create(
        verb=verb, actor=by, actor_title=title, data=dict(facts), created_at=clock.now(), **columns
    )
