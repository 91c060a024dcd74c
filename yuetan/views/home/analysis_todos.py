"""What of 分析报告 waits: for the drafter what was returned, for others to endorse, for the director to issue."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from django.urls import reverse

from yuetan import permissions
from yuetan.actions.reporting.analyses import DRAFT, ENDORSE, ISSUE
from yuetan.models import ReportAnalysis, User
from yuetan.models.reporting.analysis import ReportAnalysisQuerySet
from yuetan.views.home.rooms import Room
from yuetan.views.home.todos import Todo
from yuetan.vocabulary import AnalysisState

MOST_ANALYSES = 10


def analysis_todos(user: User) -> Iterator[Room[Todo]]:
    """A line for each analysis with which the person has to go on, the oldest first."""
    waiting = ReportAnalysis.objects.visible_to(user).filter(issued_at=None, withdrawn_at=None)
    yield Room(waiting, partial(_analyses, waiting, user))


def _analyses(waiting: ReportAnalysisQuerySet, user: User) -> Iterator[Todo]:
    for one in waiting.with_relations().order_by("drafted_at", "id")[:MOST_ANALYSES]:
        if words := _next_of(one, user):
            yield Todo(reverse("report_analysis", args=[one.pk]), one.title, "", words)


def _next_of(analysis: ReportAnalysis, user: User) -> str:
    def may(codename: str) -> bool:
        return bool(user.has_perm(permissions.name(codename)))

    if analysis.state == AnalysisState.ENDORSED:
        return "印发分析报告" if may(ISSUE) else ""
    if analysis.drafted_by_id == user.pk:
        return "修改被退回的分析报告" if analysis.is_returned and may(DRAFT) else ""
    return "分析报告核稿" if may(ENDORSE) and not analysis.is_returned else ""
