"""审定 and 不予约谈 by a leader in person."""

import pytest
from django.db import IntegrityError, transaction

from tests import cast
from tests.factories import case_in, set_office, take
from tests.refusals import appoint, not_theirs, refused, too_late
from yuetan.actions.people.unit import end_post
from yuetan.models import Case
from yuetan.rules import check_code
from yuetan.rules.dates import clock
from yuetan.vocabulary import ApprovalMethod, CaseState, PostKind, Verb

DECISIONS = [Verb.APPROVE, Verb.DECLINE]


@pytest.fixture
def proposed(office):
    """A proposal endorsed and waiting for the leading group."""
    return case_in(CaseState.PROPOSED)


@pytest.mark.parametrize(("verb", "state"), [(Verb.APPROVE, CaseState.APPROVED), (Verb.DECLINE, CaseState.DECLINED)])
@pytest.mark.parametrize("who", ["group_leader", "first_deputy"])
def test_a_leader_decides_online(proposed, request, verb, state, who):
    leader = request.getfixturevalue(who)
    case = take(verb, proposed, by=leader, opinion="已阅。")
    assert (case.state, case.approver, case.approved_on) == (state, leader, clock.today())
    assert case.approval_method == ApprovalMethod.ONLINE
    event = case.events.newest_first()[0]
    assert (event.actor, event.opinion, event.actor_title) == (leader, "已阅。", leader.title)


@pytest.mark.parametrize("verb", DECISIONS)
def test_a_decision_needs_an_opinion(proposed, verb):
    with refused("尚未填写意见。", field="opinion"):
        take(verb, proposed, opinion="")


@pytest.mark.parametrize("who", ["officer", "second_officer", "supervisor", "sysadmin", "auditor", "head", "liaison"])
@pytest.mark.parametrize("verb", DECISIONS)
def test_nobody_else_decides(proposed, request, verb, who):
    with not_theirs():
        take(verb, proposed, by=request.getfixturevalue(who))


def test_a_post_without_approval_does_not_approve(proposed, deputy):
    with refused("办公室设定：审定由组长、第一副组长作出，孙六现不任此职，不能审定。"):
        take(Verb.APPROVE, proposed, by=deputy)


def test_the_office_may_give_approval_to_the_deputies(proposed, deputy):
    set_office("approving_posts", ["group_leader", "deputy_leader"])
    assert take(Verb.APPROVE, proposed, by=cast.person("deputy")).approver == deputy
    another = case_in(CaseState.PROPOSED)
    with refused("办公室设定：审定由组长、副组长作出，钱五现不任此职，不能审定。"):
        take(Verb.APPROVE, another, by=cast.person("first_deputy"))


@pytest.mark.parametrize("verb", DECISIONS)
def test_a_leader_of_the_interviewed_unit_stands_back(proposed, first_deputy, town, verb):
    appoint(first_deputy, town, PostKind.LIAISON, "联系领导")
    with refused("办公室设定：钱五现任被约谈单位棠下镇联系领导，应当回避，不得审定，请由其他有权办理的人办理。"):
        take(verb, proposed, by=cast.person("first_deputy"))


def test_recusal_ends_with_the_post(proposed, first_deputy, sysadmin, town):
    post = appoint(first_deputy, town, PostKind.LIAISON, "联系领导")
    end_post(post, by=sysadmin, ended_on=clock.today())
    assert take(Verb.APPROVE, proposed, by=cast.person("first_deputy")).state == CaseState.APPROVED


@pytest.mark.parametrize("who", ["officer", "director"])
def test_who_drafted_or_endorsed_does_not_approve(proposed, request, sysadmin, who):
    person = request.getfixturevalue(who)
    end_post(cast.person("first_deputy").posts.get(), by=sysadmin, ended_on=clock.today())
    end_post(person.posts.get(), by=sysadmin, ended_on=clock.today())
    appoint(person, cast.unit(cast.GROUP), PostKind.FIRST_DEPUTY_LEADER, "第一副组长")
    with refused(f"办公室设定：{person.name}已拟稿或核稿，不得再审定同一建议，请由其他有权办理的人办理。"):
        take(Verb.APPROVE, proposed, by=cast.person(who))


