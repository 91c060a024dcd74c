"""The pages of what is done about an assessment: when it is not offered, and what it says in place of its form then."""

from dataclasses import replace
from decimal import Decimal

from tests import cast
from tests.actions.assessment.test_assessment import refused, sent_again
from tests.assessment import (
    INDICATORS,
    LETTERS,
    RESULTS,
    assessment_of,
    closed_assessment,
    correction_decided,
    correction_proposed,
    decided,
    objected,
    presented,
    published_assessment,
    scored,
    sheet_of,
)
from tests.factories import later
from tests.refusals import appoint
from tests.web import Visitor, browser
from yuetan.actions.assessment.closing import close_assessment
from yuetan.actions.assessment.scores import withdraw_score
from yuetan.models.assessment.counting import Counting, Lacking
from yuetan.vocabulary import PostKind

LIST = "/assessment/"


def page_of(who, url):
    one = Visitor(cast.person(who))
    one.open(url)
    return one.page


def says_why(who, url, button, sentence):
    """The page has no form to send off, and this sentence in its place."""
    page = page_of(who, url)
    assert "现在还不能办理" in page
    assert sentence in page
    assert not [form for form in page.forms if button in form.buttons], url


def links_of(who, url):
    return [words for words, _ in page_of(who, url).links]


def test_what_is_done_about_a_year_says_why_it_cannot_be_done_now(office):
    assessment = assessment_of()
    year = f"{LIST}{assessment.pk}/"
    score = scored(assessment)
    says_why("director", f"{year}withdraw/", "撤回送核", "没有送单位核对，不能撤回送核")
    says_why("director", f"{year}publish/", "印发考核结果通报", "还没有关闭")
    presented(assessment)
    says_why("officer", f"{year}present/", "送单位核对", "不能再送")
    says_why("officer", f"{year}scheme/", "保存", "方案不能再改")
    says_why("supervisor", f"{year}score/", "人工评分", "不能再评分、撤销评分")
    says_why("supervisor", f"{LIST}scores/{score.pk}/withdraw/", "撤销评分", "不能再评分、撤销评分")
    says_why("director", f"{year}close/", "关闭考核", "期满以后才能关闭")


def test_a_year_offers_what_may_be_done_now_and_nothing_else(office):
    assessment = assessment_of()
    year, offered = (
        f"{LIST}{assessment.pk}/",
        {"人工评分", "送单位核对", "修改方案", "关闭考核", "印发考核结果通报", "撤回送核"},
    )

    def seen_by(who):
        return [words for words in links_of(who, year) if words in offered]

    assert (seen_by("officer"), seen_by("supervisor")) == (["人工评分", "送单位核对", "修改方案"], ["人工评分"])
    presented(assessment)
    assert (seen_by("officer"), seen_by("director")) == ([], ["撤回送核"])
    with later(days=10):
        assert seen_by("director") == ["关闭考核", "撤回送核"]
        assert seen_by("group_leader") == ["关闭考核"]


def test_who_keeps_away_from_a_year_reads_why_another_closes_it(office):
    assessment = presented()
    appoint(cast.person("director"), cast.unit(cast.TOWN), PostKind.LIAISON, "联络员")
    with later(days=10):
        assert "关闭考核" in links_of("director", f"{LIST}{assessment.pk}/")
        says_why("director", f"{LIST}{assessment.pk}/close/", "关闭考核", "现任被考核单位")


def test_a_withdrawn_score_is_not_withdrawn_again(office):
    assessment = assessment_of()
    score, unit = scored(assessment), f"{LIST}{assessment.pk}/units/{cast.unit(cast.TOWN).pk}/"
    withdraw = f"撤销：{INDICATORS[4].name}"
    assert withdraw in links_of("supervisor", unit)
    assert withdraw not in links_of("director", unit)
    page = page_of("supervisor", f"{LIST}scores/{score.pk}/withdraw/")
    assert "原评分：30.5 分，两项重点任务没有完成。" in page
    withdraw_score(score, by=cast.person("supervisor"), reason="评错了单位。")
    assert withdraw not in links_of("supervisor", unit)
    says_why("supervisor", f"{LIST}scores/{score.pk}/withdraw/", "撤销评分", "这次评分已由")


