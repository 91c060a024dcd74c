"""The figures of an 分析报告: the tables of its annex, and each sum in words beside earlier ones."""

import pytest
import time_machine

from tests.reporting import analysed, at, scheme_of
from yuetan.actions.reporting.periods import open_periods
from yuetan.documents.content.report_analysis import figures_of, paragraphs_of_figures, tables_of_figures
from yuetan.rules.dates import clock
from yuetan.rules.reporting.analysis_figures import AnalysisFigures, UnitFigures

FIELDS = (("摸排场所", "处"), ("移交线索", ""))


def figures(**changed):
    """Of two units: more than the period before and less than last year, and as many; nothing known of last year."""
    usual = {
        "fields": FIELDS,
        "lines": (
            UnitFigures("甲镇", (2, 2, 1, 1, 0), ((5, 3, 6), (1, 1, None))),
            UnitFigures("乙镇", (3, 1, 1, 0, 2), ((0, 0, 0), (2, 2, None))),
        ),
        "total": UnitFigures("合计", (5, 3, 2, 1, 2), ((5, 3, 6), (3, 3, None))),
        "before": "2026年10月",
        "last_year": "2025年11月",
        "missing": ("乙镇一村", "乙镇二村"),
        "more_missing": 0,
    }
    return AnalysisFigures(**usual | changed)


def test_the_annex_has_a_table_of_who_reported_and_one_a_field():
    tables = [(one.title, one.columns, one.lines) for one in tables_of_figures(figures())]
    compared = ["本期", "上期", "比上期", "去年同期", "比去年"]
    assert tables == [
        (
            "报送情况（个）",
            ["应报", "已报", "已收", "逾期报送", "未报"],
            [["甲镇", *"22110"], ["乙镇", *"31102"], ["合计", *"53212"]],
        ),
        (
            "摸排场所（处）",
            compared,
            [["甲镇", "5", "3", "+2", "6", "-1"], ["乙镇", *"00000"], ["合计", "5", "3", "+2", "6", "-1"]],
        ),
        (
            "移交线索",
            compared,
            [["甲镇", "1", "1", "0", "—", "—"], ["乙镇", "2", "2", "0", "—", "—"], ["合计", "3", "3", "0", "—", "—"]],
        ),
    ]


@pytest.mark.parametrize(
    ("more", "names"),
    [(0, "乙镇一村、乙镇二村"), (7, "乙镇一村、乙镇二村等9个单位，其余7个见信息报送表中本期“未报”的单位")],
    ids=["all named", "some named"],
)
def test_the_figures_in_words(more, names):
    reported, compared = paragraphs_of_figures(figures(more_missing=more))
    assert [one.text for one in reported] == [
        "应报单位5个，已报3个（其中逾期报送1个），经审核收下2个，未报2个。",
        f"到期未报的单位：{names}。",
    ]
    assert [one.text for one in compared] == [
        "摸排场所5处，比上期（3处）增加2处，比去年同期（6处）减少1处。",
        "移交线索3，与上期（3）持平。",
    ]


def test_the_periods_compared_with_are_named(office):
    scheme = scheme_of()
    with time_machine.travel(at(4, 9, month=12), tick=False):
        open_periods(clock.today())
        first, second = scheme.periods.order_by("first")[:2]
        assert (figures_of(analysed(first)).before, figures_of(analysed(second)).before) == ("", first.label)
