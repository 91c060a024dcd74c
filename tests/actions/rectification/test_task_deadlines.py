"""Dates of a task: they change by a granted extension alone; a pause gives its working days back."""

from datetime import date, timedelta

import pytest

from tests import cast
from tests.factories import case_in, later, take
from tests.refusals import not_theirs, refused
from tests.web import Visitor
from yuetan.actions.messages.daily import daily
from yuetan.models import Alert, OfficeSetting
from yuetan.rules.dates import clock
from yuetan.rules.text import official_text
from yuetan.vocabulary import CaseState, Verb


@pytest.fixture
def case(office):
    """A case in rectification; its first task is due on Monday the 14th of December, four weeks and a day on."""
    return case_in(CaseState.RECTIFYING)


def first(case):
    return case.tasks.get(number=1)


def ask(case, days, **changed):
    return take(Verb.ASK_EXTENSION, case, new_due_on=first(case).agreed_due_on + timedelta(days=days), **changed)


def on(day):
    """Ten o'clock of a later day."""
    return later(days=(day - clock.today()).days)


def words(day):
    return official_text.chinese_date(day)


def test_an_extension_is_asked_for_once_at_a_time(case):
    ask(case, 5)
    with refused("第 1 项整改任务已有待审批的延期申请，请等待审批。"):
        ask(case, 6)


def test_asked_after_the_date_it_stays_marked(case):
    with on(first(case).agreed_due_on):
        ask(case, 5)
        take(Verb.DECIDE_EXTENSION, case, granted=False)
    with on(first(case).agreed_due_on + timedelta(days=1)):
        ask(case, 10)
        done = take(Verb.DECIDE_EXTENSION, case)
        assert [one.requested_late for one in first(case).extensions.order_by("requested_at")] == [False, True]
        assert done.events.newest_first()[0].data["requested_late"] is True
        assert not first(case).is_overdue


def test_a_new_date_lies_ahead(case):
    sentence = "新的时限须在今天以后。"
    with on(first(case).agreed_due_on + timedelta(days=8)), refused(sentence, field="new_due_on"):
        ask(case, 8)


def test_the_office_limits_how_far_and_how_often(case):
    latest = words(date(2027, 1, 15))
    OfficeSetting.objects.filter(key="extension_most_days").update(value=30)
    with refused(f"办公室设定：第 1 项整改任务一次最多延期 30 个工作日，最晚为{latest}。", field="new_due_on"):
        ask(case, 60)  # beyond every arrangement that 2027 may bring
    for days in (5, 3):
        ask(case, days)
        take(Verb.DECIDE_EXTENSION, case)
    with refused(
        "办公室设定：第 1 项整改任务已延期 2 次，最多延期 2 次，不能再申请；请尽快报告落实情况和未完成的原因。",
        field="task",
    ):
        ask(case, 5)
    OfficeSetting.objects.filter(key__startswith="extension_most").update(value=0)
    ask(case, 300)


def test_a_pause_gives_its_working_days_back_and_the_agreed_date_stays(case, director):
    due = first(case).agreed_due_on
    paused = take(Verb.PAUSE_TASK, case)
    assert (first(case).effective_due_on, first(case).agreed_due_on) == (None, due)
    assert paused.due_on == case.tasks.get(number=2).effective_due_on
    with later(days=7):
        done = take(Verb.RESUME_TASK, case)
        task = first(case)
        assert (task.effective_due_on, task.agreed_due_on, task.first_due_on) == (due + timedelta(days=7), due, due)
        pause = task.pauses.get()
        assert (pause.begun_by, pause.ended_by, (pause.ended_on - pause.began_on).days) == (director, director, 7)
        assert done.due_on == task.effective_due_on


def test_while_a_limit_stands_still_nothing_is_overdue_and_nothing_is_inspected(case):
    take(Verb.PAUSE_TASK, case)
    with later(days=60):
        assert not first(case).is_overdue
        with refused("办公室设定：第 1 项整改任务中止计时，恢复计时后才能启动督查。"):
            take(Verb.BEGIN_INSPECTION, case)


