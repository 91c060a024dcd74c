"""Whom a measure of a 责任制 restricts: its unit, and who held the posts that its text names when it was decided."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from django.utils import timezone

from yuetan.models.ladder.measure import AccountabilityMeasure
from yuetan.models.ladder.text_rows import effects_of
from yuetan.models.law.accountability import Effect
from yuetan.models.people.unit import Post
from yuetan.rules.dates.month_periods import MonthPeriod
from yuetan.vocabulary import RestrictedSubject
from yuetan.vocabulary.restriction import POSTS_OF_SUBJECT


class Closing(NamedTuple):
    """One effect of a rung on one holder of a named post, or on the unit."""

    effect: Effect
    post: Post | None


def closings(measure: AccountabilityMeasure) -> list[Closing]:
    """What the measure closes to its unit and to its leaders by the posts on record for the day of the decision.

    Who holds two of the named posts is restricted once in each thing.
    """
    effects = effects_of(measure)
    if not effects:
        return []
    posts = list(named_posts(measure))
    return [
        *(Closing(one, None) for one in effects if one.subject == RestrictedSubject.UNIT),
        *_of_leaders(posts, effects),
    ]


def named_posts(measure: AccountabilityMeasure) -> Iterable[Post]:
    """The posts that the effects of its rung name, as they were held in its unit on the day it was decided."""
    kinds = [kind for effect in effects_of(measure) for kind in kinds_of(effect)]
    held = measure.proposed_unit.posts.current(decided_on(measure)).filter(kind__in=kinds)
    return held.as_named().select_related("holder", "unit__parent")


def kinds_of(effect: Effect) -> tuple[str, ...]:
    """The kinds of posts that an effect is on; none where it is on the unit."""
    return POSTS_OF_SUBJECT.get(RestrictedSubject(effect.subject), ())


def decided_on(measure: AccountabilityMeasure) -> date:
    """The day on which it was decided: of a meeting or a 签批件 its day, whenever that was compared.

    Raises ValueError before.
    """
    if measure.decided_at is None:
        raise ValueError("not decided")
    if measure.decision_item is not None:
        return measure.decision_item.meeting.local_begin.date()
    paper = measure.paper_registration
    return paper.given_on if paper is not None else timezone.localtime(measure.decided_at).date()


def period_of(measure: AccountabilityMeasure, effect: Effect) -> MonthPeriod:
    """From the day of the paper on; raises ValueError before it is served."""
    if measure.served_on is None:
        raise ValueError("not served")
    return MonthPeriod(measure.served_on, effect.months)


def _of_leaders(posts: Iterable[Post], effects: Iterable[Effect]) -> Iterator[Closing]:
    known: set[tuple[int, str]] = set()
    for post in posts:
        for effect in effects:
            if post.kind in kinds_of(effect) and (post.holder_id, effect.closed) not in known:
                known.add((post.holder_id, effect.closed))
                yield Closing(effect, post)
