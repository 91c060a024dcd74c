"""重新定等 and 更正通报: a published result is put right by two persons; what was made known stays as it was."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection

from tests import cast
from tests.actions.assessment.test_assessment import HEAD, OTHER, alerts_of, refused, with_one
from tests.assessment import (
    INDICATORS,
    LETTERS,
    RESULTS,
    assessment_of,
    closed_assessment,
    correction_decided,
    correction_proposed,
    presented,
    published_assessment,
    scored,
    sheet_of,
)
from tests.factories import later
from tests.past_triggers import past_triggers
from tests.received import received
from tests.refusals import appoint, not_theirs
from yuetan.actions.assessment.closing import close_assessment, publish_assessment
from yuetan.actions.assessment.corrections import CorrectedLine
from yuetan.actions.record.check_records import disagreements
from yuetan.models import AssessmentCorrection, AssessmentPaper, AssessmentSheet, Document
from yuetan.models.assessment.offered import offered_by_sheet
from yuetan.views.home.assessment_todos import assessment_todos
from yuetan.views.home.rooms import lines_of
from yuetan.vocabulary import AssessmentGrade, DocumentStatus, PostKind

EXCELLENT, QUALIFIED, UNQUALIFIED = AssessmentGrade
AFTER = 12  # days from the start of a test, when the result has been published


def result_of(sheet):
    return sheet.total, sheet.rank, sheet.grade


@pytest.fixture
def sheet(office):
    """Of the town, as published: 70 points, the last, 不合格."""
    return sheet_of(published_assessment())


def corrected(sheet, **changed):
    """Proposed and granted."""
    with later(days=AFTER):
        return correction_decided(correction_proposed(sheet, **changed))


def test_a_granted_correction_ranks_the_group_anew_and_keeps_what_was_published(sheet):
    towns = AssessmentSheet.objects.filter(group_place=sheet.group_place)
    last = towns.count()
    assert result_of(sheet) == (Decimal(70), last, UNQUALIFIED)
    others = {each.pk: result_of(each) for each in AssessmentSheet.objects.exclude(pk=sheet.pk)}
    first_paper = Document.objects.get()
    wording = first_paper.html
    correction = corrected(sheet, lines=[CorrectedLine(RESULTS, Decimal("30.5"))])
    sheet = sheet_of(sheet.assessment)
    assert result_of(sheet) == (Decimal("90.5"), last, QUALIFIED)
    assert sheet.published == (Decimal(70), last, UNQUALIFIED)
    assert sheet.published_words == f"70.0分，第{last}名，不合格"
    assert {each.pk: result_of(each) for each in AssessmentSheet.objects.exclude(pk=sheet.pk)} == others
    paper = correction.document
    assert (paper.number, paper.title) == ("江扫黑办考〔2026〕2号", "关于更正蓬江区棠下镇2026年度考核结果的通报")
    for words in (
        "现将对《关于2026年度考核结果的通报》（江扫黑办考〔2026〕1号）的更正情况通报如下：",
        f"由70.0分，第{last}名，不合格，更正为90.5分，第{last}名，合格。",
        "评分时误将另一单位的台账计入，现已查清。",
        "镇（街）其他单位的名次不变。",
    ):
        assert words in re.sub(r"<[^>]+>|\s", "", paper.html)
    first_paper.refresh_from_db()
    assert (first_paper.html, first_paper.status) == (wording, DocumentStatus.VALID)
    assert sheet.assessment.result_paper == first_paper
    assert list(disagreements()) == []


def test_the_ranks_of_others_follow_and_the_paper_names_them(office):
    assessment = assessment_of()
    scored(assessment, points=Decimal(10))
    scored(assessment, cast.DIVISION_TOWN, points=Decimal(20))
    presented(assessment)
    with later(days=10):
        published = published_assessment(close_assessment(assessment, by=cast.person("director")))
    sheet, other = sheet_of(published), sheet_of(published, cast.DIVISION_TOWN)
    assert (sheet.rank, other.rank) == (other.rank + 1, other.rank)
    with later(days=30):
        correction = correction_decided(correction_proposed(sheet, lines=[CorrectedLine(RESULTS, Decimal(25))]))
    assert (sheet_of(published).rank, sheet_of(published, cast.DIVISION_TOWN).rank) == (other.rank, sheet.rank)
    assert f"第{sheet.rank}名：{other.unit_name}（原第{other.rank}名）。" in correction.document.html
    assert sheet_of(published, cast.DIVISION_TOWN).published_words == f"80.0分，第{other.rank}名，合格"
    assert "本单位的名次随之有变" in alerts_of(OTHER)[-1]
    assert list(disagreements()) == []
    with later(days=31):  # and back again: what was published first stays what it was
        again = correction_decided(correction_proposed(sheet, lines=[CorrectedLine(RESULTS, Decimal(10))]))
    both = "《关于2026年度考核结果的通报》（江扫黑办考〔2026〕1号）及其更正通报"
    both += "《关于更正蓬江区棠下镇2026年度考核结果的通报》（江扫黑办考〔2026〕2号）"
    paper = re.sub(r"<[^>]+>|\s", "", again.document.html)
    assert f"现将对{both}的更正情况通报如下：" in paper
    assert f"以上更正的内容，以本通报为准；{both}其余内容不变。" in paper
    assert "更正通报" not in re.sub(r"<[^>]+>|\s", "", correction.document.html)
    assert [sheet_of(published, code).published_words for code in (cast.TOWN, cast.DIVISION_TOWN)] == ["", ""]
    assert sheet_of(published).published == (sheet.total, sheet.rank, sheet.grade)
    assert list(disagreements()) == []


def test_what_hung_on_the_grade_follows_it(sheet):
    with later(days=AFTER):
        offer = offered_by_sheet(sheet)
        assert offer.reference_number == "江扫黑办考〔2026〕1号"
        correction = correction_proposed(sheet)
        assert "请审定。" in alerts_of("director")[-1]
        correction_decided(correction)
        assert offered_by_sheet(sheet_of(sheet.assessment)) is None
        assert "据原等次提出、起草的请核对，不当的撤回。" in alerts_of("officer")[-1]
        assert "的结果由70.0分，" in alerts_of(HEAD)[-1]
        back = correction_proposed(sheet, lines=[CorrectedLine(RESULTS, Decimal(1))])
        correction_decided(back)
        assert "可以据此提出约谈建议、起草通报。" in alerts_of("officer")[-1]
        offer = offered_by_sheet(sheet_of(sheet.assessment))
        assert offer.reference_number == "江扫黑办考〔2026〕3号"
        assert "《关于更正蓬江区棠下镇2026年度考核结果的通报》（江扫黑办考〔2026〕3号）" in offer.reference_summary


def failing_assessment(*, letter):
    if letter:
        received(dated_on=date(2026, 10, 1), received_on=date(2026, 10, 2), reply_due=date(2026, 10, 20))
    indicators = with_one(1, replace(INDICATORS[1], fails=True))
    assessment = presented(assessment_of(indicators=indicators))
    with later(days=10):
        close_assessment(assessment, by=cast.person("director"))
        publish_assessment(assessment, by=cast.person("director"))
    return sheet_of(assessment)


def test_a_record_that_was_set_aside_makes_nobody_unqualified_any_more(office):
    sheet = failing_assessment(letter=True)
    assert sheet.grade == UNQUALIFIED
    correction = corrected(sheet, lines=[CorrectedLine(LETTERS, None, stands=False)])
    assert correction.lines[0]["points"] == "20.0"
    assert correction.line_words == ["来函办理：15.0 分更正为 20.0 分，记录均不成立，不据此为不合格"]
    assert sheet_of(sheet.assessment).grade == EXCELLENT
    assert sheet_of(sheet.assessment).failing_lines() == []
    assert list(disagreements()) == []


def test_what_is_proved_later_makes_a_unit_unqualified_that_had_no_record(office):
    sheet = failing_assessment(letter=False)
    assert sheet.grade == EXCELLENT
    corrected(sheet, lines=[CorrectedLine(LETTERS, None, stands=True)])
    sheet = sheet_of(sheet.assessment)
    assert (sheet.total, sheet.grade, sheet.failing_lines()) == (
        Decimal(100),
        UNQUALIFIED,
        [sheet.line_of(LETTERS)],
    )
    assert list(disagreements()) == []


def test_nothing_is_corrected_before_the_result_is_published(office):
    assessment = closed_assessment()
    with later(days=10), refused("2026年度考核结果还没有公布，不能更正：公布以后确有错误的，再提出更正。"):
        correction_proposed(sheet_of(assessment))


def test_a_correction_says_what_why_and_on_what_it_rests(sheet):
    with later(days=AFTER):
        for changed, sentence in (
            ({"lines": [], "reason": "", "proof": []}, "更正还缺：更正的得分、更正原因、更正依据的文件。"),
            ({"reason": "无"}, "更正还缺：更正原因"),
            ({"reason": "张某电话13812345678反映。"}, "“更正原因”中有手机号码"),
            ({"lines": [CorrectedLine(RESULTS, Decimal(41))]}, "“工作实绩”更正后的得分应当在0到40.0分之间"),
            ({"lines": [CorrectedLine(RESULTS, Decimal("3.25"))]}, "“工作实绩”更正后的得分应当在0到40.0分之间"),
            ({"lines": [CorrectedLine("i9", Decimal(3))]}, "请选择对哪一项得分"),
            (
                {"lines": [CorrectedLine(RESULTS, Decimal(10))]},
                "更正以后总分仍是70.0分、等次仍是不合格，与现在的结果相同",
            ),
        ):
            with refused(sentence):
                correction_proposed(sheet, **changed)
        correction_proposed(sheet)
        with refused("正在等审定，审定以后才能再提。"):
            correction_proposed(sheet)


def test_another_decides_than_who_proposed_and_nobody_of_an_assessed_unit(sheet):
    with later(days=AFTER):
        correction = correction_proposed(sheet, by="director")
        with refused("不得由提出的人审定，请由其他有权审定的人办理。"):
            correction_decided(correction)
        for who in ("officer", "supervisor", HEAD, "sysadmin"):
            with not_theirs():
                correction_decided(correction, by=who)
        for changed, sentence in (
            ({"granted": None, "opinion": " "}, "审定更正还缺：审定结果、审定意见。"),
            ({"opinion": "。"}, "审定更正还缺：审定意见"),
        ):
            with refused(sentence):
                correction_decided(correction, by="group_leader", **changed)
        appoint(cast.person("deputy"), cast.unit(cast.DIVISION_TOWN), PostKind.LIAISON, "联络员")
        with refused("应当回避，不得审定考核更正，请由其他有权办理的人办理。"):
            correction_decided(correction, by="deputy")
        correction_decided(correction, by="group_leader", granted=False, opinion="依据不足。")
        assert alerts_of("director")[-1] == "蓬江区棠下镇2026年度考核得分表的更正不予更正：依据不足。"
        with refused("这件更正已由"):
            correction_decided(correction, by="group_leader")
        assert sheet_of(sheet.assessment).published_grade == ""
        assert Document.objects.count() == 1
        assert correction_proposed(sheet).decided_at is None  # another may be proposed after it


def test_who_may_not_decide_is_not_asked_to(sheet):
    with later(days=AFTER):
        appoint(cast.person("deputy"), cast.unit(cast.DIVISION_TOWN), PostKind.LIAISON, "联络员")
        correction_proposed(sheet)
        asked = "提出更正蓬江区棠下镇2026年度考核的得分，请审定。"
        assert [who for who in ("deputy", "group_leader") if any(asked in text for text in alerts_of(who))] == [
            "group_leader"
        ]
        for who, is_asked in (("deputy", False), ("group_leader", True)):
            lines = lines_of(assessment_todos(cast.person(who)))
            assert any(line.pending == "审定更正" for line in lines) == is_asked, who


def test_only_the_office_proposes_and_not_of_ones_own_unit(sheet):
    with later(days=AFTER):
        for who in ("supervisor", "group_leader", HEAD, "sysadmin"):
            with not_theirs():
                correction_proposed(sheet, by=who)
        appoint(cast.person("officer"), cast.unit(cast.TOWN), PostKind.LIAISON, "联络员")
        with not_theirs():
            correction_proposed(sheet)


def test_the_unit_reads_of_it_once_it_is_granted_and_nobody_else_of_its_files(sheet):
    with later(days=AFTER):
        correction = correction_proposed(sheet)

        def seen_by(who):
            person = cast.person(who)
            mine = AssessmentCorrection.objects.visible_to(person).count()
            return mine, AssessmentPaper.objects.visible_to(person).filter(correction=correction).count()

        appoint(cast.person("deputy"), cast.unit(cast.TOWN), PostKind.LIAISON, "联络员")
        assert [seen_by(who) for who in ("officer", HEAD, OTHER, "deputy")] == [(1, 1), (0, 0), (0, 0), (0, 0)]
        correction_decided(correction)
        assert [seen_by(who) for who in ("officer", HEAD, OTHER, "deputy")] == [(1, 1), (1, 1), (0, 0), (1, 1)]


TAMPERED = [
    "UPDATE yuetan_assessmentsheet SET total = total + 1 WHERE grade <> ''",
    "UPDATE yuetan_assessmentsheet SET published_total = published_total + 1 WHERE published_grade <> ''",
    "UPDATE yuetan_assessmentsheet SET published_total = total, published_rank = rank, published_grade = 'qualified'",
    "UPDATE yuetan_assessmentsheet SET published_total = NULL, published_rank = 0, published_grade = ''",
    "UPDATE yuetan_assessmentcorrection SET reason = '另一原因。'",
    "DELETE FROM yuetan_assessmentcorrection",
]


@pytest.mark.parametrize("statement", TAMPERED)
def test_neither_edition_is_changed_by_the_way(sheet, statement):
    corrected(sheet)
    with pytest.raises(DatabaseError), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize(
    "column", ["total = total - 1", "published_total = published_total + 1", "grade = 'qualified'"]
)
def test_a_corrected_sheet_that_says_otherwise_than_its_lines_is_named(sheet, column):
    corrected(sheet)
    with past_triggers(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE yuetan_assessmentsheet SET {column} WHERE published_grade <> ''")
    named = [str(each) for each in disagreements()]
    assert any(f"得分表 {sheet.pk}" in one for one in named)