def test_a_report_ends_the_pause(case):
    take(Verb.PAUSE_TASK, case)
    with later(days=2):
        take(Verb.PREPARE_REPORT, case)
        take(Verb.HAND_IN_REPORT, case)
        assert first(case).open_pause is None
        assert first(case).effective_due_on is not None


def test_an_extension_granted_after_a_pause_names_the_day_itself(case):
    new_due_on = first(case).agreed_due_on + timedelta(days=14)
    take(Verb.PAUSE_TASK, case)
    take(Verb.ASK_EXTENSION, case, new_due_on=new_due_on)
    with later(days=2):
        take(Verb.RESUME_TASK, case)
        take(Verb.DECIDE_EXTENSION, case)
        assert first(case).effective_due_on == new_due_on


def test_an_extension_granted_within_a_pause_is_carried_on_by_what_is_left_of_it(case):
    take(Verb.PAUSE_TASK, case)
    with later(days=1):
        ask(case, 14)
        take(Verb.DECIDE_EXTENSION, case)
        agreed = first(case).agreed_due_on
        assert first(case).effective_due_on is None
    with later(days=4):
        take(Verb.RESUME_TASK, case)
        assert first(case).effective_due_on == agreed + timedelta(days=4)  # two working days, over a weekend


def test_a_day_that_has_passed_meanwhile_is_not_granted(case):
    ask(case, 3)
    asked_for = first(case).pending_extension.new_due_on
    sentence = f"第 1 项整改任务申请延至{words(asked_for)}，这一天已到，不能再同意，请该单位重新申请。"
    for days in (0, 1):
        with later(days=(asked_for - clock.today()).days + days), refused(sentence, field="task"):
            take(Verb.DECIDE_EXTENSION, case)
    with later(days=(asked_for - clock.today()).days - 1):
        take(Verb.DECIDE_EXTENSION, case)
    assert first(case).agreed_due_on == asked_for


def test_a_request_overtaken_by_a_pause_is_not_granted(case):
    ask(case, 3)
    take(Verb.PAUSE_TASK, case)
    with later(days=7):
        take(Verb.RESUME_TASK, case)
        now = words(first(case).effective_due_on)
        sentence = f"办公室设定：第 1 项整改任务的时限现为{now}，已不早于申请的日期，请该单位重新申请。"
        with refused(sentence, field="task"):
            take(Verb.DECIDE_EXTENSION, case)
        take(Verb.DECIDE_EXTENSION, case, granted=False)


def test_sending_back_begins_afresh(case):
    with on(case.tasks.get(number=2).agreed_due_on + timedelta(days=1)):
        take(Verb.BEGIN_INSPECTION, case)
        take(Verb.CONCLUDE_INSPECTION, case, conclusion="not_rectified")
        take(Verb.REQUEST_SEND_BACK, case)
        take(Verb.SEND_BACK, case)
        task = first(case)
        assert task.agreed_due_on == task.effective_due_on == clock.today() + timedelta(days=10)


def test_what_cannot_be_paused(case):
    task = first(case)
    with refused("尚未写明中止计时的原因。", field="reason"):
        take(Verb.PAUSE_TASK, case, reason=" ")
    take(Verb.PAUSE_TASK, case)
    with refused(f"第 1 项整改任务已自{words(clock.today())}起中止计时，不必再次中止。", field="task"):
        take(Verb.PAUSE_TASK, case)
    with refused("尚未写明恢复计时的原因。", field="reason"):
        take(Verb.RESUME_TASK, case, reason="")
    take(Verb.RESUME_TASK, case)
    with refused("没有中止计时的整改任务。"):
        take(Verb.RESUME_TASK, case)
    with on(task.agreed_due_on + timedelta(days=1)):
        sentence = f"办公室设定：第 1 项整改任务已过时限（{words(task.agreed_due_on)}），不能中止计时。"
        with refused(sentence, field="task"):
            take(Verb.PAUSE_TASK, case)


