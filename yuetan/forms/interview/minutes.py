"""Forms of the minutes: each knows which text the person had before them."""

from __future__ import annotations

from typing import Unpack

from django import forms

from yuetan.forms.frame.fields import ParagraphsField, RowsField, SeenField, WordsField
from yuetan.forms.frame.options import FormData, FormFiles, StepOptions, field_of
from yuetan.forms.frame.step import StepForm
from yuetan.forms.interview.interview import DueHints, MeasureRowForm
from yuetan.models.interview.interview import MinutesText
from yuetan.vocabulary import MinutesAnswer


class SeenForm(StepForm):
    """A step on the text that was shown; by itself it asks for nothing but a confirmation."""

    seen = SeenField()

    @property
    def text(self) -> MinutesText:
        """The text that the page shows."""
        return self.case.minutes

    def prefilled(self) -> dict[str, object]:
        """Which text this is."""
        return {"seen": self.text.digest}


class MinutesForm(SeenForm):
    """纪要 as text, with its measures and time limits."""

    problems = ParagraphsField(label="约谈事由、目的和通报的问题", rows=7)
    statement = ParagraphsField(label="被约谈方陈述说明和拟采取的整改措施", rows=7)
    discussion = ParagraphsField(label="讨论分析", rows=7)
    measures = RowsField(MeasureRowForm, rows=1, label="整改措施及时限")
    copied_to = WordsField(label="抄送", needed=False, max_length=300, help_text="几个单位的，用顿号或者逗号隔开。")

    def __init__(self, data: FormData = None, files: FormFiles = None, **options: Unpack[StepOptions]) -> None:
        super().__init__(data, files, **options)
        field_of(self, "measures", RowsField).widget.hints = DueHints(self.case.interview.held_on)

    def prefilled(self) -> dict[str, object]:
        """The text as it stands."""
        texts = {name: getattr(self.text, name) for name in MinutesText.TEXTS}
        return {**super().prefilled(), **texts, "measures": self.text.measure_texts}


class SeenCorrectionForm(SeenForm):
    """A step on the correction that was shown."""

    @property
    def text(self) -> MinutesText:
        """The correction that waits, or where there is none, the minutes."""
        return self.case.open_correction or self.case.minutes


class CorrectionForm(SeenCorrectionForm):
    """更正纪要: why, and the whole text as it shall read."""

    reason = WordsField(label="更正原因", help_text="写入更正后的纪要，如“第二部分个别数字有误”。")
    problems = ParagraphsField(label="约谈事由、目的和通报的问题", rows=7)
    statement = ParagraphsField(label="被约谈方陈述说明和拟采取的整改措施", rows=7)
    discussion = ParagraphsField(label="讨论分析", rows=7)
    measures = RowsField(
        MeasureRowForm,
        rows=1,
        label="整改措施及时限",
        help_text="更正的措施、时限，随约谈人确认一并改动整改任务；已交办的不能增减，已报告、已销号或者时限已变动的不能改。",
    )
    copied_to = WordsField(label="抄送", needed=False, max_length=300, help_text="几个单位的，用顿号或者逗号隔开。")

    def __init__(self, data: FormData = None, files: FormFiles = None, **options: Unpack[StepOptions]) -> None:
        super().__init__(data, files, **options)
        field_of(self, "measures", RowsField).widget.hints = DueHints(self.case.interview.held_on)

    def prefilled(self) -> dict[str, object]:
        """The correction being written, or the text that was issued."""
        texts = {name: getattr(self.text, name, "") for name in ("reason", *MinutesText.TEXTS)}
        return {**super().prefilled(), **texts, "measures": self.text.measure_texts}


class ConfirmCorrectionForm(SeenCorrectionForm):
    """确认更正: the corrected text that was shown."""


class ReturnMinutesForm(SeenForm):
    """退回修改纪要."""

    reason = ParagraphsField(label="退回原因", rows=5, help_text="写明要改什么，承办人修改时会原样看到。")


class MinutesAnswerForm(SeenForm):
    """反馈纪要意见."""

    answer = forms.ChoiceField(label="意见", widget=forms.RadioSelect, choices=MinutesAnswer.choices)
    objection = ParagraphsField(label="异议内容", needed=False, help_text="选择“有异议”时必须填写，将随纪要一并印发。")
