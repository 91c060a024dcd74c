"""A head or the interviewer leaves between notice and interview: 改期 names who holds the post now."""

import re

import pytest

from tests import cast
from tests.consistency import check
from tests.factories import case_in, later, succeed, take
from tests.refusals import appoint, not_theirs, refused
from yuetan.actions.people.unit import end_post
from yuetan.models import Case, User
from yuetan.rules.dates import clock
from yuetan.vocabulary import CaseState, Party, PostKind, Rank, Verb

LEFT = "办公室设定：约谈对象冯十已不任党委书记，须先改期，通知现任党政主要领导。"


@pytest.fixture
def notified(office):
    """A case of which the town was told."""
    return case_in(CaseState.NOTIFIED)


def after_the_interview():
    return later(days=8)


def test_an_interview_is_not_held_with_who_has_left(notified, head):
    succeed(head, "吕四十")
    with later(days=6, hours=23, minutes=30), refused(LEFT):
        take(Verb.HOLD_INTERVIEW, notified)


def test_who_leaves_after_the_interview_was_in_office_on_its_day(notified, head):
    with after_the_interview():
        succeed(head, "吕四十")
        assert take(Verb.HOLD_INTERVIEW, notified).state == CaseState.INTERVIEWED


def test_the_new_notice_names_the_successor(notified, head):
    successor = succeed(head, "吕四十")
    case = take(Verb.RESCHEDULE, notified)
    assert case.interviewees.get().holder == successor
    assert case.events.newest_first()[0].data["interviewees"] == "吕四十"
    assert "被约谈方：蓬江区棠下镇党委书记吕四十" in case.participants
    words = "".join(re.sub("<[^>]*>", "", case.current_notice.html).split())
    assert "改期后的约谈，由" in words
    assert "冯十" not in words
    assert words.count("吕四十") == 2
    with later(days=8):
        assert take(Verb.HOLD_INTERVIEW, case).state == CaseState.INTERVIEWED


def test_who_left_cannot_be_named_again(notified, head):
    succeed(head, "吕四十")
    old = list(notified.interviewees.all())
    with refused("依据第五条，冯十不是棠下镇现任党政主要领导，不能作为约谈对象。", field="interviewees"):
        take(Verb.RESCHEDULE, notified, interviewees=old)


def test_a_successor_of_another_rank_needs_another_interviewer(notified, head):
    succeed(head, "吕四十", rank=Rank.DIVISION)
    with refused(
        "依据第五条，吕四十（处级）应由第一副组长约谈，不能以改期更换约谈人；请撤回后另行报审。", field="interviewees"
    ):
        take(Verb.RESCHEDULE, notified)


def test_a_post_that_is_vacant(notified, head, sysadmin):
    end_post(head.posts.get(), by=sysadmin, ended_on=clock.today())
    other = list(cast.unit(cast.TOWN).heads())
    with refused(
        "办公室设定：棠下镇党委（党工委）书记暂缺，没有可以约谈的人，请系统管理员登记新任后改期；"
        "不再约谈的，请审定领导撤回。"
    ):
        take(Verb.RESCHEDULE, notified, interviewees=other)
    with (
        after_the_interview(),
        refused(
            "办公室设定：约谈对象冯十已不任党委书记，现任党政主要领导暂缺，不能约谈；"
            "请系统管理员登记新任后改期，不再约谈的请审定领导撤回。"
        ),
    ):
        take(Verb.HOLD_INTERVIEW, notified)


def test_nobody_is_added_or_exchanged(notified, town):
    everybody, mayor = list(town.heads()), list(town.heads().filter(kind=PostKind.GOVERNMENT_HEAD))
    for chosen in (everybody, mayor):
        with refused("办公室设定：改期不得增减约谈对象，经审定的是党委书记；须增减的，请撤回后另行报审。"):
            take(Verb.RESCHEDULE, notified, interviewees=chosen)
    with refused("依据第五条，尚未选定约谈对象（党政主要领导）。", field="interviewees"):
        take(Verb.RESCHEDULE, notified, interviewees=[])


def test_the_interviewer_has_left(notified, deputy):
    successor = succeed(deputy, "吕四一")
    sentence = "办公室设定：约谈人孙六已不任副组长，须先改期，确定副组长吕四一为约谈人。"
    with later(days=6, hours=23, minutes=30), refused(sentence):
        take(Verb.HOLD_INTERVIEW, notified)
    with refused("依据第五条，尚未指定约谈人（副组长）。", field="interviewer"):
        take(Verb.RESCHEDULE, notified)
    post = successor.posts.get()
    case = take(Verb.RESCHEDULE, notified, interviewer=post)
    assert case.interviewer == post
    assert case.is_granted("yuetan.decide_leave", successor)
    assert not case.is_granted("yuetan.decide_leave", User.objects.get(pk=deputy.pk))


def test_the_interviewer_who_stays_is_not_exchanged(notified, first_deputy):
    other = appoint(first_deputy, cast.unit(cast.GROUP), PostKind.DEPUTY_LEADER, "副组长")
    with refused("办公室设定：约谈人孙六仍任副组长，改期不得更换约谈人。", field="interviewer"):
        take(Verb.RESCHEDULE, notified, interviewer=other)


