"""销号 of several tasks, each of them looked at and with words of its own."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms

from yuetan.forms.frame.fields import ParagraphsField
from yuetan.forms.frame.options import FormData
from yuetan.models import Task
from yuetan.rules.refusals import finding


class ReviewForm(forms.Form):
    """The review of one task's report; nothing is ticked beforehand."""

    is_checked = forms.BooleanField(label="已核对报告和佐证，可以销号", required=False)
    note = ParagraphsField(label="核查意见", rows=2, needed=False, help_text="写明看了什么、核了什么，是否落实。")

    def __init__(self, data: FormData, *, task: Task) -> None:
        super().__init__(data, prefix=f"review-{task.pk}")
        self.task = task

    def clean(self) -> None:
        """What is ticked has its words; what is not ticked is left as it is."""
        if self.cleaned_data.get("is_checked") and not self.cleaned_data.get("note"):
            self.add_error("note", self.task.origin.reason(finding("review_missing", "note")).text)


class ReviewSelection:
    """The reviews of several reports on one page."""

    def __init__(self, data: FormData, tasks: Sequence[Task]) -> None:
        self.forms = [ReviewForm(data, task=task) for task in tasks]
        self.is_empty = False

    def is_valid(self) -> bool:
        """Whether each review that is ticked is whole, and at least one is ticked."""
        are_valid = all(form.is_valid() for form in self.forms)
        self.is_empty = are_valid and not self.ticked
        return are_valid and not self.is_empty

    @property
    def ticked(self) -> list[ReviewForm]:
        """Those that are to be taken off the list."""
        return [form for form in self.forms if form.cleaned_data.get("is_checked")]
