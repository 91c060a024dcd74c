"""工作日历: kept by the director, in the log, and no date that was agreed moves by it."""

from datetime import date, datetime

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import consistency
from tests.factories import case_in, later, take
from tests.received import received, replied
from tests.refusals import not_theirs, refused
from yuetan.actions.office import counted_dates
from yuetan.actions.office.calendar import change_calendar_day, enter_calendar_year
from yuetan.actions.received.reply import return_received_reply
from yuetan.loading.calendar import load_calendar
from yuetan.models import CalendarDay, CalendarYear, Case, Event, OfficeSetting, ReceivedLetter, Task
from yuetan.models.office.office import years_without_arrangement
from yuetan.rules.dates.arrangement import arrangement_by_law
from yuetan.rules.dates.working_days import is_working_day
from yuetan.rules.text.official_text import CHINA_STANDARD_TIME
from yuetan.vocabulary import CaseState, DayKind, Verb

CHRISTMAS = date(2026, 12, 25)  # a Friday like any other
SATURDAY = date(2026, 12, 26)
NEW_YEAR, NEW_YEAR_2027 = date(2026, 1, 1), date(2027, 1, 1)


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


OF_2027 = """元旦：1月1日（周五）至3日（周日）放假，共3天。
春节：2月5日（周五）至11日（周四）放假调休，共7天。2月14日（周日）上班。
清明节：4月3日（周六）至5日（周一）放假，共3天。
劳动节：5月1日（周六）至5日（周三）放假调休，共5天。5月8日（周六）上班。
端午节：6月9日（周三）放假，共1天。
中秋节：9月15日（周三）放假，共1天。
国庆节：10月1日（周五）至7日（周四）放假调休，共7天。9月26日（周日）、10月9日（周六）上班。
"""
ENTERED = {"year": 2027, "source": "国办发明电〔2026〕9号", "published_on": date(2026, 11, 20), "text": OF_2027}


def enter(*, by, **changed):
    return enter_calendar_year(by=by, **ENTERED | changed)


def test_a_year_counts_as_published_when_its_notice_is_entered(office, director):
    assert years_without_arrangement(NEW_YEAR_2027) == (2027,)
    assert not works(NEW_YEAR_2027)  # off by law, published or not
    assert works(date(2027, 2, 9))
    enter(by=director)
    assert years_without_arrangement(NEW_YEAR_2027) == ()
    assert not works(date(2027, 2, 9))
    assert works(date(2027, 2, 14))
    year = CalendarYear.objects.get(year=2027)
    assert (year.source, year.published_on, year.text) == ("国办发明电〔2026〕9号", date(2026, 11, 20), OF_2027)
    event = Event.objects.latest("id")
    assert (event.verb, event.data) == (
        "enter_calendar_year",
        {"title": "2027年", "name": "国办发明电〔2026〕9号", "moves": []},
    )
    with refused("2027年的放假安排已经载入，不必再次载入；个别日子有变的，请修改该日。"):
        enter(by=director)


def test_what_the_office_entered_before_gives_way_to_the_notice_or_stays(office, director):
    change(date(2027, 3, 1), DayKind.OFF, "台风停工", by=director)
    change(date(2027, 2, 14), DayKind.OFF, "误录", by=director)
    enter(by=director)
    assert not works(date(2027, 3, 1))
    assert works(date(2027, 2, 14))


@pytest.mark.parametrize(
    ("changed", "sentence", "field"),
    [
        ({"source": " "}, "载入放假安排须写明依据，如国务院办公厅通知的文号。", "source"),
        ({"published_on": None}, "尚未填写通知的印发日期。", "published_on"),
        ({"published_on": date(2026, 11, 24)}, "通知的印发日期不得晚于今天。", "published_on"),
        (
            {"published_on": date(2025, 11, 4)},
            "通知的印发日期（2025年11月4日）早于2027年一年以上，请核对是不是2027年的通知。",
            "published_on",
        ),
    ],
)
def test_a_notice_says_where_it_comes_from(office, director, changed, sentence, field):
    with refused(sentence, field=field):
        enter(by=director, **changed)


def test_no_year_further_ahead_is_entered(office, director):
    with refused("2028年的放假安排现在不能载入，只收2026年、2027年的。"):
        enter(by=director, year=2028, text=arrangement_by_law(2028), sum_accepted=True)


def test_days_that_do_not_add_up_are_confirmed_by_hand(office, director):
    text = OF_2027.replace("、10月9日（周六）", "")
    sentence = (
        "放假的工作日 17 天，减去调休上班 3 天，得 14 天，与法定放假 13 天不等；"
        "与通知逐字核对无误的，请勾选“已与通知原文逐字核对，仍按此载入”。"
    )
    with refused(sentence, field="sum_accepted"):
        enter(by=director, text=text)
    enter(by=director, text=text, sum_accepted=True)


