"""The pages of 分析报告: from 汇总 to the paper, what waits for whom, and what others see of it."""

from unittest.mock import patch

import pytest
import time_machine
from django.urls import reverse

from tests import cast
from tests.assessment import closed_assessment
from tests.factories import later
from tests.ladder import carry_out
from tests.refusals import appoint
from tests.reporting import TITLE, accepted, analysed, at, endorsed, issued, report_of, scheme_of
from tests.web import Visitor
from yuetan.actions.assessment.closing import publish_assessment
from yuetan.actions.reporting.periods import open_scheme
from yuetan.models import Document, OfficeSetting, ReportAnalysis
from yuetan.models.reporting.summary import summarise
from yuetan.rules.dates import clock
from yuetan.views.home.analysis_search import analyses_named
from yuetan.vocabulary import PostKind

LIST = "/reporting/analyses/"


@pytest.fixture
def period(office):
    scheme = scheme_of()
    accepted(report_of(scheme))
    return scheme.periods.get()


def visitor(username, url=LIST):
    one = Visitor(cast.person(username))
    one.open(url)
    return one


def test_a_page_counts_the_summary_once(period):
    with time_machine.travel(at(27, 9)):
        url = f"{LIST}{endorsed(analysed(period)).pk}/issue/"
        with patch("yuetan.models.reporting.analysis.summarise", wraps=summarise) as counted:
            assert "摸排场所5处" in visitor("director", url).page
    assert counted.call_count == 1


def test_from_the_summary_to_the_paper(period):
    with time_machine.travel(at(27, 9)):
        officer = visitor("officer", f"/reporting/periods/{period.pk}/summary/")
        officer.open(officer.page.link("起草分析报告"))
        texts = {"situation": "总体平稳。", "problems": "个别镇未报。", "proposals": "逐镇补报。"}
        assert "拟稿已保存，请由另一人核稿。" in officer.press("保存", **texts)
        assert "摸排场所5处" in officer.page
        analysis = ReportAnalysis.objects.get()
        supervisor = visitor("supervisor", "/")
        assert "分析报告核稿" in supervisor.page
        supervisor.open(f"{LIST}{analysis.pk}/")
        supervisor.open(supervisor.page.link("退回"))
        assert "尚未写明退回的原因" in supervisor.press("退回", expect=422, reason="")
        assert "已退回拟稿人。" in supervisor.press("退回", reason="请写明未报的镇。")
        officer.open("/")
        assert "修改被退回的分析报告" in officer.page
        officer.open(f"{LIST}{analysis.pk}/revise/")
        assert officer.page.forms[-1].values["situation"] == ["总体平稳。"]
        officer.press("保存", **texts)
        supervisor.open(f"{LIST}{analysis.pk}/endorse/")
        assert "已核稿，可以印发。" in supervisor.press("核稿")
        director = visitor("director", "/")
        assert "印发分析报告" in director.page
        director.open(f"{LIST}{analysis.pk}/issue/")
        assert "分析报告已印发。" in director.press("印发")
        paper = Document.objects.get()
        assert paper.number in director.page
        director.open(reverse("document", args=[paper.pk]))
        director.open(director.page.link("分析报告"))
        assert director.page.url.endswith(f"{analysis.pk}/")
        assert paper.number in visitor("group_leader").page
        assert "分析报告" in visitor("officer", f"/search/?q={TITLE}").page


def test_as_who_signs_it_stands_whoever_would_issue_it(period):
    """Any leader has the right to issue, and does where each director keeps away from the unit."""
    director, leader, area = cast.person("director"), cast.person("deputy"), cast.unit(cast.TOWN).parent
    with time_machine.travel(at(27, 9)):
        everybody, of_area = analysed(period), analysed(period, under=area)
        assert f"签发人：{director.name}" in Visitor(director).open(f"{LIST}{everybody.pk}/")
        assert leader.name not in sheet_for(leader, everybody)
        appoint(director, area, PostKind.LIAISON, "联络员")
        assert f"签发人：{leader.name}" in Visitor(leader).open(f"{LIST}{of_area.pk}/")
        assert leader.name not in sheet_for(leader, everybody)


