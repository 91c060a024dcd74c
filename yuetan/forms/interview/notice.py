"""Forms between approval and interview: the notice and its changes, receipts of paper, leave."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Unpack

from django import forms

from yuetan.actions.interview.interview_time import CLASH_TICK
from yuetan.forms.frame.fields import DayField, MomentField, NameField, NeededFileField, ParagraphsField, WordsField
from yuetan.forms.frame.options import FormData, FormFiles, StepOptions, choice_of, mark_needed
from yuetan.forms.frame.step import StepForm
from yuetan.forms.proposal.proposal import HeadsField, InterviewerField
from yuetan.models import CalendarDay, Leave, OfficeSetting, Post
from yuetan.models.office.office import unpublished_years
from yuetan.rules.dates import clock, deadlines
from yuetan.rules.text import official_text
from yuetan.vocabulary import NoticeElement


class NoticeForm(StepForm):
    """The six elements of a notice, prefilled where the case knows them."""

    matter = ParagraphsField(label="事由", rows=3)
    scheduled_at = MomentField(label="时间")
    place = WordsField(label="地点")
    procedure = ParagraphsField(label="程序", rows=5)
    participants = ParagraphsField(label="参加人员", rows=3)
    required_materials = ParagraphsField(label="需提交的材料", rows=4)
    clash_accepted = forms.BooleanField(label=CLASH_TICK, required=False)

    def __init__(self, data: FormData = None, files: FormFiles = None, **options: Unpack[StepOptions]) -> None:
        super().__init__(data, files, **options)
        hours = OfficeSetting.objects.number("clash_hours")
        self.fields["scheduled_at"].help_text = self._earliest()
        self.fields[
            "clash_accepted"
        ].help_text = (
            f"办公室设定：约谈人、约谈对象或者地点在 {hours} 小时之内另有约谈的，勾选后方可办理；没有的不必勾选。"
        )

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

    def prefilled(self) -> dict[str, object]:
        """事由, 程序, 参加人员 and 材料 follow from the case and from the office's standard wording."""
        interviewer = self.case.interviewer
        assert interviewer is not None
        words = OfficeSetting.objects.words
        return {
            "matter": f"{self.case.matter}。",
            "place": words("interview_place"),
            "procedure": words("interview_procedure"),
            "participants": participants_of(interviewer, self.case.heads_named),
            "required_materials": words("required_materials"),
        }

    def checklist(self) -> list[dict[str, str]]:
        """The six elements: what is still missing, what was filled in for checking, what is wrong."""
        return [
            {"label": element.label, "url": f"#{self[element.value].auto_id}", **self._element_status(element.value)}
            for element in NoticeElement
        ]

    def _element_status(self, name: str) -> dict[str, str]:
        field = self[name]
        if field.errors:
            return {"light": "red", "words": "需改正"}
        if not field.value():
            return {"light": "red", "words": "未填写"}
        return {"light": "green", "words": "已填写"} if self.is_bound else {"light": "blue", "words": "已预填，请核对"}


def participants_of(leader: Post, heads: Sequence[Post]) -> str:
    """参加人员 of both sides, from their posts of today."""
    named = official_text.joined(f"{post.full_title}{post.holder.name}" for post in heads)
    return f"约谈方：{leader.title}{leader.holder.name}，市扫黑办有关人员。\n被约谈方：{named}。"


