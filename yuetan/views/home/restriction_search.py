"""资格限制 in the search: by name, post or unit, as far as the person may see them."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q
from django.urls import reverse

from yuetan.ledgers.ladder.restrictions import standing_words
from yuetan.models import Restriction, Unit, User
from yuetan.rules.text.marked_text import marked

FIRST_RESTRICTIONS = 5


def restrictions_named(user: User, asked: Sequence[str]) -> dict[str, object]:
    """The last few restrictions in which every word stands, and whether there are more."""
    rows = Restriction.objects.visible_to(user).with_relations()
    for word in asked:
        units = list(Unit.objects.matching(word).order_by().values_list("pk", flat=True))
        rows = rows.filter(Q(person_name__contains=word) | Q(person_title__contains=word) | Q(unit__in=units))
    first = list(rows.order_by("-first_day", "-pk")[: FIRST_RESTRICTIONS + 1])
    lines = [
        {"name": marked(str(row), asked), "url": reverse("restriction", args=[row.pk]), "words": standing_words(row)}
        for row in first[:FIRST_RESTRICTIONS]
    ]
    return {"results": lines, "has_more": len(first) > FIRST_RESTRICTIONS}
