"""Forms of the case up to its interview: the fields of each are exactly the keywords of its action."""

from __future__ import annotations

from yuetan.forms.frame.fields import ParagraphsField, SeenField
from yuetan.forms.frame.handling import HANDLING, LetterOfCaseForm
from yuetan.forms.frame.step import StepForm
from yuetan.rules.text.handling import Handling, handling_of
from yuetan.vocabulary import CaseState
from yuetan.vocabulary.naming import in_names


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

    opinion = ParagraphsField(printed=True, label="核稿意见", rows=3, initial=in_names("同意，报{the_group}审定。"))


class WithdrawForm(LetterOfCaseForm):
    """撤回; what is chosen for the paper is asked where one is issued, because a notice was."""

    reason = ParagraphsField(printed=True, label="撤回原因", rows=3)

    def fold_up(self, handling: Handling) -> None:
        """Leave it out where no paper is issued."""
        super().fold_up(handling)
        if self.case.state != CaseState.NOTIFIED:
            self.fields = {name: field for name, field in self.fields.items() if name not in HANDLING}

    def handled_like(self) -> Handling:
        """As the notice that is called off."""
        is_notified = self.case.state == CaseState.NOTIFIED
        return handling_of(self.case.current_notice.facts) if is_notified else Handling()
