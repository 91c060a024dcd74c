"""Rectification: 交办, 报告, 销号, 退回, 延期."""

from datetime import date, timedelta

import pytest
import time_machine

from tests.factories import case_after, case_in, later, pdf, take
from tests.refusals import by_the_office, not_theirs, nothing_stored, refused
from tests.steps import task_words
from yuetan.actions.rectification.task_deadlines import ask_extension
from yuetan.errors import Refused
from yuetan.models import Attachment, Task
from yuetan.rules.dates import clock
from yuetan.vocabulary import CaseState, ReportKind, TaskState, Verb


@pytest.fixture
def rectifying(office):
    """Two tasks handed over to the unit."""
    return case_in(CaseState.RECTIFYING)


@pytest.fixture
def reported(rectifying):
    """The first task reported."""
    take(Verb.PREPARE_REPORT, rectifying)
    return take(Verb.HAND_IN_REPORT, rectifying)


def tasks(case):
    return list(case.tasks.order_by("number"))


def test_each_measure_becomes_a_task_and_nothing_is_retyped(rectifying):
    agreed = Task.AGREED_FIELDS
    measures = rectifying.interview.measures.values_list(*agreed, "due_on")
    assert list(rectifying.tasks.values_list(*agreed, "agreed_due_on")) == list(measures)
    assert all(task.first_due_on == task.agreed_due_on for task in tasks(rectifying))
    assert rectifying.due_on == min(task.agreed_due_on for task in tasks(rectifying))


def test_what_is_reported_is_no_longer_what_falls_due_next(reported):
    first, second = tasks(reported)
    assert first.effective_due_on < second.effective_due_on
    assert reported.due_on == second.effective_due_on
    returned = take(Verb.RETURN_TASK, reported)
    assert returned.due_on == tasks(returned)[0].effective_due_on


def test_a_report_says_something(rectifying):
    first = tasks(rectifying)[0]
    with refused("依据第十条第一项，第 1 项整改任务尚未填写落实情况，不能报送。"):
        take(Verb.HAND_IN_REPORT, rectifying, tasks=[first])
    take(Verb.PREPARE_REPORT, rectifying, **task_words(rectifying, text="  "))
    with refused("依据第十条第一项，第 1 项整改任务尚未填写落实情况，不能报送。"):
        take(Verb.HAND_IN_REPORT, rectifying, tasks=[first])


def test_the_head_reports_what_the_liaison_prepared(rectifying, head, liaison, officer):
    take(Verb.PREPARE_REPORT, rectifying, **task_words(rectifying, files=[pdf("台账.pdf")]))
    with not_theirs():
        take(Verb.HAND_IN_REPORT, rectifying, by=liaison)
    assert not Attachment.objects.visible_to(officer).exists()
    case = take(Verb.HAND_IN_REPORT, rectifying)
    report = tasks(case)[0].reports.get()
    assert (report.prepared_by, report.handed_in_by) == (liaison, head)
    assert Attachment.objects.visible_to(officer).get().name == "台账.pdf"


def test_the_report_of_a_case_is_prepared_and_handed_in_for_several_tasks_at_once(rectifying, head):
    first, second = tasks(rectifying)
    rows = [task_words(rectifying, task, text=f"第{task.number}项已落实。")["reports"][0] for task in (first, second)]
    with refused("尚未填写新的内容，没有保存整改报告。", field="reports"):
        take(Verb.PREPARE_REPORT, rectifying, reports=[row | {"text": ""} for row in rows])
    take(Verb.PREPARE_REPORT, rectifying, reports=[rows[0] | {"files": [pdf("一.pdf")]}, rows[1] | {"text": ""}])
    assert [task.is_prepared(ReportKind.COMPLETION) for task in tasks(rectifying)] == [True, False]
    take(Verb.PREPARE_REPORT, rectifying, reports=rows)
    with refused("尚未选择要报送的整改报告。", field="tasks"):
        take(Verb.HAND_IN_REPORT, rectifying, tasks=[])
    case = take(Verb.HAND_IN_REPORT, rectifying, tasks=[second, first])
    assert {task.state for task in tasks(case)} == {TaskState.REPORTED}
    event = case.events.newest_first()[0]
    assert (event.actor, event.data) == (head, {"tasks": [1, 2], "versions": [1, 1], "late": []})