@pytest.mark.parametrize("who", ["officer", "supervisor", "group_leader", "head"])
@pytest.mark.parametrize("verb", [Verb.PAUSE_TASK, Verb.RESUME_TASK])
def test_nobody_but_the_director_pauses(case, request, who, verb):
    with not_theirs():
        take(verb, case, by=request.getfixturevalue(who))


def test_a_pause_has_a_planned_end_within_the_cap_and_says_who_asked(case):
    with refused("尚未填写计划恢复计时的日期。", field="planned_end_on"):
        take(Verb.PAUSE_TASK, case, planned_end_on=None)
    with refused("计划恢复计时的日期须在今天以后。", field="planned_end_on"):
        take(Verb.PAUSE_TASK, case, planned_end_on=clock.today())
    with refused("尚未选择由谁提出中止计时。", field="asked_by"):
        take(Verb.PAUSE_TASK, case, asked_by="")
    OfficeSetting.objects.filter(key="pause_most_days").update(value=10)
    latest = date(2026, 12, 7)  # two working weeks from Monday the 23rd of November on
    sentence = f"办公室设定：第 1 项任务中止合计不得超过 10 个工作日（已中止 0 个），最晚到{words(latest)}恢复。"
    with refused(sentence, field="planned_end_on"):
        take(Verb.PAUSE_TASK, case, planned_end_on=latest + timedelta(days=1))
    take(Verb.PAUSE_TASK, case, planned_end_on=latest)
    page = Visitor(cast.head(cast.TOWN)).open(f"/cases/{case.pk}/")
    for shown in ("中止计时（被约谈方申请）", f"计划{words(latest)}恢复", "提出中止的：被约谈方申请"):
        assert shown in page


def test_pauses_of_one_task_are_counted_together(case):
    OfficeSetting.objects.filter(key="pause_most_days").update(value=10)
    take(Verb.PAUSE_TASK, case, planned_end_on=clock.today() + timedelta(days=14))
    with later(days=7):
        take(Verb.RESUME_TASK, case)
        latest = words(clock.today() + timedelta(days=7))
        sentence = f"办公室设定：第 1 项任务中止合计不得超过 10 个工作日（已中止 5 个），最晚到{latest}恢复。"
        with refused(sentence, field="planned_end_on"):
            take(Verb.PAUSE_TASK, case, planned_end_on=clock.today() + timedelta(days=8))


def test_the_limit_runs_again_on_the_planned_day_by_itself_and_what_moved_is_shown(case, supervisor):
    due, end = first(case).agreed_due_on, clock.today() + timedelta(days=7)
    take(Verb.PAUSE_TASK, case, planned_end_on=end)
    with later(days=6):
        daily()
        assert first(case).effective_due_on is None
    with later(days=9):  # the run was missed for two days
        daily()
        daily()
        task = first(case)
        pause = task.pauses.get()
        assert (pause.ended_on, pause.ended_by) == (end, None)
        assert (pause.due_on_before, pause.due_on_after) == (due, due + timedelta(days=7))
        assert task.effective_due_on == due + timedelta(days=7)
        case.refresh_from_db()
        assert case.due_on == case.next_due_on() is not None
        assert case.events.filter(verb=Verb.RESUME_TASK).count() == 1
        assert "恢复计时，请留意新的截止日" in Alert.objects.filter(recipient=supervisor).first().text
        unit = Visitor(cast.head(cast.TOWN))
        assert f"由{words(due)}改为{words(task.effective_due_on)}" in unit.open(f"/cases/{case.pk}/")
        page = unit.open(f"/tasks/{task.pk}/date/")
        assert f"恢复计时，截止日顺延至：{words(task.effective_due_on)}" in page


def test_ended_late_by_hand_it_gives_back_no_more_than_was_planned(case):
    due, end = first(case).agreed_due_on, clock.today() + timedelta(days=7)
    take(Verb.PAUSE_TASK, case, planned_end_on=end)
    with later(days=12):
        assert "中止期满，恢复计时" in Visitor(cast.person("director")).open("/")
        take(Verb.RESUME_TASK, case)
        assert first(case).effective_due_on == due + timedelta(days=7)
