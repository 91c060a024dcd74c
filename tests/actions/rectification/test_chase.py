"""催办: asked for one task or several, on record, told to the unit, and answered once."""

import pytest

from tests.factories import case_in, later, take
from tests.refusals import not_theirs, refused
from yuetan.models import Alert, Chase
from yuetan.vocabulary import CaseState, Verb


@pytest.fixture
def case(office):
    """Two tasks, neither reported."""
    return case_in(CaseState.RECTIFYING)


def test_several_are_asked_after_at_once_and_the_unit_is_notified(case, supervisor, head):
    done = take(Verb.CHASE, case, tasks=list(case.tasks.all()))
    assert [(one.task.number, one.sent_by) for one in Chase.objects.order_by("task__number")] == [
        (1, supervisor),
        (2, supervisor),
    ]
    event = done.events.newest_first()[0]
    assert (event.data, event.is_outer, event.opinion) == ({"tasks": [1, 2]}, True, "请尽快报告落实情况。")
    assert "催办" in Alert.objects.filter(recipient=head).first().text


def test_the_unit_answers_once(case, liaison):
    take(Verb.CHASE, case)
    take(Verb.ANSWER_CHASE, case)
    asked = Chase.objects.get()
    assert (asked.reply, asked.replied_by) == ("已完成大半，月底前报告。", liaison)
    with refused("没有待回复的催办。"):
        take(Verb.ANSWER_CHASE, case)
    take(Verb.CHASE, case)
    with refused("尚未填写回复内容。", field="reply"):
        take(Verb.ANSWER_CHASE, case, reply=" ")
    with refused(f"这次催办已由{liaison.name}回复，不必再次回复。", field="chase"):
        take(Verb.ANSWER_CHASE, case, chase=asked)


def test_what_is_not_owed_is_not_asked_after(case):
    first = case.tasks.get(number=1)
    with refused("尚未选择要催办的整改任务。", field="tasks"):
        take(Verb.CHASE, case, tasks=[])
    with refused("尚未填写催办内容。", field="words"):
        take(Verb.CHASE, case, words="")
    take(Verb.PAUSE_TASK, case)
    with refused("办公室设定：第 1 项整改任务中止计时，恢复计时后才能催办。", field="tasks"):
        take(Verb.CHASE, case, tasks=[first])
    take(Verb.PREPARE_REPORT, case)
    take(Verb.HAND_IN_REPORT, case)
    with refused("办公室设定：第 1 项整改任务已报告，待核查，不必催办。", field="tasks"):
        take(Verb.CHASE, case, tasks=[first])


@pytest.mark.parametrize("who", ["director", "group_leader", "head", "liaison", "other_head"])
def test_not_everybody_asks(case, request, who):
    with not_theirs():
        take(Verb.CHASE, case, by=request.getfixturevalue(who))


@pytest.mark.parametrize("who", ["officer", "supervisor", "other_liaison"])
def test_nobody_answers_for_the_unit(case, request, who):
    take(Verb.CHASE, case)
    with not_theirs():
        take(Verb.ANSWER_CHASE, case, by=request.getfixturevalue(who))


def test_it_can_be_asked_again_later(case):
    take(Verb.CHASE, case)
    with later(days=5):
        take(Verb.CHASE, case)
    assert case.tasks.get(number=1).chases.count() == 2
