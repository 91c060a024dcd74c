"""The form of 导入: what the table holds, and the file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Unpack

from django import forms

from yuetan.forms.frame.fields import NeededFileField
from yuetan.forms.frame.options import FormData, FormFiles, FormOptions, field_of
from yuetan.vocabulary import ImportKind


class ImportForm(forms.Form):
    """导入表格."""

    kind = forms.ChoiceField(label="导入什么", widget=forms.RadioSelect)
    table = NeededFileField(
        label="表格",
        required=False,
        allow_empty_file=True,
        help_text="Excel（.xlsx）或者 CSV，最多 10,000 行；先核对，确认以后才导入。",
    )

    def __init__(
        self, data: FormData, files: FormFiles, *, kinds: Sequence[ImportKind], **options: Unpack[FormOptions]
    ) -> None:
        super().__init__(data, files, **options)
        field_of(self, "kind", forms.ChoiceField).choices = [(kind.value, kind.label) for kind in kinds]
