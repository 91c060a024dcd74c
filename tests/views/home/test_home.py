"""待办: what waits for me, soonest first, and nothing else."""

import pytest

from tests import cast
from tests.factories import case_after, case_in, later, letter_in, take
from tests.steps import agreed
from tests.web import Visitor
from yuetan.actions.people.unit import end_post
from yuetan.actions.step import is_allowed, may_take
from yuetan.models import Case, SupervisionLetter
from yuetan.rules.dates import clock
from yuetan.views.case.available_steps import due_on
from yuetan.vocabulary import CaseState, LetterState, Verb
from yuetan.vocabulary.naming import SITE_NAME

HEAD, LIAISON = f"head_{cast.TOWN}", f"liaison_{cast.TOWN}"


def at_home(username):
    """What somebody reads first."""
    return Visitor(cast.person(username)).open("/")


@pytest.mark.parametrize(
    ("after", "whose", "operation"),
    [
        (Verb.DRAFT, "officer", "报核"),
        (Verb.SUBMIT, "director", "核稿"),
        (Verb.ENDORSE, "group_leader", "审定"),
        (Verb.APPROVE, "second_officer", "书面通知"),
        (Verb.SERVE_NOTICE, LIAISON, "签收通知"),
        (Verb.PREPARE_SUBMISSION, HEAD, "提交书面材料"),
        (Verb.HOLD_INTERVIEW, "deputy", "确认纪要文本"),
        (Verb.CONFIRM_MINUTES, "officer", "送被约谈方确认"),
        (Verb.SEND_MINUTES, HEAD, "反馈纪要意见"),
        (Verb.ANSWER_MINUTES, "director", "印发纪要"),
        (Verb.ISSUE_MINUTES, "officer", "交办整改"),
        (Verb.HAND_IN_REPORT, "supervisor", "核查整改报告"),
        (Verb.BEGIN_INSPECTION, "supervisor", "记录督查情况"),
        (Verb.CONCLUDE_INSPECTION, "director", "办结销号"),
    ],
)
def test_after_each_step_the_next_one_waits_for_its_person(office, after, whose, operation):
    case = case_after(after)
    page = at_home(whose)
    where = "steps/approve/" if case.state == CaseState.PROPOSED else ""  # deciding has all it needs on its own page
    assert page.link(case.title) == f"/cases/{case.pk}/{where}"
    assert operation in page


def test_several_proposals_lead_to_the_list_of_them(office):
    case_in(CaseState.PROPOSED)
    assert "可以一并同意" not in at_home("group_leader")
    case_in(CaseState.PROPOSED)
    assert at_home("group_leader").link("待审定 2 件，可以一并同意") == "/approvals/"
    assert "可以一并同意" not in at_home("director")


def test_returned_minutes_wait_for_the_office_again(office):
    case = take(Verb.RETURN_MINUTES, case_after(Verb.HOLD_INTERVIEW))
    assert case.title not in at_home("deputy")
    for username in ("officer", "director"):
        assert "修改纪要" in at_home(username), username


def test_a_correction_after_the_end_waits_for_the_interviewer(office):
    case = case_in(CaseState.CLOSED)
    assert case.title not in at_home("deputy")
    take(Verb.CORRECT_MINUTES, case)
    assert "确认更正并印发" in at_home("deputy")
    take(Verb.CONFIRM_CORRECTION, case)
    assert case.title not in at_home("deputy")


def test_what_waits_for_another_does_not_wait_for_me(office):
    case = case_after(Verb.SUBMIT)
    for username in ("officer", "group_leader", "supervisor", "sysadmin", "auditor", HEAD, LIAISON):
        assert case.title not in at_home(username), username


def test_the_soonest_comes_first(office, division_town):
    late = case_in(CaseState.NOTIFIED, draft={"matter": "后到期的事项"})
    take(Verb.RESCHEDULE, late)
    with later(days=-1):
        soon = case_in(CaseState.NOTIFIED, draft={"matter": "先到期的事项"})
    page = " ".join(at_home(LIAISON).words.split())
    held = [page.index(words) for words in (f"本人到会接受约谈 冯十 {case.title}" for case in (soon, late))]
    assert held == sorted(held)


def test_what_is_overdue_is_counted_and_said(office):
    case = case_in(CaseState.RECTIFYING)
    with later(days=15):
        page = at_home(HEAD)
    assert case.title in page
    assert "已逾期 1" in page


def test_what_falls_due_today_is_counted_on_its_day_alone(office):
    case = case_in(CaseState.RECTIFYING)
    for offset, counted in ((-1, 0), (0, 1), (1, 0)):
        with later(days=(case.due_on - clock.today()).days + offset):
            assert f"今天到期 {counted}" in at_home(HEAD)


def due_dates(case, person):
    """What the case waits for from somebody, each with its own date."""
    case = Case.objects.get(pk=case.pk)
    open_to_them = (
        step for step in case.steps_now() if may_take(case, step, person) and is_allowed(case, step, person)
    )
    return {step.verb: due_on(step, case) for step in open_to_them if step.is_awaited(case, person)}


def test_what_the_unit_is_waited_for_has_its_own_date_each(office, head):
    case = case_in(CaseState.NOTIFIED)
    assert due_dates(case, head) == {
        "acknowledge_receipt": case.receipt_due_on,
        "prepare_submission": case.submission_due_on,
    }
    take(Verb.PREPARE_SUBMISSION, case)
    assert due_dates(case, head)["hand_in_submission"] == case.submission_due_on
    minuted = case_after(Verb.SEND_MINUTES)
    assert due_dates(minuted, head) == {"answer_minutes": minuted.minutes.answer_until}
    rectifying = case_in(CaseState.RECTIFYING, hold_interview=agreed("weekly", 10))
    task = rectifying.tasks.get()
    with later(days=12):
        take(Verb.ISSUE_SUPERVISION_LETTER, rectifying, tasks=[task], grade="yellow")
        paper = SupervisionLetter.objects.get()
        assert due_dates(rectifying, head) == {
            "prepare_report": task.effective_due_on,
            "acknowledge_supervision": paper.answer_until,
        }
        take(Verb.ACKNOWLEDGE_SUPERVISION, rectifying)
        assert due_dates(rectifying, head)["answer_supervision"] == paper.answer_until
    with later(days=5):
        assert due_dates(rectifying, head)["prepare_progress"] == task.progress_due_on


def test_letters_wait_for_a_signature_and_then_for_a_receipt(office):
    drafted = letter_in(LetterState.DRAFTED)
    assert "签发提醒函" in at_home("group_leader")
    assert drafted.title not in at_home(f"head_{cast.MEMBER_UNIT}")
    letter_in(LetterState.ISSUED)
    assert "签收提醒函" in at_home(f"head_{cast.MEMBER_UNIT}")


def test_who_has_left_every_post_comes_in_no_more(officer, sysadmin):
    case = case_in(CaseState.DRAFTED)
    end_post(officer.posts.get(), by=sysadmin, ended_on=clock.today())
    visitor = Visitor(cast.person("officer"))
    assert {visitor.open(url).heading for url in ("/", f"/cases/{case.pk}/")} == {"登录"}


def test_the_door_bears_the_name_of_the_house(office):
    page = Visitor().open("/login/")
    assert SITE_NAME in page
    assert f"<title>登录 · {SITE_NAME}</title>" in page.response.content.decode()
