"""The form of a proposal (约谈建议): drafted and revised with the same fields."""

from __future__ import annotations

from typing import Any

from django import forms

from yuetan.forms.fields import ParagraphsField, SeveralFilesField, WordsField
from yuetan.models import Case, Ground, Post, Regulation, Unit
from yuetan.rules import clock
from yuetan.vocabulary import PostKind


class GroundsField(forms.ModelMultipleChoiceField):
    """Grounds with their place in the law in front."""

    def label_from_instance(self, ground: Ground) -> str:
        """第四条第2项　……"""
        return f"{ground.citation}　{ground.text}"


class HeadsField(forms.ModelMultipleChoiceField):
    """Heads in office with their post and rank."""

    def label_from_instance(self, post: Post) -> str:
        """姓名（职务，职级）."""
        rank = f"，{post.get_rank_display()}" if post.rank else ""
        return f"{post.holder.name}（{post.full_title}{rank}）"


class InterviewerField(forms.ModelChoiceField):
    """Leaders with their post."""

    def label_from_instance(self, post: Post) -> str:
        """姓名（职务）."""
        return f"{post.holder.name}（{post.title}）"


class ProposalForm(forms.Form):
    """What a proposal says. Choices are wide on purpose: that a ground does not fit is for the action to say."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label="被约谈单位", widget=forms.HiddenInput)
    matter = WordsField(label="约谈事由", help_text="填“……”部分，系统自动成“关于……的约谈”。一事一谈。")
    interviewees = HeadsField(
        Post.objects.none(), label="约谈对象", required=False, widget=forms.CheckboxSelectMultiple
    )
    grounds = GroundsField(Ground.objects.none(), label="约谈情形", required=False, widget=forms.CheckboxSelectMultiple)
    other_words = ParagraphsField(
        label="其他情形的具体内容", needed=False, rows=3, help_text="选择“其他需要约谈的情形”时必须填写。"
    )
    facts = ParagraphsField(
        label="存在问题的事实",
        rows=7,
        help_text="只写单位履职情况。涉及线索、案件的写文号和摘要，不写群众、举报人、涉案人员的个人信息。",
    )
    interviewer = InterviewerField(
        Post.objects.none(), label="约谈人", required=False, empty_label="按规定确定（仅一人任职时自动填入）"
    )
    evidence = SeveralFilesField(label="依据材料", help_text="PDF、OFD、DOCX、XLSX、JPG、PNG，可一次选多个文件。")

    def __init__(self, *args: Any, unit: Unit, case: Case | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        regulation = case.regulation if case else Regulation.objects.in_force(clock.today())
        units = Unit.objects.interviewed().in_use()
        leaders = (PostKind.GROUP_LEADER, PostKind.FIRST_DEPUTY_LEADER, PostKind.DEPUTY_LEADER)
        current = Post.objects.current().select_related("holder", "unit__parent")
        grounds = Ground.objects.filter(article__regulation=regulation).select_related("article")
        self.fields["unit"].queryset = units
        self.fields["unit"].initial = unit
        self.fields["grounds"].queryset = grounds
        self.fields["grounds"].choices = _labels(self.fields["grounds"], [g for g in grounds if g.fits(unit.kind)])
        self.fields["interviewees"].queryset = current
        self.fields["interviewees"].choices = _labels(self.fields["interviewees"], list(unit.heads()))
        self.fields["interviewer"].queryset = current.filter(kind__in=leaders)
        for name in ("interviewees", "grounds"):
            self.fields[name].needed = True


def _labels(field: Any, rows: list[Any]) -> list[tuple[int, str]]:
    return [(row.pk, field.label_from_instance(row)) for row in rows]


class UnitSearchForm(forms.Form):
    """Finding a unit by name, pinyin initials or code."""

    unit_words = WordsField(label="单位名称、拼音首字母或行政区划代码", needed=False, max_length=40)
