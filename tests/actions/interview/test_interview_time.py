"""Other interviews near, told before and not after; the limits told with a notice."""

from datetime import date, datetime, timedelta

import pytest

from tests import cast
from tests.factories import case_in, later, take
from tests.refusals import refused
from yuetan.actions.office.office import change_office_setting
from yuetan.models import OfficeSetting
from yuetan.rules.dates import clock
from yuetan.rules.text.official_text import CHINA_STANDARD_TIME
from yuetan.vocabulary import CaseState, Verb

TITLE = "关于涉黑涉恶线索摸排不深入的约谈"
TICK = "确需如此安排的，请勾选“已知悉时间相近，仍按此安排”。"


@pytest.fixture(autouse=True)
def _everybody(office):
    return office


def at(hour, minute=0):
    return datetime(2026, 11, 30, hour, minute, tzinfo=CHINA_STANDARD_TIME)


def announced(hour=9, **changed):
    return case_in(CaseState.NOTIFIED, serve_notice={"scheduled_at": at(hour), **changed})


def clash(who, hour_words="上午9:00"):
    return f"办公室设定：{who}于2026年11月30日（星期一）{hour_words}另有约谈（{TITLE}），相距不足 3 小时；{TICK}"


def set_to(key, value):
    change_office_setting(OfficeSetting.objects.get(key=key), by=cast.person("director"), value=value)


def test_the_same_leader_head_and_place_near_that_time():
    announced()
    case = case_in(CaseState.APPROVED)
    with refused(clash("孙六、冯十、地点“市扫黑办会议室”"), field="clash_accepted"):
        take(Verb.SERVE_NOTICE, case, scheduled_at=at(11, 59), clash_accepted=False)
    assert take(Verb.SERVE_NOTICE, case, scheduled_at=at(11, 59), clash_accepted=True).state == CaseState.NOTIFIED


def test_the_same_place_alone(division_town):
    announced()
    case = case_in(CaseState.APPROVED, unit=division_town)
    with refused(clash("地点“市扫黑办会议室”")):
        take(Verb.SERVE_NOTICE, case, scheduled_at=at(9), clash_accepted=False)
    served = take(Verb.SERVE_NOTICE, case, scheduled_at=at(9), place="一号楼", clash_accepted=False)
    assert served.place == "一号楼"


@pytest.mark.parametrize("hour", [6, 12])
def test_three_hours_apart_is_apart(hour):
    announced()
    case = take(Verb.SERVE_NOTICE, case_in(CaseState.APPROVED), scheduled_at=at(hour), clash_accepted=False)
    assert case.scheduled_at == at(hour)


def test_a_new_time_is_judged_like_a_first_one_and_not_against_itself():
    case = announced(hour=9)
    case = take(Verb.RESCHEDULE, case, scheduled_at=at(10), clash_accepted=False)
    announced(hour=15)
    with refused(clash("孙六、冯十、地点“市扫黑办会议室”", "下午3:00")):
        take(Verb.RESCHEDULE, case, scheduled_at=at(14), clash_accepted=False)


def test_what_was_withdrawn_is_in_nobodys_way():
    take(Verb.WITHDRAW, announced())
    case = take(Verb.SERVE_NOTICE, case_in(CaseState.APPROVED), scheduled_at=at(9), clash_accepted=False)
    assert case.state == CaseState.NOTIFIED


def test_the_hours_are_the_offices_own():
    announced()
    case = case_in(CaseState.APPROVED)
    set_to("clash_hours", 0)
    assert take(Verb.SERVE_NOTICE, case, scheduled_at=at(9), clash_accepted=False).state == CaseState.NOTIFIED


def test_the_limits_stand_in_the_notice_and_stay():
    case = announced()
    assert (case.receipt_due_on, case.receipt_director_on) == (date(2026, 11, 24), date(2026, 11, 26))
    assert case.submission_due_on == date(2026, 11, 27)
    set_to("submission_due_days", 3)
    case.refresh_from_db()
    assert case.submission_due_on == date(2026, 11, 27)


def test_a_new_notice_has_new_limits():
    case = announced()
    with later(days=2):
        case = take(Verb.RESCHEDULE, case, scheduled_at=clock.now() + timedelta(days=9))
    assert (case.receipt_due_on, case.receipt_director_on) == (date(2026, 11, 26), date(2026, 11, 30))
    assert case.submission_due_on == date(2026, 12, 3)


def test_the_written_material_is_never_due_before_the_notice():
    set_to("submission_due_days", 20)
    assert announced().submission_due_on == date(2026, 11, 23)


def test_on_the_day_itself_if_the_office_says_so():
    set_to("submission_due_days", 0)
    assert announced().submission_due_on == date(2026, 11, 30)