def sheet_for(user, analysis):
    """What the paper shown to this person says in its head."""
    words = Visitor(user).open(f"{LIST}{analysis.pk}/").words
    return words[words.index("签发人") :]


def test_a_word_that_ends_as_they_do_finds_those_that_hold_it(period):
    with time_machine.travel(at(27, 9)):
        analysed(period)
        found = {word: analyses_named(cast.person("officer"), [word]) for word in ("报告", "分析报告", "整改报告")}
    assert {word: bool(lines) for word, lines in found.items()} == {"报告": True, "分析报告": True, "整改报告": False}


def test_what_waits_for_another_leaves_room_for_what_waits_for_this_person(period, monkeypatch):
    monkeypatch.setattr("yuetan.views.home.analysis_todos.MAX_ANALYSES", 1)
    with time_machine.travel(at(27, 9)):
        endorsed(analysed(period))
        analysed(period, under=cast.unit(cast.COUNTY))
        assert "分析报告核稿" in visitor("supervisor", "/").page
        assert "印发分析报告" in visitor("director", "/").page
        officer = visitor("officer", "/").page
    assert "分析报告核稿" not in officer
    assert "修改被退回的分析报告" not in officer


def test_what_was_issued_shows_its_words_and_the_way_to_put_it_right(period):
    with time_machine.travel(at(27, 9)):
        analysis = issued(analysed(period))
        officer = visitor("officer", f"{LIST}{analysis.pk}/")
        for words in ("各镇（街）按时报送。", "个别镇（街）未报。", "逐镇补报。", analysis.document.number):
            assert words in officer.page
        officer.open(officer.page.link("起草更正稿"))
        assert officer.page.link(f"{period.label}的汇总").startswith(f"/reporting/periods/{period.pk}/summary/")
        assert "起草更正稿" not in visitor("supervisor", f"{LIST}{analysis.pk}/").page


def test_a_unit_sees_nothing_of_it(period):
    with time_machine.travel(at(27, 9)):
        analysis = issued(analysed(period))
        head = Visitor(cast.head(cast.TOWN))
        head.open(LIST, expect=403)
        head.open(f"{LIST}{analysis.pk}/", expect=404)
        head.open(reverse("document", args=[analysis.document.pk]), expect=404)


def test_the_result_of_an_assessment_leads_back_to_its_year(office):
    assessment = closed_assessment()
    with later(days=40):
        paper = publish_assessment(assessment, by=cast.person("director"))
        director = visitor("director", reverse("document", args=[paper.pk]))
        director.open(director.page.link("2026年度考核"))
        assert director.page.url.endswith(f"/assessment/{assessment.pk}/")


def test_a_circular_begins_with_who_missed_and_each_leads_to_the_other(office):
    carry_out()
    scheme, town = scheme_of(), cast.unit(cast.TOWN)
    OfficeSetting.objects.filter(key="report_missed_times").update(value=1)
    with time_machine.travel(at(30, 9)):
        open_scheme(scheme, clock.today())
        missed = reverse("missed_units", args=[scheme.pk])
        officer = visitor("officer", missed)
        officer.open(officer.page.link(f"起草通报：{town.full_name}"))
        values = officer.page.forms[-1].values
        assert values["matter"] == [f"未按规定报送“{TITLE}”"]
        assert "1期到期未报" in values["facts"][0]
        officer.press("保存", **{name: officer.page.forms[-1].offered[name][0] for name in ("rung", "door")})
        officer.open(missed)
        officer.open(officer.page.link(f"关于未按规定报送“{TITLE}”的通报"))
        officer.open(officer.page.link(f"{TITLE}的未报情况"))
        assert officer.page.url.endswith(missed)
        assert "起草通报：" not in visitor("group_leader", missed).page
