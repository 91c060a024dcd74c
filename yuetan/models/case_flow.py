"""The state machine of a case and nothing else; a transition only sets its own fields."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from django.db import models
from django_fsm import FSMField, FSMModelMixin, transition

from yuetan.models import case_requirements as must
from yuetan.models.notice_requirements import must_be_rescheduled, people_in_office
from yuetan.permissions import name as permission
from yuetan.vocabulary import CaseState as State
from yuetan.vocabulary import Verb

if TYPE_CHECKING:
    from yuetan.models.unit import Post
    from yuetan.models.user import User

MAIN = {"direction": "main"}  # the case waits for it; a way back or to an end is there to be taken


class CaseFlow(FSMModelMixin, models.Model):
    """The twelve states and every lawful way between them."""

    state = FSMField("状态", default=State.DRAFTED, choices=State.choices, protected=True, max_length=20)

    class Meta:
        abstract = True

    @transition(
        state,
        source=State.DRAFTED,
        target=State.IN_REVIEW,
        permission=permission(Verb.SUBMIT),
        conditions=[must.proposal_complete, must.interview_assigned],
        custom=MAIN,
    )
    def submit(self) -> None:
        """报核: the drafter hands the proposal to the office director."""

    @transition(state, source=State.IN_REVIEW, target=State.DRAFTED, permission=permission("return_review"))
    @transition(state, source=State.PROPOSED, target=State.DRAFTED, permission=permission("return_proposal"))
    def return_for_changes(self) -> None:
        """退回修改: the endorsement is void once the text may change."""
        self.endorser = None

    @transition(
        state,
        source=State.IN_REVIEW,
        target=State.PROPOSED,
        permission=permission(Verb.ENDORSE),
        conditions=[must.text_as_handed_in],
        custom={**MAIN, "personal": [must.not_the_drafter]},
    )
    def endorse(self, *, endorser: User) -> None:
        """核稿同意，报审定."""
        self.endorser = endorser

    @transition(
        state,
        source=State.PROPOSED,
        target=State.APPROVED,
        permission=permission(Verb.APPROVE),
        conditions=[must.text_as_handed_in],
        custom={**MAIN, "decides": must.may_approve_this},
    )
    def approve(self, **decision: Any) -> None:
        """审定同意."""
        self._set_decision(**decision)

    @transition(
        state,
        source=State.PROPOSED,
        target=State.DECLINED,
        permission=permission(Verb.DECLINE),
        conditions=[must.text_as_handed_in],
        custom={"decides": must.may_approve_this},
    )
    def decline(self, **decision: Any) -> None:
        """不予约谈."""
        self._set_decision(**decision)

    def _set_decision(
        self,
        *,
        approver: User,
        approved_for: User | None,
        approval_method: str,
        meeting: str,
        given_on: date,
        sha256: str,
    ) -> None:
        self.approver, self.approved_for, self.approved_on = approver, approved_for, given_on
        self.approval_method, self.approval_meeting, self.approved_sha256 = approval_method, meeting, sha256

    @transition(
        state,
        source=State.APPROVED,
        target=State.NOTIFIED,
        permission=permission(Verb.SERVE_NOTICE),
        conditions=[must.text_as_approved],
        custom=MAIN,
    )
    def serve_notice(self, **elements: Any) -> None:
        """书面通知."""
        self._set_notice(**elements)

    @transition(
        state,
        source=State.NOTIFIED,
        target=State.NOTIFIED,
        permission=permission(Verb.RESCHEDULE),
        conditions=[must.text_as_approved],
        custom={"awaited_if": must_be_rescheduled},
    )
    def reschedule(self, *, interviewer: Post, **elements: Any) -> None:
        """改期."""
        self.interviewer = interviewer
        self._set_notice(**elements)

    def _set_notice(
        self,
        *,
        matter: str,
        scheduled_at: datetime,
        place: str,
        procedure: str,
        participants: str,
        required_materials: str,
        receipt_due_on: date,
        receipt_director_on: date,
        submission_due_on: date,
    ) -> None:
        self.notice_matter, self.scheduled_at, self.place = matter, scheduled_at, place
        self.procedure, self.participants, self.required_materials = procedure, participants, required_materials
        self.receipt_due_on, self.receipt_director_on = receipt_due_on, receipt_director_on
        self.submission_due_on = submission_due_on

    @transition(
        state,
        source=State.NOTIFIED,
        target=State.INTERVIEWED,
        permission=permission(Verb.HOLD_INTERVIEW),
        conditions=[must.interview_time_has_come, people_in_office],
        custom=MAIN,
    )
    def hold_interview(self, *, held_on: date) -> None:
        """记录约谈."""
        self.interviewed_on = held_on

    @transition(
        state,
        source=State.INTERVIEWED,
        target=State.MINUTED,
        permission=permission(Verb.ISSUE_MINUTES),
        conditions=[must.minutes_ready],
        custom=MAIN,
    )
    def issue_minutes(self) -> None:
        """印发纪要."""

    @transition(state, source=State.MINUTED, target=State.RECTIFYING, permission=permission(Verb.ASSIGN), custom=MAIN)
    def assign(self) -> None:
        """交办整改."""

    @transition(
        state,
        source=State.RECTIFYING,
        target=State.INSPECTING,
        permission=permission(Verb.BEGIN_INSPECTION),
        conditions=[must.tasks_reported_or_due],
        custom=MAIN,
    )
    def begin_inspection(self) -> None:
        """启动督查."""

    @transition(
        state,
        source=State.INSPECTING,
        target=State.RECTIFYING,
        permission=permission(Verb.SEND_BACK),
        conditions=[must.inspection_concluded],
    )
    def send_back(self) -> None:
        """退回整改."""

    @transition(
        state,
        source=State.INSPECTING,
        target=State.CLOSED,
        permission=permission(Verb.CLOSE),
        conditions=[must.inspection_lets_close],
        custom=MAIN,
    )
    def close(self, *, closed_on: date) -> None:
        """办结销号."""
        self.closed_on = closed_on

    @transition(
        state,
        source=State.CLOSED,
        target=State.RECTIFYING,
        permission=permission(Verb.REOPEN),
        conditions=[must.relapse_found],
    )
    def reopen(self) -> None:
        """复发重启整改: the end is undone; when it had been closed stays in the record."""
        self.closed_on = None

    @transition(
        state,
        source=[State.DRAFTED, State.IN_REVIEW],
        target=State.WITHDRAWN,
        permission=permission("withdraw_proposal"),
    )
    @transition(
        state,
        source=[State.APPROVED, State.NOTIFIED],
        target=State.WITHDRAWN,
        permission=permission("withdraw_approval"),
    )
    def withdraw(self) -> None:
        """撤回: the drafter before approval, the approving leader after it."""


@cache
def machine(model: type[CaseFlow]) -> tuple[Any, ...]:
    """Every transition of the machine, in the order of the states and of the verbs."""
    states, verbs = State.values, Verb.values
    transitions = model._meta.get_field("state").get_all_transitions(model)
    return tuple(sorted(transitions, key=lambda each: (states.index(each.source), verbs.index(each.name))))
