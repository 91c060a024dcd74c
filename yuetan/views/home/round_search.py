"""督导 in the search: by its name or the unit, as far as the person may see it by now."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse

from yuetan.forms.rounds.round_filter import visits_named
from yuetan.ledgers.rounds.rounds import RoundLedger
from yuetan.models import RoundVisit, User
from yuetan.rules.text.marked_text import marked

FIRST_VISITS = 5


def rounds_named(user: User, asked: Sequence[str]) -> dict[str, object]:
    """The last few rounds of 督导 in which every word stands, and whether there are more."""
    visits = RoundVisit.objects.visible_to(user).with_relations()
    for word in asked:
        visits = visits.filter(visits_named(word))
    first = list(visits.order_by("-day", "-pk")[: FIRST_VISITS + 1])
    shown = RoundLedger().lines(first[:FIRST_VISITS], user)
    lines = [
        {
            "name": marked(line["visit"].round.title, asked),
            "url": reverse("round_visit", args=[line["visit"].pk]),
            "unit": marked(line["visit"].unit.full_name, asked),
            "day": line["visit"].day,
            "state": line["state"],
        }
        for line in shown
    ]
    return {"results": lines, "has_more": len(first) > FIRST_VISITS}
