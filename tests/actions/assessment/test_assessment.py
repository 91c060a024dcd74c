"""考核: the scheme of a year, scores, sheets sent to units, objections, closing and publishing."""

import re
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests import cast
from tests.assessment import (
    INDICATORS,
    LETTERS,
    RESULTS,
    TOWNS,
    assessment_of,
    counted,
    decided,
    objected,
    planned,
    presented,
    scored,
    sheet_of,
)
from tests.factories import later
from tests.received import received
from tests.refusals import appoint, not_theirs, nothing_stored
from yuetan.actions.assessment.closing import close_assessment, publish_assessment
from yuetan.actions.assessment.objections import DECIDING
from yuetan.actions.assessment.schemes import revise_assessment_scheme
from yuetan.actions.assessment.scores import withdraw_score
from yuetan.actions.assessment.sheets import withdraw_assessment_sheets
from yuetan.actions.record.check_records import disagreements
from yuetan.errors import Refused
from yuetan.ledgers.assessment.assessment import AssessmentLedger
from yuetan.models import Alert, Assessment, AssessmentObjection, AssessmentPaper, AssessmentSheet
from yuetan.models.assessment.offered import offered_by_sheet
from yuetan.models.assessment.preview import Near, ranked_page
from yuetan.rules.assessment.scoring import ranks
from yuetan.vocabulary import AssessmentGrade, AssessmentStanding, PostKind, RecordSource

HEAD, OTHER = f"head_{cast.TOWN}", f"head_{cast.DIVISION_TOWN}"


@contextmanager
def refused(part):
    """The rules refuse, one of the reasons says this, and nothing is stored."""
    with nothing_stored(), pytest.raises(Refused) as error:
        yield
    sentences = [reason.text for reason in error.value.reasons]
    assert any(part in sentence for sentence in sentences), sentences


def alerts_of(username):
    return list(Alert.objects.filter(recipient=cast.person(username)).order_by("pk").values_list("text", flat=True))


def with_one(place, indicator):
    """The indicators with one of them in the place of another."""
    return [indicator if number == place else each for number, each in enumerate(INDICATORS)]


SCHEMES = [
    ({"source": " ", "groups": []}, "考核方案还缺：依据、组别。"),
    ({"indicators": with_one(0, replace(INDICATORS[0], source=""))}, "指标“信息报送”按记录计数，但没有选数据来源"),
    (
        {"indicators": with_one(0, replace(INDICATORS[0], full=Decimal(25)))},
        "“镇（街）”适用的扣分指标和评分指标的分值合计为105.0",
    ),
    ({"indicators": with_one(3, counted("表彰", RecordSource.COMMENDATIONS))}, "指标“表彰”既没有分值，也没有加分上限"),
    ({"indicators": with_one(3, counted("表彰", RecordSource.VETOES, cap=5))}, "“被一票否决（次）”只能用来扣分"),
    ({"indicators": with_one(4, replace(INDICATORS[4], unscored=""))}, "指标“工作实绩”还缺：没有评分时怎样计。"),
    (
        {"indicators": with_one(4, replace(INDICATORS[4], source="vetoes"))},
        "指标“工作实绩”由人工评分，不能同时选数据来源",
    ),
    (
        {"indicators": with_one(1, replace(INDICATORS[1], cap=Decimal(30)))},
        "指标“来函办理”的最低得分或者扣分上限大于分值",
    ),
    ({"indicators": with_one(1, replace(INDICATORS[1], group="县"))}, "指标“来函办理”只用于“县”，但没有这个组别"),
    ({"indicators": with_one(1, replace(INDICATORS[1], name="约谈"))}, "指标“约谈”重复"),
    ({"groups": [TOWNS, replace(TOWNS, name="街道")]}, "组别的单位类别有重复的"),
    ({"groups": [replace(TOWNS, kind="")]}, "第1个组别还缺名称"),
    ({"excellent_from": Decimal(80)}, "优秀的最低得分应当高于合格的最低得分"),
    ({"last_day": date(2027, 1, 3)}, "统计起止日期应当在考核年度之内"),
    ({"year": 2029}, "年度应当是2025年到2027年之间的一年"),
]


@pytest.mark.parametrize(("changed", "sentence"), SCHEMES)
def test_a_scheme_is_refused_for_what_is_amiss_in_it(office, changed, sentence):
    with refused(sentence):
        assessment_of(changed.pop("year", 2026), **changed)


