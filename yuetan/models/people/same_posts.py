"""A post stays the same though it changes hands: what was sent to who held it is for whoever took it over.

Where a unit has several of a title at once, only who began once the other had left took theirs over.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q

from yuetan.models.people.unit import Post
from yuetan.rules.dates import clock
from yuetan.vocabulary import SINGLE_POSTS

if TYPE_CHECKING:
    from yuetan.models.people.user import User


def posts_in_stead_of(post: Post, on: date | None = None) -> list[Post]:
    """The post itself as long as it is held on a day (today); once it changed hands, as it is held then."""
    day = on or clock.today()
    if post.is_held_on(day):
        return [post]
    held = Post.objects.current(day).filter(same_as(post)).order_by("pk")
    if post.kind not in SINGLE_POSTS:
        held = held.filter(began_on__gte=post.ended_on or post.began_on)
    return list(held.select_related("holder", "unit__parent"))


def sent_to_posts(user: User, prefix: str = "") -> Q:
    """The condition that something went to a post that the person holds today, or to who held the same one before."""
    posts, name = user.current_posts, f"{prefix}post"
    sent = Q(**{f"{name}__in": [post.pk for post in posts]})
    for post in posts:
        until = clock.today() if post.kind in SINGLE_POSTS else post.began_on
        sent |= Q(**{f"{name}__ended_on__lte": until}) & same_as(post, f"{name}__")
    return sent


def same_as(post: Post, prefix: str = "") -> Q:
    """The condition that a post is this one, whoever holds it: of its unit and kind, and where a unit has several of a
    kind, of its title."""
    same = {f"{prefix}unit": post.unit_id, f"{prefix}kind": post.kind}
    return Q(**same) if post.kind in SINGLE_POSTS else Q(**same, **{f"{prefix}title": post.title})
