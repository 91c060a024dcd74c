"""Forms of 审定: a leader writes an opinion; the office registers a meeting or a signed paper."""

from __future__ import annotations

from typing import Unpack

from django import forms
from django.db.models import Q, QuerySet

from yuetan.forms.frame.fields import DayField, ParagraphsField, WordsField
from yuetan.forms.frame.options import FormData, FormFiles, FormOptions, StepOptions, choice_of, field_of, mark_needed
from yuetan.forms.proposal.returns import SeenProposalForm
from yuetan.models import Case, Delegation, Post, User
from yuetan.models.case.decision_authority import authorities
from yuetan.rules.dates import clock
from yuetan.vocabulary import ApprovalMethod, PostKind

OWN_RIGHT = "以本人职务审定"


class LeaderField(forms.ModelChoiceField):
    """Leaders of the leading group by name and post."""

    def label_from_instance(self, user: User) -> str:
        """姓名（职务）."""
        return f"{user.name}（{user.title}）"


class DelegatorField(forms.ModelChoiceField):
    """In one's own right, or in the stead of a leader who has delegated it."""

    words: dict[int, str] = {}

    def label_from_instance(self, user: User) -> str:
        """受组长赵四委托."""
        return self.words[user.pk]


def _deciders(by: User) -> QuerySet[User]:
    """Leaders who may decide, and those to whom it was delegated: whether for that day is the rules' to say."""
    entitled = Post.objects.current().filter(kind__in=by.approving_posts)
    delegates = Delegation.objects.filter(begins_on__lte=clock.today())
    return User.objects.filter(Q(pk__in=entitled.values("holder")) | Q(pk__in=delegates.values("delegate")))


class ApproveForm(SeenProposalForm):
    """审定: a leader writes an opinion; the office registers a meeting or a signed paper."""

    method = forms.ChoiceField(
        label="审定方式",
        required=False,
        widget=forms.RadioSelect,
        choices=[(m.value, m.label) for m in ApprovalMethod if m != ApprovalMethod.ONLINE],
    )
    approver = LeaderField(User.objects.none(), label="作出审定的领导", required=False)
    delegator = DelegatorField(
        User.objects.none(),
        label="以何身份审定",
        required=False,
        blank=True,
        widget=forms.RadioSelect,
        empty_label=OWN_RIGHT,
    )
    given_on = DayField(label="审定日期")
    meeting = WordsField(
        label="会议名称及届次",
        needed=False,
        max_length=100,
        help_text="会议审定的必须填写，如“领导小组2026年第3次会议”。",
    )
    opinion = ParagraphsField(label="审定意见", rows=2, initial="同意。")
    proof = forms.FileField(
        label="会议记录或签批件扫描件", required=False, allow_empty_file=True, help_text="PDF、OFD、JPG、PNG。"
    )

    def __init__(self, data: FormData = None, files: FormFiles = None, **options: Unpack[StepOptions]) -> None:
        super().__init__(data, files, **options)
        if self.by.holds(PostKind.OFFICE_DIRECTOR):
            self._ask_for_registration()
        else:
            self._ask_the_leader()

    def _ask_for_registration(self) -> None:
        del self.fields["delegator"]
        choice_of(self, "approver").queryset = _deciders(self.by)
        mark_needed(self, "method", "approver", "proof")

    def _ask_the_leader(self) -> None:
        """In whose right, where there is a choice; one's own right comes first."""
        for name in ("method", "approver", "given_on", "meeting", "proof"):
            del self.fields[name]
        usable = [authority for authority in authorities(self.by) if authority.is_open(self.case)]
        if len(usable) < 2:
            del self.fields["delegator"]
            return
        field = field_of(self, "delegator", DelegatorField)
        field.queryset = User.objects.filter(
            pk__in=[authority.delegator.pk for authority in usable if authority.delegator]
        )
        field.words = {authority.delegator.pk: authority.words for authority in usable if authority.delegator}
        if usable[0].delegator is not None:
            field.empty_label, field.initial = None, usable[0].delegator.pk


class SeveralForm(forms.Form):
    """Proposals ticked in the list, and the one opinion on all of them."""

    cases = forms.ModelMultipleChoiceField(Case.objects.none(), required=False)
    opinion = ParagraphsField(label="审定意见", rows=2, initial="同意。")

    def __init__(
        self, data: FormData = None, files: FormFiles = None, *, visible: QuerySet[Case], **options: Unpack[FormOptions]
    ) -> None:
        super().__init__(data, files, **options)
        choice_of(self, "cases").queryset = visible


class DeclineForm(ApproveForm):
    """不予约谈."""

    opinion = ParagraphsField(label="不予约谈的原因", rows=3)
