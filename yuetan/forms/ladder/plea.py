"""Forms of a plea (申述) of the unit, of its paper, and of the answer to it."""

from __future__ import annotations

from django import forms

from yuetan.forms.frame.fields import ParagraphsField, SeenField, SeveralFilesField
from yuetan.forms.frame.handling import CopiedFields, PaperHandlingFields
from yuetan.forms.frame.held_meeting import DecidedMeetingField
from yuetan.forms.frame.options import choice_of, mark_needed
from yuetan.forms.frame.paper_filing import PaperFields
from yuetan.forms.frame.sections import StoredFileField, offer_removal
from yuetan.forms.frame.step import FILE_WORDS
from yuetan.forms.ladder.measure import TITLE_BREAK_WORDS, MeasureStepForm
from yuetan.forms.ladder.meeting_decision import COMPARED
from yuetan.models import AgendaItem, Attachment
from yuetan.rules.text import official_text
from yuetan.rules.text.handling import Handling
from yuetan.vocabulary import FilePurpose, PleaOutcome


class PleaForm(MeasureStepForm):
    """填写、提出申述: begins with the unit's draft and its files."""

    words = ParagraphsField(
        label="申述意见",
        rows=8,
        help_text="写明对哪一处有意见、事实和依据；不写群众、举报人、涉案人员的个人信息。一行一段，印在答复上。",
    )
    papers = SeveralFilesField(label="申述材料", help_text=FILE_WORDS)
    removed = StoredFileField(Attachment.objects.none(), label="撤下已有的材料", required=False)

    def prepare(self) -> None:
        super().prepare()
        plea = self.measure.plea_or_none
        self.fields["words"].initial = plea.draft if plea is not None else ""
        own = self.measure.attachments.filter(purpose=FilePurpose.PLEA)
        choice_of(self, "removed").queryset = own
        kept = list(own)
        offer_removal(choice_of(self, "removed"), kept)
        names = official_text.joined(file.name for file in kept)
        if names:
            self.fields["papers"].help_text = f"已有：{names}。{FILE_WORDS}"
        else:
            del self.fields["removed"]


class RegisterPleaForm(PaperFields, MeasureStepForm):
    """代录申述."""

    words = ParagraphsField(
        label="申述意见", rows=8, help_text="照纸质申述录入，不得增减意思；全文以扫描件为准，印在答复上。"
    )

    def prepare(self) -> None:
        super().prepare()
        self.offer_signers(self.measure)


class WithdrawPleaForm(MeasureStepForm):
    """撤回申述."""

    reason = ParagraphsField(label="撤回原因", rows=3)


class DraftPleaAnswerForm(MeasureStepForm):
    """拟写申述答复: begins with what was drafted before."""

    item = DecidedMeetingField(
        AgendaItem.objects.none(),
        label="引用会议记录",
        required=False,
        empty_label="请选择",
        help_text="该措施由会议审定，申述由会议研究；列出已登记结论的会议，答复结果照会议的结论。",
    )
    outcome = forms.ChoiceField(label="答复结果", choices=PleaOutcome.choices, required=False, widget=forms.RadioSelect)
    grounds = ParagraphsField(
        printed=True, label="答复理由", rows=6, help_text="逐条回应申述意见，写明事实和依据；印在申述答复上。"
    )

    def prepare(self) -> None:
        super().prepare()
        mark_needed(self, "outcome")
        plea = self.measure.plea_or_none
        if plea is not None:
            drafted = {"outcome": plea.outcome, "grounds": plea.grounds, "item": plea.decision_item_id}
            self.initial = {**drafted, **self.initial}
        if self.measure.decision_item_id is None:
            del self.fields["item"]
        else:
            choice_of(self, "item").queryset = AgendaItem.objects.deciding(self.measure).filter(is_of_plea=True)
            mark_needed(self, "item")


class ReturnPleaAnswerForm(MeasureStepForm):
    """退回申述答复."""

    reason = ParagraphsField(label="退回原因", rows=3, help_text="写明哪里要改，承办人会原样看到；单位看不到。")


class DecidePleaForm(CopiedFields, PaperHandlingFields, MeasureStepForm):
    """维持、撤销: the opinion on the answer that is shown, and what the paper bears beside its text."""

    opinion = ParagraphsField(
        label="决定意见", rows=3, initial="同意。", help_text="内部记录，印入呈批表，单位看不到。"
    )
    compared = forms.BooleanField(label=COMPARED, required=False)
    seen = SeenField()
    field_order = ("opinion", "compared")

    def prepare(self) -> None:
        super().prepare()
        self.fold_up(Handling())
        self.fields["title_break"].help_text = TITLE_BREAK_WORDS
        self.offer_copies(self.measure.unit)
        plea = self.measure.plea_or_none
        self.fields["seen"].initial = plea.answer_digest if plea is not None else ""
        if plea is None or plea.decision_item_id is None:
            del self.fields["compared"]
        else:
            mark_needed(self, "compared")
