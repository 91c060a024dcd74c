"""关注: kept by a person for themselves; nobody else learns of it."""

from __future__ import annotations

from typing import Any

from yuetan.models import Follow, Subject, User


def follow(subject: Subject, *, by: User) -> None:
    """Keep the case or letter among what the person follows; following twice is following once."""
    Follow.objects.get_or_create(person=by, **_of(subject))


def unfollow(subject: Subject, *, by: User) -> None:
    """Follow it no longer."""
    Follow.objects.filter(person=by, **_of(subject)).delete()


def _of(subject: Subject) -> dict[str, Any]:
    return {subject.ABOUT: subject}
