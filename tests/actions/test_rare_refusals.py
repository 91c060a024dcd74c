"""Refusals that come only when a case holds two of a thing, or somebody stands where they seldom stand."""

from datetime import date

import pytest

from tests import cast
from tests.factories import case_after, case_in, later, letter_in, succeed, take
from tests.refusals import appoint, not_theirs, refused, too_late
from tests.steps import task_words
from yuetan.actions.letter.letter import acknowledge_letter, return_letter, revise_letter
from yuetan.actions.letter.letter_answer import answer_letter
from yuetan.actions.papers.document import void_document
from yuetan.actions.papers.number_register import reserve_number
from yuetan.actions.people.delegation import delegate_approval
from yuetan.actions.proposal.bulk_approval import approve_in_bulk
from yuetan.actions.rectification.report import hand_in_progress, hand_in_report
from yuetan.models import Delegation, Regulation, SupervisionLetter
from yuetan.models.rectification.task import drafts_digest
from yuetan.rules.dates import clock
from yuetan.vocabulary import CaseState, DelegationState, DocumentKind, LetterState, PostKind, ReportKind, Verb

OFFICE = "办公室设定："


@pytest.fixture
def rectifying(office):
    """Two tasks handed over to the unit."""
    return case_in(CaseState.RECTIFYING)


@pytest.fixture
def two_papers(rectifying):
    """Two yellow 督办单 of one case, neither signed for."""
    with later(days=30):
        for number in (1, 2):
            take(Verb.ISSUE_SUPERVISION_LETTER, rectifying, tasks=[rectifying.tasks.get(number=number)], grade="yellow")
        yield rectifying, *SupervisionLetter.objects.order_by("pk")


def test_of_two_supervision_letters_each_is_signed_for_and_answered_once(two_papers):
    case, first, second = two_papers
    take(Verb.ACKNOWLEDGE_SUPERVISION, case, supervision=first)
    signed = "本督办单已由褚十二于2026年12月23日（星期三）上午10:00签收，不必再次签收。"
    with refused(signed, field="supervision"):
        take(Verb.ACKNOWLEDGE_SUPERVISION, case, supervision=first)
    with refused(f"{OFFICE}本督办单尚未签收，请先签收再回复。", field="supervision"):
        take(Verb.ANSWER_SUPERVISION, case, supervision=second)
    take(Verb.ACKNOWLEDGE_SUPERVISION, case, supervision=second)
    take(Verb.ANSWER_SUPERVISION, case, supervision=first)
    with refused("本督办单已由冯十回复，不必再次回复。", field="supervision"):
        take(Verb.ANSWER_SUPERVISION, case, supervision=first)


def test_a_voided_supervision_letter_is_neither_signed_for_nor_answered(two_papers):
    case, first, _ = two_papers
    void_document(first.document, by=cast.person("director"), reason="对象有误")
    with refused("本督办单已于2026年12月23日作废，不必签收、回复。", field="supervision"):
        take(Verb.ACKNOWLEDGE_SUPERVISION, case, supervision=first)


def test_without_a_request_there_is_nothing_to_decide(rectifying):
    with refused("没有待审批的延期申请。"):
        take(Verb.DECIDE_EXTENSION, rectifying)


def test_only_a_running_limit_is_stopped_and_only_a_stopped_one_started(rectifying):
    first, second = rectifying.tasks.order_by("number")
    take(Verb.PREPARE_REPORT, rectifying, **task_words(rectifying, first))
    take(Verb.HAND_IN_REPORT, rectifying, tasks=[first])
    with refused(f"{OFFICE}第 1 项整改任务已报告，待核查，不能中止计时。", field="task"):
        take(Verb.PAUSE_TASK, rectifying, task=first)
    take(Verb.PAUSE_TASK, rectifying, task=second)
    with refused("没有正在计时的整改任务。"):
        take(Verb.PAUSE_TASK, rectifying, task=first)
    with refused("第 1 项整改任务没有中止计时，不必恢复。", field="task"):
        take(Verb.RESUME_TASK, rectifying, task=first)


def test_where_no_limit_runs_nobody_is_chased_and_where_all_is_reported_nothing_more_is(rectifying, head):
    for task in rectifying.tasks.order_by("number"):
        take(Verb.PAUSE_TASK, rectifying, task=task)
    with refused(f"{OFFICE}没有正在计时的待报告整改任务，不必催办。"):
        take(Verb.CHASE, rectifying)
    for task in rectifying.tasks.order_by("number"):
        take(Verb.RESUME_TASK, rectifying, task=task)
        take(Verb.PREPARE_REPORT, rectifying, **task_words(rectifying, task))
    tasks = list(rectifying.tasks.all())
    all_of_it = {"tasks": tasks, "seen": drafts_digest(tasks, ReportKind.COMPLETION)}
    hand_in_report(rectifying, by=head, **all_of_it)
    for once_more in (hand_in_report, hand_in_progress):
        with refused("没有待报告的整改任务。"):
            once_more(rectifying, by=head, **all_of_it)


