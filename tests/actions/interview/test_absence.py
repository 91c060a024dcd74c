"""未经准假缺席: recorded with what is known, told to the leading group, counted; then another day is set."""

import pytest

from tests import cast
from tests.factories import case_in, later, take
from tests.refusals import by_the_office, refused
from yuetan.models import Alert, Case
from yuetan.vocabulary import Attendance, CaseState, Verb


@pytest.fixture
def at_the_table(office):
    """A case whose interview is due now."""
    case = case_in(CaseState.NOTIFIED)
    with later(days=7):
        yield case


def has_alert(username, words):
    return Alert.objects.filter(recipient=cast.person(username), text__contains=words).exists()


def test_that_nobody_came_is_recorded_and_reported(at_the_table, officer):
    case = take(Verb.RECORD_ABSENCE, at_the_table)
    (absence,) = case.absences.all()
    assert (absence.post.holder.name, absence.cause, absence.recorded_by) == ("冯十", "电话未接，未请假。", officer)
    assert case.state == CaseState.NOTIFIED
    for leader in ("group_leader", "first_deputy", "deputy", "director"):
        assert has_alert(leader, "约谈对象冯十未经准假缺席，约谈未能进行。")
    assert has_alert("supervisor", "需要发提醒函的请起草")
    assert list(Case.objects.with_absence()) == [case]


def test_afterwards_another_day_is_set_and_nothing_else(at_the_table):
    case = take(Verb.RECORD_ABSENCE, at_the_table)
    sentence = "本次约谈的缺席情况已由张一于2026年11月30日（星期一）上午10:00记录，请办理“改期”，另行约谈。"
    for verb in (Verb.RECORD_ABSENCE, Verb.HOLD_INTERVIEW):
        with refused(by_the_office(sentence)):
            take(verb, case)
    case = take(Verb.RESCHEDULE, case, reason="约谈对象未经准假缺席。")
    with later(days=8):
        assert take(Verb.HOLD_INTERVIEW, case).state == CaseState.INTERVIEWED
    assert Case.objects.with_absence().count() == 1


def test_it_needs_words_for_each(at_the_table):
    (row,) = [{"post": one.first, "cause": " "} for one in at_the_table.expected_people]
    with refused("尚未写明冯十缺席的情况。", field="absences"):
        take(Verb.RECORD_ABSENCE, at_the_table, absences=[row])


def test_not_before_the_time_has_come(office):
    case = case_in(CaseState.NOTIFIED)
    with refused("办公室设定：约谈时间2026年11月30日（星期一）上午9:00未到，不能记录约谈。"):
        take(Verb.RECORD_ABSENCE, case)


def test_of_several_one_who_stays_away_is_counted_and_reported_too(office, town):
    case = case_in(CaseState.NOTIFIED, draft={"interviewees": list(town.heads())})
    with later(days=8):
        rows = [
            {"post": one.first, "attended_by": one.name, "attendance": state, "absence_reason": why, "arrived_at": None}
            for one, state, why in zip(
                case.people_named, (Attendance.PRESENT, Attendance.ABSENT), ("", "未说明原因"), strict=True
            )
        ]
        case = take(Verb.HOLD_INTERVIEW, case, attendances=rows)
    assert has_alert("group_leader", "约谈对象陈十一未经准假缺席，请知悉。")
    assert list(Case.objects.with_absence()) == [case]


def test_who_came_is_not_counted(office):
    case_in(CaseState.INTERVIEWED)
    assert not Case.objects.with_absence().exists()
    assert not has_alert("group_leader", "未经准假缺席")


@pytest.mark.parametrize("cause", ["", "无", "。"])
def test_an_absence_is_recorded_in_words(at_the_table, cause):
    (person,) = at_the_table.expected_people
    missing = "尚未写明冯十缺席的情况"
    sentence = f"所填的“{cause}”看不出内容，请写明具体情况（{missing}）。" if cause else f"{missing}。"
    with refused(by_the_office(sentence), field="absences"):
        take(Verb.RECORD_ABSENCE, at_the_table, absences=[{"post": person.first, "cause": cause}])