def test_what_was_counted_moves_and_what_was_agreed_stays(office, director):
    """A pause given back over 春节 2027, a progress report due in it, and the limit behind both."""
    case = case_in(CaseState.RECTIFYING)
    task = case.tasks.get(number=1)
    OfficeSetting.objects.filter(key="pause_most_days").update(value=0)
    with later(days=1):
        take(Verb.PAUSE_TASK, case, planned_end_on=date(2027, 2, 1))
    with time_machine.travel(datetime(2027, 2, 1, 9, tzinfo=CHINA_STANDARD_TIME)):
        take(Verb.RESUME_TASK, case)
        before = {one.pk: one for one in Task.objects.all()}
        limit = before[task.pk].effective_due_on
        moves = enter(by=director, year=2027)
        after = {one.pk: one for one in Task.objects.all()}
    moved = [
        move for move in moves.listed if move.task is not None and move.task.pk == task.pk and move.what == "整改时限"
    ]
    assert [(move.before, move.after) for move in moved] == [(limit, after[task.pk].effective_due_on)]
    assert limit != after[task.pk].effective_due_on
    assert all(after[pk].agreed_due_on == one.agreed_due_on for pk, one in before.items())
    case.refresh_from_db()
    assert case.due_on == case.next_due_on()
    assert consistency.check_all() == 1
    facts = Event.objects.latest("id").data["moves"]
    assert [line["register_number"] for line in facts] == [case.register_number] * moves.count
    assert not any(case.matter in str(line) for line in facts)


def test_limits_announced_with_a_notice_only_move_later(office, director):
    with time_machine.travel(datetime(2026, 12, 25, 9, tzinfo=CHINA_STANDARD_TIME)):
        held_on = datetime(2027, 1, 20, 9, 30, tzinfo=CHINA_STANDARD_TIME)
        case = case_in(CaseState.NOTIFIED, serve_notice={"scheduled_at": held_on})
    with time_machine.travel(datetime(2026, 12, 31, 23, tzinfo=CHINA_STANDARD_TIME)):
        before = Case.objects.get(pk=case.pk)
        longer = OF_2027.replace("1月1日（周五）至3日（周日）放假，共3天", "1月1日（周五）至4日（周一）放假，共4天")
        moves = enter(by=director, text=longer, sum_accepted=True)
        after = Case.objects.get(pk=case.pk)
    assert after.scheduled_at == before.scheduled_at
    for name in ("receipt_due_on", "receipt_director_on", "submission_due_on"):
        assert getattr(after, name) >= getattr(before, name)
    assert {move.what for move in moves.listed} <= {"签收期限", "签收逾期报主任的期限", "书面材料提交期限"}


def test_the_day_of_the_office_for_a_reply_moves_later_and_that_of_the_letter_stays(office, director):
    counted, fixed = received(reply_due=None), received(number="江检建〔2026〕4号", reply_due=date(2026, 12, 2))
    returned = replied(received(number="江检建〔2026〕5号", reply_due=None))
    again = {"reason": "没有责任人。", "again_by": date(2026, 12, 2)}
    return_received_reply(returned, by=director, **again)
    moves = change(date(2026, 12, 1), DayKind.OFF, "临时放假", by=director)
    assert [(move.case, move.before, move.after) for move in moves.listed] == [
        (counted, date(2026, 12, 2), date(2026, 12, 3))
    ]
    days = ReceivedLetter.objects.in_bulk()
    assert days[counted.pk].due_on == date(2026, 12, 3)
    assert days[fixed.pk].due_on == days[returned.letter_id].due_on == date(2026, 12, 2)
    assert change(date(2026, 12, 1), DayKind.PLAIN, by=director).count == 0  # the unit was told of the later day


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
        enter(by=by)


def letters_to_recount(first, last):
    return [received(number=f"江检建〔2026〕{serial}号", reply_due=None) for serial in range(first, last + 1)]


def updates(queries):
    return [one["sql"] for one in queries if one["sql"].startswith("UPDATE")]


def test_what_moves_is_saved_so_many_in_a_statement(office, director):
    letters_to_recount(1, 1)
    with CaptureQueriesContext(connection) as one:
        assert change(date(2026, 12, 1), DayKind.OFF, "临时放假", by=director).count == 1
    letters_to_recount(2, 5)
    with CaptureQueriesContext(connection) as five:
        assert change(date(2026, 12, 2), DayKind.OFF, "临时放假", by=director).count == 5
    assert len(updates(five)) == len(updates(one)) == 1


def test_of_cases_and_tasks_too(office, director):
    def day_off(day):
        with CaptureQueriesContext(connection) as queries:
            moves = change(day, DayKind.OFF, "临时放假", by=director)
        return {move.case.pk for move in moves.listed}, len([each for each in updates(queries) if "yuetan_" in each])

    first = notified(0)
    moved, statements = day_off(date(2026, 11, 24))
    assert moved == {first.pk}
    others = {notified(number).pk for number in (1, 2, 3)}
    moved, more = day_off(date(2026, 11, 25))
    assert moved == {first.pk, *others}
    assert more == statements


def notified(number):
    changed = {"draft": {"matter": f"第 {number} 件事"}, "serve_notice": {"clash_accepted": True}}
    return case_in(CaseState.NOTIFIED, **changed)


def test_a_line_of_the_log_names_so_many_and_further_lines_the_others(office, director, monkeypatch):
    monkeypatch.setattr(counted_dates, "LISTED", 2)
    letters = letters_to_recount(1, 5)
    moves = change(date(2026, 12, 1), DayKind.OFF, "临时放假", by=director)
    assert (moves.count, len(moves.listed)) == (5, 2)
    lines = Event.objects.filter(verb="change_calendar_day").order_by("id")
    assert [len(line.data["moves"]) for line in lines] == [2, 1, 2]
    assert [line.data.get("moved") for line in lines] == [None, None, 5]
    assert {line.data["title"] for line in lines} == {"2026年12月1日"}
    named = [move["received_letter"] for line in lines for move in line.data["moves"]]
    assert sorted(named) == sorted(str(letter.pk) for letter in letters)
