"""分析报告: drafted from 汇总, endorsed by another, issued with figures that stand; corrected by a further edition."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import time_machine

from tests import cast
from tests.refusals import appoint, nothing_stored
from tests.reporting import TITLE, accepted, analysed, at, endorsed, issued, report_of, scheme_of, seen_of, towns
from tests.web import Visitor
from yuetan.actions.record.checks.check_reports import check_reports
from yuetan.actions.reporting.analyses import (
    endorse_analysis,
    issue_analysis,
    return_analysis,
    revise_analysis,
    withdraw_analysis,
    wording_shown,
)
from yuetan.errors import NotYours, Refused
from yuetan.models import Alert, Document, ReportAnalysis
from yuetan.models.reporting.summary import summarise
from yuetan.vocabulary import AnalysisState, DocumentStatus, PostKind

TEXTS = {"situation": "总体平稳。", "problems": "一镇未报。", "proposals": "逐镇补报。", "reason": ""}
DIRECTOR, OFFICER, SUPERVISOR = "director", "officer", "supervisor"


@pytest.fixture
def period(office):
    scheme = scheme_of()
    accepted(report_of(scheme), places=3, others=2)
    return scheme.periods.get()


@pytest.fixture(autouse=True)
def _afterwards(period):
    """The time by which the period was to be reported is past."""
    with time_machine.travel(at(27, 9)):
        yield


@contextmanager
def refused(words: str) -> Iterator[None]:
    """The rules refuse with these words in a sentence, and nothing is stored."""
    with nothing_stored(), pytest.raises(Refused, match=re.escape(words)):
        yield


def read_anew(analysis):
    return ReportAnalysis.objects.with_relations().get(pk=analysis.pk)


def test_from_the_draft_to_the_paper(period):
    analysis = issued(analysed(period))
    assert (analysis.state, analysis.issued_by) == (AnalysisState.ISSUED, cast.person(DIRECTOR))
    paper = analysis.document
    assert paper.number == "江扫黑办报〔2026〕1号"
    assert paper.title == f"2026年11月20日至11月26日“{TITLE}”分析报告"
    words = paper.html.replace("<br>", "")
    for part in ("应报单位", "摸排场所5处", "附件", "蓬江区"):
        assert part in _plain(words)
    assert analysis.figures["total"]["standing"] == [towns(), 1, 1, 0, towns() - 1]
    assert not list(check_reports())
    assert Alert.objects.filter(recipient=cast.person(DIRECTOR), text__contains="已核稿，请印发").exists()


def _plain(html):
    return re.sub("<[^>]+>", "", html)


def test_missing_units_are_named(period):
    figures = issued(analysed(period)).figures
    assert len(figures["missing"]) + figures["more_missing"] == towns() - 1
    assert cast.unit(cast.TOWN).full_name not in figures["missing"]


def test_what_was_issued_stands_whatever_is_accepted_later(period):
    analysis = issued(analysed(period))
    before = analysis.figures, analysis.document.sha256
    accepted(report_of(period.scheme, cast.DIVISION_TOWN), places=9, others=0)
    assert summarise(period).total.standing.accepted == 2
    analysis = read_anew(analysis)
    assert (analysis.figures, analysis.document.sha256) == before


def test_nobody_endorses_what_they_drafted(period):
    office = cast.person(OFFICER).current_posts[0].unit
    appoint(cast.person(SUPERVISOR), office, PostKind.CASE_OFFICER, "承办人")
    analysis = analysed(period, by=SUPERVISOR)
    with refused("是拟稿人，不能核自己的稿"):
        endorse_analysis(analysis, by=cast.person(SUPERVISOR), seen=seen_of(analysis))
    assert endorse_analysis(analysis, by=cast.person(DIRECTOR), seen=seen_of(analysis)).endorsed_at


@pytest.mark.parametrize(
    ("perform", "who"),
    [(endorse_analysis, OFFICER), (issue_analysis, SUPERVISOR), (issue_analysis, OFFICER)],
)
def test_who_may_not(period, perform, who):
    analysis = analysed(period)
    with pytest.raises(NotYours):
        perform(analysis, by=cast.person(who), seen=seen_of(analysis))


def test_of_a_unit_of_the_director_the_leading_group_issues_it(period):
    """Whom 回避 keeps away leaves it to the leaders, who have nothing to issue as long as there is a director."""
    director, leader, area = cast.person(DIRECTOR), cast.person("deputy"), cast.unit(cast.TOWN).parent
    other = endorsed(analysed(period))
    with pytest.raises(NotYours):
        issue_analysis(other, by=leader, seen=seen_of(other))
    assert "印发分析报告" not in Visitor(leader).open("/")
    appoint(director, area, PostKind.LIAISON, "联络员")
    analysis = endorsed(analysed(period, under=area))
    with pytest.raises(NotYours):
        issue_analysis(analysis, by=cast.person(DIRECTOR), seen=seen_of(analysis))
    heard = Alert.objects.filter(text__contains=f"{analysis}已核稿，请印发").values_list("recipient", flat=True)
    assert leader.pk in heard
    assert director.pk not in heard
    page = Visitor(leader).open("/")
    assert analysis.title in page
    assert str(other.pk) not in page.response.content.decode()
    assert issue_analysis(analysis, by=leader, seen=seen_of(analysis)).number


def test_it_is_issued_only_once_endorsed(period):
    analysis = analysed(period)
    with refused("核稿以后才能印发"):
        issue_analysis(analysis, by=cast.person(DIRECTOR), seen=seen_of(analysis))


def test_figures_that_changed_since_they_were_looked_at_are_looked_at_again(period):
    analysis = endorsed(analysed(period))
    seen = seen_of(analysis)
    accepted(report_of(period.scheme, cast.DIVISION_TOWN), places=9, others=0)
    with refused("请重新看一遍再办理"):
        issue_analysis(analysis, by=cast.person(DIRECTOR), seen=seen)
    assert issue_analysis(analysis, by=cast.person(DIRECTOR), seen=seen_of(analysis)).number


def test_what_was_endorsed_is_not_rewritten_unless_returned(period):
    analysis = endorsed(analysed(period))
    with refused("先退回拟稿人"):
        revise_analysis(analysis, by=cast.person(OFFICER), seen=wording_shown(analysis), **TEXTS)
    return_analysis(analysis, by=cast.person(DIRECTOR), reason="请补上各镇的数字。")
    assert Alert.objects.filter(recipient=cast.person(OFFICER), text__contains="请补上各镇的数字。").exists()
    revised = revise_analysis(analysis, by=cast.person(OFFICER), seen=wording_shown(analysis), **TEXTS)
    assert (revised.situation, revised.state) == ("总体平稳。", AnalysisState.DRAFTED)


def test_a_part_that_is_not_written_stops_the_endorsement(period):
    analysis = analysed(period, problems="", proposals="")
    with refused("分析报告还缺：存在的问题、下一步工作。"):
        endorse_analysis(analysis, by=cast.person(SUPERVISOR), seen=seen_of(analysis))


def test_it_is_drafted_once_the_time_is_past(period):
    with time_machine.travel(at(26, 11)), refused("的报送时限2026年11月26日 12:00还没有过"):
        analysed(period)


def test_there_is_one_draft_at_a_time(period):
    analysis = analysed(period)
    with refused("已由张一拟稿（拟稿），请在原稿上办理"):
        analysed(period)
    county = cast.unit(cast.TOWN).parent
    assert analysed(period, under=county).under == county  # of other units there may be one of its own
    withdraw_analysis(analysis, by=cast.person(OFFICER), reason="期选错了。")
    assert analysed(period).state == AnalysisState.DRAFTED


def test_a_further_edition_says_why_and_replaces_the_paper(period):
    first = issued(analysed(period))
    with refused("要更正的，请写明更正说明"):
        analysed(period)
    second = issued(analysed(period, reason="棠下镇的数字更正。"))
    assert second.edition == 2
    papers = {paper.pk: paper for paper in Document.objects.filter(analysis__isnull=False).select_related("entry")}
    assert papers[first.document.pk].status == DocumentStatus.REPLACED
    why = f"《{first.document.title}》（{first.document.number}）因棠下镇的数字更正，现予更正重印，由本报告替代。"
    assert why in _plain(second.document.html)


def test_what_was_issued_or_withdrawn_is_over(period):
    analysis = issued(analysed(period))
    for perform in (withdraw_analysis, return_analysis):
        with refused("不能再"):
            perform(analysis, by=cast.person(OFFICER if perform is withdraw_analysis else DIRECTOR), reason="有误。")


def test_of_their_own_unit_nobody_writes(period):
    county = cast.unit(cast.TOWN).parent
    appoint(cast.person(OFFICER), county, PostKind.LIAISON, "联络员")
    with pytest.raises(NotYours):
        analysed(period, under=county)
    assert analysed(period).pk


def test_personal_data_is_refused(period):
    with refused("公民身份号码"):
        analysed(period, problems="举报人身份证号11010519491231002X。")


def test_it_is_copied_to_as_many_organs_as_are_ticked(period):
    organs = [f"江门市第{number}号扫黑除恶专项斗争领导小组各成员单位和有关直属机构" for number in range(30)]
    analysis = analysed(period, copied_lists=organs, copied_to="市公安局")
    assert read_anew(analysis).copied_to == "、".join([*organs, "市公安局"])
