"""分析报告 of the demonstration: what a period that is past says, endorsed by another and issued."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from yuetan.actions.reporting.analyses import digest_of_analysis, draft_analysis, endorse_analysis, issue_analysis
from yuetan.documents.content.report_analysis import figures_of
from yuetan.models import ReportAnalysis, ReportPeriod
from yuetan.rules.dates import clock
from yuetan.scenarios.actors import in_office


@dataclass(frozen=True)
class AnalysisWords:
    """What the office writes between the figures."""

    situation: str
    problems: str
    proposals: str


OF_A_WEEK = AnalysisWords(
    situation="本期多数单位按时报送，娱乐场所、货运市场仍是摸排的重点，移交的线索已全部转有关单位核查。（演示）",
    problems="仍有单位未报、逾期报送；个别单位只报数字，没有写明重点查看了哪些场所。（演示）",
    proposals="由办公室逐一催报，连续未报的提醒其主要负责人；下一期起情况说明须写明查看的场所。（演示）",
)
DRAFTED, ENDORSED, ISSUED = timedelta(days=1), timedelta(days=1, hours=21), timedelta(days=4)  # after the limit


def play_analysis(period: ReportPeriod, words: AnalysisWords = OF_A_WEEK) -> None:
    """Drafted by the officer the day after the limit, endorsed by the supervisor, issued by the director.

    Nothing where all that is not past yet.
    """
    assert period.due_at is not None
    due = period.due_at
    if due + ISSUED > clock.now():
        return
    with clock.at(due + DRAFTED):
        analysis = draft_analysis(
            period,
            by=in_office("officer"),
            situation=words.situation,
            problems=words.problems,
            proposals=words.proposals,
            reason="",
        )
    _endorsed(analysis, due + ENDORSED)
    with clock.at(due + ISSUED):
        issue_analysis(analysis, by=in_office("director"), seen=_seen(analysis))


def _endorsed(analysis: ReportAnalysis, at: datetime) -> None:
    with clock.at(at):
        endorse_analysis(analysis, by=in_office("supervisor"), seen=_seen(analysis))


def _seen(analysis: ReportAnalysis) -> str:
    return digest_of_analysis(analysis, figures_of(analysis))
