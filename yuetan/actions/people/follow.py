"""关注: kept by a person for themselves; nobody else learns of it."""

from __future__ import annotations

from typing import Any

from yuetan.models import Case, Follow, Letter, User


def follow(subject: Case | Letter, *, by: User) -> None:
    """Keep the case or letter among what the person follows; following twice is following once."""
    Follow.objects.get_or_create(person=by, **_of(subject))


def unfollow(subject: Case | Letter, *, by: User) -> None:
    """Follow it no longer."""
    Follow.objects.filter(person=by, **_of(subject)).delete()


def _of(subject: Case | Letter) -> dict[str, Any]:
    return {subject.ABOUT: subject}
