"""Forms of 问责处理: the entry with its paper, and what a second person says of it."""

from __future__ import annotations

from typing import Unpack

from django import forms

from yuetan.actions.rectification.consequence import correctable
from yuetan.forms.frame.fields import DayField, NeededFileField, ParagraphsField, WordsField
from yuetan.forms.frame.options import FormData, FormFiles, StepOptions, choice_of, mark_needed
from yuetan.forms.frame.step import StepForm
from yuetan.models import Consequence
from yuetan.rules.text import official_text
from yuetan.vocabulary import ConsequenceCheck, ConsequenceKind
from yuetan.vocabulary.naming import in_names


class ConsequenceField(forms.ModelChoiceField):
    """One entry."""

    def label_from_instance(self, row: Consequence) -> str:
        """追责问责，市纪委监委江纪〔2026〕5号（2026年11月20日）：……"""
        paper = f"，{row.deciding_body}{row.paper_number}" if row.paper_number else ""
        day = f"（{official_text.chinese_date(row.decided_on)}）" if row.decided_on else ""
        return f"{row.get_kind_display()}{paper}{day}：{row.basis}"


class ConsequenceForm(StepForm):
    """记录问责处理."""

    kind = forms.ChoiceField(label="处理方式", widget=forms.RadioSelect)
    deciding_body = WordsField(
        label="作出决定的机关（职务）", max_length=100, help_text=in_names("如市纪委监委、{the_group}会议。")
    )
    paper_number = WordsField(label="决定文书文号", max_length=100)
    decided_on = DayField(label="决定日期")
    basis = ParagraphsField(label="处理决定的内容", help_text="对谁、作出什么处理；核对无误后被约谈方看得到。")
    scan = NeededFileField(
        label="决定文书",
        required=False,
        allow_empty_file=True,
        help_text="PDF、OFD、JPG、PNG；内部材料，被约谈方看不到。",
    )
    corrects = ConsequenceField(
        Consequence.objects.none(), label="更正哪一条登记", required=False, empty_label="不是更正，是新的登记"
    )
    correction_reason = ParagraphsField(label="更正原因", needed=False, rows=2, help_text="原登记保留，标明已更正。")

    def __init__(self, data: FormData = None, files: FormFiles = None, **options: Unpack[StepOptions]) -> None:
        super().__init__(data, files, **options)
        rows = correctable(self.case)
        kinds = [kind for kind in ConsequenceKind if rows or kind != ConsequenceKind.NONE_DECIDED]
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in kinds]  # type: ignore[attr-defined]
        choice_of(self, "corrects").queryset = Consequence.objects.filter(pk__in=[row.pk for row in rows])
        if not rows:
            del self.fields["corrects"], self.fields["correction_reason"]


class ConfirmConsequenceForm(StepForm):
    """核对问责处理."""

    consequence = ConsequenceField(
        Consequence.objects.none(), label="核对哪一条登记", required=False, empty_label=None, widget=forms.RadioSelect
    )
    check_outcome = forms.ChoiceField(label="核对结果", widget=forms.RadioSelect, choices=ConsequenceCheck.choices)
    check_words = ParagraphsField(label="核对意见", rows=2, help_text="写明对照了什么；不符的，写明哪里不符。")

    def __init__(self, data: FormData = None, files: FormFiles = None, **options: Unpack[StepOptions]) -> None:
        super().__init__(data, files, **options)
        waiting = [one.pk for one in self.case.unconfirmed_consequences if one.recorded_by_id != self.by.pk]
        choice_of(self, "consequence").queryset = Consequence.objects.filter(pk__in=waiting)
        self.fields["consequence"].initial = waiting[0] if len(waiting) == 1 else None
        mark_needed(self, "consequence")
