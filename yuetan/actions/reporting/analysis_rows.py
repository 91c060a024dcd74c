"""What every step on 分析报告 shares: who may, how a draft and what is not drafted yet are held, what the log says."""

from __future__ import annotations

from yuetan.actions.hold_row import hold_row
from yuetan.actions.people.for_unit import may_as_office
from yuetan.actions.reporting.scheme_rows import hold_scheme
from yuetan.actions.room_step import LogFacts, RoomRows, itself, may_by_role
from yuetan.models import ReportAnalysis, User
from yuetan.models.reporting.analysis import ISSUE
from yuetan.permissions import BY_CODENAME

DRAFT, ENDORSE = "draft_report_analysis", "endorse_report_analysis"


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


def issues_analysis(analysis: ReportAnalysis, by: User, *_codename: str) -> bool:
    """Whether it is this person's to issue, now or once it is endorsed."""
    return ReportAnalysis.objects.filter(pk=analysis.pk).to_be_issued_by(by).exists()


def who_issues(analysis: ReportAnalysis) -> list[User]:
    """The directors who need not keep away from the unit; where there is none, so the leading group."""
    return [one for one in User.objects.in_roles(*BY_CODENAME[ISSUE].roles) if issues_analysis(analysis, one)]


def _analysis_facts(analysis: ReportAnalysis) -> LogFacts:
    return {"analysis": analysis.title}


NEW_ANALYSES = RoomRows[ReportAnalysis](_held_before_drafting, _may_for_units, _analysis_facts, itself)
ANALYSES = RoomRows[ReportAnalysis](_held_analysis, _may_for_units, _analysis_facts, itself)
ISSUED_ANALYSES = RoomRows[ReportAnalysis](_held_analysis, issues_analysis, _analysis_facts, itself)
