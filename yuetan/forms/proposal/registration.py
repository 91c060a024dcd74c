"""Forms of what was decided on paper: registered by one person of the office, checked by another."""

from __future__ import annotations

from datetime import date
from typing import Unpack

from django import forms
from django.db.models import Q, QuerySet

from yuetan.actions.proposal.registration import endorsed_on
from yuetan.forms.frame.fields import DayField, NeededFileField, ParagraphsField, SeenField, WordsField
from yuetan.forms.frame.held_meeting import DecidedMeetingField
from yuetan.forms.frame.leader_field import LeaderField, days_since, held_since
from yuetan.forms.frame.options import FormData, FormFiles, StepOptions, choice_of, mark_needed
from yuetan.forms.frame.step import StepForm
from yuetan.forms.proposal.returns import SeenProposalForm
from yuetan.models import AgendaItem, Case, Delegation, User
from yuetan.rules.dates import clock
from yuetan.vocabulary import ApprovalMethod, CaseState, DecisionKind
from yuetan.vocabulary.naming import in_names

COMPARED = "已打开扫描件或者会议记录，与登记的审定结果、领导、日期、意见逐项核对一致"


def _deciders(case: Case, by: User, since: date) -> QuerySet[User]:
    """Leaders who held an approving post since the proposal was handed in, those to whom it was delegated, who acts.

    Nobody who drafted or checked it, and nobody of the unit.
    """
    entitled = held_since(by.approving_posts, since)
    delegates = Delegation.objects.filter(begins_on__lte=clock.today(), ends_on__gte=since)
    acting = [post.holder_id for post in case.parties_today.acting_deciders(case, case.endorser_id)]
    meant = Q(pk__in=entitled.values("holder")) | Q(pk__in=delegates.values("delegate")) | Q(pk__in=acting)
    barred = Q(pk__in=case.drafter_keys | {case.endorser_id}) | Q(pk__in=case.unit.posts.current().values("holder"))
    return User.objects.filter(meant & ~barred)


class RegisterDecisionForm(SeenProposalForm):
    """登记审定: what was decided, how, by whom, on which day, with the scan that shows it."""

    item = DecidedMeetingField(
        AgendaItem.objects.none(),
        label="引用会议记录",
        required=False,
        empty_label="不引用（另行登记，上传扫描件）",
        help_text="本事项已在系统登记的会议上审定的，选那次会议；审定结果、方式、领导、日期、意见和凭据都取自会议记录，下面各项不用填。",
    )
    decision = forms.ChoiceField(
        label="审定结果", required=False, widget=forms.RadioSelect, choices=list(DecisionKind.choices)
    )
    method = forms.ChoiceField(
        label="审定方式",
        required=False,
        widget=forms.RadioSelect,
        choices=[(m.value, m.label) for m in ApprovalMethod if m != ApprovalMethod.ONLINE],
    )
    approver = LeaderField(User.objects.none(), label="作出审定的领导", required=False)
    given_on = DayField(label="审定日期")
    meeting = WordsField(
        printed=True,
        label="会议名称及届次",
        needed=False,
        max_length=100,
        help_text=in_names("会议审定的必须填写，如“{the_group}2026年第3次会议”。"),
    )
    opinion = ParagraphsField(printed=True, label="审定意见", rows=2, help_text="照会议记录或签批件上的文字填写。")
    proof = NeededFileField(
        label="会议记录或签批件扫描件",
        required=False,
        allow_empty_file=True,
        help_text="PDF、OFD、JPG、PNG，须看得清；由办公室另一人打开核对后，登记才算数。",
    )

    def __init__(self, data: FormData = None, files: FormFiles = None, **options: Unpack[StepOptions]) -> None:
        super().__init__(data, files, **options)
        if self.case.state != CaseState.PROPOSED:
            return
        since = endorsed_on(self.case)
        items = AgendaItem.objects.deciding(self.case)
        choice_of(self, "item").queryset = items
        if not items:
            self.fields["item"].widget = forms.HiddenInput()
        choice_of(self, "approver").queryset = _deciders(self.case, self.by, since)
        self.fields["given_on"].help_text = days_since(since)
        mark_needed(self, "decision", "method", "approver")


def _registration_shown(case: Case) -> dict[str, object]:
    registration = case.open_registration
    return {"seen": str(registration.pk) if registration else ""}


class ConfirmRegistrationForm(StepForm):
    """复核登记: the proof was opened and compared."""

    compared = forms.BooleanField(label=COMPARED, required=False)
    seen = SeenField()

    def __init__(self, data: FormData = None, files: FormFiles = None, **options: Unpack[StepOptions]) -> None:
        super().__init__(data, files, **options)
        mark_needed(self, "compared")

    def prefilled(self) -> dict[str, object]:
        """The registration that this page shows."""
        return _registration_shown(self.case)


class ReturnRegistrationForm(StepForm):
    """退回审定登记: what is wrong with it."""

    reason = ParagraphsField(label="退回原因", rows=3)
    seen = SeenField()

    def prefilled(self) -> dict[str, object]:
        """The registration that this page shows."""
        return _registration_shown(self.case)