def test_an_objection_is_raised_and_decided_in_its_time_alone(office):
    assessment = presented()
    sheet, head = sheet_of(assessment), f"head_{cast.TOWN}"
    own, objection = f"{LIST}sheets/{sheet.pk}/", objected(sheet)
    assert "提出异议" in links_of(head, own)
    with later(days=10):
        assert "提出异议" not in links_of(head, own)
        says_why(head, f"{own}object/", "提出异议", "已经过了")
    page = page_of("director", f"{LIST}objections/{objection.pk}/decide/")
    assert "来函办理：现在 20.0 分" in page
    decided(objection, points=Decimal(18))
    says_why("director", f"{LIST}objections/{objection.pk}/decide/", "处理异议", "这件异议已由王三处理")


def test_the_office_alone_is_asked_for_the_day_of_a_paper_until_the_year_is_closed(office):
    assessment = presented()
    sheet, head = sheet_of(assessment), f"head_{cast.TOWN}"
    own = f"{LIST}sheets/{sheet.pk}/"
    assert "收到日期" not in page_of(head, f"{own}object/")
    typed = {"indicator": RESULTS, "words": "台账已经补齐。", "received_on": "2026-11-30"}
    browser(head).post(f"{own}object/", typed)  # a day that nobody asked for is not read
    assert list(sheet.objections.values_list("from_paper", "received_on")) == [(False, None)]
    with later(days=8):
        assert "提出异议" in links_of("officer", own)
        officer = Visitor(cast.person("officer"))
        officer.open(f"{own}object/")
        assert "异议还缺：收到日期。" in officer.press("提出异议", expect=422, **typed | {"received_on": ""})
        typed["indicator"] = LETTERS
        page = officer.press("提出异议", **typed)
        assert "2026年11月30日收到书面异议，2026年12月1日" in page
        decide = page_of("director", f"{LIST}objections/{sheet.objections.get(from_paper=True).pk}/decide/")
        assert "2026年11月30日收到书面异议" in decide
    with later(days=9):
        for one in sheet.objections.all():
            decided(one, outcome="dismissed", points=None)
        close_assessment(assessment, by=cast.person("director"))
        assert "提出异议" not in links_of("officer", own)
        says_why("officer", f"{own}object/", "提出异议", "已经关闭")


def test_whoever_scored_reads_on_the_page_why_another_decides(office):
    assessment, director = assessment_of(), cast.person("director")
    appoint(director, director.current_posts[0].unit, PostKind.CASE_OFFICER, "承办人")
    scored(assessment, by="director")
    objection = objected(sheet_of(presented(assessment)), indicator=RESULTS)
    says_why("director", f"{LIST}objections/{objection.pk}/decide/", "处理异议", "不得处理对它的异议")


def test_whoever_entered_an_objection_from_paper_does_not_decide_on_it(office):
    director = cast.person("director")
    appoint(director, director.current_posts[0].unit, PostKind.CASE_OFFICER, "承办人")
    objection = objected(sheet_of(presented()), by="director")
    with refused("登记了异议"):
        decided(objection)
    says_why("director", f"{LIST}objections/{objection.pk}/decide/", "处理异议", "登记了异议")
    assert decided(objection, by="group_leader").decided_by == cast.person("group_leader")


def test_of_a_correction_that_is_decided_no_result_is_promised(office):
    correction = correction_proposed(sheet_of(published_assessment()))
    url = f"{LIST}corrections/{correction.pk}/decide/"
    assert "准予更正的" in page_of("director", url)
    correction_decided(correction)
    assert "准予更正的" not in page_of("director", url)


def test_an_objection_to_a_sheet_that_was_taken_back_is_decided_in_the_sheet_that_stands(office):
    assessment = presented()
    former = sheet_of(assessment)
    objected(former)
    assert "处理异议" in links_of("director", f"{LIST}sheets/{former.pk}/")
    standing = sent_again(assessment)
    assert "处理异议" not in links_of("director", f"{LIST}sheets/{former.pk}/")
    assert "处理异议" in links_of("director", f"{LIST}sheets/{standing.pk}/")


def test_a_result_is_corrected_once_it_is_published(office):
    closed = closed_assessment()
    sheet = f"{LIST}sheets/{sheet_of(closed).pk}/"
    with later(days=10):
        assert "提出更正" not in links_of("officer", sheet)
        says_why("officer", f"{sheet}correct/", "提出更正", "没有公布")
    published_assessment(closed)
    with later(days=12):
        assert "提出更正" in links_of("officer", sheet)


def test_a_unit_that_comes_to_its_group_while_the_sheets_are_made_must_have_its_score_too(office, monkeypatch):
    must = replace(INDICATORS[4], unscored="none")
    assessment = assessment_of(indicators=[*INDICATORS[:4], must])
    monkeypatch.setattr(Counting, "lacking", lambda *_: Lacking())  # as it was a moment ago
    with refused("没有评分"):
        presented(assessment)
