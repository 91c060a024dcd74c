"""The interview record: who came, the parts of the talk, the measures."""

from __future__ import annotations

from typing import Any

from django import forms

from yuetan.forms.fields import DayField, ParagraphsField, RowsField, TimeField, WordsField
from yuetan.forms.step import StepForm
from yuetan.models import Post
from yuetan.vocabulary import Attendance


class AttendanceRowForm(forms.Form):
    """One interviewee: in person, on leave or absent with a reason."""

    use_required_attribute = False
    post = forms.ModelChoiceField(Post.objects.all(), label="约谈对象", widget=forms.HiddenInput)
    attendance = forms.ChoiceField(label="到会情况", choices=Attendance.choices)
    attended_by = WordsField(label="实际到会人姓名")
    arrived_at = TimeField(label="到会时间", needed=False)
    absence_reason = WordsField(label="请假、缺席原因（未到会时填写）", needed=False)


class ParticipantRowForm(forms.Form):
    """Somebody else at the table, by name and post."""

    name = WordsField(label="姓名", max_length=60)
    title = WordsField(label="单位及职务", needed=False)


class MeasureRowForm(forms.Form):
    """One measure with its time limit."""

    content = WordsField(label="整改措施", max_length=2000)
    responsible_person = WordsField(label="责任人", max_length=60)
    due_on = DayField(label="时限")
    proof_required = WordsField(label="佐证要求", max_length=300)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("content", "proof_required"):
            self.fields[name].wide = True  # type: ignore[attr-defined]


COMPANIONS = "被约谈方随同人员在此登记；列席的不能代替约谈对象。"


class InterviewForm(StepForm):
    """约谈记录: the parts the 办法 names, on one page."""

    interviewer_present = forms.BooleanField(label="约谈人到会", required=False)
    attendances = RowsField(AttendanceRowForm, rows=1, fixed=True, label="约谈对象到会情况")
    attendees = RowsField(ParticipantRowForm, rows=1, needed=False, label="约谈方参加人员")
    observers = RowsField(ParticipantRowForm, rows=1, needed=False, label="列席人员", help_text=COMPANIONS)
    submission_missing = forms.BooleanField(label="被约谈方未提交书面材料", required=False)
    problems = ParagraphsField(label="说明约谈事由和目的，通报存在的问题", rows=7)
    statement = ParagraphsField(label="被约谈方陈述说明，提出拟采取的整改措施", rows=7)
    discussion = ParagraphsField(label="讨论分析", rows=6)
    measures = RowsField(MeasureRowForm, rows=3, label="整改措施及时限")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        interviewer = self.case.interviewer
        assert interviewer is not None
        self.fields["interviewer_present"].label = f"约谈人{interviewer.title}{interviewer.holder.name}到会"
        self.fields["interviewer_present"].needed = True  # type: ignore[attr-defined]
        posts = self.case.interviewees.select_related("holder")
        self.fields["attendances"].widget.captions = [f"{post.holder.name}（{post.title}）" for post in posts]

    def prefilled(self) -> dict[str, Any]:
        """The matter as the unit was told it (never the inner wording), the interviewees by name."""
        posts = self.case.interviewees.select_related("holder")
        rows = [{"post": post.pk, "attended_by": post.holder.name} for post in posts]
        return {"problems": self.case.notice_matter, "attendances": rows}
