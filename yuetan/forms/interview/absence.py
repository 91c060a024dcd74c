"""The form of 记录缺席: each who was to come, and what is known of why they did not."""

from __future__ import annotations

from typing import Unpack

from django import forms

from yuetan.forms.frame.fields import RowsField, WordsField
from yuetan.forms.frame.options import FormData, FormFiles, StepOptions, field_of
from yuetan.forms.frame.step import StepForm
from yuetan.models import Post


class AbsenceRowForm(forms.Form):
    """One interviewee who did not come."""

    use_required_attribute = False
    post = forms.ModelChoiceField(Post.objects.all(), label="约谈对象", widget=forms.HiddenInput)
    cause = WordsField(label="缺席情况", max_length=200, help_text="如“电话未接，单位称外出，未请假”。")


class AbsenceForm(StepForm):
    """记录缺席."""

    absences = RowsField(AbsenceRowForm, rows=1, fixed=True, label="未到会的约谈对象")

    def __init__(self, data: FormData = None, files: FormFiles = None, **options: Unpack[StepOptions]) -> None:
        super().__init__(data, files, **options)
        captions = [f"{person.name}（{person.title}）" for person in self.case.expected_people]
        field_of(self, "absences", RowsField).widget.captions = captions

    def prefilled(self) -> dict[str, object]:
        """A row for each who was to come."""
        return {"absences": [{"post": person.first.pk} for person in self.case.expected_people]}
