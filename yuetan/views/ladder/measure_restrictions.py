"""What a measure closes to whom, for its page: once it is served, and before that whom it will restrict."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse

from yuetan.actions.ladder.restrictions import ADDING_LEADER
from yuetan.ledgers.ladder.restrictions import RestrictionLedger
from yuetan.models import AccountabilityMeasure, Restriction, User
from yuetan.models.ladder.restricted import closings
from yuetan.models.ladder.text_rows import effects_of
from yuetan.vocabulary import MeasureState


def restrictions_of(measure: AccountabilityMeasure, user: User) -> dict[str, object]:
    """For the page of a measure: what it closes to whom, as far as the person sees it, and who may be added."""
    if measure.paper is None or not effects_of(measure):
        return {"restrictions": [], "unlisted": [], "add_leader_url": ""}
    visible = Restriction.objects.visible_to(user).with_relations().filter(measure_laid=measure)
    rows = list(visible.order_by("effect", "pk"))
    may_add = ADDING_LEADER.is_offered(measure, user)
    return {
        "restrictions": [
            line | {"url": reverse("restriction", args=[line["row"].pk])}
            for line in RestrictionLedger().lines(rows, user)
        ],
        "unlisted": _unlisted(measure, rows) if may_add else [],
        "add_leader_url": reverse("add_restricted_leader", args=[measure.pk]) if may_add else "",
    }


def _unlisted(measure: AccountabilityMeasure, rows: Sequence[Restriction]) -> list[str]:
    """Who held a named post on the day of the decision, as it is on record now, and is not listed."""
    listed = {row.person_id for row in rows}
    posts = [one.post for one in closings(measure) if one.post is not None]
    return list(dict.fromkeys(str(post) for post in posts if post.holder_id not in listed))


def restricted_once_served(measure: AccountabilityMeasure) -> str:
    """Whom it restricts from the day on which it is served, a line for each; empty but for what waits to be served."""
    if measure.state != MeasureState.DECIDED:
        return ""
    lines: dict[str, list[str]] = {}
    for effect, post in closings(measure):
        who = str(post) if post else measure.unit.full_name
        lines.setdefault(f"{who}，{effect.period}", []).append(effect.get_closed_display())
    return "\n".join(f"{who}：{'、'.join(closed)}" for who, closed in lines.items())
