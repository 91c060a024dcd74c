"""The 约谈 of the story of a quarter in Chromium: what each role clicks from 核稿 to 办结销号; the rest by actions."""

from collections.abc import Callable

from tests import cast, factories
from tests.e2e.person import PHONE, Person
from tests.e2e.steps import takes_at
from tests.quarter import INTERVIEWED, MATTER
from yuetan.models import Case
from yuetan.scenarios.actors import interviewer
from yuetan.vocabulary import CaseState, Verb

V = Verb
OPINION, INNER = "连续多期未报，建议约谈。", "张一"
MEASURE = {"content": "明确专人报送，建立报送台账。", "responsible_person": "韩十六", "due_on": "2026-12-31"}
SHOWN_BY = {"proof_required": "报送台账", "acceptance_standard": "连续四周按时报送"}


def address(case: Case) -> str:
    """The page of the case."""
    return f"/cases/{case.pk}/"


def is_decided_and_served(case: Case, come_in: Callable[..., Person]) -> None:
    """核稿, 审定, 书面通知; the unit finds nothing of it before, and signs for it on its phone."""
    takes_at(come_in("director"), address(case), V.ENDORSE, opinion=OPINION)
    head = come_in(f"head_{INTERVIEWED}", width=PHONE)
    head.finds_nothing(address(case))
    leader = come_in("group_leader")
    leader.goes_to("/")
    leader.follow(f"关于{MATTER}的约谈")
    leader.reads(OPINION)
    leader.write("审定意见", "同意，从速办理。")
    leader.does(V.APPROVE.label)
    place = {"scheduled_at": "2026-12-15T09:30", "place": "市扫黑办三楼会议室"}
    takes_at(come_in("officer"), address(case), V.SERVE_NOTICE, **place)
    takes_at(come_in(f"liaison_{INTERVIEWED}", width=PHONE), address(case), V.ACKNOWLEDGE_RECEIPT)
    head.goes_to(address(case))
    head.reads(MATTER, "2026年12月15日")
    head.reads_nowhere(OPINION, INNER)
    for verb in (V.PREPARE_SUBMISSION, V.HAND_IN_SUBMISSION):
        factories.take(verb, case)


def is_interviewed(case: Case, come_in: Callable[..., Person]) -> None:
    """记录约谈, 确认纪要文本, 印发纪要, 交办整改."""
    case = Case.objects.get(pk=case.pk)
    leader = interviewer(case)
    officer = come_in("officer")
    officer.goes_to(address(case))
    officer.follow(V.HOLD_INTERVIEW.label)
    officer.choose(f"{leader.name}到会")
    officer.type(problems="通报连续多期未报的问题。", statement="认领问题。", discussion="措施可行。")
    officer.type(attendances__0__attended_by=cast.head(INTERVIEWED).name)
    officer.type(**{f"measures__0__{name}": words for name, words in (MEASURE | SHOWN_BY).items()})
    officer.press("下一步：核对")
    officer.reads("核对：记录约谈", "2026年12月31日")
    officer.does(V.HOLD_INTERVIEW.label)
    takes_at(come_in(leader.username), address(case), V.CONFIRM_MINUTES)
    factories.take(V.ANSWER_MINUTES, factories.take(V.SEND_MINUTES, case))
    takes_at(come_in("director"), address(case), V.ISSUE_MINUTES)
    takes_at(come_in("officer"), address(case), V.ASSIGN)


def is_put_right_and_closed(case: Case, come_in: Callable[..., Person]) -> None:
    """Reported, accepted, inspected and closed; the unit reads that it is over, and nothing of the inner words."""
    factories.take(V.PREPARE_REPORT, case)
    report_is_accepted(address(case), INTERVIEWED, come_in)
    for verb in (V.BEGIN_INSPECTION, V.CONCLUDE_INSPECTION):
        factories.take(verb, case)
    takes_at(come_in("director"), address(case), V.CLOSE)
    assert Case.objects.get(pk=case.pk).state == CaseState.CLOSED
    head = come_in(f"head_{INTERVIEWED}", width=PHONE)
    head.goes_to(address(case))
    head.reads("已办结（销号）", "约谈纪要")
    head.reads_nowhere(OPINION, INNER)


def report_is_accepted(url: str, code: str, come_in: Callable[..., Person]) -> None:
    """The report on the one task of a case or of a 交办事项, prepared already: handed in by the head, and accepted."""
    takes_at(come_in(f"head_{code}", width=PHONE), url, V.HAND_IN_REPORT)
    supervisor = come_in("supervisor")
    supervisor.goes_to(url)
    supervisor.follow(V.ACCEPT_TASK.label)
    supervisor.choose("第 1 项")
    supervisor.type(note="查阅台账，属实，已落实。")
    supervisor.checks_and_does(V.ACCEPT_TASK.label)
