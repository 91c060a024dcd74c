"""The form of 常用筛选."""

from django import forms

from yuetan.forms.frame.fields import WordsField


class SavedFilterForm(forms.Form):
    """保存为常用筛选: only its name is asked; what is asked for stands in the address."""

    name = WordsField(label="名称", needed=False, max_length=20)