@pytest.mark.parametrize("state", [CaseState.DRAFTED, CaseState.IN_REVIEW, CaseState.APPROVED, CaseState.DECLINED])
def test_only_what_waits_for_approval_is_approved(group_leader, state):
    case = case_in(state)
    with too_late():
        take(Verb.APPROVE, case, by=group_leader)


NOT_AS_HANDED_IN = "办公室设定：建议内容与报核时的文本不一致，不能核稿、审定；请退回修改，由拟稿人重新报核。"
NOT_AS_APPROVED = "办公室设定：建议内容与审定时的文本不一致，原审定失效；请审定领导撤回本事项，另行提出建议、报审定。"
NOT_AS_SHOWN = "建议内容在您打开本页以后已有改动，请看过现在的内容再审定。"


def tamper(case):
    """Somebody changes the proposal behind the steps' back."""
    case.case_grounds.update(facts="改过的事实。")


@pytest.mark.parametrize("verb", DECISIONS)
def test_a_decision_is_bound_to_the_text_it_was_made_on(proposed, verb):
    case = take(verb, proposed)
    handed_in = case.proposal_versions.get().sha256
    assert case.approved_sha256 == case.proposal_sha256 == handed_in
    assert case.events.newest_first()[0].decided_text == f"内容校验 {check_code.shortened(handed_in)}"


@pytest.mark.parametrize("verb", [Verb.ENDORSE, *DECISIONS])
def test_a_text_that_is_not_the_one_handed_in_is_neither_endorsed_nor_decided_on(office, verb):
    case = case_in(CaseState.IN_REVIEW if verb == Verb.ENDORSE else CaseState.PROPOSED)
    tamper(case)
    with refused(NOT_AS_HANDED_IN):
        take(verb, case)
    again = take(Verb.SUBMIT, take(Verb.RETURN_FOR_CHANGES, case))
    assert take(Verb.ENDORSE, again).state == CaseState.PROPOSED


@pytest.mark.parametrize("verb", DECISIONS)
def test_a_text_that_changed_while_the_page_was_open_is_not_decided_on(proposed, verb):
    seen = proposed.proposal_sha256
    changed = take(Verb.REVISE_DRAFT, take(Verb.RETURN_FOR_CHANGES, proposed), matter="线索办理不及时")
    changed = take(Verb.ENDORSE, take(Verb.SUBMIT, changed))
    for shown in (seen, ""):
        with refused(NOT_AS_SHOWN):
            take(verb, changed, seen=shown)
    assert take(verb, changed).approved_sha256 not in ("", seen)


def test_a_text_that_changed_while_the_page_was_open_is_not_endorsed(office):
    case = case_in(CaseState.IN_REVIEW)
    seen = case.proposal_sha256
    changed = take(Verb.REVISE_DRAFT, take(Verb.RETURN_FOR_CHANGES, case), matter="线索办理不及时")
    changed = take(Verb.SUBMIT, changed)
    for shown in (seen, ""):
        with refused("建议内容在您打开本页以后已有改动，请看过现在的内容再核稿。"):
            take(Verb.ENDORSE, changed, seen=shown)
    assert take(Verb.ENDORSE, changed).state == CaseState.PROPOSED


@pytest.mark.parametrize(("state", "verb"), [("approved", Verb.SERVE_NOTICE), ("notified", Verb.RESCHEDULE)])
def test_an_approval_is_void_for_another_text(office, state, verb):
    case = case_in(CaseState(state))
    tamper(case)
    with refused(NOT_AS_APPROVED):
        take(verb, case)
    assert take(Verb.WITHDRAW, case).state == CaseState.WITHDRAWN


def test_a_successor_in_the_same_post_voids_nothing(second_officer):
    case = case_in(CaseState.APPROVED)
    case.interviewees.update(holder=second_officer)
    assert case.proposal_sha256 == case.approved_sha256


def test_the_database_itself_wants_a_text_for_a_decision(proposed):
    case = take(Verb.APPROVE, proposed)
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(approved_sha256="")
