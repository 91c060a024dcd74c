"""The pages of 考核更正: proposed from a sheet, decided by another, and read by each side with both editions."""

from dataclasses import replace
from datetime import date

from django.http import QueryDict

from tests import cast
from tests.assessment import (
    INDICATORS,
    assessment_of,
    corrected_assessment,
    correction_proposed,
    presented,
    published_assessment,
    sheet_of,
)
from tests.factories import later, pdf
from tests.received import received
from tests.refusals import nothing_stored
from tests.views.queries import queries_of
from tests.web import Visitor
from yuetan.actions.assessment.closing import close_assessment
from yuetan.ledgers.export import LEDGERS

LIST = "/assessment/"
HEAD, OTHER = f"head_{cast.TOWN}", f"head_{cast.DIVISION_TOWN}"


def visitor(username, url=LIST):
    one = Visitor(cast.person(username))
    one.open(url)
    return one


def labels(page):
    return [words for words, _ in page.links]


def test_from_the_sheet_to_the_corrected_ranks(office):
    sheet = sheet_of(published_assessment())
    own = f"{LIST}sheets/{sheet.pk}/"
    with later(days=12):
        assert "提出更正" not in labels(visitor(HEAD, own).page)
        officer = visitor("officer", own)
        officer.open(officer.page.link("提出更正"))
        with nothing_stored():
            page = officer.press("提出更正", expect=422, points_i5="40", reason="评分有误，已经查清。", proof=[])
        assert "更正还缺：更正依据的文件。" in page
        asked = {"points_i5": "40", "reason": "评分有误，已经查清。", "proof": [pdf("核查情况.pdf")]}
        page = officer.press("提出更正", **asked)
        assert "等另一人审定，单位还看不到" in page
        assert "提出更正" not in labels(page)
        assert "现在还不能办理" in visitor("officer", f"{own}correct/").page
        assert "已经查清" not in visitor(HEAD, own).page
        director = visitor("director", "/")
        assert "审定更正" in director.page
        director.open(director.page.link("蓬江区棠下镇2026年度考核得分表的更正"))
        director.open(director.page.link("审定更正"))
        assert "工作实绩：10.0 分更正为 40.0 分" in director.page
        page = director.press("审定更正", granted="yes", opinion="属实，同意更正。")
        assert "已印发更正通报（江扫黑办考〔2026〕2号），并已告知。" in page
        assert "审定更正" not in visitor("director", "/").page
        page = visitor(HEAD, own).page
        last = sheet.rank
        for words in (f"公布的是70.0分，第{last}名，不合格，后经更正。", "已经查清", "送核时 10.0", "总分 100.0 分"):
            assert words in page, words
        assert "同意更正" not in page  # what was said inside
        assert "李四" not in page
        papers = [
            Visitor(cast.person(who)).client.get(page.link("更正通报（江扫黑办考〔2026〕2号）"))
            for who in (HEAD, OTHER)
        ]
        assert [paper["Content-Type"] for paper in papers] == ["application/pdf"] * 2
        year = visitor(OTHER, f"{LIST}{sheet.assessment_id}/").page
        assert f"蓬江区棠下镇：由70.0分，第{last}名，不合格，更正为100.0分，并列第1名，优秀（" in year
        first = Visitor(cast.person(OTHER)).client.get(f"{LIST}{sheet.assessment_id}/paper/")
        assert b"".join(first).startswith(b"%PDF")


def test_who_proposed_reads_why_another_decides(office):
    sheet = sheet_of(published_assessment())
    with later(days=12):
        correction_proposed(sheet, by="director")
        page = visitor("director", f"{LIST}sheets/{sheet.pk}/").page
        assert "不得由提出的人审定" in page
        assert "审定更正" not in labels(page)
        leader = visitor("group_leader", f"{LIST}sheets/{sheet.pk}/")
        assert "审定更正" in labels(leader.page)
        leader.open(leader.page.link("审定更正"))
        words = "准予更正的，总分由 70.0 分变为 100.0 分，等次由“不合格”变为“优秀”，名次随本组重新排列。"
        assert words in leader.page
        assert "审定更正" not in visitor("director", "/").page


def test_the_ledger_shows_both_editions(office):
    correction = corrected_assessment()
    ledger, officer = LEDGERS["assessment"], cast.person("officer")
    lines = ledger.all_lines(officer, QueryDict("q=棠下镇"))
    (cells,) = [{column.head: column.cell(line) for column in ledger.columns_for(officer, {})} for line in lines]
    assert (cells["得分"], cells["等次"], cells["更正前"]) == ("100.0", "优秀", correction.former_words)
    assert "工作实绩40" in cells["各项得分"]
    assert f"公布的是{correction.former_words}，后经更正" in visitor(OTHER, f"{LIST}ranking/?q=棠下镇").page
    assert list(ledger.all_lines(officer, QueryDict("grade=unqualified"))) == []


def test_a_line_that_alone_makes_unqualified_is_asked_for_its_records(office):
    received(dated_on=date(2026, 10, 1), received_on=date(2026, 10, 2), reply_due=date(2026, 10, 20))
    sent = presented(assessment_of(indicators=[replace(one, fails=one.name == "来函办理") for one in INDICATORS]))
    with later(days=10):
        published = published_assessment(close_assessment(sent, by=cast.person("director")))
    sheet = sheet_of(published)
    with later(days=30):
        officer = visitor("officer", f"{LIST}sheets/{sheet.pk}/correct/")
        assert "stands_i2" in officer.page.forms[-1].values
        assert "stands_i5" not in officer.page.forms[-1].values
        page = officer.press("提出更正", stands_i2="no", reason="该来函已撤销登记。", proof=[pdf("撤销.pdf")])
        assert "来函办理：15.0 分更正为 20.0 分，记录均不成立，不据此为不合格" in page


def test_an_uncorrected_year_costs_no_question_more(office):
    sheet = sheet_of(published_assessment())
    with later(days=12):
        officer, ranking = Visitor(cast.person("officer")).client, f"{LIST}ranking/"
        queries_of(officer, ranking)
        plain = queries_of(officer, ranking)
        correction_proposed(sheet)
        assert queries_of(officer, ranking) == plain
