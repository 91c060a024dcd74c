"""三书一函 in the search: by number, organ, matter or unit, as far as the person may see them."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse

from yuetan.forms.received.received_filter import with_words
from yuetan.models import ReceivedLetter, User
from yuetan.rules.text.marked_text import marked

FIRST_LETTERS = 5


def received_named(user: User, asked: Sequence[str]) -> dict[str, object]:
    """The last few received letters in which every word stands, and whether there are more."""
    letters = ReceivedLetter.objects.visible_to(user).in_force().with_standing().select_related("unit__parent")
    for word in asked:
        letters = letters.filter(with_words(word))
    first = list(letters.order_by("-received_on", "-pk")[: FIRST_LETTERS + 1])
    lines = [
        {
            "name": marked(f"{letter.paper}：{letter.matter}", asked),
            "url": reverse("received_letter", args=[letter.pk]),
            "unit": marked(letter.unit.full_name, asked),
            "letter": letter,
        }
        for letter in first[:FIRST_LETTERS]
    ]
    return {"results": lines, "has_more": len(first) > FIRST_LETTERS}
