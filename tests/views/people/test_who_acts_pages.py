"""Before anybody types the page says who may act, what is no longer lawful, and where nobody is, who fills the post."""

import pytest

from tests import cast
from tests.factories import case_after, case_in, later, letter_in, succeed, take
from tests.refusals import appoint
from tests.web import Visitor
from yuetan.actions.people.unit import end_post
from yuetan.models import Case, PendingStep
from yuetan.rules.dates import clock
from yuetan.vocabulary import CaseState, InspectionConclusion, LetterState, PostKind, Verb


def leave(username):
    for post in cast.person(username).posts.current():
        end_post(post, by=cast.person("sysadmin"), ended_on=clock.today())


def case_page(username, case):
    return Visitor(cast.person(username)).open(f"/cases/{case.pk}/")


def test_a_vacant_post_is_named_with_who_fills_it_instead_of_waited_for(office):
    case = case_in(CaseState.IN_REVIEW)
    assert "现由办公室主任办理：核稿。" in case_page("supervisor", case)
    leave("director")
    page = case_page("supervisor", case)
    assert "办公室主任暂缺，请系统管理员登记任职，由其办理：核稿。" in page
    assert "现由办公室主任" not in page


def test_who_acts_for_a_barred_director_is_shown_as_the_one_to_act(office, town):
    case = case_in(CaseState.IN_REVIEW)
    appoint(cast.person("director"), town, PostKind.LIAISON, "联系领导")
    assert "现由代行主任职责的人员办理：核稿。" in case_page("supervisor", case)
    assert "核稿同意，报审定" in case_page("second_officer", case)


def test_the_unit_reads_nothing_of_what_keeps_the_office_back(office, town):
    case = case_in(CaseState.MINUTED)
    leave(f"head_{cast.TOWN}")
    leave("officer")
    leave("second_officer")
    assert (
        "依据" not in case_page(f"liaison_{cast.TOWN}", case).words.partition("您现在可以")[2].partition("基本情况")[0]
    )


def test_the_unit_reads_of_its_own_steps_and_of_no_inner_one(office, town):
    """That the supervisor asked to send it back the unit reads once it is sent back, not before."""
    case = take(Verb.BEGIN_INSPECTION, case_after(Verb.HAND_IN_REPORT))
    case = take(Verb.CONCLUDE_INSPECTION, case, conclusion=InspectionConclusion.NOT_RECTIFIED)
    liaison = f"liaison_{cast.TOWN}"
    before = case_page(liaison, case).words
    assert "现由市扫黑办办理；需要您单位办理的，会列入待办。" in before
    case = take(Verb.REQUEST_SEND_BACK, case)
    assert PendingStep.objects.now().filter(case=case, verb=Verb.SEND_BACK).exists()
    assert case_page(liaison, case).words == before


@pytest.mark.parametrize(
    ("state", "verb", "who", "remedy"),
    [
        (CaseState.IN_REVIEW, Verb.ENDORSE, "director", "请退回修改"),
        (CaseState.PROPOSED, Verb.APPROVE, "group_leader", "请退回修改"),
        (CaseState.APPROVED, Verb.SERVE_NOTICE, "officer", "请审定领导撤回"),
    ],
)
def test_the_page_of_a_step_says_so_before_one_types(office, head, state, verb, who, remedy):
    case = case_in(state)
    succeed(head, "吕四十")
    page = Visitor(cast.person(who)).open(f"/cases/{case.pk}/steps/{verb}/")
    assert "冯十不是棠下镇现任党政主要领导" in page
    assert remedy in page


def test_the_proposals_form_says_who_acts_before_anybody_is_chosen(office, group_leader, member_unit):
    appoint(group_leader, member_unit, PostKind.LIAISON, "联系领导")
    page = Visitor(cast.person("officer")).open(f"/cases/new/?unit={member_unit.pk}")
    assert "由组长约谈（第四条）；组长赵四现任被约谈单位联系领导，应当回避，按办公室设定由第一副组长钱五代行" in page


def test_another_day_offers_who_may_interview_now_and_says_why(office, group_leader, member_unit):
    case = case_in(CaseState.NOTIFIED, unit=member_unit)
    appoint(group_leader, member_unit, PostKind.LIAISON, "联系领导")
    page = Visitor(cast.person("officer")).open(f"/cases/{case.pk}/steps/reschedule/")
    assert "赵四须回避；组长赵四现任被约谈单位联系领导，应当回避，按办公室设定由下列领导代行。" in page
    assert page.forms[-1].values["interviewer"] == [str(cast.person("first_deputy").posts.get().pk)]


def test_only_leaders_who_may_decide_are_offered_for_registration(office, town):
    case = case_in(CaseState.PROPOSED)
    page = Visitor(cast.person("director")).open(f"/cases/{case.pk}/steps/register_decision/")
    offered = set(page.forms[-1].offered["approver"]) - {""}
    assert offered == {str(cast.person(who).pk) for who in ("group_leader", "first_deputy")}
    appoint(cast.person("group_leader"), town, PostKind.LIAISON, "联系领导")
    page = Visitor(cast.person("director")).open(f"/cases/{case.pk}/steps/register_decision/")
    assert set(page.forms[-1].offered["approver"]) - {""} == {str(cast.person("first_deputy").pk)}


def test_where_nobody_decides_the_posts_to_fill_are_named(office):
    case = case_in(CaseState.PROPOSED, unit=cast.unit(cast.COUNTY))
    for who in ("group_leader", "first_deputy", "deputy"):
        leave(who)
    assert "组长、第一副组长、副组长暂缺，请系统管理员登记任职" in case_page("supervisor", case)


def test_who_acts_in_deciding_reads_why(office):
    with later(days=1):
        leave("first_deputy")
        leave("group_leader")
    with later(days=9):
        case = take(Verb.REVISE_DRAFT, case_in(CaseState.DRAFTED))
        case = take(Verb.ENDORSE, take(Verb.SUBMIT, case))
        page = Visitor(cast.person("deputy")).open(f"/cases/{case.pk}/steps/approve/")
        assert "您组长暂缺；第一副组长暂缺，按办公室设定代行审定；审定记录、呈批表和日志都写明。" in page


def test_a_letter_waits_for_nobody_who_is_not_there(office):
    letter = letter_in(LetterState.DRAFTED)
    page = Visitor(cast.person("supervisor")).open(f"/letters/{letter.pk}/")
    assert "等待领导小组领导签发。" in page
    for who in ("group_leader", "first_deputy", "deputy"):
        leave(who)
    page = Visitor(cast.person("supervisor")).open(f"/letters/{letter.pk}/")
    assert "组长、第一副组长、副组长暂缺，请系统管理员登记任职，由其办理：签发提醒函。" in page


def test_absence_is_recorded_on_its_page_and_leads_to_another_day_or_a_letter(office):
    case = case_in(CaseState.NOTIFIED)
    with later(days=7):
        officer = Visitor(cast.person("officer"))
        officer.open(f"/cases/{case.pk}/")
        assert officer.click("记录缺席").heading
        officer.press("下一步：核对", **{"absences-0-cause": "电话未接，单位称外出。"})
        page = officer.press("记录缺席")
        assert "冯十未经准假缺席，须改期" in page
        assert Case.objects.get().absences.get().cause == "电话未接，单位称外出。"
        assert "起草提醒函" in case_page("supervisor", case)
        listed = Visitor(cast.person("group_leader")).open("/cases/?absent=yes")
        assert case.title in [words for words, _ in listed.links]
