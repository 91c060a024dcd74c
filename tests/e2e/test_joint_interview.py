"""Both heads are to come: one stays away without leave, the other objects to the minutes."""

from collections.abc import Callable

import pytest

from tests import cast
from tests.e2e.paper import words_of
from tests.e2e.person import PHONE, Person
from tests.e2e.steps import TITLE
from tests.factories import case_after
from yuetan.vocabulary import Verb

TOWN_HEAD = f"head_{cast.TOWN}"
LEAVE = "参加省里的会议。"
ABSENCE = "参加省里的会议，请假未获准"
OBJECTION = "第二部分漏记我镇已完成12个村的摸排。"
PAPER = "江扫黑办纪〔2026〕1号"


@pytest.fixture
def joint(it_is: Callable[..., None]) -> None:
    """A case of which both heads of the town were told, and have handed in what was asked of them."""
    it_is(11, 23, 10)
    case_after(Verb.HAND_IN_SUBMISSION, draft={"interviewees": list(cast.unit(cast.TOWN).heads())})


def test_leave_absence_and_objection(joint: None, come_in: Callable[..., Person], it_is: Callable[..., None]) -> None:
    leave_is_asked(come_in(TOWN_HEAD, width=PHONE))
    leave_is_refused(come_in("deputy"))
    the_unit_reads_the_decision(come_in(TOWN_HEAD, width=PHONE))
    it_is(11, 26, 14)
    the_interview_is_recorded(come_in("officer"))
    the_minutes_are_confirmed(come_in)
    the_head_objects(come_in(TOWN_HEAD, width=PHONE))
    the_minutes_are_issued(come_in("director"))
    both_sides_take_them_home(come_in)


def leave_is_asked(head: Person) -> None:
    head.reads("冯十、陈十一")
    head.opens(TITLE)
    head.follow("请假")
    head.press("请假")
    head.reads("尚未写明请假的原因。")
    head.meets_no_barrier()
    head.choose("陈十一")
    head.write("请假原因", LEAVE)
    head.does("请假")
    head.reads("待约谈人审批")


def leave_is_refused(leader: Person) -> None:
    leader.reads("审批请假")
    leader.follow(TITLE)
    leader.reads("陈十一请假，待约谈人审批")
    leader.follow("审批请假")
    leader.reads(f"陈十一（镇长）：{LEAVE}")
    leader.meets_no_barrier()
    leader.choose("不准假")
    leader.write("审批意见", "须与冯十一并到会。")
    leader.checks_and_does("审批请假")
    leader.reads("陈十一请假未获准，须本人到会")


def the_unit_reads_the_decision(head: Person) -> None:
    head.reads("陈十一请假：未获准")
    head.opens(TITLE)
    head.reads("约谈人于2026年11月23日 10:00审批：未获准。须与冯十一并到会。", "陈十一请假未获准，须本人到会")
    head.reads_nowhere("孙六于")


def the_interview_is_recorded(officer: Person) -> None:
    officer.follow(TITLE)
    officer.follow("记录约谈")
    officer.meets_no_barrier()
    officer.choose("孙六到会")
    officer.field("attendances-1-attendance").select_option(label="缺席")
    officer.type(attendances__1__attended_by="")
    officer.press("下一步：核对")
    officer.reads("需要改正", "缺席")
    officer.meets_no_barrier()
    officer.type(attendances__1__absence_reason=ABSENCE)
    officer.type(problems="通报摸排不深入的问题。", statement="认领问题。", discussion="措施可行。")
    officer.type(measures__0__content="集中摸排", measures__0__responsible_person="冯十")
    officer.type(measures__0__proof_required="摸排报告", measures__0__due_on="2026-12-18")
    officer.type(measures__0__acceptance_standard="全镇摸排一遍，无遗漏")
    officer.press("下一步：核对")
    officer.reads("核对：记录约谈", "缺席", ABSENCE)
    officer.meets_no_barrier()
    officer.does("记录约谈")


def the_minutes_are_confirmed(come_in: Callable[..., Person]) -> None:
    interviewer = come_in("deputy")
    interviewer.follow(TITLE)
    interviewer.follow("确认纪要文本")
    interviewer.reads("陈十一")
    interviewer.meets_no_barrier()
    interviewer.does("确认纪要文本")
    officer = come_in("officer")
    officer.follow(TITLE)
    officer.follow("送被约谈方确认")
    officer.checks_and_does("送被约谈方确认")


def the_head_objects(head: Person) -> None:
    head.follow("反馈纪要意见")
    head.reads(f"缺席：蓬江区棠下镇镇长陈十一（{ABSENCE}）")
    head.meets_no_barrier()
    head.choose("有异议")
    head.press("下一步：核对")
    head.reads("需要改正", "异议")
    head.write("异议内容", OBJECTION)
    head.checks_and_does("反馈纪要意见")
    head.reads("有异议", OBJECTION)


def the_minutes_are_issued(director: Person) -> None:
    director.follow(TITLE)
    director.reads("有异议", OBJECTION)
    director.follow("印发纪要")
    director.press("下一步：核对")
    director.reads("核对：印发纪要", OBJECTION)
    director.meets_no_barrier()
    director.does("印发纪要")


def both_sides_take_them_home(come_in: Callable[..., Person]) -> None:
    for person in (come_in("officer"), come_in(TOWN_HEAD, width=PHONE)):
        person.opens(TITLE)
        printed = words_of(person.takes_home(f"约谈纪要　{PAPER}"))
        assert OBJECTION in printed
        assert f"缺席：蓬江区棠下镇镇长陈十一（{ABSENCE}）" in printed
