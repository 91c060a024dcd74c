"""What a sum is called where it counts those that say 是: as an office would write it, whatever the field is called."""

import pytest

from yuetan.rules.reporting.form_fields import REPORTS, ReportField
from yuetan.vocabulary import ReportFieldKind


@pytest.mark.parametrize(
    ("label", "stated"),
    [
        ("是否召开专题会议", "召开专题会议的单位"),
        ("是否召开专题会议？", "召开专题会议的单位"),
        ("本月是否召开专题会议", "本月召开专题会议的单位"),
        ("会议是否由主要领导主持", "会议由主要领导主持的单位"),
        ("专题研究", "“专题研究”为“是”的单位"),
        ("是否", "“是否”为“是”的单位"),
        ("是否整改、是否验收", "“是否整改、是否验收”为“是”的单位"),
    ],
)
def test_units_that_say_yes_are_named_by_what_they_say(label, stated):
    assert ReportField("f1", label, ReportFieldKind.FLAG).sum_head() == (stated, "个")


def test_what_is_reported_at_any_time_is_counted_in_reports_and_a_number_in_its_own_unit():
    assert ReportField("f1", "是否上报", ReportFieldKind.FLAG).sum_head(REPORTS) == ("上报的报告", "件")
    assert ReportField("f1", "摸排场所", ReportFieldKind.COUNT, "处").sum_head() == ("摸排场所", "处")
