"""Who of a unit is alerted."""

from __future__ import annotations

from yuetan.models import Unit, User


def people_of_unit(unit: Unit) -> list[User]:
    """The heads and liaisons of a unit today who may log in."""
    posts = unit.posts.current().select_related("holder").order_by("pk")
    holders = {post.holder_id: post.holder for post in posts if post.party}
    return [person for person in holders.values() if person.username and person.is_active]
