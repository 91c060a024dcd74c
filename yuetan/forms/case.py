"""Forms of the case up to its minutes: the fields of each are exactly the keywords of its action."""

from __future__ import annotations

from typing import Any

from django import forms

from yuetan.forms.fields import ParagraphsField, WordsField
from yuetan.forms.step import StepForm
from yuetan.vocabulary import MinutesAnswer


class ReturnForm(StepForm):
    """退回修改."""

    reason = ParagraphsField(label="退回原因", help_text="写明要改什么，拟稿人会原样看到。")


class EndorseForm(StepForm):
    """核稿."""

    opinion = ParagraphsField(label="核稿意见", rows=3, initial="同意，报领导小组审定。")


class WithdrawForm(StepForm):
    """撤回."""

    reason = ParagraphsField(label="撤回原因", rows=3)


class MinutesForm(StepForm):
    """纪要 as text; measures stand as they were fixed in the interview."""

    problems = ParagraphsField(label="约谈事由、目的和通报的问题", rows=7)
    statement = ParagraphsField(label="被约谈方陈述说明和拟采取的整改措施", rows=7)
    discussion = ParagraphsField(label="讨论分析", rows=7)
    copied_to = WordsField(label="抄送", needed=False, max_length=300)

    def prefilled(self) -> dict[str, Any]:
        """The text as it stands."""
        return {name: getattr(self.case.minutes, name) for name in self.base_fields}


class CorrectionForm(MinutesForm):
    """更正纪要: why, and the whole text as it shall read."""

    reason = WordsField(label="更正原因", help_text="写入更正后的纪要，如“第二部分个别数字有误”。")
    field_order = ("reason", "problems", "statement", "discussion", "copied_to")

    def prefilled(self) -> dict[str, Any]:
        """The correction being written, or the text that was issued."""
        text = self.case.open_correction or self.case.minutes
        return {name: getattr(text, name, "") for name in self.base_fields}


class MinutesAnswerForm(StepForm):
    """反馈纪要意见."""

    answer = forms.ChoiceField(label="意见", widget=forms.RadioSelect, choices=MinutesAnswer.choices)
    objection = ParagraphsField(label="异议内容", needed=False, help_text="选择“有异议”时必须填写，将随纪要一并印发。")
