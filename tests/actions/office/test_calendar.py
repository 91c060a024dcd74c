"""工作日历: kept by the director, in the log, and no date that was agreed moves by it."""

from datetime import date

import pytest

from tests.factories import case_in
from tests.refusals import not_theirs, refused
from yuetan.actions.office.calendar import change_calendar_day, confirm_calendar_year
from yuetan.loading.calendar import load_calendar
from yuetan.models import CalendarDay, Event, Task
from yuetan.models.office.office import unpublished_years
from yuetan.rules.dates.working_days import is_working_day
from yuetan.vocabulary import CaseState, DayKind

CHRISTMAS = date(2026, 12, 25)  # a Friday like any other
SATURDAY = date(2026, 12, 26)
NEW_YEAR = date(2026, 1, 1)


def change(day, kind, name="", *, by):
    return change_calendar_day(by=by, day=day, kind=kind, name=name)


def works(day):
    return is_working_day(day, CalendarDay.objects.calendar())


def test_a_day_off_a_make_up_day_and_back(office, director):
    change(CHRISTMAS, DayKind.OFF, "临时放假", by=director)
    change(SATURDAY, DayKind.WORKED, "临时调休", by=director)
    assert (works(CHRISTMAS), works(SATURDAY)) == (False, True)
    change(CHRISTMAS, DayKind.PLAIN, by=director)
    assert works(CHRISTMAS)
    changes = [event.data["name"] for event in Event.objects.order_by("id")]
    assert changes == ["按周历改为放假（临时放假）", "按周历改为调休上班（临时调休）", "放假（临时放假）改为按周历"]


def test_agreed_dates_do_not_move(office, director):
    case = case_in(CaseState.RECTIFYING)
    before = list(Task.objects.values_list("agreed_due_on", "effective_due_on"))
    change(case.tasks.first().agreed_due_on, DayKind.OFF, "临时放假", by=director)
    assert list(Task.objects.values_list("agreed_due_on", "effective_due_on")) == before


@pytest.mark.parametrize(
    ("day", "kind", "name", "sentence", "field"),
    [
        (None, DayKind.OFF, "元旦", "尚未填写日期。", "day"),
        (CHRISTMAS, DayKind.OFF, " ", "放假或者调休上班的，须写明名称，如“国庆节”。", "name"),
        (CHRISTMAS, DayKind.PLAIN, "", "2026年12月25日本来就是这样安排的，没有改动。", "kind"),
        (
            CHRISTMAS,
            DayKind.WORKED,
            "加班",
            "2026年12月25日按周历就是工作日，不必另作安排；要恢复周历的请选“按周历”。",
            "kind",
        ),
    ],
)
def test_what_is_no_change(office, director, day, kind, name, sentence, field):
    with refused(sentence, field=field):
        change(day, kind, name, by=director)


def test_a_year_counts_as_published_when_its_days_are_entered_and_confirmed(office, director):
    first = date(2027, 1, 1)
    assert unpublished_years(first) == (2027,)
    with refused("2027年还没有录入任何放假或者调休的日子，请先录入再确认。"):
        confirm_calendar_year(by=director, year=2027, source="国办发明电〔2026〕9号")
    change(first, DayKind.OFF, "元旦", by=director)
    assert unpublished_years(first) == (2027,)
    with refused("办公室设定：确认放假安排须写明依据，如国务院办公厅通知的文号。", field="source"):
        confirm_calendar_year(by=director, year=2027, source=" ")
    confirm_calendar_year(by=director, year=2027, source="国办发明电〔2026〕9号")
    assert unpublished_years(first) == ()
    with refused("2027年的放假安排已经确认，不必再次确认。"):
        confirm_calendar_year(by=director, year=2027, source="国办发明电〔2026〕9号")


def test_loading_again_leaves_what_the_office_changed(office, director):
    change(NEW_YEAR, DayKind.PLAIN, by=director)
    assert load_calendar() == (0, [])
    assert works(NEW_YEAR)


@pytest.mark.parametrize("who", ["officer", "supervisor", "group_leader", "sysadmin", "head"])
def test_nobody_but_the_director_keeps_the_calendar(office, request, who):
    by = request.getfixturevalue(who)
    with not_theirs():
        change(CHRISTMAS, DayKind.OFF, "临时放假", by=by)
    with not_theirs():
        confirm_calendar_year(by=by, year=2027, source="国办发明电〔2026〕9号")
