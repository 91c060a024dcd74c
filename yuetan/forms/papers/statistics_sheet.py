"""The form that issues 约谈工作统计表, under the paper as it would be."""

from __future__ import annotations

from typing import Unpack

from django import forms

from yuetan.forms.frame.fields import WordsField
from yuetan.forms.frame.options import FormData, FormFiles, FormOptions


class StatisticsSheetForm(forms.Form):
    """Why it is issued anew, where it was before; and which figures were looked at."""

    reason = WordsField(label="更正原因", help_text="写入新的统计表和操作日志；原件保留，标明已被替代。")
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, data: FormData = None, files: FormFiles = None, *, is_first: bool, **options: Unpack[FormOptions]
    ) -> None:
        super().__init__(data, files, **options)
        if is_first:
            del self.fields["reason"]
