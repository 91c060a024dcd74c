"""Forms of the case up to its interview: the fields of each are exactly the keywords of its action."""

from __future__ import annotations

from yuetan.forms.frame.fields import ParagraphsField, SeenField
from yuetan.forms.frame.step import StepForm


class ReturnForm(StepForm):
    """退回修改."""

    reason = ParagraphsField(label="退回原因", help_text="写明要改什么，拟稿人会原样看到。")


class TakeBackForm(StepForm):
    """取回修改."""

    reason = ParagraphsField(label="取回原因", rows=3, help_text="写明要改什么，办公室主任会看到。")


class SeenProposalForm(StepForm):
    """A step on the proposal that was shown."""

    seen = SeenField()

    def prefilled(self) -> dict[str, object]:
        """The digest of the proposal that this page shows."""
        return {"seen": self.case.proposal_sha256}


class EndorseForm(SeenProposalForm):
    """核稿."""

    opinion = ParagraphsField(printed=True, label="核稿意见", rows=3, initial="同意，报领导小组审定。")


class WithdrawForm(StepForm):
    """撤回."""

    reason = ParagraphsField(printed=True, label="撤回原因", rows=3)
