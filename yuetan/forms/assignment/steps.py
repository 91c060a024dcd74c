"""The forms of the steps of a 交办事项 that are not about one of its tasks."""

from __future__ import annotations

from django import forms

from yuetan.forms.frame.fields import ParagraphsField


class ConcludeAssignmentForm(forms.Form):
    """办结."""

    opinion = ParagraphsField(label="办结意见", rows=3, help_text="写明各项落实的情况；单位看得到。")


class RevokeAssignmentForm(forms.Form):
    """撤销交办."""

    reason = ParagraphsField(label="撤销原因", rows=3, help_text="单位看得到；已销号的任务保留，其余不再要求办理。")
