"""What a case must have before a step of its main line: one requirement a sentence of the process."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils import timezone

from yuetan.models.in_office import InOffice
from yuetan.models.mandate import against_all, mandates
from yuetan.models.requirements import PersonalRequirement, Requirement
from yuetan.rules import clock, official_text
from yuetan.rules.findings import Finding, found
from yuetan.vocabulary import InspectionConclusion, PostKind, RevisitOutcome, TaskState

if TYPE_CHECKING:
    from yuetan.models.case import Case
    from yuetan.models.proposal import CaseGround
    from yuetan.models.user import User


@Requirement
def proposal_complete(case: Case) -> Iterator[Finding]:
    """Matter, and at least one ground, each with its facts and its evidence."""
    if not case.matter:
        yield found("matter_missing", "matter")
    grounds = list(case.case_grounds.all())
    if not grounds:
        yield found("no_ground", "grounds")
    if any(row.ground.is_other for row in grounds) and not case.other_words:
        yield found("other_without_words", "other_words")
    for row in grounds:
        yield from _ground_incomplete(row)


def _ground_incomplete(row: CaseGround) -> Iterator[Finding]:
    """Facts; and files, or a reference number with what it says."""
    ground = row.ground.citation
    if not row.facts:
        yield found("facts_missing", "grounds", ground=ground)
    if bool(row.reference_number) != bool(row.reference_summary):
        missing = "摘要" if row.reference_number else "文号或线索编号"
        yield found("reference_incomplete", "grounds", ground=ground, missing=missing)
    elif not row.reference_number and not row.evidence.all():
        yield found("evidence_missing", "grounds", ground=ground)


@Requirement
def interview_assigned(case: Case) -> Iterator[Finding]:
    """The interviewees are heads in office today and the interviewer follows from the rule table."""
    interviewees = list(case.interviewees.all())
    if not interviewees:
        yield found("interviewee_missing", "interviewees", heads=case.unit.heads_name)
        return
    for post in interviewees:
        if not post.is_current:
            yield found(
                "interviewee_not_head",
                "interviewees",
                name=post.holder.name,
                unit=case.unit.name,
                heads=case.unit.heads_name,
            )
    if case.interviewer is None:
        yield found("interviewer_missing", "interviewer", post=case.interviewer_post_label(interviewees))
    elif not case.interviewer.is_current:
        yield found(
            "wrong_interviewer",
            "interviewer",
            post=case.interviewer.get_kind_display(),
            name=case.interviewer.holder.name,
        )


@Requirement
def text_as_handed_in(case: Case) -> Iterator[Finding]:
    """What is checked and decided on is what was handed in."""
    if case.proposal_sha256 != case.handed_in_sha256:
        yield found("text_not_as_handed_in")


@Requirement
def text_as_approved(case: Case) -> Iterator[Finding]:
    """An approval holds for the text it was given to and for no other."""
    if case.proposal_sha256 != case.approved_sha256:
        yield found("text_not_as_approved")


@PersonalRequirement
def not_the_drafter(case: Case, user: User) -> Iterator[Finding]:
    """Two persons: who drafted does not endorse."""
    if user.pk in case.drafter_keys:
        yield found("drafter_endorses", name=user.name)


@PersonalRequirement
def may_approve_this(case: Case, user: User) -> Iterator[Finding]:
    """A leader in their own right or in another's stead; 回避 holds for the office's director who registers it, too."""
    if not user.holds(PostKind.OFFICE_DIRECTOR):
        yield from against_all(case, mandates(user))
        return
    for post in user.current_posts:
        if post.unit_id == case.unit_id:
            yield found("registrar_recusal", name=user.name, unit=case.unit.name, title=post.title)


@Requirement
def interview_time_has_come(case: Case) -> Iterator[Finding]:
    """An interview is recorded after it began, never before."""
    if case.scheduled_at is not None and case.scheduled_at > clock.now():
        yield found("interview_not_yet", time=official_text.chinese_datetime(timezone.localtime(case.scheduled_at)))


@Requirement
def minutes_ready(case: Case) -> Iterator[Finding]:
    """Text with measures, confirmed by the interviewer, sent to the interviewed side and answered or waited for."""
    minutes = case.minutes
    if not (minutes.problems and minutes.statement and minutes.discussion):
        yield found("minutes_text_missing")
    if not case.interview.measures.all():
        yield found("minutes_without_measures")
    if minutes.confirmed_at is None:
        yield awaited_confirmation(case)
    elif minutes.sent_at is None:
        yield found("minutes_not_sent")
    elif minutes.is_awaiting_answer:
        yield found("minutes_awaiting_answer", until=official_text.chinese_date(minutes.answer_until))


def awaited_confirmation(case: Case) -> Finding:
    """Whose confirmation the minutes wait for: the interviewer's, or that of who holds the post now."""
    assert case.interviewer is not None
    words = {"name": case.interviewer.holder.name, "post": case.interviewer.get_kind_display()}
    if case.interviewer.is_current:
        return found("minutes_not_confirmed", name=words["name"])
    holders = [post.holder.name for post in InOffice().interviewers(case)]
    if not holders:
        return found("minutes_without_interviewer", **words)
    return found("minutes_await_successor", **words, now=official_text.joined(holders))


@Requirement
def tasks_reported_or_due(case: Case) -> Iterator[Finding]:
    """Every task reported or past its date."""
    for task in case.tasks.all():
        if not task.is_unreported or task.is_overdue:
            continue
        if task.runs_until is None:
            yield found("task_paused", number=task.number)
        else:
            yield found("tasks_still_running", number=task.number, due=official_text.chinese_date(task.runs_until))


@Requirement
def inspection_lets_close(case: Case) -> Iterator[Finding]:
    """Every task accepted and an inspection that says so, or a consequence recorded."""
    if case.consequences.all():
        return
    for task in case.tasks.all():
        if task.state == TaskState.ACCEPTED:
            continue
        yield found("task_unreported" if task.is_unreported else "task_unaccepted", number=task.number)
    inspection = case.current_inspection
    if inspection is None or not inspection.conclusion:
        yield found("inspection_not_concluded")
    elif inspection.conclusion != InspectionConclusion.RECTIFIED:
        yield found("conclusion_not_rectified")


@Requirement
def inspection_concluded(case: Case) -> Iterator[Finding]:
    """Sending back rests on what the inspection found."""
    inspection = case.current_inspection
    if inspection is None or not inspection.conclusion:
        yield found("send_back_without_conclusion")


@Requirement
def relapse_found(case: Case) -> Iterator[Finding]:
    """A closed case is taken up again on what a revisit found, and on nothing else."""
    last = case.last_revisit
    if case.revisit_ahead is not None or last is None or last.outcome != RevisitOutcome.RELAPSED:
        yield found("no_relapse_found")
