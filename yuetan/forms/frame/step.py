"""What every step's form has: the case, the person, and what the case already knows."""

from __future__ import annotations

from typing import Unpack

from django import forms
from django.forms.utils import ErrorDict

from yuetan.forms.frame.options import FormData, FormFiles, FormOptions
from yuetan.models import Case, User

FILE_WORDS = "PDF、OFD、DOCX、XLSX、JPG、PNG，可一次选多个文件；严禁录入、上传涉密信息。"


class StepForm(forms.Form):
    """A step's form knows the case and the person; by itself it asks for nothing but a confirmation.

    The case of a form about tasks may be whatever handed them over, of which it asks no more than that has.
    """

    def __init__(
        self, data: FormData = None, files: FormFiles = None, *, case: Case, by: User, **options: Unpack[FormOptions]
    ) -> None:
        super().__init__(data, files, **options)
        self.case, self.by = case, by
        for name, value in self.prefilled().items():
            self.fields[name].initial = value

    def prefilled(self) -> dict[str, object]:
        """What the case already knows."""
        return {}

    def checklist(self) -> list[dict[str, str]]:
        """What has to be filled in, each with a link to its field and how it stands; for task_list.html."""
        return []

    def spelled_out(self) -> list[tuple[str, str]]:
        """The submitted values by their labels, for the page that asks for a confirmation."""
        return []

    def as_sent(self) -> StepForm:
        """The form as it was sent, without judging it."""
        self._errors, self.cleaned_data = ErrorDict(), {}
        return self
