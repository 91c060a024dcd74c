"""Forms between approval and interview: the notice and its changes, receipts of paper."""

from __future__ import annotations

from typing import Unpack

from django import forms

from yuetan.actions.interview.interview_time import CLASH_TICK, UNUSUAL_TICK, latest_day
from yuetan.forms.frame.fields import (
    MomentField,
    ParagraphsField,
    RowsField,
    SeenField,
    WordsField,
)
from yuetan.forms.frame.handling import LetterOfCaseForm
from yuetan.forms.frame.options import FormData, FormFiles, StepOptions, choice_of, field_of, mark_needed
from yuetan.forms.frame.paper_receipt import PaperReceiptForm
from yuetan.forms.frame.step import StepForm
from yuetan.forms.interview.interview import ParticipantRowForm
from yuetan.forms.proposal.proposal import HeadsField, InterviewerField
from yuetan.models import CalendarDay, OfficeSetting, Post
from yuetan.models.case.current_parties import Interviewers
from yuetan.models.case.requirements.people import interviewers_now
from yuetan.models.flow.recording import current_recording
from yuetan.rules.dates import clock, deadlines
from yuetan.rules.text import official_text
from yuetan.rules.text.handling import Handling, handling_of
from yuetan.vocabulary import NoticeElement

TO_BE_TICKED = "勾选后方可办理；没有的不必勾选。"


class SignNoticeForm(StepForm):
    """签收 of the notice that was shown."""

    seen = SeenField()

    def prefilled(self) -> dict[str, object]:
        """The key of the notice that holds now."""
        notice = self.case.notice_in_force
        return {"seen": str(notice.pk) if notice else ""}


class NoticeForm(LetterOfCaseForm):
    """What is written for a notice, prefilled where the office has a standard; 事由 and people come from the case."""

    matter_facts = ParagraphsField(
        printed=True,
        label="通知中写明的主要问题",
        rows=3,
        needed=False,
        help_text="印在约谈事由之后，被约谈方看得到；不写的，只印约谈事由和所依据的情形。不要写内部掌握的情况。",
    )
    scheduled_at = MomentField(label="时间")
    place = WordsField(printed=True, label="地点")
    procedure = ParagraphsField(
        printed=True, label="程序", rows=5, help_text="约谈的四个环节都要写明，可以补充，不能减少。"
    )
    attendees = RowsField(
        ParticipantRowForm, rows=1, needed=False, label="约谈方其他参加人员", help_text="约谈人、记录人员已照职务写入。"
    )
    companions = RowsField(
        ParticipantRowForm, rows=1, needed=False, label="被约谈方其他参加人员", help_text="约谈对象已照职务写入。"
    )
    required_materials = ParagraphsField(printed=True, label="需提交的材料", rows=4)
    materials_reason = WordsField(
        label="不按四项提交的原因",
        needed=False,
        help_text="基本情况、存在问题、原因分析、整改措施四项都要的，不填；只记入日志，不印入通知。",
    )
    unusual_time_accepted = forms.BooleanField(label=UNUSUAL_TICK, required=False)
    clash_accepted = forms.BooleanField(label=CLASH_TICK, required=False)

    def __init__(self, data: FormData = None, files: FormFiles = None, **options: Unpack[StepOptions]) -> None:
        super().__init__(data, files, **options)
        hours, first, last = OfficeSetting.objects.numbers("clash_hours", "interview_first_hour", "interview_last_hour")
        words = {
            "scheduled_at": f"{self._earliest()}{self._latest()}",
            "clash_accepted": f"办公室设定：约谈人、约谈对象或者地点在 {hours} 小时之内另有约谈的，{TO_BE_TICKED}",
            "unusual_time_accepted": f"办公室设定：双休日、节假日，或者{first}时至{last}时以外的，{TO_BE_TICKED}",
        }
        if current_recording():  # no article and no setting asks this of a day of then
            del self.fields["unusual_time_accepted"], self.fields["clash_accepted"]
            words = {"scheduled_at": "照原通知填写当时通知的时间。"}
        for name, sentence in words.items():
            self.fields[name].help_text = sentence
        for name in ("attendees", "companions"):
            field = field_of(self, name, RowsField)
            field.widget.add_label = f"增加一名{field.label}"

    def _earliest(self) -> str:
        """The office's own rule on lead time, counted out; what rests on an unpublished year says so."""
        days, calendar = OfficeSetting.objects.number("notice_lead_days"), CalendarDay.objects.calendar()
        first = deadlines.offered_after_notice(clock.today(), days, calendar)
        words, day = f"办公室设定：须在通知后 {days} 个工作日之后，", official_text.chinese_date(first.day)
        if not first.is_provisional:
            return f"{words}最早为{day}。"
        return f"{words}暂定最早为{day}（{first.note}；早于这一天而公布后可能合于规定的，勾选“{UNUSUAL_TICK}”）。"

    def _latest(self) -> str:
        latest = latest_day()
        return f"最迟为{official_text.chinese_date(latest)}。" if latest else ""

    def prefilled(self) -> dict[str, object]:
        """地点, 程序 and 材料 in the office's standard wording."""
        words = OfficeSetting.objects.words
        return {
            "place": words("interview_place"),
            "procedure": words("interview_procedure"),
            "required_materials": words("required_materials"),
        }

    def checklist(self) -> list[dict[str, str]]:
        """The six elements: what is still missing, what was filled in for checking, what is wrong."""
        return [self._element_row(element) for element in NoticeElement]

    def _element_row(self, element: NoticeElement) -> dict[str, str]:
        if element == NoticeElement.MATTER:
            return {"label": element.label, "url": "", "light": "green", "words": "照审定的建议，可以写明主要问题"}
        if element == NoticeElement.PARTICIPANTS:
            status = {"light": "green", "words": "照职务写明，另有人员的请补充"}
            return {"label": element.label, "url": f"#{self['attendees'].auto_id}", **status}
        return {"label": element.label, "url": f"#{self[element.value].auto_id}", **self._element_status(element.value)}

    def _element_status(self, name: str) -> dict[str, str]:
        field = self[name]
        if field.errors:
            return {"light": "red", "words": "需改正"}
        if not field.value():
            return {"light": "red", "words": "未填写"}
        return {"light": "green", "words": "已填写"} if self.is_bound else {"light": "blue", "words": "已预填，请核对"}


