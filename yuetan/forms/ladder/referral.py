"""Forms of what is put before other bodies: a 书面建议, a 移送函, who took it, and what they decided."""

from __future__ import annotations

from django import forms

from yuetan.forms.frame.fields import DayField, NeededFileField, ParagraphsField, WordsField
from yuetan.forms.frame.options import choice_of, mark_needed
from yuetan.forms.ladder.measure import MeasureStepForm, ServeMeasureForm
from yuetan.models import Referral
from yuetan.models.ladder.referral import MAX_SIGNS
from yuetan.vocabulary import ReferralOutcome

SCANS = "PDF、OFD、JPG、PNG，须看得清；单位看不到。"


class ProposeVetoForm(ServeMeasureForm):
    """提出书面建议."""

    reason = ParagraphsField(
        printed=True, label="建议", rows=4, help_text="建议上级主管单位怎样处理；印在文书上，单位看不到。"
    )


class ReferMeasureForm(ServeMeasureForm):
    """移送."""

    organ = WordsField(printed=True, label="移送机关", max_length=MAX_SIGNS, help_text="全称，照此印在文书上。")
    reason = ParagraphsField(
        printed=True,
        label="移送事由",
        rows=5,
        help_text="写明需要追究哪些领导干部（姓名、职务）的责任、依据的事实；印在文书上，单位看不到。",
    )


class _OfReferralForm(MeasureStepForm):
    """A step about one of those that were handed over."""

    referral = forms.ModelChoiceField(Referral.objects.none(), label="移送、建议", required=False, empty_label="请选择")
    waits_for: dict[str, bool]

    def prepare(self) -> None:
        super().prepare()
        choice_of(self, "referral").queryset = Referral.objects.filter(measure_laid=self.measure, **self.waits_for)
        mark_needed(self, "referral")


class RecordReferralReceiptForm(_OfReferralForm):
    """登记签收."""

    waits_for = {"received_on__isnull": True}
    received_by = WordsField(label="签收人及职务", max_length=100)
    received_on = DayField(label="签收日期")
    scan = NeededFileField(label="回执扫描件", required=False, allow_empty_file=True, help_text=SCANS)


class RecordReferralOutcomeForm(_OfReferralForm):
    """登记办理结果."""

    waits_for = {"received_on__isnull": False, "outcome_on__isnull": True}
    outcome = forms.ChoiceField(
        label="办理结果", choices=ReferralOutcome.choices, required=False, widget=forms.RadioSelect
    )
    outcome_organ = WordsField(label="作出决定的机关", max_length=MAX_SIGNS)
    outcome_on = DayField(label="日期")
    outcome_words = ParagraphsField(
        label="结果说明", rows=3, needed=False, help_text="涉及几名领导干部的，逐人写明姓名、职务和结果。"
    )
    scan = NeededFileField(label="结果文书扫描件", required=False, allow_empty_file=True, help_text=SCANS)