def test_a_task_without_a_report_does_not_go_along_with_another(rectifying):
    first, second = rectifying.tasks.order_by("number")
    take(Verb.PREPARE_REPORT, rectifying, **task_words(rectifying, second))
    with refused("依据第十条第一项，第 1 项整改任务尚未填写落实情况，不能报送。", field="tasks"):
        take(Verb.HAND_IN_REPORT, rectifying, tasks=[first, second])


def test_nobody_writes_a_reminder_letter_to_a_unit_of_their_own(supervisor, member_unit):
    appoint(supervisor, member_unit, PostKind.LIAISON, "联系人")
    with refused(f"{OFFICE}周七现任市公安局联系人，应当回避，不得起草发往本单位的提醒函。", field="unit"):
        letter_in(LetterState.DRAFTED)


def test_a_letter_that_was_signed_is_not_returned_and_one_not_returned_is_not_revised(group_leader, supervisor):
    facts = {"capacity": "member_unit", "lead_matter": "", "case": None, "matter": "甲", "problems": "乙"}
    issued, drafted = letter_in(LetterState.ISSUED), letter_in(LetterState.DRAFTED)
    with too_late():
        return_letter(issued, by=group_leader, reason="不实。")
    with too_late():
        revise_letter(drafted, by=supervisor, unit=drafted.unit, requirements="丙", **facts)


def test_a_voided_letter_is_not_answered(director, member_head):
    letter = acknowledge_letter(letter_in(LetterState.ISSUED), by=cast.liaison(cast.MEMBER_UNIT))
    void_document(letter.document, by=director, reason="对象有误")
    letter.refresh_from_db()
    with refused("本函已于2026年11月23日作废，不必签收。"):
        answer_letter(letter, by=member_head, answer="已整改。")


def test_minutes_keep_all_their_parts_in_a_correction_and_when_they_go_out(office):
    case = case_after(Verb.ANSWER_MINUTES)
    type(case.minutes).objects.filter(case=case).update(discussion="")
    with refused("依据第九条第四项，约谈纪要还缺：正文。"):
        take(Verb.ISSUE_MINUTES, case)
    issued = case_in(CaseState.MINUTED)
    with refused("依据第九条第四项，约谈纪要还缺：正文。", field="statement"):
        take(Verb.CORRECT_MINUTES, issued, statement="  ")


def test_no_number_is_reserved_for_a_case_that_one_may_not_see(officer, town):
    case = case_in(CaseState.APPROVED)
    appoint(officer, town, PostKind.LIAISON, "联系人")
    with not_theirs():
        reserve_number(by=cast.person("officer"), kind=DocumentKind.INTERVIEW_NOTICE, case=case, purpose="另印一份")


def test_a_unit_that_comes_too_early_reads_of_nobody(office, liaison):
    case = case_in(CaseState.APPROVED)
    with too_late() as error:
        take(Verb.ACKNOWLEDGE_RECEIPT, case)
    assert (error.value.who, error.value.when) == ("", None)


def test_of_several_each_is_ones_own_to_approve_or_not(officer):
    case = case_in(CaseState.PROPOSED)
    (outcome,) = approve_in_bulk([case], by=officer, opinion="同意。", seen=[case.proposal_sha256])
    assert outcome.reasons == ("这件事项不由您审定。",)


def test_a_delegation_past_its_last_day_has_run_out(group_leader, deputy):
    today = clock.today()
    delegate_approval(by=group_leader, delegate=deputy, begins_on=today, ends_on=today, reason="外出学习")
    given = Delegation.objects.get()
    assert given.standing == DelegationState.IN_FORCE
    with later(days=1):
        assert (given.standing, given.is_over) == (DelegationState.EXPIRED, True)


def test_before_any_regulation_there_is_none_in_force(office):
    with pytest.raises(Regulation.DoesNotExist):
        Regulation.objects.in_force(date(2000, 1, 1))


def test_a_head_who_has_left_since_is_not_proposed(head):
    case = case_in(CaseState.DRAFTED)
    succeed(head, "吕四十")
    with refused("依据第五条，冯十不是棠下镇现任党政主要领导，不能作为约谈对象。"):
        take(Verb.SUBMIT, case)
