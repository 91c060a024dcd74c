"""Forms of the case up to its minutes: the fields of each are exactly the keywords of its action."""

from __future__ import annotations

from typing import Any

from django import forms

from yuetan.forms.fields import MomentField, ParagraphsField, SeveralFilesField, WordsField
from yuetan.forms.step import FILE_WORDS, StepForm
from yuetan.models import CalendarDay, OfficeSetting
from yuetan.models.office import unpublished_years
from yuetan.rules import clock, deadlines, official_text
from yuetan.vocabulary import MinutesAnswer, SubmissionPart


class ReturnForm(StepForm):
    """退回修改."""

    reason = ParagraphsField(label="退回原因", help_text="写明要改什么，拟稿人会原样看到。")


class EndorseForm(StepForm):
    """核稿."""

    opinion = ParagraphsField(label="核稿意见", rows=3, initial="同意，报领导小组审定。")


class WithdrawForm(StepForm):
    """撤回."""

    reason = ParagraphsField(label="撤回原因", rows=3)


class NoticeForm(StepForm):
    """The six elements of a notice, prefilled where the case knows them."""

    matter = ParagraphsField(label="事由", rows=3)
    scheduled_at = MomentField(label="时间")
    place = WordsField(label="地点")
    procedure = ParagraphsField(label="程序", rows=5)
    participants = ParagraphsField(label="参加人员", rows=3)
    required_materials = ParagraphsField(label="需提交的材料", rows=4)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scheduled_at"].help_text = self._earliest()

    def _earliest(self) -> str:
        """The office's own rule on lead time, counted out, with a warning where the calendar ends."""
        today = clock.today()
        days = OfficeSetting.objects.number("notice_lead_days")
        earliest = deadlines.earliest_after_notice(today, days, CalendarDay.objects.calendar())
        words = f"办公室设定：须在通知后 {days} 个工作日之后，最早为{official_text.chinese_date(earliest)}。"
        unknown = unpublished_years(today, earliest)
        if unknown:
            years = official_text.joined([f"{year}年" for year in unknown])
            words += f"注意：{years}的放假安排尚未载入，按周一至周五计算。"
        return words

    def prefilled(self) -> dict[str, Any]:
        """事由, 程序, 参加人员 and 材料 follow from the case and from the office's standard wording."""
        heads = [f"{post.full_title}{post.holder.name}" for post in self.case.interviewees.all()]
        interviewer = self.case.interviewer
        assert interviewer is not None
        words = OfficeSetting.objects.words
        return {
            "matter": f"{self.case.matter}。",
            "place": words("interview_place"),
            "procedure": words("interview_procedure"),
            "participants": f"约谈方：{interviewer.title}{interviewer.holder.name}，市扫黑办有关人员。\n"
            f"被约谈方：{'、'.join(heads)}。",
            "required_materials": words("required_materials"),
        }


class RescheduleForm(NoticeForm):
    """改期: the six elements again, and why."""

    reason = ParagraphsField(label="改期原因", rows=3)
    field_order = ("reason",)

    def prefilled(self) -> dict[str, Any]:
        """As the notice that holds now."""
        case = self.case
        return {
            "matter": case.notice_matter,
            "place": case.place,
            "procedure": case.procedure,
            "participants": case.participants,
            "required_materials": case.required_materials,
        }


class SubmissionForm(StepForm):
    """书面材料 under its four headings."""

    situation = ParagraphsField(label=SubmissionPart.SITUATION.label, rows=6)
    problems = ParagraphsField(label=SubmissionPart.PROBLEMS.label, rows=6)
    causes = ParagraphsField(label=SubmissionPart.CAUSES.label, rows=6)
    measures = ParagraphsField(label=SubmissionPart.MEASURES.label, rows=6)
    files = SeveralFilesField(label="附件", help_text=FILE_WORDS)

    def prefilled(self) -> dict[str, Any]:
        """The draft, or the version handed in last."""
        known = self.case.submissions.order_by("-version").first()
        return {part.value: known.part(part) for part in SubmissionPart} if known else {}


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