def test_what_was_returned_begins_with_its_text_and_files_and_each_version_keeps_its_own(rectifying):
    first = tasks(rectifying)[0]
    files = [pdf("台账.pdf"), pdf("缺页.pdf")]
    take(Verb.PREPARE_REPORT, rectifying, **task_words(rectifying, text="已摸排。", files=files))
    take(Verb.HAND_IN_REPORT, rectifying)
    case = take(Verb.RETURN_TASK, rectifying, note="缺页。")
    with refused("尚未填写新的内容，没有保存整改报告。"):
        take(Verb.PREPARE_REPORT, case, **task_words(case, text="已摸排。"))
    spare = Attachment.objects.get(name="缺页.pdf")
    take(Verb.PREPARE_REPORT, case, **task_words(case, text="已摸排。", files=[pdf("补页.pdf")], removed=[spare]))
    take(Verb.PREPARE_REPORT, case, **task_words(case, text="已重新摸排。"))
    second, earlier = tasks(case)[0].reports_of(ReportKind.COMPLETION)
    assert [sorted(file.name for file in report.attachments.all()) for report in (earlier, second)] == [
        ["台账.pdf", "缺页.pdf"],
        ["台账.pdf", "补页.pdf"],
    ]
    added = second.attachments.get(name="补页.pdf")
    take(Verb.PREPARE_REPORT, case, **task_words(case, first, text="已重新摸排。", removed=[added]))
    assert [file.name for file in second.attachments.all()] == ["台账.pdf"]
    assert all(file.file.storage.exists(file.file.name) for file in earlier.attachments.all())


@pytest.mark.parametrize(
    ("verb", "outcome", "state"),
    [(Verb.ACCEPT_TASK, "accepted", TaskState.ACCEPTED), (Verb.RETURN_TASK, "returned", TaskState.RETURNED)],
)
def test_what_became_of_a_report_is_written_on_it(reported, supervisor, verb, outcome, state):
    with later(days=1), time_machine.travel(clock.now(), tick=False):
        case, now = take(verb, reported, note="已逐条核查。"), clock.now()
    task = tasks(case)[0]
    report = task.reports.get()
    assert (task.state, report.outcome, report.outcome_note) == (state, outcome, "已逐条核查。")
    assert (report.decided_by, report.decided_at) == (supervisor, now)


def test_what_is_reported_is_not_reported_again(reported):
    first, second = tasks(reported)
    with refused("办公室设定：第 1 项整改任务已报告，待核查，现在不能报告。"):
        take(Verb.PREPARE_REPORT, reported, **task_words(reported, first))
    with refused("办公室设定：第 1 项整改任务已报告，待核查，现在不能报告。"):
        take(Verb.ASK_EXTENSION, reported, **extension(first))
    with refused("办公室设定：第 2 项整改任务待报告，现在不能核查。"):
        take(Verb.ACCEPT_TASK, reported, task=second)


def extension(task, **changed):
    return {"task": task, "new_due_on": task.agreed_due_on + timedelta(days=10), "reason": "需会同核查。"} | changed


def test_a_report_is_returned_saying_what_is_lacking(reported):
    with refused("尚未写明退回的原因。", field="note"):
        take(Verb.RETURN_TASK, reported, note="")
    case = take(Verb.RETURN_TASK, reported, note="缺办理结果。")
    first = tasks(case)[0]
    assert (first.state, first.reports.get().outcome_note) == (TaskState.RETURNED, "缺办理结果。")
    take(Verb.PREPARE_REPORT, case, **task_words(case, text="已补办理结果。"))
    case = take(Verb.HAND_IN_REPORT, case)
    assert [report.version for report in tasks(case)[0].handed_in(ReportKind.COMPLETION)] == [2, 1]
    assert tasks(case)[0].state == TaskState.REPORTED


def test_what_was_not_reported_is_not_sent_back(reported):
    waiting = tasks(reported)[1]
    with nothing_stored(), pytest.raises(Refused, match="第 2 项整改任务"):
        take(Verb.RETURN_TASK, reported, task=waiting, note="缺办理结果。")


