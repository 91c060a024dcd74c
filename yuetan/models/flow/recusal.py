"""回避: why somebody who holds a post in a unit, or held one then, has no part in what is about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding, finding

if TYPE_CHECKING:
    from yuetan.models.people.unit import Unit
    from yuetan.models.people.user import User


def recused_today(code: str, person: User, *units: Unit) -> Iterator[Finding]:
    """The finding of this code for each post that the person holds today in these units."""
    for unit in units:
        for post in person.posts_in(unit.pk):
            yield finding(code, name=person.name, unit=unit.name, title=post.title)


def recused_then(code: str, field: str, person: User, units: Iterable[Unit], day: date) -> Iterator[Finding]:
    """The same for each post held there on a day that is past, and left since."""
    if day >= clock.today():
        return
    left = person.posts.current(day).filter(unit__in=list(units), ended_on__lte=clock.today())
    for post in left.select_related("unit"):
        yield finding(code, field, name=person.name, unit=post.unit.name, title=post.title)