def test_a_scheme_is_kept_in_versions_until_the_sheets_are_sent(office):
    assessment = assessment_of()
    with refused("2026年度考核已经设立"):
        assessment_of()
    revised = planned(indicators=[*INDICATORS[1:], replace(INDICATORS[0], each=Decimal(1))])
    facts = {"by": cast.person("director"), "planned": revised, "reason": "报送扣分过重。"}
    with refused("方案与第1版相同"):
        revise_assessment_scheme(assessment, **facts | {"planned": planned()}, after=1)
    version = revise_assessment_scheme(assessment, **facts, after=1)
    assert [one.key for one in version.indicator_list] == ["i2", "i3", "i4", "i5", "i1"]  # by their names
    with refused("王三已保存了第2版方案"):
        revise_assessment_scheme(assessment, **facts, after=1)
    scored(assessment)
    without = planned(indicators=with_one(4, replace(INDICATORS[4], name="实绩")))
    with refused("指标“工作实绩”已有人工评分"):
        revise_assessment_scheme(assessment, **facts | {"planned": without}, after=2)
    presented(assessment)
    with refused("2026年度考核的得分已于2026年11月23日送单位核对，方案不能再改"):
        revise_assessment_scheme(assessment, **facts, after=2)


def test_a_score_needs_reason_and_proof_and_is_withdrawn_not_edited(office):
    assessment = assessment_of()
    for changed, sentence in (
        ({"reason": "", "proof": []}, "评分还缺：评分理由、评分依据的文件。"),
        ({"points": Decimal("40.5")}, "“工作实绩”的得分应当在0到40.0分之间"),
        ({"points": Decimal("3.25")}, "“工作实绩”的得分应当在0到40.0分之间"),
        ({"indicator": LETTERS}, "“来函办理”不由人工评分"),
        ({"unit": cast.unit(cast.COUNTY)}, "不在2026年度考核的任何一个组里"),
        ({"reason": "张某电话13812345678反映。"}, "“评分理由”中有手机号码"),
    ):
        with refused(sentence):
            scored(assessment, **changed)
    score = scored(assessment)
    with refused("已由"):
        scored(assessment, points=Decimal(3))
    withdraw_score(score, by=cast.person("officer"), reason="评错了单位。")
    with refused("这次评分已由"):
        withdraw_score(score, by=cast.person("officer"), reason="评错了单位。")
    assert scored(assessment, points=Decimal(3)).points == 3


def test_who_holds_a_post_in_the_unit_scores_and_decides_nothing_of_it(office):
    assessment = assessment_of()
    appoint(cast.person("supervisor"), cast.unit(cast.TOWN), PostKind.LIAISON, "联络员")
    appoint(cast.person("director"), cast.unit(cast.TOWN), PostKind.LIAISON, "联络员")
    with not_theirs():
        scored(assessment)
    objection = objected(sheet_of(presented(assessment)))
    with not_theirs():
        decided(objection)
    decided(objection, by="group_leader")
    with later(days=10):
        with refused("现任被考核单位"):
            close_assessment(assessment, by=cast.person("director"))
        assert close_assessment(assessment, by=cast.person("group_leader")).closed_at


def test_the_sheets_are_sent_once_the_last_day_is_over_and_every_score_is_there(office):
    early = assessment_of(last_day=date(2026, 11, 23))
    with refused("统计截止日是2026年11月23日"):
        presented(early)


def test_a_unit_without_its_score_is_named(office):
    must = replace(INDICATORS[4], unscored="none")
    named = replace(TOWNS, kind="", units=(cast.unit(cast.TOWN).pk, cast.unit(cast.DIVISION_TOWN).pk))
    assessment = assessment_of(indicators=with_one(4, must), groups=[named])
    scored(assessment)
    with refused(f"“镇（街）”还有1个单位没有评分（{cast.unit(cast.DIVISION_TOWN).full_name}），请先评分：工作实绩。"):
        presented(assessment)
    scored(assessment, cast.DIVISION_TOWN)
    assert presented(assessment).sheets.count() == 2
    with refused("已于2026年11月23日送单位核对，不能再送"):
        presented(assessment)


