"""Forms of the case up to its interview: the fields of each are exactly the keywords of its action."""

from __future__ import annotations

from yuetan.forms.frame.fields import ParagraphsField
from yuetan.forms.frame.step import StepForm


class ReturnForm(StepForm):
    """退回修改."""

    reason = ParagraphsField(label="退回原因", help_text="写明要改什么，拟稿人会原样看到。")


class EndorseForm(StepForm):
    """核稿."""

    opinion = ParagraphsField(label="核稿意见", rows=3, initial="同意，报领导小组审定。")


class WithdrawForm(StepForm):
    """撤回."""

    reason = ParagraphsField(label="撤回原因", rows=3)
