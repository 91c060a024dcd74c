"""The calendar's pages: what a day is, and why a date is this date."""

import pytest

from tests import cast
from tests.factories import case_in, later, take
from tests.web import Visitor
from yuetan.vocabulary import CaseState, Verb


@pytest.fixture
def reader(office):
    """The town's head, who may know why a date is this date."""
    return Visitor(cast.person(f"head_{cast.TOWN}"))


def test_a_published_year_shows_its_days_and_an_unpublished_one_its_warning(reader):
    published = reader.open("/calendar/?year=2026")
    assert "国庆节" in published
    assert "尚未公布" not in published
    assert "2027年的放假安排尚未公布或尚未录入，暂按周一至周五计算" in reader.open("/calendar/?year=2027")
    reader.open("/calendar/?year=9999", 404)


def test_a_span_is_counted_out_over_a_holiday(reader):
    page = reader.open("/calendar/count/?begin=2026-09-30&until=2026-10-12")
    assert "4 个工作日" in page  # the 8th, the 9th, the make-up Saturday and the 12th
    assert "，不计周末 1 天、放假 7 天" in page


def test_a_span_the_wrong_way_round_is_shown(reader):
    assert "“到”须在“从”之后" in reader.open("/calendar/count/?begin=2026-10-12&until=2026-10-01")


def test_a_tasks_date_says_what_made_it(office):
    case = case_in(CaseState.RECTIFYING)
    take(Verb.ASK_EXTENSION, case)
    take(Verb.DECIDE_EXTENSION, case)
    take(Verb.PAUSE_TASK, case)
    with later(days=7):
        take(Verb.RESUME_TASK, case)
        page = Visitor(cast.person(f"head_{cast.TOWN}")).open(f"/tasks/{case.tasks.get(number=1).pk}/date/")
    for words in ("约谈中约定，载入纪要", "审批延期", "中止计时", "恢复计时", "等待有关部门核查结果。", "中止 4 天"):
        assert words in page
