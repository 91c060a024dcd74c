"""What every step on 分析报告 shares: who may, how a draft and what is not drafted yet are held, what the log says."""

from __future__ import annotations

from django.db.models import Q

from yuetan.actions.hold_row import hold_row
from yuetan.actions.people.for_unit import may_as_office
from yuetan.actions.reporting.scheme_rows import hold_scheme
from yuetan.actions.room_step import LogFacts, RoomRows, itself, may_by_role
from yuetan.models import ReportAnalysis, User
from yuetan.models.reporting.analysis import is_director, left_to_leaders
from yuetan.vocabulary import Role

DRAFT, ENDORSE, ISSUE = "draft_report_analysis", "endorse_report_analysis", "issue_report_analysis"


def _held_before_drafting(analysis: ReportAnalysis) -> ReportAnalysis:
    """Not kept yet: what is drafted of one scheme comes one by one."""
    hold_scheme(analysis.period.scheme_id)
    return analysis


def _held_analysis(analysis: ReportAnalysis) -> ReportAnalysis:
    return hold_row(ReportAnalysis.objects.with_relations(), analysis.pk)


def _may_for_units(analysis: ReportAnalysis, by: User, codename: str) -> bool:
    if analysis.under_id is None:
        return may_by_role(analysis, by, codename)
    return may_as_office(analysis.under_id, by, codename)


def _may_issue(analysis: ReportAnalysis, by: User, codename: str) -> bool:
    """The director; a member of the leading group alone where each director keeps away from the unit (回避)."""
    if not _may_for_units(analysis, by, codename):
        return False
    theirs = Q(is_director(by)) | left_to_leaders()
    return ReportAnalysis.objects.filter(theirs, pk=analysis.pk).exists()


def who_issues(analysis: ReportAnalysis) -> list[User]:
    """The directors who need not keep away from the unit; where there is none, so the leading group."""
    for role in (Role.OFFICE_DIRECTOR, Role.LEADING_GROUP):
        people = User.objects.in_roles(role)
        free = [one for one in people if analysis.under_id is None or not one.is_recused_from(analysis.under_id)]
        if free or analysis.under_id is None:
            return free
    return []


def _analysis_facts(analysis: ReportAnalysis) -> LogFacts:
    return {"analysis": analysis.title}


NEW_ANALYSES = RoomRows[ReportAnalysis](_held_before_drafting, _may_for_units, _analysis_facts, itself)
ANALYSES = RoomRows[ReportAnalysis](_held_analysis, _may_for_units, _analysis_facts, itself)
ISSUED_ANALYSES = RoomRows[ReportAnalysis](_held_analysis, _may_issue, _analysis_facts, itself)
