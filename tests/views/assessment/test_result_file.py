"""The result as an Excel file: numbers as numbers, as much of it as its reader may see, in as many statements."""

from collections import defaultdict
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from io import BytesIO

from openpyxl import load_workbook

from tests import cast
from tests.actions.assessment.test_many_units import FEW, MANY, rolled_back
from tests.assessment import (
    INDICATORS,
    MEMBERS,
    RESULTS,
    TOWNS,
    assessment_of,
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
from tests.views.assessment.test_pages import HEAD, OTHER, a_late_letter, url_of, visitor
from tests.views.assessment.test_ties import TWO, tied_at_the_end
from tests.views.queries import queries_of
from tests.web import browser
from yuetan.actions.assessment.closing import close_assessment
from yuetan.models import AssessmentSheet, Unit

ONLY_MEMBERS = replace(INDICATORS[4], name="成员单位履职", group="成员单位")
SPLIT = [*INDICATORS[:4], replace(INDICATORS[4], group="镇（街）"), ONLY_MEMBERS]


def file_of(who, assessment):
    """Both sheets as lists of rows by the names of their columns."""
    answer = browser(who).get(f"{url_of(assessment)}xlsx/")
    assert answer.status_code == 200
    book = load_workbook(BytesIO(b"".join(answer.streaming_content)))
    return [dicts_of(list(sheet.values)) for sheet in book.worksheets]


def dicts_of(rows):
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def of_unit(rows, code=cast.TOWN):
    name = cast.unit(code).full_name
    return [row for row in rows if row["单位"] == name]


def test_ranks_totals_and_points_are_numbers_in_the_order_of_the_paper(office):
    published = published_assessment(tied_at_the_end(*TWO))
    with later(days=10):
        ranked, _ = file_of("officer", published)
        sheets = AssessmentSheet.objects.standing_of(published).order_by("group_place", "rank", "unit_name", "pk")
        assert [(row["组别"], row["名次"], row["单位"]) for row in ranked] == [
            (one.group_name, one.rank, one.unit_name) for one in sheets
        ]
        (row,) = of_unit(ranked)
        assert row["通报用语"] == f"并列第{row['名次']}名"
        assert (row["总分"], row["等次"], row["工作实绩（40.0分）"]) == (70, "不合格", 10)
        assert row["表彰（加分，最多5.0分）"] == 0
        assert {type(row[name]) for name in ("名次", "总分", "工作实绩（40.0分）")} <= {int, float}


def test_an_indicator_of_another_group_leaves_its_cell_empty(office):
    assessment = presented(assessment_of(indicators=SPLIT))
    ranked, _ = file_of("officer", assessment)
    (town,), (member,) = of_unit(ranked), of_unit(ranked, cast.MEMBER_UNIT)
    assert (town["工作实绩（40.0分）"], town["成员单位履职（40.0分）"]) == (40, None)
    assert (member["工作实绩（40.0分）"], member["成员单位履职（40.0分）"]) == (None, 40)
    assert (town["名次"], town["通报用语"]) == (None, "未定")


def test_each_record_names_what_it_cost_and_all_sum_to_the_total(office):
    letter, assessment = a_late_letter(), assessment_of()
    scored(assessment)
    objection = objected(sheet_of(presented(assessment)))
    assert [row["总分"] for row in of_unit(file_of("officer", assessment)[0])] == [85.5]
    decided(objection, points=Decimal(18))
    ranked, sources = file_of("officer", assessment)
    rows = [(row["指标"], row["扣分或者加分"], row["来源"]) for row in of_unit(sources)]
    late, upheld = ("来函办理", -5, f"{letter}：逾期 34 天未回复"), ("来函办理", 3, "异议成立")
    assert rows == [late, upheld, ("工作实绩", -9.5, "评为 30.5 分：两项重点任务没有完成。")]
    assert all(isinstance(row["日期"], datetime) for row in of_unit(sources))
    sums = defaultdict(float)
    for row in sources:
        sums[row["单位"]] += row["扣分或者加分"]
    assert {row["单位"]: row["总分"] for row in ranked} == {row["单位"]: 100 + sums[row["单位"]] for row in ranked}


def test_a_correction_stands_among_the_sources_with_its_paper(office):
    published = published_assessment(tied_at_the_end(cast.TOWN))
    with later(days=11):
        correction = correction_decided(correction_proposed(sheet_of(published)))
        ranked, sources = file_of("officer", published)
        assert [(row["扣分或者加分"], row["来源"]) for row in of_unit(sources)] == [
            (-30, "评为 10.0 分：两项重点任务没有完成。"),
            (30, f"更正（{correction.document.number}）"),
        ]
        (row,) = of_unit(ranked)
        assert (row["总分"], row["更正前"][:5]) == (100, "70.0分")


def test_a_unit_finds_its_own_points_alone_and_of_others_what_is_published(office):
    assessment = assessment_of()
    scored(assessment)
    scored(assessment, cast.DIVISION_TOWN, reason="台账不齐。")
    presented(assessment)
    own = cast.unit(cast.TOWN).full_name
    assert [{row["单位"] for row in rows} for rows in file_of(HEAD, assessment)] == [{own}, {own}]
    with later(days=10):
        published = published_assessment(close_assessment(assessment, by=cast.person("director")))
        ranked, sources = file_of(HEAD, published)
        assert len(ranked) == AssessmentSheet.objects.standing_of(published).count()
        assert {row["单位"] for row in sources} == {own}
        assert [row["单位"] for row in ranked if row["工作实绩（40.0分）"] is not None] == [own]
        assert "台账不齐" in str(file_of(OTHER, published)[1])


def test_it_is_there_once_the_sheets_are_sent(office):
    assessment = assessment_of()
    assert browser("officer").get(f"{url_of(assessment)}xlsx/").status_code == 404
    presented(assessment)
    assert "导出结果（Excel）" in visitor("officer", url_of(assessment)).page
    assert browser(OTHER).get(f"{url_of(assessment)}xlsx/").status_code == 200


def statements_of_the_file(number):
    """With so many towns, each with a score, and an objection upheld."""
    towns = list(Unit.objects.filter(kind="town", retired_on=None).order_by("code")[:number])
    assessment = assessment_of(groups=[replace(TOWNS, kind="", units=tuple(one.pk for one in towns)), MEMBERS])
    for unit in towns:
        scored(assessment, unit.code)
    presented(assessment)
    for unit in towns:
        decided(objected(sheet_of(assessment, unit.code), by="officer", indicator=RESULTS), points=Decimal(2))
    return queries_of(browser("officer"), f"{url_of(assessment)}xlsx/")


def test_it_costs_the_same_for_five_units_and_for_sixty(office):
    rolled_back(statements_of_the_file, FEW)  # the first time keeps what all later ones use
    few, many = (rolled_back(statements_of_the_file, number) for number in (FEW, MANY))
    assert few == many
