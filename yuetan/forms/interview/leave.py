"""Forms of 请假: asking for leave, and deciding on it."""

from __future__ import annotations

from typing import Unpack

from django import forms

from yuetan.forms.frame.fields import ParagraphsField
from yuetan.forms.frame.options import FormData, FormFiles, StepOptions, choice_of, field_of, mark_needed
from yuetan.forms.frame.step import StepForm
from yuetan.models import Leave, Post


class InterviewedField(forms.ModelChoiceField):
    """One interviewee by name and posts."""

    words: dict[int, str] = {}

    def label_from_instance(self, post: Post) -> str:
        """姓名（职务、职务）."""
        return self.words[post.pk]


class AskLeaveForm(StepForm):
    """请假: for whom, and why."""

    post = InterviewedField(
        Post.objects.none(), label="请假人", required=False, empty_label=None, widget=forms.RadioSelect
    )
    reason = ParagraphsField(label="请假原因", rows=4, help_text="约谈人会原样看到。不得委托他人代为接受约谈。")

    def __init__(self, data: FormData = None, files: FormFiles = None, **options: Unpack[StepOptions]) -> None:
        super().__init__(data, files, **options)
        field = field_of(self, "post", InterviewedField)
        people = [person for person in self.case.people_named if person not in self.case.departed_people]
        field.queryset = self.case.interviewees.filter(pk__in=[person.first.pk for person in people]).as_named()
        field.words = {person.first.pk: f"{person.name}（{person.title}）" for person in people}
        mark_needed(self, "post")
        own_posts = [person.first.pk for person in people if person.holder == self.by]
        field.initial = next(iter(own_posts or ([people[0].first.pk] if len(people) == 1 else [])), None)


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