def test_an_interviewer_of_another_post(notified, deputy, first_deputy):
    succeed(deputy, "吕四一")
    with refused("依据第五条，约谈人应为副组长，钱五现不任此职。", field="interviewer"):
        take(Verb.RESCHEDULE, notified, interviewer=first_deputy.posts.get())


def test_access_follows_the_post_the_same_day(notified, head):
    take(Verb.PREPARE_SUBMISSION, notified)
    successor = succeed(head, "吕四十", account="successor")
    assert not Case.objects.visible_to(cast.head(cast.TOWN)).exists()
    assert Case.objects.visible_to(successor).get() == notified
    case = take(Verb.HAND_IN_SUBMISSION, notified, by=successor)
    assert case.submission_handed_in.handed_in_by == successor


def test_the_interviewers_successor_confirms_the_minutes(office, deputy, sysadmin):
    case = case_in(CaseState.INTERVIEWED)
    end_post(deputy.posts.get(), by=sysadmin, ended_on=clock.today())
    deputy = User.objects.get(pk=deputy.pk)
    assert not case.user_grants.filter(user=deputy).exists()
    for verb in (Verb.CONFIRM_MINUTES, Verb.RETURN_MINUTES):
        with not_theirs():
            take(verb, case, by=deputy)
    left = "办公室设定：约谈人孙六已不任副组长，"
    with refused(f"{left}纪要文本须先由组长赵四确认。"):
        take(Verb.SEND_MINUTES, case)
    new = User.objects.create_person("吕四一", username="successor")
    appoint(new, cast.unit(cast.GROUP), PostKind.DEPUTY_LEADER, "副组长")
    with refused(f"{left}纪要文本须先由副组长吕四一确认。"):
        take(Verb.SEND_MINUTES, case)
    case = take(Verb.CONFIRM_MINUTES, case, by=new)
    assert case.minutes.confirmed_by == new
    for verb in (Verb.SEND_MINUTES, Verb.ANSWER_MINUTES, Verb.ISSUE_MINUTES, Verb.CORRECT_MINUTES):
        case = take(verb, case)
    assert take(Verb.CONFIRM_CORRECTION, case, by=new).open_correction is None


def test_another_deputy_stands_in_only_until_the_post_is_taken_up(office, deputy, sysadmin, town):
    case = case_in(CaseState.INTERVIEWED)
    group = cast.unit(cast.GROUP)
    other, recused = (User.objects.create_person(name) for name in ("吕四二", "吕四三"))
    for person in (other, recused):
        appoint(person, group, PostKind.DEPUTY_LEADER, "副组长")
    with later(days=1):
        appoint(recused, town, PostKind.LIAISON, "联系领导")
        assert case.parties()[Party.INTERVIEWER] == [deputy.pk]
        end_post(deputy.posts.get(), by=sysadmin, ended_on=clock.today())
        assert case.parties()[Party.INTERVIEWER] == [other.pk]
        new = User.objects.create_person("吕四四")
        appoint(new, group, PostKind.DEPUTY_LEADER, "副组长")
        assert case.parties()[Party.INTERVIEWER] == [new.pk]
        check(case)


def test_a_post_of_another_kind_taken_up_since_makes_nobody_the_approver(office, group_leader):
    case = case_in(CaseState.APPROVED)
    successor = succeed(group_leader, "吕四五", rank="")
    appoint(group_leader, cast.unit(cast.OFFICE), PostKind.CASE_OFFICER, "承办人")
    assert case.parties()[Party.APPROVER] == [successor.pk]


def test_who_holds_the_approvers_post_now_withdraws(office, group_leader):
    case = case_in(CaseState.APPROVED)
    successor = succeed(group_leader, "吕四五", rank="")
    with not_theirs():
        take(Verb.WITHDRAW, case, by=User.objects.get(pk=group_leader.pk))
    assert take(Verb.WITHDRAW, case, by=successor).state == CaseState.WITHDRAWN


def test_a_case_goes_on_when_its_drafter_has_left(office, officer, second_officer, director, sysadmin):
    case = take(Verb.RETURN_FOR_CHANGES, case_in(CaseState.IN_REVIEW))
    with not_theirs():
        take(Verb.REVISE_DRAFT, case, by=second_officer)
    end_post(officer.posts.get(), by=sysadmin, ended_on=clock.today())
    with not_theirs():
        take(Verb.SUBMIT, case, by=cast.person("officer"))
    case = take(Verb.SUBMIT, case, by=cast.person("second_officer"))
    assert [version.submitted_by for version in case.proposal_versions.all()] == [officer, second_officer]
    end_post(director.posts.get(), by=sysadmin, ended_on=clock.today())
    appoint(second_officer, cast.unit(cast.OFFICE), PostKind.OFFICE_DIRECTOR, "主任")
    with refused("办公室设定：李二是拟稿人，不得核稿本人拟写的建议，请由其他有权办理的人办理。"):
        take(Verb.ENDORSE, case, by=cast.person("second_officer"))


def test_who_comes_to_serve_the_unit_stands_back_from_its_case(office, officer, town):
    case = case_in(CaseState.DRAFTED)
    appoint(officer, town, PostKind.LIAISON, "联络员")
    with not_theirs():
        take(Verb.SUBMIT, case, by=cast.person("officer"))
    assert take(Verb.SUBMIT, case, by=cast.person("second_officer")).state == CaseState.IN_REVIEW
