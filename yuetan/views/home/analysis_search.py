"""分析报告 in the search: by scheme, period, unit and text, as far as the person may see them."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q
from django.urls import reverse

from yuetan.models import ReportAnalysis, User
from yuetan.models.reporting.analysis import NEWEST_ANALYSES
from yuetan.rules.text.marked_text import marked

FIRST_ANALYSES = 5
CALLED = {"报告", "分析报告"}  # what each of them is, so that these words look for nothing


def analyses_named(user: User, asked: Sequence[str]) -> list[dict[str, object]]:
    """The newest few whose scheme, period, unit or text has every word; 报告 itself finds all of them."""
    analyses = ReportAnalysis.objects.visible_to(user).filter(withdrawn_at=None)
    for word in asked:
        if word in CALLED:
            continue
        named = Q(period__scheme__title__contains=word) | Q(period__label__contains=word)
        text = Q(situation__contains=word) | Q(problems__contains=word) | Q(proposals__contains=word)
        analyses = analyses.filter(named | text | Q(under__name__contains=word))
    shown = analyses.with_relations().order_by(*NEWEST_ANALYSES)[:FIRST_ANALYSES]
    return [{"name": marked(each.title, asked), "url": reverse("report_analysis", args=[each.pk])} for each in shown]
