"""Of whom a step is awaited, among all who may take it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from yuetan.vocabulary import PostKind

if TYPE_CHECKING:
    from yuetan.models.people.user import User


@dataclass(frozen=True)
class Audience:
    """Everybody, or holders of some posts and people named by key."""

    posts: frozenset[PostKind] = frozenset()
    people: frozenset[int] = frozenset()
    is_everybody: bool = False

    def has(self, user: User) -> bool:
        """Whether the person is among them today."""
        return self.is_everybody or user.pk in self.people or user.holds(*self.posts)


EVERYBODY, NOBODY = Audience(is_everybody=True), Audience()
