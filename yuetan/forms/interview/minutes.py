"""Forms of the minutes: each knows which text the person had before them."""

from __future__ import annotations

from typing import Unpack

from django import forms

from yuetan.forms.frame.fields import ParagraphsField, RowsField, SeenField, WordsField
from yuetan.forms.frame.handling import PaperForm
from yuetan.forms.frame.options import FormData, FormFiles, StepOptions, field_of
from yuetan.forms.frame.step import StepForm
from yuetan.forms.interview.interview import (
    COMPANIONS,
    AttendanceRowForm,
    DueHints,
    MeasureRowForm,
    ParticipantRowForm,
)
from yuetan.models import IntervieweeAttendance, Post
from yuetan.models.interview.interview import MinutesText
from yuetan.rules.text.handling import Handling, handling_of
from yuetan.vocabulary import Attendance, MinutesAnswer, ParticipantKind


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


def _attendance_row(one: IntervieweeAttendance) -> dict[str, object]:
    came = one.attendance == Attendance.PRESENT
    return {
        "post": one.post_id,
        "attendance": one.attendance,
        "attended_by": one.post.holder.name if came else "",
        "arrived_at": f"{one.arrived_at:%H:%M}" if one.arrived_at else "",
        "absence_reason": one.absence_reason,
    }


class WhoWasThereForm(SeenForm):
    """Who was there, as it is recorded or as an open correction has it."""

    attendances = RowsField(
        AttendanceRowForm,
        rows=1,
        fixed=True,
        label="约谈对象到会情况",
        help_text="记录有误的在此更正，更正前的照样保留。",
    )
    attendees = RowsField(ParticipantRowForm, rows=1, needed=False, label="约谈方参加人员")
    observers = RowsField(ParticipantRowForm, rows=1, needed=False, label="列席人员", help_text=COMPANIONS)
    submission_missing = forms.BooleanField(label="被约谈方未提交书面材料", required=False)

    def __init__(self, data: FormData = None, files: FormFiles = None, **options: Unpack[StepOptions]) -> None:
        super().__init__(data, files, **options)
        captions = [f"{person.name}（{person.title}）" for person in self.case.people_named]
        field_of(self, "attendances", RowsField).widget.captions = captions
        for name in ("attendees", "observers"):
            field = field_of(self, name, RowsField)
            field.widget.add_label = f"增加一名{field.label}"

    def who_was_there(self) -> dict[str, object]:
        """As it is recorded, in the order of the captions."""
        interview = self.case.interview
        recorded = {one.post.holder_id: one for one in interview.attendances.select_related("post__holder")}
        others = list(interview.participants.all())
        rows = {
            kind: [{"name": one.name, "title": one.title} for one in others if one.kind == kind]
            for kind in ParticipantKind
        }
        named = [recorded[person.holder.pk] for person in self.case.people_named if person.holder.pk in recorded]
        return {
            "attendances": [_attendance_row(one) for one in named],
            "attendees": rows[ParticipantKind.INTERVIEWER_SIDE],
            "observers": rows[ParticipantKind.OBSERVER],
            "submission_missing": interview.submission_missing,
        }


class MinutesForm(WhoWasThereForm):
    """纪要 as text, with its measures and time limits, and who was there."""

    problems = ParagraphsField(printed=True, label="约谈事由、目的和通报的问题", rows=7)
    statement = ParagraphsField(printed=True, label="被约谈方陈述说明和拟采取的整改措施", rows=7)
    discussion = ParagraphsField(printed=True, label="讨论分析", rows=7)
    measures = RowsField(MeasureRowForm, rows=1, label="整改措施及时限")
    copied_to = WordsField(
        printed=True, label="抄送", needed=False, max_length=300, help_text="几个单位的，用顿号或者逗号隔开。"
    )

    def __init__(self, data: FormData = None, files: FormFiles = None, **options: Unpack[StepOptions]) -> None:
        super().__init__(data, files, **options)
        field_of(self, "measures", RowsField).widget.hints = DueHints(self.case.interview.held_on)

    def prefilled(self) -> dict[str, object]:
        """The text and who was there, as they stand."""
        texts = {name: getattr(self.text, name) for name in MinutesText.TEXTS}
        texts |= self.who_was_there()
        return {**super().prefilled(), **texts, "measures": self.text.measure_texts}


