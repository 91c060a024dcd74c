"""Minutes put right: who came and until when, before they are issued by a revision, after it by a correction."""

from collections.abc import Callable

from tests import cast
from tests.e2e.paper import words_of
from tests.e2e.person import PHONE, Person
from tests.e2e.steps import TITLE
from tests.factories import case_after, take
from yuetan.models import Case
from yuetan.vocabulary import MinutesAnswer, Verb

TOWN_HEAD = f"head_{cast.TOWN}"
OBJECTION = "陈十一当日带队处置山火，未到会；第一项时限过紧。"
ABSENT = "缺席：蓬江区棠下镇镇长陈十一（带队处置山火）"
REASON = "第一项时限有误"


def test_who_came_and_a_limit_are_put_right(come_in: Callable[..., Person], it_is: Callable[..., None]) -> None:
    it_is(11, 23, 10)
    objected = {"answer": MinutesAnswer.OBJECTED, "objection": OBJECTION}
    both = {"interviewees": list(cast.unit(cast.TOWN).heads())}
    case = case_after(Verb.ANSWER_MINUTES, draft=both, answer_minutes=objected)
    the_record_is_put_right(come_in("officer"))
    the_interviewer_confirms_anew(come_in("deputy"))
    for verb in (Verb.SEND_MINUTES, Verb.ANSWER_MINUTES, Verb.ISSUE_MINUTES, Verb.ASSIGN):
        case = take(verb, case)
    the_paper_says_who_came(come_in(TOWN_HEAD, width=PHONE))
    a_limit_is_corrected(come_in("director"), come_in("deputy"))
    the_account_follows(come_in(TOWN_HEAD, width=PHONE), case)


def the_record_is_put_right(officer: Person) -> None:
    officer.opens(TITLE)
    officer.reads(OBJECTION)
    officer.follow("修改纪要")
    officer.meets_no_barrier(1366, PHONE)
    officer.reads("陈十一（镇长）", "记录有误的在此更正")
    officer.select(attendances__1__attendance="缺席")
    officer.type(attendances__1__attended_by="", attendances__1__absence_reason="")
    officer.press("修改纪要")
    officer.reads("陈十一缺席，尚未写明缺席原因。")
    officer.type(attendances__1__absence_reason="带队处置山火", measures__0__due_on="2026-12-20")
    officer.does("修改纪要")
    officer.reads("陈十一：缺席（带队处置山火）")
    officer.follow("各稿对比")
    officer.reads("到会情况", "带队处置山火", "第 1 稿")


def the_interviewer_confirms_anew(leader: Person) -> None:
    leader.opens(TITLE)
    leader.follow("确认纪要文本")
    leader.reads(ABSENT, "2026年12月20日")
    leader.does("确认纪要文本")


def the_paper_says_who_came(head: Person) -> None:
    head.opens(TITLE)
    printed = words_of(head.takes_home("约谈纪要　江扫黑办纪〔2026〕1号"))
    assert ABSENT in printed


def a_limit_is_corrected(director: Person, leader: Person) -> None:
    director.opens(TITLE)
    director.follow("拟定纪要更正")
    director.type(reason=REASON, measures__0__due_on="2026-12-25")
    director.does("拟定纪要更正")
    leader.opens(TITLE)
    leader.follow("确认更正并印发")
    leader.press("下一步：核对")
    leader.reads("江扫黑办纪〔2026〕2号", "2026年12月25日")
    leader.does("确认更正并印发")


def the_account_follows(head: Person, case: Case) -> None:
    head.goes_to(f"/tasks/{case.tasks.get(number=1).pk}/date/")
    head.reads("2026年12月25日", f"更正原因：{REASON}")
