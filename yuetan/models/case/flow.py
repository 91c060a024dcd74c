"""The transitions of a case, made from its steps; each only sets its own fields."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, TypedDict, Unpack

from django_fsm import FSMField, FSMModelMixin

from yuetan.models.case.decision import CaseDecision
from yuetan.models.case.retention import CaseRetention
from yuetan.models.case.steps import CASE_STEPS
from yuetan.models.flow.step import transition_of
from yuetan.vocabulary import CaseState as State
from yuetan.vocabulary import EarlierState, Retention, Verb

if TYPE_CHECKING:
    from yuetan.models.people.unit import Post
    from yuetan.models.people.user import User


class DecisionData(TypedDict):
    """Who decided, in whose stead, how, when, and on which text."""

    approver: User
    approved_for: User | None
    approval_method: str
    meeting: str
    given_on: date
    sha256: str


class NoticeElements(TypedDict):
    """What a notice says of its interview, in words as they are printed."""

    matter: str
    scheduled_at: datetime
    place: str
    procedure: str
    participants: str
    required_materials: str
    other_participants: dict[str, object]


class ActingData(TypedDict):
    """For which post the interviewer acts, and why; both empty where they hold the post that the rules name."""

    acting_for: str
    acting_reason: str


class NoticeLimits(TypedDict):
    """By when a notice of today is to be signed for, and the written material handed in."""

    receipt_due_on: date
    receipt_director_on: date
    submission_due_on: date


class NoticeData(NoticeElements, NoticeLimits):
    """What a case keeps of its notice."""


class CaseFlow(FSMModelMixin, CaseDecision, CaseRetention):
    """The twelve states of a case and every lawful transition between them."""

    state = FSMField("状态", default=State.DRAFTED, choices=State.choices, protected=True, max_length=20)

    endorser: User | None
    interviewer: Post | None
    acting_for: str
    acting_reason: str
    notice_matter: str
    scheduled_at: datetime | None
    place: str
    procedure: str
    participants: str
    required_materials: str
    other_participants: dict[str, object]
    receipt_due_on: date | None
    receipt_director_on: date | None
    submission_due_on: date | None
    interviewed_on: date | None
    closed_on: date | None
    earlier: str

    class Meta:
        abstract = True

    @transition_of(state, CASE_STEPS, Verb.SUBMIT)
    def submit(self) -> None:
        """报核: the drafter hands the proposal to the office director."""

    @transition_of(state, CASE_STEPS, Verb.RETURN_FOR_CHANGES)
    def return_for_changes(self) -> None:
        """退回修改: the endorsement is void once the text may change."""
        self.endorser = None

    @transition_of(state, CASE_STEPS, Verb.TAKE_BACK)
    def take_back(self) -> None:
        """取回修改: as with 退回修改, the endorsement is void once the text may change."""
        self.endorser = None

    @transition_of(state, CASE_STEPS, Verb.ENDORSE)
    def endorse(self, *, endorser: User) -> None:
        """核稿同意，报审定."""
        self.endorser = endorser

    @transition_of(state, CASE_STEPS, Verb.APPROVE)
    def approve(self, **decision: Unpack[DecisionData]) -> None:
        """审定同意."""
        self._set_decision(**decision)

    @transition_of(state, CASE_STEPS, Verb.DECLINE)
    def decline(self, **decision: Unpack[DecisionData]) -> None:
        """不予约谈."""
        self._set_decision(**decision)

    @transition_of(state, CASE_STEPS, Verb.CONFIRM_APPROVAL)
    def confirm_approval(self, **decision: Unpack[DecisionData]) -> None:
        """复核登记的审定同意."""
        self._set_decision(**decision)

    @transition_of(state, CASE_STEPS, Verb.CONFIRM_DECLINE)
    def confirm_decline(self, **decision: Unpack[DecisionData]) -> None:
        """复核登记的不予约谈."""
        self._set_decision(**decision)

    def _set_decision(self, **decision: Unpack[DecisionData]) -> None:
        self.approver, self.approved_for = decision["approver"], decision["approved_for"]
        self.approval_method, self.approval_meeting = decision["approval_method"], decision["meeting"]
        self.approved_on, self.approved_sha256 = decision["given_on"], decision["sha256"]

    @transition_of(state, CASE_STEPS, Verb.SERVE_NOTICE)
    def serve_notice(self, **elements: Unpack[NoticeData]) -> None:
        """书面通知."""
        self._set_notice(**elements)

    @transition_of(state, CASE_STEPS, Verb.RESCHEDULE)
    def reschedule(self, *, interviewer: Post, acting: ActingData, **elements: Unpack[NoticeData]) -> None:
        """改期."""
        self.interviewer = interviewer
        self.acting_for, self.acting_reason = acting["acting_for"], acting["acting_reason"]
        self._set_notice(**elements)

    def _set_notice(self, **notice: Unpack[NoticeData]) -> None:
        self.notice_matter, self.scheduled_at, self.place = notice["matter"], notice["scheduled_at"], notice["place"]
        self.procedure, self.participants = notice["procedure"], notice["participants"]
        self.required_materials, self.other_participants = notice["required_materials"], notice["other_participants"]
        self.receipt_due_on, self.receipt_director_on = notice["receipt_due_on"], notice["receipt_director_on"]
        self.submission_due_on = notice["submission_due_on"]

    @transition_of(state, CASE_STEPS, Verb.HOLD_INTERVIEW)
    def hold_interview(self, *, held_on: date) -> None:
        """记录约谈."""
        self.interviewed_on = held_on

    @transition_of(state, CASE_STEPS, Verb.ISSUE_MINUTES)
    def issue_minutes(self) -> None:
        """印发纪要."""

    @transition_of(state, CASE_STEPS, Verb.ASSIGN)
    def assign(self) -> None:
        """交办整改."""

    @transition_of(state, CASE_STEPS, Verb.BEGIN_INSPECTION)
    def begin_inspection(self) -> None:
        """启动督查."""

    @transition_of(state, CASE_STEPS, Verb.SEND_BACK)
    def send_back(self) -> None:
        """退回整改."""

    @transition_of(state, CASE_STEPS, Verb.CLOSE)
    def close(self, *, closed_on: date, retention: Retention) -> None:
        """办结销号."""
        self.closed_on = closed_on
        self.set_retention(retention, closed_on)

    @transition_of(state, CASE_STEPS, Verb.REOPEN)
    def reopen(self) -> None:
        """复发重启整改: the end is undone; when it had been closed stays in the record."""
        self.closed_on = None
        self.clear_retention()

    @transition_of(state, CASE_STEPS, Verb.DISCARD_EARLIER_CASE)
    def discard_earlier_case(self) -> None:
        """作废补录: what was entered stays in sight, and counts nowhere."""
        self.earlier, self.closed_on = EarlierState.DISCARDED, None
        self.clear_retention()

    @transition_of(state, CASE_STEPS, Verb.WITHDRAW)
    def withdraw(self) -> None:
        """撤回: the drafter before approval, the approving leader after it."""
