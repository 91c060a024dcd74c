"""One person with the posts for which a paper names them: 书记兼镇长 is one person, counted and named once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from yuetan.models.people.unit import Post
    from yuetan.models.people.user import User


@dataclass(frozen=True)
class PersonInPosts:
    """A person and the posts of theirs that are named, in the order in which they are named."""

    posts: tuple[Post, ...]

    @property
    def first(self) -> Post:
        """The post by which rows refer to the person."""
        return self.posts[0]

    @property
    def holder(self) -> User:
        """The person."""
        return self.first.holder

    @property
    def name(self) -> str:
        """The person's name."""
        return str(self.holder.name)

    @property
    def title(self) -> str:
        """党委书记、镇长."""
        return "、".join(dict.fromkeys(post.title for post in self.posts))

    @property
    def full_title(self) -> str:
        """圣堂镇党委书记、镇长: the unit is named once."""
        others = dict.fromkeys(post.title for post in self.posts if post.title != self.first.title)
        return "、".join([self.first.full_title, *others])

    def __str__(self) -> str:
        return f"{self.full_title}{self.name}"


def by_person(posts: Iterable[Post]) -> list[PersonInPosts]:
    """The people who hold these posts, each once, in the order in which a unit's heads are named."""
    held: dict[int, list[Post]] = {}
    for post in sorted(posts, key=lambda post: post.precedence):
        held.setdefault(post.holder_id, []).append(post)
    return [PersonInPosts(tuple(own)) for own in held.values()]
