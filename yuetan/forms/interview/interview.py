"""The interview record: who came, the parts of the talk, the measures."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Unpack

from django import forms
from django.utils import timezone

from yuetan.forms.frame.fields import DayField, NameField, NamesField, ParagraphsField, RowsField, TimeField, WordsField
from yuetan.forms.frame.options import FormData, FormFiles, FormOptions, StepOptions, field_of, mark, mark_needed
from yuetan.forms.frame.step import StepForm
from yuetan.models import CalendarDay, Post
from yuetan.models.people.held_posts import PersonInPosts
from yuetan.rules.dates.provisional import provisional_note
from yuetan.rules.dates.working_days import Calendar, is_working_day, unpublished_years, working_days_between
from yuetan.rules.text import official_text
from yuetan.vocabulary import Attendance, ReportRhythm


class AttendanceRowForm(forms.Form):
    """One interviewee: in person, on leave or absent with a reason."""

    use_required_attribute = False
    post = forms.ModelChoiceField(Post.objects.all(), label="约谈对象", widget=forms.HiddenInput)
    attendance = forms.ChoiceField(label="到会情况", choices=Attendance.choices)
    attended_by = NameField(label="实际到会人姓名")
    arrived_at = TimeField(label="到会时间", needed=False)
    absence_reason = WordsField(printed=True, label="请假、缺席原因（未到会时填写）", needed=False)


class ParticipantRowForm(forms.Form):
    """Somebody else at the table, by name and post."""

    name = NameField(label="姓名", max_length=60)
    title = WordsField(printed=True, label="单位及职务", needed=False)


class MeasureRowForm(forms.Form):
    """One measure with its time limit."""

    content = ParagraphsField(printed=True, label="整改措施", rows=2, max_length=2000)
    responsible_person = NamesField(
        printed=True, label="责任人", max_length=60, help_text="写明职务和姓名，如“镇长冯十”。"
    )
    due_on = DayField(label="时限", help_text="填写后显示距约谈日的工作日数。")
    report_rhythm = forms.ChoiceField(label="进展报告", required=False, choices=ReportRhythm.choices)
    proof_required = WordsField(printed=True, label="佐证要求", max_length=300)
    acceptance_standard = WordsField(printed=True, label="验收标准", max_length=300)

    def __init__(self, data: FormData = None, files: FormFiles = None, **options: Unpack[FormOptions]) -> None:
        super().__init__(data, files, **options)
        mark(self, "content", wide=True)
        mark(self, "proof_required", "acceptance_standard", half=True)


def _came(row: Mapping[str, object]) -> bool:
    return str(row.get("attendance") or Attendance.PRESENT) == Attendance.PRESENT


SHORT = {
    "attendances": "到会",
    "problems": "一 问题",
    "statement": "二 陈述",
    "discussion": "三 讨论",
    "measures": "四 措施",
}


class DueHints:
    """How far a time limit lies after the interview in working days, and whether it is one."""

    def __init__(self, held_on: date) -> None:
        self.held_on = held_on
        self._calendar: Calendar | None = None

    @property
    def calendar(self) -> Calendar:
        """Read once, and only where some date has been typed."""
        if self._calendar is None:
            self._calendar = CalendarDay.objects.calendar()
        return self._calendar

    def __call__(self, row: Mapping[str, object]) -> dict[str, str]:
        """The hint under the date of one row; nothing for what is no date."""
        try:
            due_on = date.fromisoformat(str(row.get("due_on") or ""))
        except ValueError:
            return {}
        if due_on <= self.held_on:
            return {"due_on": "注意：时限须在约谈之日以后。"}
        days = working_days_between(self.held_on, due_on, self.calendar)
        words = f"距约谈日 {days} 个工作日，星期{official_text.WEEKDAYS[due_on.weekday()]}。"
        if not is_working_day(due_on, self.calendar):
            words += "注意：当天不是工作日。"
        unpublished = unpublished_years(self.held_on, due_on, self.calendar)
        if unpublished:
            words += f"注意：{provisional_note(unpublished)}。"
        return {"due_on": words}


COMPANIONS = "被约谈方随同人员在此登记；列席的不能代替约谈对象。"


class InterviewForm(StepForm):
    """约谈记录: the parts the 办法 names, on one page."""

    interviewer_present = forms.BooleanField(label="约谈人到会", required=False)
    attendances = RowsField(AttendanceRowForm, rows=1, fixed=True, label="约谈对象到会情况")
    attendees = RowsField(ParticipantRowForm, rows=1, needed=False, label="约谈方参加人员")
    observers = RowsField(ParticipantRowForm, rows=1, needed=False, label="列席人员", help_text=COMPANIONS)
    submission_missing = forms.BooleanField(label="被约谈方未提交书面材料", required=False)
    problems = ParagraphsField(printed=True, label="说明约谈事由和目的，通报存在的问题", rows=7)
    statement = ParagraphsField(printed=True, label="被约谈方陈述说明，提出拟采取的整改措施", rows=7)
    discussion = ParagraphsField(printed=True, label="讨论分析", rows=6)
    measures = RowsField(MeasureRowForm, rows=3, label="整改措施及时限")

    def __init__(self, data: FormData = None, files: FormFiles = None, **options: Unpack[StepOptions]) -> None:
        super().__init__(data, files, **options)
        interviewer = self.case.interviewer
        assert interviewer is not None
        self.fields["interviewer_present"].label = f"约谈人{interviewer.title}{interviewer.holder.name}到会"
        mark_needed(self, "interviewer_present")
        captions = [f"{person.name}（{person.title}）" for person in self.case.people_named]
        field_of(self, "attendances", RowsField).widget.captions = captions

        assert self.case.scheduled_at is not None
        for name in ("attendees", "observers"):
            field = field_of(self, name, RowsField)
            field.widget.add_label = f"增加一名{field.label}"
        hints = DueHints(timezone.localtime(self.case.scheduled_at).date())
        field_of(self, "measures", RowsField).widget.hints = hints

    def prefilled(self) -> dict[str, object]:
        """The matter as announced, the grounds in the words of the law (no inner facts), the interviewees by name."""
        grounds = self.case.grounds.select_related("article").order_by("article__number", "number")
        ground_lines = [f"{ground.citation}：{ground.text.rstrip('；。')}。" for ground in grounds]
        problems = "\n".join([self.case.notice_matter, *ground_lines])
        return {"problems": problems, "attendances": [self._attendance(person) for person in self.case.people_named]}

    @cached_property
    def _departed(self) -> set[int]:
        return {person.holder.pk for person in self.case.departed_people}

    def _attendance(self, person: PersonInPosts) -> dict[str, object]:
        """As the interviewee is expected: in person; on leave where it was granted; or gone from office."""
        post, leave = person.first.pk, self.case.leave_of(person.first)
        if person.holder.pk in self._departed:
            return {"post": post, "attendance": Attendance.LEFT_OFFICE}
        if leave is None or not leave.granted:
            return {"post": post, "attended_by": person.name}
        return {"post": post, "attendance": Attendance.ON_LEAVE, "absence_reason": leave.reason[:200]}

    @property
    def standing(self) -> list[dict[str, str]]:
        """How each part of the record stands, for its page."""
        measures = [row for row in self["measures"].value() or [] if str(row.get("content", "")).strip()]
        filled = {name: bool(self[name].value()) for name in ("problems", "statement", "discussion")}
        came = [row for row in self["attendances"].value() or [] if _came(row)]
        words = {"attendances": (bool(came), f"到会 {len(came)} 人" if came else "无人到会")}
        words |= {name: (done, "已填写" if done else "未填写") for name, done in filled.items()}
        words["measures"] = (bool(measures), f"{len(measures)} 项" if measures else "未填写")
        return [
            {"name": name, "short": SHORT[name], "words": sentence, "light": "green" if done else "grey"}
            for name, (done, sentence) in words.items()
        ]