class SeenCorrectionForm(SeenForm):
    """A step on the correction that was shown."""

    @property
    def text(self) -> MinutesText:
        """The correction that waits, or where there is none, the minutes."""
        return self.case.open_correction or self.case.minutes


class CorrectionForm(SeenCorrectionForm, WhoWasThereForm):
    """更正纪要: why, and the whole text as it shall read."""

    reason = WordsField(printed=True, label="更正原因", help_text="写入更正后的纪要，如“第二部分个别数字有误”。")
    problems = ParagraphsField(printed=True, label="约谈事由、目的和通报的问题", rows=7)
    statement = ParagraphsField(printed=True, label="被约谈方陈述说明和拟采取的整改措施", rows=7)
    discussion = ParagraphsField(printed=True, label="讨论分析", rows=7)
    measures = RowsField(
        MeasureRowForm,
        rows=1,
        label="整改措施及时限",
        help_text="更正的措施、时限，随约谈人确认一并改动整改任务；已交办的不能增减，已报告、已销号或者时限已变动的不能改。",
    )
    copied_to = WordsField(
        printed=True, label="抄送", needed=False, max_length=300, help_text="几个单位的，用顿号或者逗号隔开。"
    )

    def __init__(self, data: FormData = None, files: FormFiles = None, **options: Unpack[StepOptions]) -> None:
        super().__init__(data, files, **options)
        field_of(self, "measures", RowsField).widget.hints = DueHints(self.case.interview.held_on)

    def prefilled(self) -> dict[str, object]:
        """The correction being written, or the text that was issued."""
        texts = {name: getattr(self.text, name, "") for name in ("reason", *MinutesText.TEXTS)}
        people = self._proposed() or self.who_was_there()
        return {**super().prefilled(), **texts, **people, "measures": self.text.measure_texts}

    def _proposed(self) -> dict[str, object]:
        """Who was there by the correction that waits; nothing where there is none."""
        correction = self.case.open_correction
        kept = correction.who_was_there if correction else None
        if kept is None:
            return {}
        posts = Post.objects.filter(pk__in=[row["post"] for row in kept["attendances"]])
        names = dict(posts.values_list("pk", "holder__name"))
        came = [
            {**row, "attended_by": names[row["post"]] if row["attendance"] == Attendance.PRESENT else ""}
            for row in kept["attendances"]
        ]
        return {**{name: kept[name] for name in ("attendees", "observers", "submission_missing")}, "attendances": came}


class ConfirmCorrectionForm(PaperForm, SeenCorrectionForm):
    """确认更正: the corrected text that was shown."""

    def handled_like(self) -> Handling:
        """As the minutes that it takes the place of."""
        return handling_of(self.case.current_minutes.facts)


class DropCorrectionForm(SeenCorrectionForm):
    """放弃更正: the draft that was shown, and why it is given up."""

    reason = WordsField(label="放弃更正的原因", help_text="更正稿和原因留在办理记录里，被约谈方看不到。")


class IssueMinutesForm(PaperForm, SeenForm):
    """印发纪要."""

    objection_reply = ParagraphsField(
        printed=True,
        label="对异议的答复",
        needed=False,
        help_text="印在异议之后，说明采纳与否和理由；不写的，只印异议。",
    )

    def __init__(self, data: FormData = None, files: FormFiles = None, **options: Unpack[StepOptions]) -> None:
        super().__init__(data, files, **options)
        if self.case.minutes.answer != MinutesAnswer.OBJECTED:
            del self.fields["objection_reply"]


class ReturnMinutesForm(SeenForm):
    """退回修改纪要."""

    reason = ParagraphsField(label="退回原因", rows=5, help_text="写明要改什么，承办人修改时会原样看到。")


class MinutesAnswerForm(SeenForm):
    """反馈纪要意见."""

    answer = forms.ChoiceField(label="意见", widget=forms.RadioSelect, choices=MinutesAnswer.choices)
    objection = ParagraphsField(
        printed=True, label="异议内容", needed=False, help_text="选择“有异议”时必须填写，将随纪要一并印发。"
    )
