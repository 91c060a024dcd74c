"""代行: where the lawful post is vacant or barred, the office's written rule names who acts, and papers say why."""

import re

import pytest

from tests import cast
from tests.factories import case_after, case_in, later, take
from tests.refusals import appoint, not_theirs, refused
from tests.steps import proposal
from yuetan.actions.people.unit import begin_post, end_post
from yuetan.actions.proposal.proposal import draft
from yuetan.models import OfficeSetting, User
from yuetan.rules.dates import clock
from yuetan.vocabulary import CaseState, Party, PostKind, Verb

REASON = "组长赵四现任被约谈单位局长，应当回避，按办公室设定由第一副组长钱五代行"
IN_PAPERS = "组长赵四现任被约谈单位局长，应当回避，由第一副组长钱五代行"


def text_of(paper):
    """A paper as one reads it, without the marks of where lines may break."""
    return re.sub(r"<[^>]+>|\s", "", paper.html)


@pytest.fixture
def headed_by_the_leader(office, group_leader, member_head, member_unit, sysadmin):
    """The usual case in life: the group leader also heads the member unit."""
    end_post(member_head.posts.get(), by=sysadmin, ended_on=clock.today())
    appoint(group_leader, member_unit, PostKind.UNIT_HEAD, "局长")
    return member_unit


def test_nobody_interviews_their_own_unit(headed_by_the_leader, officer):
    leader = cast.person("group_leader").posts.get(kind=PostKind.GROUP_LEADER)
    with refused("办公室设定：赵四现任被约谈单位局长，应当回避，不能作为约谈人。", field="interviewer"):
        draft(by=officer, **proposal(headed_by_the_leader, interviewer=leader))
    case = draft(by=officer, **proposal(headed_by_the_leader))
    assert case.interviewer.holder == cast.person("first_deputy")
    assert (case.acting_for, case.acting_reason) == (PostKind.GROUP_LEADER, REASON)
    assert [person.name for person in case.people_named] == ["赵四"]


def test_such_a_case_goes_to_its_end_and_every_paper_says_who_acts_and_why(headed_by_the_leader, officer):
    case = draft(by=officer, **proposal(headed_by_the_leader))
    for verb in (Verb.SUBMIT, Verb.ENDORSE):
        case = take(verb, case)
    assert case.events.get(verb=Verb.SUBMIT).data["acting"] == REASON
    case = take(Verb.APPROVE, case, by=cast.person("first_deputy"))
    case = take(Verb.SERVE_NOTICE, case)
    assert f"约谈人说明：{IN_PAPERS}。" in text_of(case.current_notice)
    with later(days=8):
        case = take(Verb.HOLD_INTERVIEW, case)
        case = take(Verb.CONFIRM_MINUTES, case)
        for verb in (Verb.SEND_MINUTES, Verb.ANSWER_MINUTES, Verb.ISSUE_MINUTES):
            case = take(verb, case)
        assert f"约谈人说明：{IN_PAPERS}。" in text_of(case.current_minutes)


def test_the_lawful_interviewer_is_not_passed_over(office, officer, first_deputy, member_unit):
    acting = first_deputy.posts.get()
    with refused("依据第四条，约谈人应为组长，钱五现不任此职。"):
        draft(by=officer, **proposal(member_unit, interviewer=acting))


def test_who_acts_stops_once_the_lawful_interviewer_is_there(headed_by_the_leader, officer, sysadmin):
    case = take(Verb.SUBMIT, draft(by=officer, **proposal(headed_by_the_leader)))
    own = cast.person("group_leader").posts.get(kind=PostKind.UNIT_HEAD)
    end_post(own, by=sysadmin, ended_on=clock.today())
    with refused(
        "依据第四条，赵四不是市公安局现任主要负责人，不能作为约谈对象；请退回修改，由拟稿人改选后重新报核。",
        "办公室设定：组长现已有人可以约谈，钱五不再代行；请退回修改，由拟稿人改选后重新报核。",
    ):
        take(Verb.ENDORSE, case)


def test_where_the_post_is_vacant_the_first_of_the_written_rule_acts(office, officer, sysadmin, town, deputy):
    end_post(deputy.posts.get(), by=sysadmin, ended_on=clock.today())
    case = draft(by=officer, **proposal(town))
    assert case.acting_reason == "副组长暂缺，按办公室设定由组长赵四代行"
    OfficeSetting.objects.filter(key="acting_leaders").update(value=["first_deputy_leader"])
    assert draft(by=officer, **proposal(town, matter="另一件事")).interviewer.holder.name == "钱五"


