"""The form of a report, made of the fields that its scheme asks; and what is done with a report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Unpack

from django import forms

from yuetan.forms.frame.fields import DayField, ParagraphsField, SeveralFilesField
from yuetan.forms.frame.options import FormData, FormFiles, FormOptions, mark_needed
from yuetan.models import ReportVersion
from yuetan.rules.reporting.form_fields import MAX_COUNTED, ReportField
from yuetan.vocabulary import ReportFieldCheck, ReportFieldKind, ReportMarkKind

CORRECTION = "更正说明"
YES_OR_NO = (("yes", "是"), ("no", "否"))
FILE_WORDS = "PDF、Word、Excel、图片等，可以上传几份。"


def _yes_or_no(text: str) -> bool | None:
    return {"yes": True, "no": False}.get(text)


class ReportForm(forms.Form):
    """填报: a field for each that the scheme asks; with `newest` what stood before, and why it is corrected."""

    def __init__(
        self,
        data: FormData = None,
        files: FormFiles = None,
        *,
        asked: Sequence[ReportField],
        newest: ReportVersion | None = None,
        before: Mapping[str, object] | None = None,
        at_any_time: bool = False,
        **options: Unpack[FormOptions],
    ) -> None:
        super().__init__(data, files, **options)
        self.asked, self.at_any_time = asked, at_any_time
        labels = {field.key: field.label for field in asked}
        for field in asked:
            self.fields[field.key] = _field_of(field, labels, before or {})
            self.fields[field.key].initial = _initial(field, newest)
            if field.needed and not (field.kind == ReportFieldKind.FILE and newest):
                mark_needed(self, field.key)
        if at_any_time:
            return
        if newest is not None and newest.confirmed_at is not None:
            self.fields["reason"] = ParagraphsField(label=CORRECTION, rows=3)
        number = newest.version if newest else 0
        self.fields["after"] = forms.IntegerField(widget=forms.HiddenInput, required=False, initial=number)

    def clean(self) -> dict[str, object]:
        """The keywords of the action: values and files by the key of their field."""
        data = self.cleaned_data
        if self.errors:
            return data
        of_files = [field.key for field in self.asked if field.kind == ReportFieldKind.FILE]
        values = {field.key: data[field.key] for field in self.asked if field.key not in of_files}
        given: dict[str, object] = {"values": values, "files": {key: data[key] for key in of_files}}
        if not self.at_any_time:
            given |= {"reason": data.get("reason", ""), "after": data["after"] or 0}
        return given


def _field_of(field: ReportField, labels: Mapping[str, str], before: Mapping[str, object]) -> forms.Field:
    if field.kind == ReportFieldKind.TEXT:
        return ParagraphsField(label=field.label, rows=3, max_length=5000, needed=field.needed)
    if field.kind == ReportFieldKind.FILE:
        return SeveralFilesField(label=field.label, help_text=FILE_WORDS)
    if field.kind == ReportFieldKind.FLAG:
        return forms.TypedChoiceField(
            label=field.label,
            choices=YES_OR_NO,
            coerce=_yes_or_no,
            empty_value=None,
            required=False,
            widget=forms.RadioSelect,
        )
    unit = f"（{field.unit}）" if field.unit else ""
    return forms.IntegerField(
        label=f"{field.label}{unit}",
        min_value=0,
        max_value=MAX_COUNTED,
        required=False,
        help_text=check_words(field, labels, before),
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )


def check_words(field: ReportField, labels: Mapping[str, str], before: Mapping[str, object]) -> str:
    """What must hold of a number, in words."""
    others = "、".join(f"“{labels[key]}”" for key in field.of)
    if field.check == ReportFieldCheck.SUM:
        return f"等于{others}之和。"
    if field.check == ReportFieldCheck.AT_LEAST:
        return f"不小于{others}。"
    if field.is_running_total:
        former = f"，最近一次报送 {before[field.key]}" if before.get(field.key) is not None else ""
        return f"{'当年' if field.check == ReportFieldCheck.AT_LEAST_IN_YEAR else ''}累计数{former}。"
    return ""


def _initial(field: ReportField, newest: ReportVersion | None) -> object:
    value = newest.values.get(field.key) if newest else None
    if field.kind == ReportFieldKind.FLAG and value is not None:
        return "yes" if value else "no"
    return value


class SendBackReportForm(forms.Form):
    """退回 by the unit's head."""

    reason = ParagraphsField(label="退回原因", rows=3, help_text="写明要改什么，填报人会原样看到。")


class ReturnReportForm(SendBackReportForm):
    """退回 by the office."""

    again_by = DayField(label="重新报送的期限", help_text="过了这一天还没有改报的，按未报提醒、催报。")


class WithdrawMarkForm(forms.Form):
    """撤销标记."""

    reason = ParagraphsField(label="撤销原因", rows=3)


class MarkForm(forms.Form):
    """标记瞒报、谎报."""

    kind = forms.ChoiceField(label="标记", choices=ReportMarkKind.choices, widget=forms.RadioSelect, required=False)
    words = ParagraphsField(
        label="认定的事实",
        rows=4,
        help_text="写明上报的和核查的各是多少、怎样核查的；本单位看得到，不写群众个人的信息。",
    )
    proof = SeveralFilesField(label="依据材料", help_text="核查记录等；本单位看不到。")

    def __init__(self, data: FormData = None, files: FormFiles = None, **options: Unpack[FormOptions]) -> None:
        super().__init__(data, files, **options)
        mark_needed(self, "kind", "proof")
