"""Forms of 审定: a leader writes an opinion."""

from __future__ import annotations

from typing import Unpack

from django import forms
from django.db.models import QuerySet

from yuetan.forms.frame.fields import ParagraphsField
from yuetan.forms.frame.options import FormData, FormFiles, FormOptions, StepOptions, choice_of, field_of
from yuetan.forms.proposal.returns import SeenProposalForm
from yuetan.models import Case, User
from yuetan.models.case.decision_authority import authorities

OWN_RIGHT = "以本人职务审定"


class DelegatorField(forms.ModelChoiceField):
    """In one's own right, or in the stead of a leader who has delegated it."""

    words: dict[int, str] = {}

    def label_from_instance(self, user: User) -> str:
        """受组长赵四委托."""
        return self.words[user.pk]


class ApproveForm(SeenProposalForm):
    """审定: a leader writes an opinion."""

    delegator = DelegatorField(
        User.objects.none(),
        label="以何身份审定",
        required=False,
        blank=True,
        widget=forms.RadioSelect,
        empty_label=OWN_RIGHT,
    )
    opinion = ParagraphsField(printed=True, label="审定意见", rows=2, initial="同意。")

    def __init__(self, data: FormData = None, files: FormFiles = None, **options: Unpack[StepOptions]) -> None:
        super().__init__(data, files, **options)
        usable = [authority for authority in authorities(self.case, self.by) if authority.is_open(self.case)]
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
    opinion = ParagraphsField(printed=True, label="审定意见", rows=2, initial="同意。")

    def __init__(
        self, data: FormData = None, files: FormFiles = None, *, visible: QuerySet[Case], **options: Unpack[FormOptions]
    ) -> None:
        super().__init__(data, files, **options)
        choice_of(self, "cases").queryset = visible


class DeclineForm(ApproveForm):
    """不予约谈."""

    opinion = ParagraphsField(printed=True, label="不予约谈的原因", rows=3)
