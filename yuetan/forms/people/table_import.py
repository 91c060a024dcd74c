"""The form of 导入: what the table holds, and the file."""

from django import forms

from yuetan.forms.frame.fields import NeededFileField
from yuetan.vocabulary import ImportKind


class ImportForm(forms.Form):
    """导入表格."""

    kind = forms.ChoiceField(label="导入什么", choices=ImportKind.choices, widget=forms.RadioSelect)
    table = NeededFileField(
        label="表格",
        required=False,
        allow_empty_file=True,
        help_text="Excel（.xlsx）或者 CSV，最多 10,000 行；先核对，确认以后才导入。",
    )
