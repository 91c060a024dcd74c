"""请假: asked before the interview, decided by the interviewer; nobody comes instead."""

import pytest

from tests import cast
from tests.factories import case_in, later, take
from tests.refusals import not_theirs, refused, too_late
from yuetan.vocabulary import CaseState, PostKind, Verb


@pytest.fixture
def notified(office):
    """A case of which the town was told."""
    return case_in(CaseState.NOTIFIED)


@pytest.fixture
def joint(office, town):
    """Both heads of the town are to come."""
    return case_in(CaseState.NOTIFIED, draft={"interviewees": list(town.heads())})


def leave_of(case, name):
    return case.leave_of(next(post for post in case.interviewees.all() if post.holder.name == name))


def test_asked_by_the_head_and_granted_by_the_interviewer(notified, head, deputy):
    case = take(Verb.ASK_LEAVE, notified, reason="赴省开会。")
    asked = leave_of(case, "冯十")
    assert (asked.reason, asked.requested_by, asked.granted, asked.outcome) == ("赴省开会。", head, None, "待审批")
    case = take(Verb.DECIDE_LEAVE, case)
    granted = leave_of(case, "冯十")
    assert (granted.granted, granted.decided_by, granted.outcome) == (True, deputy, "获准")
    assert not case.expected_people


@pytest.mark.parametrize("who", ["liaison", "officer", "director", "other_head"])
def test_nobody_else_asks(notified, request, who):
    with not_theirs():
        take(Verb.ASK_LEAVE, notified, by=request.getfixturevalue(who))


@pytest.mark.parametrize("who", ["officer", "director", "group_leader", "first_deputy", "head"])
def test_nobody_else_decides(notified, request, who):
    case = take(Verb.ASK_LEAVE, notified)
    with not_theirs():
        take(Verb.DECIDE_LEAVE, case, by=request.getfixturevalue(who))


def test_what_a_request_must_say(notified, division_town):
    stranger = division_town.heads().first()
    with refused("尚未写明请假的原因。", field="reason"):
        take(Verb.ASK_LEAVE, notified, reason="  ")
    for nobody in (None, stranger):
        with refused("尚未选择请假的约谈对象。", field="post"):
            take(Verb.ASK_LEAVE, notified, post=nobody)


def test_what_a_decision_must_say(notified):
    case = take(Verb.ASK_LEAVE, notified)
    with refused("尚未填写意见。", field="opinion"):
        take(Verb.DECIDE_LEAVE, case, opinion="")
    with refused("没有待审批的请假。", field="leave"):
        take(Verb.DECIDE_LEAVE, case, leave=None)


def test_nothing_was_asked(notified):
    with refused("没有待审批的请假。"):
        take(Verb.DECIDE_LEAVE, notified, leave=None)


def test_asked_once_until_refused(notified):
    case = take(Verb.ASK_LEAVE, notified)
    with refused("约谈对象均已请假，不必再次请假。"):
        take(Verb.ASK_LEAVE, case)
    case = take(Verb.DECIDE_LEAVE, case, granted=False, opinion="须到会。")
    assert case.expected_people
    case = take(Verb.ASK_LEAVE, case)
    assert leave_of(case, "冯十").granted is None
    case = take(Verb.DECIDE_LEAVE, case)
    with refused("约谈对象均已请假，不必再次请假。"):
        take(Verb.ASK_LEAVE, case)


def test_in_a_joint_interview_the_others_go_on(joint):
    secretary = joint.interviewees.get(kind=PostKind.PARTY_SECRETARY)
    mayor = joint.interviewees.get(kind=PostKind.GOVERNMENT_HEAD)
    case = take(Verb.DECIDE_LEAVE, take(Verb.ASK_LEAVE, joint, post=secretary))
    assert case.expected_people
    with refused("冯十已经请假（获准），不必再次请假。", field="post"):
        take(Verb.ASK_LEAVE, case, post=secretary)
    assert case.leave_of(mayor) is None
    case = take(Verb.DECIDE_LEAVE, take(Verb.ASK_LEAVE, case, post=mayor))
    assert not case.expected_people


def test_an_interview_without_anybody_is_not_held(notified):
    case = take(Verb.DECIDE_LEAVE, take(Verb.ASK_LEAVE, notified))
    with later(days=8), refused("办公室设定：约谈对象均已准假，须先改期。"):
        take(Verb.HOLD_INTERVIEW, case)


def test_leave_from_one_time_is_no_leave_from_another(notified):
    case = take(Verb.DECIDE_LEAVE, take(Verb.ASK_LEAVE, notified))
    case = take(Verb.RESCHEDULE, case)
    assert leave_of(case, "冯十") is None
    assert case.expected_people
    assert take(Verb.ASK_LEAVE, case).leaves.count() == 2


def test_once_the_time_has_come_it_is_too_late(notified):
    with (
        later(days=6, hours=23),
        refused("办公室设定：约谈时间2026年11月30日（星期一）上午9:00已到，不能再请假；不能到会的，请书面说明原因。"),
    ):
        take(Verb.ASK_LEAVE, notified)


def test_after_the_interview_there_is_no_leave(notified):
    with later(days=8):
        case = take(Verb.HOLD_INTERVIEW, notified)
        with too_late():
            take(Verb.ASK_LEAVE, case)


def test_the_record_names_who_and_what(notified):
    case = take(Verb.DECIDE_LEAVE, take(Verb.ASK_LEAVE, notified))
    decided, asked, *_ = case.events.newest_first()
    assert asked.data == {"leave_of": "冯十"}
    assert decided.data == {"leave_of": "冯十", "outcome": "获准"}
    assert decided.who(inner=False) == "市扫黑办"
    assert asked.who(inner=False) == f"冯十（{cast.head(cast.TOWN).title}）"
