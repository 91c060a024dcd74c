"""Forms of 纸质代录 before the minutes are issued: written material, leave, the answer to the minutes."""

from __future__ import annotations

from yuetan.forms.frame.fields import ParagraphsField, SeveralFilesField
from yuetan.forms.frame.paper_filing import PaperFilingForm
from yuetan.forms.frame.step import FILE_WORDS
from yuetan.forms.interview.leave import AskLeaveForm
from yuetan.forms.interview.minutes import MinutesAnswerForm
from yuetan.vocabulary import SubmissionPart

TEXT_HELP = "照纸质材料录入，不得增减意思；全文以扫描件为准。"


class RegisterSubmissionForm(PaperFilingForm):
    """代录书面材料: the paper, and what it says under the four headings."""

    situation = ParagraphsField(label=SubmissionPart.SITUATION.label, rows=5, help_text=TEXT_HELP)
    problems = ParagraphsField(label=SubmissionPart.PROBLEMS.label, rows=5)
    causes = ParagraphsField(label=SubmissionPart.CAUSES.label, rows=5)
    measures = ParagraphsField(label=SubmissionPart.MEASURES.label, rows=5)
    files = SeveralFilesField(label="随附的其他材料", help_text=FILE_WORDS)  # type: ignore[assignment] # a declared field


class RegisterLeaveForm(AskLeaveForm, PaperFilingForm):
    """代录请假."""


class RegisterMinutesAnswerForm(MinutesAnswerForm, PaperFilingForm):
    """代录纪要意见."""
