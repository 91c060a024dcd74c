"""What a case must have before a step of its main line: one requirement a sentence of the process."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils import timezone

from yuetan.models.case.decision_authority import authorities, reasons_against_all
from yuetan.models.case.parties import CurrentParties
from yuetan.models.case.requirements.requirement import PersonalRequirement, Requirement
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text import official_text
from yuetan.vocabulary import InspectionConclusion, PostKind, RevisitOutcome, TaskState

if TYPE_CHECKING:
    from yuetan.models.case.case import Case
    from yuetan.models.case.proposal import CaseGround
    from yuetan.models.people.user import User


@Requirement
def proposal_complete(case: Case) -> Iterator[Finding]:
    """Matter, and at least one ground, each with its facts and its evidence."""
    if not case.matter:
        yield finding("matter_missing", "matter")
    grounds = list(case.case_grounds.all())
    if not grounds:
        yield finding("no_ground", "grounds")
    if any(row.ground.is_other for row in grounds) and not case.other_words:
        yield finding("other_without_words", "other_words")
    for row in grounds:
        yield from _ground_incomplete(row)


def _ground_incomplete(row: CaseGround) -> Iterator[Finding]:
    """Facts; and files, or a reference number with what it says."""
    ground = row.ground.citation
    if not row.facts:
        yield finding("facts_missing", "grounds", ground=ground)
    if bool(row.reference_number) != bool(row.reference_summary):
        missing = "摘要" if row.reference_number else "文号或线索编号"
        yield finding("reference_incomplete", "grounds", ground=ground, missing=missing)
    elif not row.reference_number and not row.evidence.all():
        yield finding("evidence_missing", "grounds", ground=ground)


@Requirement
def interview_assigned(case: Case) -> Iterator[Finding]:
    """The interviewees are heads in office today and the interviewer follows from the rule table."""
    interviewees = list(case.interviewees.all())
    if not interviewees:
        yield finding("interviewee_missing", "interviewees", heads=case.unit.heads_name)
        return
    for post in interviewees:
        if not post.is_current:
            yield finding(
                "interviewee_not_head",
                "interviewees",
                name=post.holder.name,
                unit=case.unit.name,
                heads=case.unit.heads_name,
            )
    if case.interviewer is None:
        yield finding("interviewer_missing", "interviewer", post=case.interviewer_post_label(interviewees))
    elif not case.interviewer.is_current:
        yield finding(
            "wrong_interviewer",
            "interviewer",
            post=case.interviewer.get_kind_display(),
            name=case.interviewer.holder.name,
        )


@Requirement
def text_as_handed_in(case: Case) -> Iterator[Finding]:
    """What is checked and decided on is what was handed in."""
    if case.proposal_sha256 != case.handed_in_sha256:
        yield finding("text_not_as_handed_in")


@Requirement
def text_as_approved(case: Case) -> Iterator[Finding]:
    """An approval holds for the text it was given to and for no other."""
    if case.proposal_sha256 != case.approved_sha256:
        yield finding("text_not_as_approved")


@PersonalRequirement
def not_the_drafter(case: Case, user: User) -> Iterator[Finding]:
    """Two persons: who drafted does not endorse."""
    if user.pk in case.drafter_keys:
        yield finding("drafter_endorses", name=user.name)


@PersonalRequirement
def may_approve_this(case: Case, user: User) -> Iterator[Finding]:
    """A leader in their own right or in another's stead; 回避 holds for the office's director who registers it, too."""
    if not user.holds(PostKind.OFFICE_DIRECTOR):
        yield from reasons_against_all(case, authorities(user))
        return
    for post in user.current_posts:
        if post.unit_id == case.unit_id:
            yield finding("registrar_recusal", name=user.name, unit=case.unit.name, title=post.title)


@Requirement
def interview_time_has_come(case: Case) -> Iterator[Finding]:
    """An interview is recorded after it began, never before."""
    if case.scheduled_at is not None and case.scheduled_at > clock.now():
        yield finding("interview_not_yet", time=official_text.chinese_datetime(timezone.localtime(case.scheduled_at)))


@Requirement
def minutes_ready(case: Case) -> Iterator[Finding]:
    """Text with measures, confirmed by the interviewer, sent to the interviewed side and answered or waited for."""
    minutes = case.minutes
    if not (minutes.problems and minutes.statement and minutes.discussion):
        yield finding("minutes_text_missing")
    if not case.interview.measures.all():
        yield finding("minutes_without_measures")
    if minutes.confirmed_at is None:
        yield awaited_confirmation(case)
    elif minutes.sent_at is None:
        yield finding("minutes_not_sent")
    elif minutes.is_awaiting_answer:
        yield finding("minutes_awaiting_answer", until=official_text.chinese_date(minutes.answer_until))


def awaited_confirmation(case: Case) -> Finding:
    """Whose confirmation the minutes wait for: the interviewer's, or that of who holds the post now."""
    assert case.interviewer is not None
    words = {"name": case.interviewer.holder.name, "post": case.interviewer.get_kind_display()}
    if case.interviewer.is_current:
        return finding("minutes_not_confirmed", name=words["name"])
    holders = [post.holder.name for post in CurrentParties().interviewers(case)]
    if not holders:
        return finding("minutes_without_interviewer", **words)
    return finding("minutes_await_successor", **words, now=official_text.joined(holders))


@Requirement
def tasks_reported_or_due(case: Case) -> Iterator[Finding]:
    """Every task reported or past its date."""
    for task in case.tasks.all():
        if not task.is_unreported or task.is_overdue:
            continue
        if task.effective_due_on is None:
            yield finding("task_paused", number=task.number)
        else:
            yield finding(
                "tasks_still_running", number=task.number, due=official_text.chinese_date(task.effective_due_on)
            )


@Requirement
def inspection_lets_close(case: Case) -> Iterator[Finding]:
    """Every task accepted and an inspection that says so, or a consequence recorded."""
    if case.consequences.all():
        return
    for task in case.tasks.all():
        if task.state == TaskState.ACCEPTED:
            continue
        yield finding("task_unreported" if task.is_unreported else "task_unaccepted", number=task.number)
    inspection = case.current_inspection
    if inspection is None or not inspection.conclusion:
        yield finding("inspection_not_concluded")
    elif inspection.conclusion != InspectionConclusion.RECTIFIED:
        yield finding("conclusion_not_rectified")


@Requirement
def inspection_concluded(case: Case) -> Iterator[Finding]:
    """Sending back rests on what the inspection found."""
    inspection = case.current_inspection
    if inspection is None or not inspection.conclusion:
        yield finding("send_back_without_conclusion")


@Requirement
def relapse_found(case: Case) -> Iterator[Finding]:
    """A closed case is taken up again on what a revisit found, and on nothing else."""
    last = case.last_revisit
    if case.revisit_ahead is not None or last is None or last.outcome != RevisitOutcome.RELAPSED:
        yield finding("no_relapse_found")
