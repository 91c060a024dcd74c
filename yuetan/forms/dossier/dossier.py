"""The forms of dossiers: what a leader enters, what is made of it, and commendations."""

from __future__ import annotations

from typing import Unpack

from django import forms

from yuetan.forms.frame.fields import DayField, ParagraphsField, SeveralFilesField, WordsField
from yuetan.forms.frame.options import FormData, FormFiles, FormOptions, choice_of, mark_needed
from yuetan.models import DossierEntry, Post, Unit
from yuetan.vocabulary import DOSSIER_POSTS, PostKind

COMMENDED_POSTS = (*DOSSIER_POSTS, PostKind.SUPERVISING_LEADER)


class EnterDossierForm(forms.Form):
    """填写实绩材料; for a later version with what stood before, and why it is corrected."""

    main_work = ParagraphsField(label="主要工作情况及成效", rows=10)
    difficulties = ParagraphsField(
        label="协调解决困难和问题情况", rows=6, help_text="没有的，写明本年度没有遇到须协调解决的困难。"
    )
    report = SeveralFilesField(label="述职报告")
    reason = ParagraphsField(label="更正说明", rows=3)

    def __init__(
        self,
        data: FormData = None,
        files: FormFiles = None,
        *,
        former: DossierEntry | None,
        **options: Unpack[FormOptions],
    ) -> None:
        super().__init__(data, files, **options)
        if former is None:
            self.fields["reason"].required = False
            self.fields["reason"].widget = forms.HiddenInput()
            mark_needed(self, "report")
            self.fields["report"].help_text = "PDF、Word 等，可以上传几份。"
            return
        self.fields["main_work"].initial, self.fields["difficulties"].initial = former.main_work, former.difficulties
        self.fields["report"].help_text = "不重新上传的，沿用以前的版本。"


class ReturnDossierForm(forms.Form):
    """退回修改."""

    reason = ParagraphsField(label="退回原因", rows=3, help_text="写明要改什么，填写人会原样看到。")


class WithdrawCommendationForm(forms.Form):
    """撤销登记有误的表彰奖励."""

    reason = ParagraphsField(label="撤销原因", rows=3)


class ReadDossierForm(forms.Form):
    """What the office remarks, if anything."""

    note = ParagraphsField(label="查阅意见", rows=3, needed=False, help_text="可以不写；写了的，填写人看得到。")


class CommendedField(forms.ModelChoiceField):
    """Who was commended: a leader by post, name and days."""

    def label_from_instance(self, post: Post) -> str:
        """党委书记冯十（2024年1月2日起）."""
        until = f"至{post.ended_on:%Y年%-m月%-d日}" if post.ended_on else "起"
        return f"{post.title}{post.holder.name}（{post.began_on:%Y年%-m月%-d日}{until}）"


class CommendationForm(forms.Form):
    """登记表彰奖励 of one unit."""

    post = CommendedField(
        Post.objects.none(), label="表彰对象", required=False, help_text="表彰领导个人的，选授予当日的任职。"
    )
    honour = WordsField(label="表彰奖励名称", max_length=100, help_text="如“平安建设先进集体”。")
    awarded_by = WordsField(label="授予机关", max_length=100)
    awarded_on = DayField(label="授予日期")
    paper_number = WordsField(label="文号", max_length=100)
    paper = SeveralFilesField(label="表彰文件", help_text="扫描件：PDF、OFD、JPG、PNG。")

    def __init__(
        self, data: FormData = None, files: FormFiles = None, *, unit: Unit, **options: Unpack[FormOptions]
    ) -> None:
        super().__init__(data, files, **options)
        field = choice_of(self, "post")
        field.queryset = (
            unit.posts.filter(kind__in=COMMENDED_POSTS).select_related("holder").order_by("-began_on", "pk")
        )
        field.empty_label = f"单位：{unit.full_name}"
        mark_needed(self, "paper")