class RescheduleForm(NoticeForm):
    """改期: why, who is interviewed now, and the six elements again."""

    reason = ParagraphsField(printed=True, label="改期原因", rows=3)
    interviewees = HeadsField(
        Post.objects.none(), label="约谈对象", required=False, widget=forms.CheckboxSelectMultiple
    )
    interviewer = InterviewerField(Post.objects.none(), label="约谈人", required=False)
    field_order = ("reason", "interviewees", "interviewer")

    def __init__(self, data: FormData = None, files: FormFiles = None, **options: Unpack[StepOptions]) -> None:
        super().__init__(data, files, **options)
        if not self.case.other_participants:  # a notice from before they were kept one by one
            written = "；".join(line.rstrip("。；") for line in self.case.participants.splitlines() if line.strip())
            for name in ("attendees", "companions"):
                field = self.fields[name]
                field.help_text = f"{field.help_text}原通知写的参加人员：{written}。照职务写入以外的，请在此补充。"
        self._offer_heads()
        announced, lawful = self.case.interviewer, interviewers_now(self.case)
        assert announced is not None
        if announced in lawful.posts:
            del self.fields["interviewer"]
        else:
            self._offer_leaders(announced, lawful)

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
            vacant = kinds - {post.kind for post in heads}
            field.help_text = f"{names}已离任，" + (
                "职务暂缺的不再通知，约谈时记为“已离任”。" if vacant else "已改选现任；改期通知将写明现任姓名。"
            )

    def _offer_leaders(self, announced: Post, lawful: Interviewers) -> None:
        """Who holds the post now; where it is vacant or barred, who acts for it, and why."""
        field = choice_of(self, "interviewer")
        current = Post.objects.current().select_related("holder", "unit__parent")
        field.queryset = current.filter(pk__in=[post.pk for post in lawful.posts])
        mark_needed(self, "interviewer")
        gone = "须回避" if announced.is_current else f"已不任{announced.get_kind_display()}"
        acting = f"；{lawful.why_acting}，按办公室设定由下列领导代行。" if lawful.why_acting else "，请选定现任。"
        field.help_text = f"{announced.holder.name}{gone}{acting}"
        field.initial = lawful.posts[0].pk if len(lawful.posts) == 1 else None

    def handled_like(self) -> Handling:
        """As the notice that holds now."""
        return handling_of(self.case.current_notice.facts)

    def prefilled(self) -> dict[str, object]:
        """As the notice that holds now; who is who follows from the posts."""
        case = self.case
        return {
            "matter_facts": case.notice_matter.partition("\n")[2],
            "place": case.place,
            "procedure": case.procedure,
            "attendees": case.other_participants.get("attendees", []),
            "companions": case.other_participants.get("companions", []),
            "required_materials": case.required_materials,
        }


class RegisterReceiptForm(PaperReceiptForm):
    """登记纸质回执."""
