"""The calendar's pages: what a day is, and why a date is this date."""

from datetime import date, datetime

import pytest
import time_machine
from django.db.models import F

from tests import cast
from tests.actions.office.test_calendar import OF_2027
from tests.factories import case_in, later, take
from tests.web import Visitor
from yuetan.models import CalendarYear, OfficeSetting, Task
from yuetan.rules.text.official_text import CHINA_STANDARD_TIME
from yuetan.templatetags.official import day
from yuetan.vocabulary import CaseState, Verb


@pytest.fixture
def reader(office):
    """The town's head, who may know why a date is this date."""
    return Visitor(cast.person(f"head_{cast.TOWN}"))


def test_a_published_year_shows_its_days_and_an_unpublished_one_its_warning(reader):
    published = reader.open("/calendar/?year=2026")
    assert "国庆节" in published
    assert "尚未公布" not in published
    assert "2027年放假安排尚未公布，按暂定推算：法定节假日放假" in reader.open("/calendar/?year=2027")
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


DECEMBER = datetime(2026, 12, 1, 9, tzinfo=CHINA_STANDARD_TIME)


def test_from_1_december_the_director_is_asked_for_the_next_year(office):
    director = Visitor(cast.person("director"))
    assert "载入2027年放假安排" not in director.open("/")
    with time_machine.travel(DECEMBER):
        assert "载入2027年放假安排" in Visitor(cast.person("director")).open("/")
        assert "载入2027年放假安排" not in Visitor(cast.person("officer")).open("/")
    with time_machine.travel(DECEMBER.replace(year=2027, month=1)):  # missing still
        assert "载入2027年放假安排" in Visitor(cast.person("director")).open("/")


def test_the_notice_is_entered_what_moves_is_listed_and_only_then_confirmed(office):
    case = case_in(CaseState.RECTIFYING)
    OfficeSetting.objects.filter(key="pause_most_days").update(value=0)
    with later(days=1):
        take(Verb.PAUSE_TASK, case, planned_end_on=date(2027, 2, 1))
    with time_machine.travel(datetime(2027, 2, 1, 9, tzinfo=CHINA_STANDARD_TIME)):
        take(Verb.RESUME_TASK, case)
        task = case.tasks.exclude(effective_due_on=F("agreed_due_on")).get()
        director = Visitor(cast.person("director"))
        director.open("/")
        page = director.click("载入2027年放假安排")
        assert "春节：2月5日（周五）至2月8日（周一）放假，共4天。" in page
        typed = {"source": "国办发明电〔2026〕9号", "published_on": "2026-11-25", "text": OF_2027}
        page = director.press("下一步：核对", expect=422, **{**typed, "text": OF_2027.replace("周五", "周四")})
        assert "2027年1月1日是周五，所填是周四" in page
        page = director.press("下一步：核对", **typed)
        assert case.register_number in page
        assert f"第 {task.number} 项整改时限" in page
        assert day(task.effective_due_on) in page
        assert Task.objects.get(pk=task.pk).effective_due_on == task.effective_due_on
        assert not CalendarYear.objects.filter(year=2027).exists()
        page = director.press("返回修改")
        assert "国办发明电〔2026〕9号" in page.response.content.decode()
        director.press("下一步：核对")
        page = director.press("确认")
        assert "2027年的放假安排已载入" in page
        assert "国办发明电〔2026〕9号（2026年11月25日印发）" in page
        moved = Task.objects.get(pk=task.pk).effective_due_on
        assert moved != task.effective_due_on
        why = director.open(f"/tasks/{task.pk}/date/")
        assert "载入年度放假安排（2027年），中止的工作日重新计算" in why
        assert day(moved) in why
        director.open("/calendar/2027/enter/", 404)


def test_a_changed_day_that_moves_dates_lists_them_first(office):
    case = case_in(CaseState.RECTIFYING)
    with later(days=1):
        take(Verb.PAUSE_TASK, case)
    with later(days=4):
        take(Verb.RESUME_TASK, case)
        task = case.tasks.exclude(effective_due_on=F("agreed_due_on")).get()
        director = Visitor(cast.person("director"))
        director.open("/calendar/change/")
        page = director.press("保存", day=str(task.effective_due_on), kind="off", name="临时放假")
        assert "随之改变的日期" in page
        assert Task.objects.get(pk=task.pk).effective_due_on == task.effective_due_on
        assert "工作日历已修改，1 个推算的日期随之改变" in director.press("确认")
        assert Task.objects.get(pk=task.pk).effective_due_on > task.effective_due_on
