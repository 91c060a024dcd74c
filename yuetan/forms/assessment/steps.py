"""The forms of an assessment beside its scheme: scores, objections, and what the director decides."""

from __future__ import annotations

from typing import Unpack

from django import forms

from yuetan.actions.assessment.corrections import CorrectedLine
from yuetan.actions.people.for_unit import is_of_unit
from yuetan.forms.assessment.scheme import CHOOSE, PointsField
from yuetan.forms.frame.fields import DayField, ParagraphsField, SeveralFilesField
from yuetan.forms.frame.options import FormData, FormFiles, FormOptions, mark_needed
from yuetan.forms.frame.units_field import UnitField
from yuetan.models import Assessment, AssessmentSheet, User
from yuetan.rules.assessment.scoring import may_fail
from yuetan.vocabulary import ObjectionOutcome


class ScoreForm(forms.Form):
    """人工评分."""

    unit = UnitField(label="单位", help_text="写全称或者代码。")
    indicator = forms.ChoiceField(label="指标", required=False)
    points = forms.DecimalField(label="得分", required=False, help_text="保留一位小数；加分项填加的分。")
    reason = ParagraphsField(label="评分理由", rows=4, help_text="单位会原样看到；不写群众个人的信息。")
    proof = SeveralFilesField(label="评分依据", help_text="评分所依据的文件，单位看得到。")

    def __init__(
        self,
        data: FormData = None,
        files: FormFiles = None,
        *,
        assessment: Assessment,
        **options: Unpack[FormOptions],
    ) -> None:
        super().__init__(data, files, **options)
        scheme = assessment.newest_scheme()
        scored = [one for one in scheme.indicator_list if not one.is_counted]
        self.fields["unit"].among = scheme.units()  # type: ignore[attr-defined] # a field of a unit
        choices = [CHOOSE, *((one.key, f"{one.name}（{one.words}）") for one in scored)]
        self.fields["indicator"].choices = choices  # type: ignore[attr-defined] # a field with choices
        mark_needed(self, "indicator", "points", "proof")


class WithdrawScoreForm(forms.Form):
    """撤销评分."""

    reason = ParagraphsField(label="撤销原因", rows=3)


class WithdrawSheetsForm(forms.Form):
    """撤回送核."""

    reason = ParagraphsField(label="撤回原因", rows=3, help_text="各单位会原样看到。")


class ConfirmForm(forms.Form):
    """A step that asks for nothing."""


class ObjectionForm(forms.Form):
    """提出异议; from the office the day on which the paper came is asked for besides."""

    received_on = DayField(
        label="收到日期",
        help_text="办公室收到单位书面异议的日期，是否逾期以它为准；期限内收到的，关闭考核以前都可以代录。",
    )
    indicator = forms.ChoiceField(label="对哪一项得分", required=False)
    words = ParagraphsField(label="异议和理由", rows=5, help_text="写明哪里不对、依据什么；不写群众个人的信息。")
    proof = SeveralFilesField(label="佐证材料")

    def __init__(
        self,
        data: FormData = None,
        files: FormFiles = None,
        *,
        sheet: AssessmentSheet,
        by: User,
        **options: Unpack[FormOptions],
    ) -> None:
        super().__init__(data, files, **options)
        if is_of_unit(sheet.unit_id, by):
            del self.fields["received_on"]
        choices = [(line["key"], f"{line['name']}：{line['points']} 分") for line in sheet.lines]
        self.fields["indicator"].choices = [CHOOSE, *choices]  # type: ignore[attr-defined] # a field with choices
        mark_needed(self, "indicator")


class DecideObjectionForm(forms.Form):
    """处理异议."""

    outcome = forms.ChoiceField(
        label="处理结果", choices=ObjectionOutcome.choices, widget=forms.RadioSelect, required=False
    )
    points = PointsField("改为得分", "异议成立的填；记录均不成立的不填，得分为没有记录时的分数。")
    record_stands = forms.TypedChoiceField(
        label="这一项的记录",
        help_text="有一次记录即为不合格；异议成立的，选处理以后还有没有记录成立。",
        choices=[("yes", "仍有记录成立，仍据此为不合格"), ("no", "记录均不成立，不再据此为不合格")],
        coerce=lambda value: value == "yes",
        empty_value=None,
        widget=forms.RadioSelect,
        required=False,
    )
    decision = ParagraphsField(label="处理意见", rows=4, help_text="单位会原样看到。")

    def __init__(
        self, data: FormData = None, files: FormFiles = None, *, is_failing: bool, **options: Unpack[FormOptions]
    ) -> None:
        super().__init__(data, files, **options)
        mark_needed(self, "outcome")
        if not is_failing:
            del self.fields["record_stands"]


class CorrectionForm(forms.Form):
    """提出更正: of each line other points, or whether any record stands; what stays as it is is left empty."""

    reason = ParagraphsField(
        label="更正原因", rows=4, help_text="写入更正通报，各单位都看得到；写明错在哪里、依据什么，不写群众个人的信息。"
    )
    proof = SeveralFilesField(label="更正依据的文件", help_text="更正以后该单位看得到。")

    def __init__(
        self,
        data: FormData = None,
        files: FormFiles = None,
        *,
        sheet: AssessmentSheet,
        **options: Unpack[FormOptions],
    ) -> None:
        super().__init__(data, files, **options)
        scheme = sheet.assessment.scheme
        known = scheme.failing if scheme else ()
        self.lines = [(str(line["key"]), may_fail(line, known)) for line in sheet.lines]
        for line in sheet.lines:
            now = sheet.upheld.points.get(line["key"], line["points"])
            label = f"“{line['name']}”更正后的得分"
            self.fields[f"points_{line['key']}"] = PointsField(
                label, f"现在 {now} 分，满分 {line['most']} 分；不变的不填。"
            )
            if may_fail(line, known):
                self.fields[f"stands_{line['key']}"] = _stands_field(str(line["name"]))
        self.order_fields([name for name in self.fields if name not in ("reason", "proof")])
        mark_needed(self, "proof")

    def clean(self) -> dict[str, object]:
        """The keywords of the action: what is asked of each line that somebody filled in."""
        data = self.cleaned_data
        asked = [
            CorrectedLine(key, data.get(f"points_{key}"), data.get(f"stands_{key}") if fails else None)
            for key, fails in self.lines
        ]
        lines = [one for one in asked if one.points is not None or one.stands is not None]
        return {"lines": lines, **{name: data[name] for name in ("reason", "proof") if name in data}}


def _stands_field(name: str) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=f"“{name}”的记录",
        help_text="有一次记录即为不合格。",
        choices=[
            ("", "不变"),
            ("yes", "有记录成立，据此为不合格"),
            ("no", "记录均不成立，不据此为不合格；得分为没有记录时的分数"),
        ],
        coerce=lambda value: value == "yes",
        empty_value=None,
        required=False,
    )


class DecideCorrectionForm(forms.Form):
    """审定更正."""

    granted = forms.TypedChoiceField(
        label="审定结果",
        choices=[("yes", "准予更正，印发更正通报"), ("no", "不予更正，公布的结果不变")],
        coerce=lambda value: value == "yes",
        empty_value=None,
        widget=forms.RadioSelect,
        required=False,
    )
    opinion = ParagraphsField(label="审定意见", rows=3)

    def __init__(self, data: FormData = None, files: FormFiles = None, **options: Unpack[FormOptions]) -> None:
        super().__init__(data, files, **options)
        mark_needed(self, "granted")
