"""The forms of 销毁: drawn up, decided, carried out, withdrawn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Unpack

from django import forms

from yuetan.forms.frame.fields import ParagraphsField
from yuetan.forms.frame.options import FormData, FormFiles, FormOptions, choice_of, mark, mark_needed
from yuetan.models import Case
from yuetan.rules.text.official_text import chinese_date


class DueCaseField(forms.ModelMultipleChoiceField):
    """Closed cases whose 保管期限 is over."""

    def label_from_instance(self, case: Case) -> str:
        """Number, title, unit, when it was closed and until when it was kept."""
        until = f"{case.get_retention_display()}，{chinese_date(case.keep_until)}期满" if case.keep_until else ""
        return f"{case.register_number}　{case.title}（{case.unit_label}，{until}）"


class DrawUpDestructionForm(forms.Form):
    """拟制销毁清册: which cases, and the opinion of who has appraised them."""

    cases = DueCaseField(
        Case.objects.none(),
        label="保管期满的卷宗",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="先列期满最久的。仍有保存价值的不要勾选，由办公室主任调整保管期限。",
    )
    opinion = ParagraphsField(label="鉴定意见", rows=4, help_text="写明为什么没有继续保存的价值。")

    def __init__(
        self, data: FormData = None, files: FormFiles = None, *, cases: Sequence[Case], **options: Unpack[FormOptions]
    ) -> None:
        super().__init__(data, files, **options)
        field = choice_of(self, "cases")
        field.queryset = Case.objects.filter(pk__in=[case.pk for case in cases])
        field.choices = [(case.pk, field.label_from_instance(case)) for case in cases]
        mark_needed(self, "cases")


class DecideDestructionForm(forms.Form):
    """批准 or 不批准."""

    agreed = forms.TypedChoiceField(
        label="决定",
        required=False,
        widget=forms.RadioSelect,
        choices=[(True, "批准，由第三人监销"), (False, "不批准，卷宗继续保管")],
        coerce=lambda value: value == "True",
        empty_value=None,
    )
    words = ParagraphsField(label="审批意见", rows=3, needed=False, help_text="不批准的，写明原因。")

    def __init__(self, data: FormData = None, files: FormFiles = None, **options: Unpack[FormOptions]) -> None:
        super().__init__(data, files, **options)
        mark(self, "agreed", needed=True)


class CarryOutDestructionForm(forms.Form):
    """监销: compared, then destroyed."""

    compared = forms.BooleanField(
        label="已逐卷核对清册，所列卷宗的纸质部分同时销毁", required=False, help_text="销毁以后不能恢复。"
    )

    def __init__(self, data: FormData = None, files: FormFiles = None, **options: Unpack[FormOptions]) -> None:
        super().__init__(data, files, **options)
        mark(self, "compared", needed=True)


class WithdrawDestructionForm(forms.Form):
    """撤销清册."""

    reason = ParagraphsField(label="撤销原因", rows=3)
