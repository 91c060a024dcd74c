"""考核 in the search: by the year, and a unit's sheets by its name, as far as the person may see them."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import CharField, Q
from django.db.models.functions import Cast
from django.urls import reverse

from yuetan.models import AssessmentSheet, User
from yuetan.rules.text.marked_text import marked

FIRST_SHEETS = 5
CALLED = "考核"


def sheets_named(user: User, asked: Sequence[str]) -> list[dict[str, object]]:
    """The newest few sheets whose unit or year has every word; only where one of the words is 考核."""
    if not any(CALLED in word for word in asked):
        return []
    sheets = AssessmentSheet.objects.visible_to(user).standing().annotate(year_words=Cast("year", CharField()))
    for word in asked:
        if (rest := word.replace("年度", "").replace(CALLED, "")) != "":
            sheets = sheets.filter(Q(unit_name__contains=rest) | Q(year_words=rest))
    shown = sheets.in_rank().select_related("assessment")[:FIRST_SHEETS]
    return [{"name": marked(str(sheet), asked), "url": reverse("assessment_sheet", args=[sheet.pk])} for sheet in shown]
