"""Forms of 保管期限 and 冻结."""

from __future__ import annotations

from typing import Unpack

from django import forms

from yuetan.forms.frame.fields import ParagraphsField
from yuetan.forms.frame.options import FormData, FormFiles, StepOptions, choice_of, mark_needed
from yuetan.forms.frame.step import StepForm
from yuetan.models import LegalHold
from yuetan.vocabulary import Retention


class SetRetentionForm(StepForm):
    """调整保管期限."""

    retention = forms.ChoiceField(label="保管期限", widget=forms.RadioSelect, choices=Retention.choices)
    reason = ParagraphsField(label="调整原因", rows=2)

    def __init__(self, data: FormData = None, files: FormFiles = None, **options: Unpack[StepOptions]) -> None:
        super().__init__(data, files, **options)
        self.fields["retention"].initial = self.case.retention


class PlaceHoldForm(StepForm):
    """冻结卷宗."""

    reason = ParagraphsField(label="冻结原因", rows=2, help_text="写明因什么事（如复议、诉讼、巡察），依据哪份文书。")


class LiftHoldForm(StepForm):
    """解除冻结."""

    hold = forms.ModelChoiceField(
        LegalHold.objects.none(), label="解除哪一条冻结", required=False, empty_label=None, widget=forms.RadioSelect
    )
    reason = ParagraphsField(label="解除原因", rows=2)

    def __init__(self, data: FormData = None, files: FormFiles = None, **options: Unpack[StepOptions]) -> None:
        super().__init__(data, files, **options)
        theirs = [one.pk for one in self.case.holds_in_force if one.placed_by_id != self.by.pk]
        choice_of(self, "hold").queryset = LegalHold.objects.filter(pk__in=theirs).select_related("placed_by")
        self.fields["hold"].initial = theirs[0] if len(theirs) == 1 else None
        mark_needed(self, "hold")
