"""One person with several posts is one person: counted, named and asked once; a second post takes nothing away."""

import re

import pytest

from tests import cast
from tests.factories import case_in, later, take
from tests.refusals import appoint, refused
from yuetan.actions.people.unit import end_post
from yuetan.documents.content.office_forms import sign_in_sheet
from yuetan.models import Case
from yuetan.rules.dates import clock
from yuetan.vocabulary import CaseState, PostKind, Rank, Verb


def text_of(paper):
    """A paper as one reads it, without the marks of where lines may break."""
    return re.sub(r"<[^>]+>|\s", "", paper.html)


@pytest.fixture
def ahead(office, head, town, sysadmin):
    """冯十 is the town's 书记 and 镇长, and is to come in both posts."""
    with later(days=1):
        end_post(town.heads().get(kind=PostKind.GOVERNMENT_HEAD), by=sysadmin, ended_on=clock.today())
        appoint(head, town, PostKind.GOVERNMENT_HEAD, "镇长", Rank.BELOW_DIVISION)
    with later(days=10):
        yield case_in(CaseState.NOTIFIED, draft={"interviewees": list(town.heads())})


def test_papers_name_the_person_once_with_both_posts(ahead):
    assert "棠下镇党委书记、镇长冯十同志" in text_of(ahead.current_notice)
    assert [row[2:4] for row in sign_in_sheet(ahead)["cells"] if row[1] == "被约谈方"] == [
        ["冯十", "蓬江区棠下镇党委书记、镇长"]
    ]


def test_attendance_is_one_row_a_person(ahead):
    with later(days=8):
        case = take(Verb.HOLD_INTERVIEW, ahead)
        assert case.interview.attendances.count() == 1
        for verb in (Verb.CONFIRM_MINUTES, Verb.SEND_MINUTES, Verb.ANSWER_MINUTES, Verb.ISSUE_MINUTES):
            case = take(verb, case)
        assert text_of(case.current_minutes).count("棠下镇党委书记、镇长冯十") == 2  # interviewed; there


def test_nobody_is_both_there_and_absent(ahead):
    both = list(ahead.interviewees.all())
    row = {"attended_by": "冯十", "absence_reason": "", "arrived_at": None}
    rows = [{"post": both[0], "attendance": "present", **row}, {"post": both[1], "attendance": "absent", **row}]
    with later(days=8), refused("冯十的到会情况填写了两次，请只填一次。", field="attendances"):
        take(Verb.HOLD_INTERVIEW, ahead, attendances=rows)


def test_leave_from_one_post_is_leave(ahead):
    post = ahead.interviewees.get(kind=PostKind.GOVERNMENT_HEAD)
    case = take(Verb.ASK_LEAVE, ahead, post=post)
    with refused("约谈对象均已请假，不必再次请假。"):
        take(Verb.ASK_LEAVE, case)
    case = take(Verb.DECIDE_LEAVE, case)
    assert case.expected_people == []


@pytest.fixture
def first_deputy_and_director(office, first_deputy, director, sysadmin):
    """钱五 is 第一副组长 and the office's director."""
    end_post(director.posts.get(), by=sysadmin, ended_on=clock.today())
    appoint(first_deputy, cast.unit(cast.OFFICE), PostKind.OFFICE_DIRECTOR, "主任")
    return cast.person("first_deputy")


def test_a_leader_who_is_director_too_decides_online(office, first_deputy, sysadmin):
    case = case_in(CaseState.PROPOSED)
    end_post(cast.person("director").posts.get(), by=sysadmin, ended_on=clock.today())
    appoint(first_deputy, cast.unit(cast.OFFICE), PostKind.OFFICE_DIRECTOR, "主任")
    assert take(Verb.APPROVE, case, by=cast.person("first_deputy")).approver == first_deputy


def test_what_they_checked_they_do_not_decide_but_register(first_deputy_and_director, office):
    with later(days=5):
        case = case_in(CaseState.IN_REVIEW)
        case = take(Verb.ENDORSE, case, by=cast.person("first_deputy"))
        with refused("办公室设定：钱五已拟稿或核稿，不得再审定同一建议，请由其他有权办理的人办理。"):
            take(Verb.APPROVE, case, by=cast.person("first_deputy"))
        leader = cast.person("group_leader")
        case = take(Verb.REGISTER_DECISION, case, by=cast.person("first_deputy"), approver=leader)
        assert Case.objects.get().open_registration.approver == leader
