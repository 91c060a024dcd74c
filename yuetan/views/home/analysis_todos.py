"""What of 分析报告 waits: for the drafter what was returned, for others to endorse, for the director to issue."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import partial

from django.db.models import Q
from django.urls import reverse

from yuetan import permissions
from yuetan.actions.reporting.analysis_rows import DRAFT, ENDORSE
from yuetan.models import ReportAnalysis, User
from yuetan.models.reporting.analysis import ReportAnalysisQuerySet
from yuetan.models.reporting.analysis_due import RHYTHMS, AnalysisDue, drafts_of, ended_analyses_due
from yuetan.rules.dates import clock
from yuetan.views.frame.pagination import shown_of
from yuetan.views.home.rooms import Room
from yuetan.views.home.todos import Todo
from yuetan.vocabulary import AnalysisState

MAX_ANALYSES = 10
MAX_DUE = 4  # of a rhythm
Drafts = Mapping[tuple[str, date], ReportAnalysis]


def analysis_todos(user: User) -> Iterator[Room[Todo]]:
    """A line for each analysis with which the person has to go on, the oldest first."""
    open_ones = ReportAnalysis.objects.visible_to(user).filter(issued_at=None, withdrawn_at=None)
    waiting = open_ones.filter(_turn_of(user))
    yield Room(waiting, partial(_analyses, waiting))


def analyses_due_todos(user: User) -> Iterator[Todo]:
    """A line for each span that has ended and of which no 分析报告 was issued, for who drafts it, the oldest of a
    rhythm first; what is not shown is counted."""
    due = ended_analyses_due(clock.today()) if user.has_perm(permissions.name(DRAFT)) else []
    drafts = drafts_of(due)
    for each in RHYTHMS:
        yield from _lines_of_rhythm([one for one in due if one.of == each], drafts)


def _lines_of_rhythm(due: Sequence[AnalysisDue], drafts: Drafts) -> Iterator[Todo]:
    for one in due[:MAX_DUE]:
        url, more = _place_of(one, drafts.get(one.place))
        yield Todo(url, one.title, "", f"{one.words}{more}", one.due_on)
    if len(due) > MAX_DUE:
        yield Todo(reverse("analysis_list"), f"{due[0].of.called}：另有 {len(due) - MAX_DUE} 件", "", "还没有印发")


def _place_of(due: AnalysisDue, draft: ReportAnalysis | None) -> tuple[str, str]:
    """Where one goes on with it, and what comes first."""
    period = due.period
    if draft is not None:
        return reverse("report_analysis", args=[draft.pk]), f"（{draft.state.label}）"
    if period is None:
        first = f"首期选{due.span.label}，报送时限须在今天以后；{due.of.called}从首期起算"
        return reverse("create_scheme"), f"；这一期没有按{due.of.each}报送的事项，请先设立，{first}"
    if not period.is_past:
        return reverse("report_summary", args=[period.pk]), "；报送时限过后起草"
    return reverse("draft_analysis", args=[period.pk]), "，请起草"


def _analyses(waiting: ReportAnalysisQuerySet) -> Iterator[Todo]:
    shown, others = shown_of(waiting.with_relations().order_by("drafted_at", "id"), MAX_ANALYSES)
    for one in shown:
        yield Todo(reverse("report_analysis", args=[one.pk]), one.title, "", _next_of(one))
    if others:
        yield Todo(reverse("analysis_list"), f"分析报告：{others}", "", "核稿、修改或者印发")


def _turn_of(user: User) -> Q:
    """Those that wait for this person: asked of the database, so that a list is cut short among these alone."""
    drafted, own, returned = Q(endorsed_at=None), Q(drafted_by=user), Q(returned_at__isnull=False)
    theirs = ~drafted & Q(pk__in=ReportAnalysis.objects.to_be_issued_by(user).order_by().values("pk"))
    turns = {DRAFT: drafted & own & returned, ENDORSE: drafted & ~own & ~returned}
    for codename, turn in turns.items():
        theirs |= turn if user.has_perm(permissions.name(codename)) else Q(pk__in=())
    return theirs


def _next_of(analysis: ReportAnalysis) -> str:
    if analysis.state == AnalysisState.ENDORSED:
        return "印发分析报告"
    return "修改被退回的分析报告" if analysis.is_returned else "分析报告核稿"