def test_units_object_the_director_decides_and_the_ranks_follow(office):
    received(dated_on=date(2026, 10, 1), received_on=date(2026, 10, 2), reply_due=date(2026, 10, 20))
    assessment = assessment_of()
    score = scored(assessment)
    assessment = presented(assessment)
    sheet = sheet_of(assessment)
    assert (sheet.points, assessment.standing) == (Decimal("85.5"), AssessmentStanding.PRESENTED)
    assert "有异议的请在2026年11月30日前提出" in alerts_of(HEAD)[-1]
    with refused("已送单位核对，不能再评分"):
        scored(assessment, cast.DIVISION_TOWN)
    for who in (OTHER, "director", "sysadmin"):
        with not_theirs():
            objected(sheet, by=who)
    with refused("请选择对哪一项得分提出异议"):
        objected(sheet, indicator="i9")
    with refused("异议还缺：异议和理由。"):
        objected(sheet, words=" ")
    objection = objected(sheet)
    with refused("对“来函办理”的异议正在等办公室处理"):
        objected(sheet)
    assert "“来函办理”的得分提出异议，请处理" in alerts_of("director")[-1]
    by_paper = objected(sheet, by="officer", indicator=RESULTS)
    assert by_paper.from_paper
    with later(days=8), refused("还有2件异议没有处理"):
        close_assessment(assessment, by=cast.person("director"))
    for changed, sentence in (
        ({"decision": ""}, "处理异议还缺：处理意见。"),
        ({"points": None}, "异议不成立的得分不变"),
        ({"points": Decimal(15)}, "与现在的15.0分不同"),
        ({"points": Decimal(21)}, "应当在0到20.0分之间"),
        ({"outcome": "dismissed"}, "异议不成立的得分不变"),
    ):
        with refused(sentence):
            decided(objection, **changed)
    decided(objection)
    with refused("这件异议已由王三处理"):
        decided(objection)
    assert "的异议已处理（异议成立，改为 18.0 分）：经核对，酌情改分。" in alerts_of(HEAD)[-1]
    decided(by_paper, outcome="dismissed", points=None, decision="评分有据，维持原分。")
    with refused("异议期限是2026年11月30日，期满以后才能关闭"):
        close_assessment(assessment, by=cast.person("director"))
    with later(days=8):
        with refused("异议期限是2026年11月30日，已经过了，不能再提出异议；有意见的，请书面向市扫黑办反映"):
            objected(sheet)
        close_assessment(assessment, by=cast.person("director"))
        sheet.refresh_from_db()
        towns = AssessmentSheet.objects.filter(group_name="镇（街）").count()
        assert (sheet.total, sheet.rank, sheet.grade) == (Decimal("88.5"), towns, AssessmentGrade.QUALIFIED)
        others = AssessmentSheet.objects.filter(group_name="镇（街）").exclude(pk=sheet.pk)
        assert set(others.values_list("total", "rank", "grade")) == {(Decimal(100), 1, AssessmentGrade.EXCELLENT)}
        for again in (close_assessment, withdraw_assessment_sheets):
            with refused("已经关闭，得分和名次不能再变"):
                again(
                    assessment,
                    by=cast.person("director"),
                    **({"reason": "有误。"} if again != close_assessment else {}),
                )
        paper = publish_assessment(assessment, by=cast.person("director"))
        assert paper.title == "关于2026年度考核结果的通报"
        said = re.sub(r"<[^>]*>|\s", "", paper.html)
        assert "并列第1名：" in said
        assert f"。第{towns}名：" in said  # alone in its place
        assert "考核不合格的单位" not in said
        assert "依据" not in said  # 办公室设定 is no basis
        with refused("已经公布"):
            publish_assessment(assessment, by=cast.person("director"))
    assert "结果已公布" in alerts_of(OTHER)[-1]
    assert score.papers.count() == objection.papers.count() == 1


def test_whoever_scored_does_not_decide_on_it(office):
    assessment, director = assessment_of(), cast.person("director")
    appoint(director, director.current_posts[0].unit, PostKind.CASE_OFFICER, "承办人")
    scored(assessment, by="director")
    objection = objected(sheet_of(presented(assessment)), indicator=RESULTS)
    with refused("对这一项评了分，不得处理对它的异议"):
        decided(objection, points=Decimal(33))
    assert decided(objection, by="group_leader", points=Decimal(33)).points == 33


def test_sheets_taken_back_stay_and_may_be_sent_again(office):
    assessment = presented()
    objection = objected(sheet_of(assessment))
    with not_theirs():
        withdraw_assessment_sheets(assessment, by=cast.person("officer"), reason="方案有误。")
    withdraw_assessment_sheets(assessment, by=cast.person("director"), reason="方案有误。")
    assert "将重新送核：方案有误。" in alerts_of(HEAD)[-1]
    with refused("没有送单位核对，不能处理异议"):
        decided(objection)
    with refused("没有送单位核对，不能关闭"):
        close_assessment(assessment, by=cast.person("director"))
    again = presented(Assessment.objects.get())
    assert again.round == 2
    with refused("没有送单位核对，不能处理异议"):
        decided(objection)
    going_on = sheet_of(again).objections.get()  # what was not decided is not forgotten
    assert (going_on.original, going_on.decided_at) == (objection, None)
    with later(days=10):
        with refused("还有1件异议没有处理"):
            close_assessment(again, by=cast.person("director"))
        decided(going_on)
        assert close_assessment(again, by=cast.person("director")).closed_at


