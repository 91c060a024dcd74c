"""Forms of 更正任职登记: what was registered wrongly, and why."""

from __future__ import annotations

from typing import Unpack

from django import forms

from yuetan.actions.people.unit import SAME_NAME_TICK
from yuetan.forms.frame.fields import DayField, NameField, ParagraphsField, WordsField
from yuetan.forms.frame.options import FormData, FormFiles, FormOptions
from yuetan.models import Post
from yuetan.vocabulary import HEAD_POSTS, Rank, UnitKind


class CorrectPostForm(forms.Form):
    """更正任职登记: begins with what is registered."""

    name = NameField(label="姓名", max_length=40, help_text="只更正用字；登记成另一个人的，请作废这条登记。")
    same_name = forms.BooleanField(label=SAME_NAME_TICK, required=False, help_text="系统里没有同名的人的，不必勾选。")
    title = WordsField(label="职务名称", max_length=60)
    rank = forms.ChoiceField(label="职级", required=False, choices=[("", "不登记"), *Rank.choices])
    began_on = DayField(label="任职日期")
    ended_on = DayField(label="离任日期", needed=False, help_text="误登记离任、现在仍在任的，清空此栏。")
    reason = ParagraphsField(label="更正原因", rows=3, help_text="原登记、更正原因和更正人都保留，单位页面上看得到。")

    def __init__(
        self, data: FormData = None, files: FormFiles = None, *, post: Post, **options: Unpack[FormOptions]
    ) -> None:
        names = ("title", "rank", "began_on", "ended_on")
        options["initial"] = {"name": post.holder.name, **{name: getattr(post, name) for name in names}}
        super().__init__(data, files, **options)
        if post.kind not in HEAD_POSTS or post.unit.kind != UnitKind.TOWN:
            self.fields["rank"].help_text = "可以不登记。"


class AnnulPostForm(forms.Form):
    """作废任职登记."""

    reason = ParagraphsField(label="作废原因", rows=3, help_text="如“登记成了另一个单位的同名人员”。")