def test_who_is_barred_after_the_notice_is_replaced_and_the_approval_holds(office, group_leader, member_unit):
    case = case_in(CaseState.NOTIFIED, unit=member_unit)
    appoint(group_leader, member_unit, PostKind.LIAISON, "联系领导")
    with (
        later(days=8),
        refused("办公室设定：约谈人赵四现任被约谈单位联系领导，应当回避，须先改期，确定第一副组长钱五为约谈人。"),
    ):
        take(Verb.HOLD_INTERVIEW, case)
    post = cast.person("first_deputy").posts.get()
    case = take(Verb.RESCHEDULE, case, interviewer=post)
    reason = "组长赵四现任被约谈单位联系领导，应当回避，按办公室设定由第一副组长钱五代行"
    assert (case.interviewer, case.acting_reason) == (post, reason)
    assert f"约谈人说明：{reason.replace('按办公室设定', '')}。" in text_of(case.current_notice)
    case = take(Verb.RESCHEDULE, case)
    with later(days=8):
        assert take(Verb.HOLD_INTERVIEW, case).interview.interviewer == post


def test_who_is_barred_after_the_interview_has_somebody_confirm_the_minutes(office, group_leader, member_unit):
    case = case_in(CaseState.INTERVIEWED, unit=member_unit)
    appoint(group_leader, member_unit, PostKind.LIAISON, "联系领导")
    gone = "约谈人赵四现任被约谈单位联系领导，应当回避"
    with refused(f"办公室设定：{gone}，纪要文本须先由第一副组长钱五确认。"):
        take(Verb.SEND_MINUTES, case)
    case = take(Verb.CONFIRM_MINUTES, case, by=cast.person("first_deputy"))
    assert case.minutes.confirmed_acting == f"{gone}，由第一副组长钱五确认"
    for verb in (Verb.SEND_MINUTES, Verb.ANSWER_MINUTES, Verb.ISSUE_MINUTES):
        case = take(verb, case)
    assert f"纪要确认说明：{gone}，由第一副组长钱五确认。" in text_of(case.current_minutes)


def test_where_those_who_decide_are_barred_the_next_leader_decides_and_says_why(office, group_leader, sysadmin, deputy):
    unit = cast.unit(cast.COUNTY)
    case = case_in(CaseState.PROPOSED, unit=unit)
    with refused("办公室设定：审定由组长、第一副组长作出，孙六现不任此职，不能审定。"):
        take(Verb.APPROVE, case, by=deputy)
    end_post(cast.person("first_deputy").posts.get(), by=sysadmin, ended_on=clock.today())
    end_post(group_leader.posts.get(), by=sysadmin, ended_on=clock.today())
    case = take(Verb.REVISE_DRAFT, take(Verb.RETURN_FOR_CHANGES, case, by=cast.person("deputy")))
    case = take(Verb.ENDORSE, take(Verb.SUBMIT, case))
    case = take(Verb.APPROVE, case, by=cast.person("deputy"))
    words = "组长暂缺；第一副组长暂缺，按办公室设定代行审定"
    assert case.events.get(verb=Verb.APPROVE).decision_marks[0] == words


def test_where_the_director_is_barred_another_of_the_office_acts_and_not_the_drafter(office, director, town):
    case = case_in(CaseState.IN_REVIEW)
    appoint(director, town, PostKind.LIAISON, "联系领导")
    with not_theirs():
        take(Verb.ENDORSE, case, by=cast.person("officer"))
    case = take(Verb.ENDORSE, case, by=cast.person("second_officer"))
    assert case.state == CaseState.PROPOSED
    assert case.parties()[Party.ACTING_DIRECTOR] == [cast.person("second_officer").pk]


def test_where_the_supervisor_is_barred_an_officer_acts_until_somebody_may(office, supervisor, town, sysadmin):
    case = case_after(Verb.BEGIN_INSPECTION)
    appoint(supervisor, town, PostKind.LIAISON, "联系人")
    assert len(case.parties()[Party.ACTING_SUPERVISOR]) == 2
    new = User.objects.create_person("吕四七", username="new_supervisor")
    begin_post(by=sysadmin, unit=cast.unit(cast.OFFICE), kind=PostKind.SUPERVISOR, title="督查员", rank="",
               began_on=clock.today(), holder=new, name="", username="", password="")  # fmt: skip
    assert case.parties()[Party.ACTING_SUPERVISOR] == []


def test_nobody_acts_for_a_vacant_office_post(office, director, sysadmin):
    case = case_in(CaseState.IN_REVIEW)
    end_post(director.posts.get(), by=sysadmin, ended_on=clock.today())
    assert case.parties()[Party.ACTING_DIRECTOR] == []