def test_of_an_earlier_round_of_a_closed_year_only_the_closing_is_said(office):
    assessment = presented()
    objection = objected(sheet_of(assessment))
    withdraw_assessment_sheets(assessment, by=cast.person("director"), reason="方案有误。")
    again = presented(Assessment.objects.get())
    with later(days=10):
        decided(sheet_of(again).objections.get())
        close_assessment(again, by=cast.person("director"))
        earlier = AssessmentObjection.objects.get(pk=objection.pk)
        said = [problem.sentence() for problem in DECIDING.problems(earlier, cast.person("director"))]
    assert said == ["2026年度考核已经关闭，得分和名次不能再变，不能处理异议。"]


def sent_again(assessment, between=lambda: None):
    withdraw_assessment_sheets(assessment, by=cast.person("director"), reason="方案有误。")
    between()
    return sheet_of(presented(Assessment.objects.get()))


def test_what_was_decided_goes_on_in_another_round_where_the_line_is_the_same(office):
    received(dated_on=date(2026, 10, 1), received_on=date(2026, 10, 2), reply_due=date(2026, 10, 20))
    assessment = presented(assessment_of(indicators=with_one(1, replace(INDICATORS[1], fails=True))))
    objection = objected(sheet_of(assessment))
    decided(objection, points=Decimal(20), record_stands=False)
    second = sent_again(assessment)
    assert (second.total_now(), second.failing_lines()) == (Decimal(100), [])
    third = sent_again(Assessment.objects.get())
    assert (third.total_now(), third.failing_lines()) == (Decimal(100), [])
    going_on = third.objections.get()
    assert (going_on.original, going_on.decision, going_on.decided_by) == (
        objection,
        "经核对，酌情改分。",
        cast.person("director"),
    )
    assert list(AssessmentObjection.objects.left_behind(third)) == []
    seen = AssessmentPaper.objects.visible_to(cast.person(HEAD))
    assert list(seen) == list(objection.papers.all())  # the unit reads its own proof still


def test_a_decision_on_a_line_that_has_changed_is_named_and_not_carried(office):
    facts = {"dated_on": date(2026, 10, 1), "received_on": date(2026, 10, 2), "reply_due": date(2026, 10, 20)}
    received(**facts)
    assessment = presented(assessment_of())
    objection = decided(objected(sheet_of(assessment)))
    sheet = sent_again(assessment, lambda: received(**facts, number="江检建〔2026〕9号"))
    assert (sheet.total_now(), sheet.objections.count()) == (Decimal(90), 0)
    assert list(AssessmentObjection.objects.left_behind(sheet)) == [objection]
    assert "原来对“来函办理”的异议因该项的记录、得分或者计分办法有变没有沿用，仍有异议的请重新提出。" in "".join(
        alerts_of(HEAD)[-2:]
    )
    assert (
        "原来的异议有1件因该项的记录、得分或者计分办法有变没有沿用，请核对得分表和方案。" in alerts_of("director")[-1]
    )


def test_ties_share_a_rank_and_the_next_counts_them_all():
    assert ranks([Decimal(90), Decimal(95), Decimal(90), Decimal("89.9")]) == [2, 1, 2, 4]


def test_a_record_that_fails_a_unit_makes_it_unqualified(office):
    received(dated_on=date(2026, 10, 1), received_on=date(2026, 10, 2), reply_due=date(2026, 10, 20))
    assessment = assessment_of(indicators=with_one(1, replace(INDICATORS[1], fails=True)))
    scheme = assessment.newest_scheme()
    last = ranked_page(assessment, scheme, scheme.group_list[0], Near(), 1000).units[-1]
    assert (last.counted.unit, last.counted.total, last.grade) == (
        cast.unit(cast.TOWN).pk,
        Decimal(95),
        AssessmentGrade.UNQUALIFIED,
    )


def graded(**changed):
    """The town's sheet, closed, after an objection to the letter that alone makes it 不合格 was decided in this way."""
    received(dated_on=date(2026, 10, 1), received_on=date(2026, 10, 2), reply_due=date(2026, 10, 20))
    assessment = presented(assessment_of(indicators=with_one(1, replace(INDICATORS[1], fails=True))))
    decided(objected(sheet_of(assessment)), **changed)
    with later(days=10):
        close_assessment(assessment, by=cast.person("director"))
        paper = publish_assessment(assessment, by=cast.person("director"))
    assert list(disagreements()) == []
    return sheet_of(assessment), paper