class RescheduleForm(NoticeForm):
    """改期: why, who is interviewed now, and the six elements again."""

    reason = ParagraphsField(label="改期原因", rows=3)
    interviewees = HeadsField(
        Post.objects.none(), label="约谈对象", required=False, widget=forms.CheckboxSelectMultiple
    )
    interviewer = InterviewerField(Post.objects.none(), label="约谈人", required=False)
    field_order = ("reason", "interviewees", "interviewer")

    def __init__(self, data: FormData = None, files: FormFiles = None, **options: Unpack[StepOptions]) -> None:
        super().__init__(data, files, **options)
        self._offer_heads()
        approved = self.case.interviewer
        assert approved is not None
        if approved.is_current:
            del self.fields["interviewer"]
        else:
            self._offer_leaders(approved)

    def _offer_heads(self) -> None:
        """The heads in office; those who hold the posts that were approved are chosen already."""
        field, kinds = choice_of(self, "interviewees"), {post.kind for post in self.case.interviewees.all()}
        heads = self.case.unit.heads()
        field.queryset = heads
        mark_needed(self, "interviewees")
        field.initial = [post.pk for post in heads if post.kind in kinds]
        left = [post for post in self.case.interviewees.all() if not post.is_current]
        if left:
            names = official_text.joined([f"{post.holder.name}（{post.title}）" for post in left])
            field.help_text = f"{names}已离任，已改选现任；改期通知将写明现任姓名。"

    def _offer_leaders(self, approved: Post) -> None:
        field = choice_of(self, "interviewer")
        current = Post.objects.current().filter(kind=approved.kind).select_related("holder", "unit__parent")
        field.queryset = current
        mark_needed(self, "interviewer")
        field.help_text = f"{approved.holder.name}已不任{approved.get_kind_display()}，请选定现任。"
        field.initial = current[0].pk if len(current) == 1 else None

    def prefilled(self) -> dict[str, object]:
        """As the notice that holds now, with successors in the place of those who left."""
        case = self.case
        return {
            "matter": case.notice_matter,
            "place": case.place,
            "procedure": case.procedure,
            "participants": self._participants(),
            "required_materials": case.required_materials,
        }

    def _participants(self) -> str:
        """As announced; written anew from the posts of today where somebody left or the unit bears another name."""
        case, notice = self.case, self.case.current_notice
        if not case.departed and notice.addressee == case.unit.full_name:
            return case.participants
        kinds = {post.kind for post in case.interviewees.all()}
        heads = [post for post in case.unit.heads() if post.kind in kinds]
        leaders = Post.objects.current().filter(kind=case.interviewer.kind) if case.interviewer else []
        self.fields[
            "participants"
        ].help_text = f"人员或者单位名称有变动，已按现任职务重新拟写。原通知写的是：{case.participants}"
        still = case.interviewer if case.interviewer and case.interviewer.is_current else None
        leader = still or next(iter(leaders), case.interviewer)
        assert leader is not None
        return participants_of(leader, heads or case.heads_named)


class RegisterReceiptForm(StepForm):
    """登记纸质回执."""

    signer_name = NameField(label="签收人姓名", max_length=40)
    signer_title = WordsField(label="签收人职务", help_text="回执上写的单位和职务。")
    signed_on = DayField(label="签收日期")
    scan = NeededFileField(
        label="回执扫描件", required=False, allow_empty_file=True, help_text="PDF、OFD、JPG、PNG；被约谈单位也看得到。"
    )


class InterviewedField(forms.ModelChoiceField):
    """One interviewee by name and post."""

    def label_from_instance(self, post: Post) -> str:
        """姓名（职务）."""
        return f"{post.holder.name}（{post.title}）"


class AskLeaveForm(StepForm):
    """请假: for whom, and why."""

    post = InterviewedField(
        Post.objects.none(), label="请假人", required=False, empty_label=None, widget=forms.RadioSelect
    )
    reason = ParagraphsField(label="请假原因", rows=4, help_text="约谈人会原样看到。不得委托他人代为接受约谈。")

    def __init__(self, data: FormData = None, files: FormFiles = None, **options: Unpack[StepOptions]) -> None:
        super().__init__(data, files, **options)
        posts, field = self.case.interviewees.select_related("holder", "unit").as_named(), choice_of(self, "post")
        field.queryset = posts
        mark_needed(self, "post")
        own_posts = [post.pk for post in posts if post.holder_id == self.by.pk]
        field.initial = next(iter(own_posts or ([posts[0].pk] if len(posts) == 1 else [])), None)


class LeaveField(forms.ModelChoiceField):
    """One request for leave."""

    def label_from_instance(self, leave: Leave) -> str:
        """姓名（职务）：原因."""
        return f"{leave.post.holder.name}（{leave.post.title}）：{leave.reason}"


class DecideLeaveForm(StepForm):
    """审批请假."""

    leave = LeaveField(Leave.objects.none(), label="请假", required=False, empty_label=None, widget=forms.RadioSelect)
    granted = forms.TypedChoiceField(
        label="决定",
        widget=forms.RadioSelect,
        choices=(("yes", "准假"), ("no", "不准假")),
        coerce=lambda value: value == "yes",
    )
    opinion = ParagraphsField(label="审批意见", rows=3, help_text="被约谈方会原样看到。")

    def __init__(self, data: FormData = None, files: FormFiles = None, **options: Unpack[StepOptions]) -> None:
        super().__init__(data, files, **options)
        waiting = [leave.pk for leave in self.case.pending_leaves]
        mark_needed(self, "leave")
        field = choice_of(self, "leave")
        field.queryset = Leave.objects.filter(pk__in=waiting).select_related("post__holder")
        field.initial = waiting[0] if len(waiting) == 1 else None
