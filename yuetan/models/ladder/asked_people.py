"""Who is meant by a name and a post: everybody so named whom the posts or the register know, told apart by post."""

from __future__ import annotations

from typing import NamedTuple

from yuetan.models.ladder.restriction import Restriction
from yuetan.models.people.unit import Post
from yuetan.rules.text.person_names import person_name, same_person_name

NOBODY = "nobody"  # none of these: the records know no such person
MAX_NAMESAKES = 50


class Namesake(NamedTuple):
    """One person of a name: on record by their posts, or known to the register by name and post alone."""

    key: str
    person: int | None
    name: str
    titles: tuple[str, ...]

    @property
    def label(self) -> str:
        """冯十（蓬江区棠下镇党委书记）; of who is known to the register alone, that no post is on record."""
        known = "" if self.person else "，没有任职登记，补列时写明"
        return f"{self.name}（{'、'.join(self.titles)}{known}）"


def namesakes(name: str) -> list[Namesake]:
    """All of a name, those on record first."""
    asked = person_name(name)
    held = Post.objects.filter(holder__name=asked).select_related("holder", "unit__parent").order_by("holder", "pk")
    titles: dict[int, list[str]] = {}
    for post in held[:MAX_NAMESAKES]:
        titles.setdefault(post.holder_id, []).append(post.full_title)
    known = [Namesake(f"person-{key}", key, asked, tuple(dict.fromkeys(own))) for key, own in titles.items()]
    stated = Restriction.objects.filter(person=None, person_name=asked).order_by("person_title")
    by_title = stated.values_list("person_title", flat=True).distinct()[:MAX_NAMESAKES]
    return [*known, *(Namesake(f"title-{title}", None, asked, (title,)) for title in by_title)]


def meant(known: list[Namesake], title: str, chosen: str) -> Namesake | None:
    """Whom a post or a choice means; None where neither tells them apart.

    A post tells apart those on record. Who is known to the register by name alone may be one of them in another post.
    """
    if chosen:
        return next((one for one in known if one.key == chosen), None)
    if len(known) > 1 and any(one.person is None for one in known):
        return None
    fitting = [one for one in known if any(same_person_name(title, own) for own in one.titles)]
    return fitting[0] if len(fitting) == 1 else None