def test_an_upheld_objection_lifts_the_record_that_alone_makes_a_unit_unqualified(office):
    sheet, paper = graded(points=Decimal(20), record_stands=False)
    assert (sheet.total, sheet.rank, sheet.grade) == (Decimal(100), 1, AssessmentGrade.EXCELLENT)
    assert sheet.fails  # as it was sent
    assert sheet.failing_lines() == []
    assert f"{sheet.unit_name}，100.0分，优秀" in paper.html
    assert offered_by_sheet(sheet) is None
    lines = AssessmentLedger().lines([sheet], cast.person("officer"))
    assert [column.value(lines[0]) for column in AssessmentLedger.columns][5] == "优秀"
    assert "记录均不成立，不再据此为不合格）" in alerts_of(HEAD)[-2]


@pytest.mark.parametrize(
    "changed", [{"points": Decimal(18), "record_stands": True}, {"outcome": "dismissed", "points": None}]
)
def test_a_record_that_stands_after_an_objection_makes_it_unqualified_still(office, changed):
    sheet, paper = graded(**changed)
    assert (sheet.grade, sheet.failing_lines()) == (AssessmentGrade.UNQUALIFIED, [sheet.line_of(LETTERS)])
    assert f"{sheet.total}分，不合格" in paper.html
    assert offered_by_sheet(sheet)


def test_the_last_decision_on_a_line_says_whether_a_record_stands(office):
    received(dated_on=date(2026, 10, 1), received_on=date(2026, 10, 2), reply_due=date(2026, 10, 20))
    sheet = sheet_of(presented(assessment_of(indicators=with_one(1, replace(INDICATORS[1], fails=True)))))
    decided(objected(sheet), points=Decimal(20), record_stands=False)
    decided(objected(sheet, words="请再核对。"), points=Decimal(15), record_stands=True)
    assert sheet.failing_lines() == [sheet.line_of(LETTERS)]


def test_a_decision_says_of_a_line_that_makes_unqualified_whether_a_record_stands(office):
    received(dated_on=date(2026, 10, 1), received_on=date(2026, 10, 2), reply_due=date(2026, 10, 20))
    sheet = sheet_of(presented(assessment_of(indicators=with_one(1, replace(INDICATORS[1], fails=True)))))
    objection = objected(sheet)
    for changed, sentence in (
        ({}, "“来函办理”有一次记录即为不合格，异议成立的，请写明是否仍有记录成立。"),
        ({"points": Decimal(15), "record_stands": True}, "与现在的15.0分不同"),
        ({"outcome": "dismissed", "points": None, "record_stands": True}, "异议不成立的，记录照旧成立"),
    ):
        with refused(sentence):
            decided(objection, **changed)
    plain = objected(sheet, indicator=RESULTS)
    with refused("只有一次记录即为不合格的指标才选"):
        decided(plain, points=Decimal(30), record_stands=False)


@pytest.mark.parametrize("points", [None, Decimal(3)])
def test_where_no_record_stands_a_line_has_the_points_it_has_without_records(office, points):
    received(dated_on=date(2026, 10, 1), received_on=date(2026, 10, 2), reply_due=date(2026, 10, 20))
    lenient = replace(INDICATORS[1], floor=Decimal(20), fails=True)  # no points are lost, the grade is
    sheet = sheet_of(presented(assessment_of(indicators=with_one(1, lenient))))
    assert (sheet.line_of(LETTERS)["points"], sheet.failing_lines()) == ("20.0", [sheet.line_of(LETTERS)])
    objection = decided(objected(sheet), points=points, record_stands=False)
    assert objection.points == Decimal(20)
    assert sheet_of(sheet.assessment).failing_lines() == []


def test_only_who_may_sets_up_scores_sends_closes_and_publishes(office):
    for who in ("supervisor", "group_leader", HEAD, "sysadmin"):
        with not_theirs():
            assessment_of(by=who)
    assessment = assessment_of()
    for who in ("director", "group_leader", HEAD):
        with not_theirs():
            scored(assessment, by=who)
    presented(assessment)
    with later(days=10):
        for who in ("officer", "supervisor", HEAD):
            with not_theirs():
                close_assessment(assessment, by=cast.person(who))
        with refused("还没有关闭"):
            publish_assessment(assessment, by=cast.person("director"))
        with not_theirs():
            publish_assessment(assessment, by=cast.person("officer"))
