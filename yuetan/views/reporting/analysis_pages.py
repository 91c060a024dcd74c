"""What is done about 分析报告: the page of each step."""

from __future__ import annotations

from yuetan.actions.reporting import analyses
from yuetan.actions.seen import SEEN
from yuetan.documents.content.report_analysis import figures_of
from yuetan.forms.reporting import analysis as forms
from yuetan.models import ReportAnalysis
from yuetan.rules.text.official_text import names_in
from yuetan.views.frame.room_step_page import Keywords, RoomStepPage, by_name, only_changes

ANALYSIS_NOTE = "报送情况、各项数字、未报单位和附表由系统按办公室已收的报表写入，印发时固定；这里只写文字。"
TEXTS = ("addressee", "situation", "problems", "proposals", "reason")


def _wording_of(analysis: ReportAnalysis) -> Keywords:
    """What stands, with its digest."""
    initial = {name: getattr(analysis, name) for name in TEXTS} | {SEEN: analyses.wording_shown(analysis)}
    return {"is_further": analysis.edition > 1, "copied": names_in(analysis.copied_to), "initial": initial}


def _wording_begun(analysis: ReportAnalysis) -> Keywords:
    """What an analysis that nobody has drafted yet begins with, out of the edition before it, if any."""
    former = analysis.former()
    begun = former or analyses.begun_analysis(analysis.period, analysis.under)
    initial = {name: getattr(begun, name) for name in TEXTS if name != "reason"}
    return {"is_further": former is not None, "copied": names_in(begun.copied_to), "initial": initial}


def _as_shown(analysis: ReportAnalysis) -> Keywords:
    """The digest of the paper as it stands."""
    return {"initial": {"seen": analyses.digest_of_analysis(analysis, figures_of(analysis))}}


NEW_ANALYSIS = RoomStepPage[ReportAnalysis](
    "draft_analysis",
    analyses.DRAFTING,
    "起草分析报告",
    ANALYSIS_NOTE,
    "拟稿已保存，请由另一人核稿。",
    forms.AnalysisForm,
    lambda begun, **given: analyses.draft_analysis(begun.period, under=begun.under, **given),
    _wording_begun,
    button="保存",
)
OF_ANALYSIS = by_name(
    (
        RoomStepPage[ReportAnalysis](
            "revise_analysis",
            analyses.REVISING,
            "修改分析报告",
            ANALYSIS_NOTE,
            "已保存。",
            forms.ReviseAnalysisForm,
            analyses.revise_analysis,
            _wording_of,
            button="保存",
            link="修改",
        ),
        RoomStepPage(
            "endorse_analysis",
            analyses.ENDORSING,
            "核稿",
            "核稿以后文稿不能再改，要改的先退回拟稿人；数字以印发时的为准。",
            "已核稿，可以印发。",
            forms.SeenAnalysisForm,
            analyses.endorse_analysis,
            _as_shown,
        ),
        RoomStepPage(
            "issue_analysis",
            analyses.ISSUING,
            "印发",
            "取文号，文稿和数字从此固定；以后收下、更正的报表不再改变它。",
            "分析报告已印发。",
            forms.SeenAnalysisForm,
            analyses.issue_analysis,
            _as_shown,
        ),
        RoomStepPage(
            "return_analysis",
            analyses.RETURNING,
            "退回",
            "退回拟稿人修改，原因会告知拟稿人。",
            "已退回拟稿人。",
            forms.ReturnAnalysisForm,
            analyses.return_analysis,
            is_next=only_changes,
        ),
        RoomStepPage(
            "withdraw_analysis",
            analyses.WITHDRAWING,
            "撤销",
            "没有印发的才能撤销；撤销以后可以重新起草。",
            "已撤销。",
            forms.WithdrawAnalysisForm,
            analyses.withdraw_analysis,
            is_next=only_changes,
        ),
    )
)