def test_a_task_is_struck_off_once(reported):
    first = tasks(reported)[0]
    case = take(Verb.ACCEPT_TASK, reported)
    assert tasks(case)[0].state == TaskState.ACCEPTED
    take(Verb.PREPARE_REPORT, case)
    take(Verb.HAND_IN_REPORT, case)
    with refused("办公室设定：第 1 项整改任务已销号，现在不能核查。"):
        take(Verb.ACCEPT_TASK, case, task=first)


@pytest.mark.parametrize("who", ["officer", "director", "head", "liaison"])
@pytest.mark.parametrize("verb", [Verb.ACCEPT_TASK, Verb.RETURN_TASK])
def test_nobody_but_a_supervisor_reviews(reported, request, who, verb):
    with not_theirs():
        take(verb, reported, by=request.getfixturevalue(who))


def test_a_task_of_another_case_is_none_of_this_one(rectifying, division_town):
    other = tasks(case_in(CaseState.RECTIFYING, unit=division_town))[0]
    take(Verb.PREPARE_REPORT, rectifying)
    about = {Verb.PREPARE_REPORT: task_words(rectifying, other), Verb.HAND_IN_REPORT: {"tasks": [other]}}
    for verb, words in (*about.items(), (Verb.ASK_EXTENSION, {"task": other})):
        with nothing_stored(), pytest.raises(Task.DoesNotExist):
            take(verb, rectifying, **words)


def test_an_extension_moves_the_date_and_the_first_date_stays(rectifying, director):
    first = tasks(rectifying)[0]
    was_due = first.agreed_due_on
    asked = take(Verb.ASK_EXTENSION, rectifying, new_due_on=was_due + timedelta(days=5))
    assert tasks(asked)[0].agreed_due_on == was_due
    case = take(Verb.DECIDE_EXTENSION, asked)
    first = tasks(case)[0]
    assert (first.agreed_due_on, first.first_due_on) == (was_due + timedelta(days=5), was_due)
    granted = first.extensions.get()
    assert (granted.granted, granted.decided_by, granted.old_due_on) == (True, director, was_due)
    assert case.due_on == first.agreed_due_on


def test_a_refused_extension_moves_nothing(rectifying):
    was_due = tasks(rectifying)[0].agreed_due_on
    take(Verb.ASK_EXTENSION, rectifying)
    case = take(Verb.DECIDE_EXTENSION, rectifying, granted=False, opinion="理由不充分。")
    assert tasks(case)[0].agreed_due_on == was_due
    assert case.events.newest_first()[0].data == {"task": 1, "granted": False}


@pytest.mark.parametrize(
    ("changed", "sentence", "field"),
    [
        ({"new_due_on": date(2026, 12, 1)}, "新的时限须晚于现在的时限{due}。", "new_due_on"),
        ({"reason": " "}, "尚未写明延期的原因。", "reason"),
    ],
)
def test_what_an_extension_lacks(rectifying, changed, sentence, field):
    first = tasks(rectifying)[0]
    if "new_due_on" in changed:
        changed = {"new_due_on": first.agreed_due_on}
    due = f"{first.agreed_due_on.year}年{first.agreed_due_on.month}月{first.agreed_due_on.day}日"
    with refused(by_the_office(sentence.format(due=due)), field=field):
        take(Verb.ASK_EXTENSION, rectifying, **changed)


def test_the_director_decides_with_an_opinion(rectifying, officer, supervisor, head):
    case = take(Verb.ASK_EXTENSION, rectifying)
    for somebody in (officer, supervisor, head):
        with not_theirs():
            take(Verb.DECIDE_EXTENSION, case, by=somebody)
    with refused("尚未填写意见。", field="opinion"):
        take(Verb.DECIDE_EXTENSION, case, opinion="")
    second = tasks(case)[1]
    with refused("没有待审批的延期申请。", field="task"):
        take(Verb.DECIDE_EXTENSION, case, task=second)


def test_only_the_head_asks(rectifying, liaison, officer):
    for somebody in (liaison, officer):
        with not_theirs():
            take(Verb.ASK_EXTENSION, rectifying, by=somebody)


def test_nothing_is_asked_once_all_is_done(head):
    case = case_after(Verb.ACCEPT_TASK)
    first = tasks(case)[0]
    with refused("没有待报告的整改任务。"):
        ask_extension(case, by=head, **extension(first))
    with refused("没有待核查的整改报告。"):
        take(Verb.RETURN_TASK, case, task=first)
