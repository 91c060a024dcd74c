"""Who interviews, is interviewed and decides is asked again by every step that acts on them, by the posts of today."""

import re

import pytest

from tests import cast
from tests.factories import case_after, case_in, later, succeed, take
from tests.refusals import appoint, refused
from yuetan.actions.people.unit import end_post
from yuetan.models import User
from yuetan.rules.dates import clock
from yuetan.vocabulary import CaseState, PostKind, Rank, Verb

RETURN = "；请退回修改，由拟稿人改选后重新报核。"
WITHDRAW = "；请审定领导撤回，由承办人另行提出建议。"
BEFORE_NOTICE = [
    (CaseState.IN_REVIEW, Verb.ENDORSE, RETURN),
    (CaseState.PROPOSED, Verb.APPROVE, RETURN),
    (CaseState.APPROVED, Verb.SERVE_NOTICE, WITHDRAW),
]


def text_of(paper):
    """A paper as one reads it, without the marks of where lines may break."""
    return re.sub(r"<[^>]+>|\s", "", paper.html)


@pytest.mark.parametrize(("state", "verb", "remedy"), BEFORE_NOTICE)
def test_a_head_who_has_left_is_not_checked_decided_or_notified(office, head, state, verb, remedy):
    case = case_in(state)
    succeed(head, "吕四十")
    with refused(f"依据第五条，冯十不是棠下镇现任党政主要领导，不能作为约谈对象{remedy}"):
        take(verb, case)


@pytest.mark.parametrize(("state", "verb", "remedy"), BEFORE_NOTICE)
def test_an_interviewer_who_has_left_interviews_nobody(office, deputy, state, verb, remedy):
    case = case_in(state)
    succeed(deputy, "吕四一", rank="")
    with refused(f"依据第五条，约谈人应为副组长，孙六现不任此职{remedy}"):
        take(verb, case)


@pytest.mark.parametrize(("state", "verb", "remedy"), BEFORE_NOTICE)
def test_a_head_who_has_become_of_another_rank_needs_another_interviewer(office, head, town, state, verb, remedy):
    case = case_in(state)
    end_post(head.posts.get(), by=cast.person("sysadmin"), ended_on=clock.today())
    appoint(head, town, PostKind.PARTY_SECRETARY, "党委书记", Rank.DIVISION)
    with refused(f"依据第五条，冯十不是棠下镇现任党政主要领导，不能作为约谈对象{remedy}"):
        take(verb, case)


@pytest.mark.parametrize(("state", "verb", "remedy"), BEFORE_NOTICE)
def test_an_interviewer_who_has_come_to_the_unit_stands_back(office, deputy, town, state, verb, remedy):
    case = case_in(state)
    appoint(deputy, town, PostKind.LIAISON, "挂职副书记")
    with refused(f"办公室设定：孙六现任被约谈单位挂职副书记，应当回避，不能作为约谈人{remedy}"):
        take(verb, case)


def test_the_remedy_is_there_to_be_taken(office, head, town):
    case = case_in(CaseState.IN_REVIEW)
    succeed(head, "吕四十")
    case = take(Verb.RETURN_FOR_CHANGES, case)
    case = take(Verb.REVISE_DRAFT, case, interviewees=[town.heads()[0]])
    assert take(Verb.ENDORSE, take(Verb.SUBMIT, case)).state == CaseState.PROPOSED


def test_an_approved_case_is_withdrawn_by_who_approved_it(office, head):
    case = case_in(CaseState.APPROVED)
    succeed(head, "吕四十")
    assert take(Verb.WITHDRAW, case).state == CaseState.WITHDRAWN


def test_nobody_is_asked_to_decline_by_lawful_people(office, head):
    case = case_in(CaseState.PROPOSED)
    succeed(head, "吕四十")
    assert take(Verb.DECLINE, case).state == CaseState.DECLINED


def test_what_was_lawful_on_the_day_of_the_interview_stays_so(office, head, deputy, town):
    case = case_in(CaseState.INTERVIEWED)
    succeed(head, "吕四十", account="new_head")
    succeed(deputy, "吕四一", account="new_deputy", rank="")
    case = take(Verb.CONFIRM_MINUTES, case, by=cast.person("new_deputy"))
    for verb in (Verb.SEND_MINUTES, Verb.ANSWER_MINUTES, Verb.ISSUE_MINUTES, Verb.ASSIGN):
        case = take(verb, case)
    assert case.state == CaseState.RECTIFYING


@pytest.mark.parametrize(
    ("after", "verb", "what"),
    [(Verb.CONFIRM_MINUTES, Verb.SEND_MINUTES, "纪要的确认"), (Verb.ISSUE_MINUTES, Verb.ASSIGN, "整改任务")],
)
def test_nothing_is_sent_to_a_unit_for_which_nobody_answers(office, head, town, sysadmin, after, verb, what):
    case = case_after(after)
    for post in list(town.heads()):
        end_post(post, by=sysadmin, ended_on=clock.today())
    with refused(
        f"办公室设定：棠下镇现无在任的党政主要领导，{what}无人办理；请系统管理员先登记任职（主持工作的也请登记）。"
    ):
        take(verb, case)
    appoint(
        User.objects.create_person("吕四六"), town, PostKind.GOVERNMENT_HEAD, "副镇长（主持工作）", Rank.BELOW_DIVISION
    )
    assert take(verb, case)


def row(one, state):
    return {"post": one.first, "attended_by": one.name, "attendance": state, "absence_reason": "", "arrived_at": None}


def test_who_left_of_several_is_recorded_as_gone_and_the_rest_goes_on(office, town, sysadmin):
    case = case_in(CaseState.NOTIFIED, draft={"interviewees": list(town.heads())})
    mayor = town.heads().get(kind=PostKind.GOVERNMENT_HEAD)
    end_post(mayor, by=sysadmin, ended_on=clock.today())
    with later(days=8):
        rows = [row(one, "present") for one in case.people_named]
        with refused("办公室设定：陈十一已不任镇长，到会情况请选“已离任”。", field="attendances"):
            take(Verb.HOLD_INTERVIEW, case, attendances=rows)
        rows[1] |= {"attendance": "left", "attended_by": ""}
        case = take(Verb.HOLD_INTERVIEW, case, attendances=rows)
        gone = case.interview.attendances.get(attendance="left")
        assert gone.absence_reason == "2026年11月23日起已不任镇长"
        for verb in (Verb.CONFIRM_MINUTES, Verb.SEND_MINUTES, Verb.ANSWER_MINUTES, Verb.ISSUE_MINUTES):
            case = take(verb, case)
    assert "离任：" in text_of(case.current_minutes)
    assert "棠下镇镇长陈十一（2026年11月23日起已不任镇长）" in text_of(case.current_minutes)


def test_who_is_in_office_is_not_recorded_as_gone(office, town):
    case = case_in(CaseState.NOTIFIED, draft={"interviewees": list(town.heads())})
    with later(days=8):
        rows = [row(one, state) for one, state in zip(case.people_named, ["present", "left"], strict=True)]
        with refused("办公室设定：陈十一仍任镇长，不能记为“已离任”。"):
            take(Verb.HOLD_INTERVIEW, case, attendances=rows)


def test_another_day_is_set_with_those_who_are_left(office, town, sysadmin):
    case = case_in(CaseState.NOTIFIED, draft={"interviewees": list(town.heads())})
    end_post(town.heads().get(kind=PostKind.GOVERNMENT_HEAD), by=sysadmin, ended_on=clock.today())
    case = take(Verb.RESCHEDULE, case)
    assert [person.name for person in case.people_named] == ["冯十", "陈十一"]
    group = "江门市扫黑除恶专项斗争领导小组（以下简称市领导小组）"
    now = f"改期后的约谈，由{group}副组长孙六同志约谈蓬江区棠下镇党委书记冯十同志。"
    assert now in text_of(case.current_notice)
    case = take(Verb.RESCHEDULE, case)  # the approval still holds
    with later(days=8):
        assert [person.name for person in case.departed_people] == ["陈十一"]
