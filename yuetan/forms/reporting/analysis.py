"""The forms of 分析报告: what the office writes of a period, what is said of a draft, which of them are listed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Unpack

import django_filters
from django import forms
from django.db.models import Q

from yuetan.forms.frame.begun_with import BegunWithField
from yuetan.forms.frame.fields import ParagraphsField, SeenField, WordsField
from yuetan.forms.frame.filters import WordsFilter
from yuetan.forms.frame.handling import CopiedFields
from yuetan.forms.frame.options import FormData, FormFiles, FormOptions
from yuetan.models import ReportAnalysis
from yuetan.models.reporting.analysis import ReportAnalysisQuerySet
from yuetan.rules.text.official_text import normalise_text
from yuetan.vocabulary import AnalysisState
from yuetan.vocabulary.naming import in_names


class AnalysisForm(CopiedFields):
    """起草、修改分析报告; the reason is asked for where an edition was issued before."""

    addressee = WordsField(
        label="主送",
        needed=False,
        max_length=100,
        help_text=in_names("主送一个机关，写全称或者规范化简称；不填的，主送{the_group}。"),
    )
    situation = ParagraphsField(
        printed=True,
        label="总体情况",
        rows=5,
        needed=False,
        help_text="各项数字与上期、去年同期的比较由系统写在它后面。三部分可以先空着，核稿以前须写齐。",
    )
    problems = ParagraphsField(printed=True, label="存在的问题", rows=6, needed=False)
    proposals = ParagraphsField(printed=True, label="下一步工作", rows=6, needed=False)
    reason = ParagraphsField(
        printed=True, label="更正说明", rows=3, help_text="写在“原文书因”之后，例如：棠下镇的数字更正。"
    )

    def __init__(
        self,
        data: FormData = None,
        files: FormFiles = None,
        *,
        is_further: bool = False,
        copied: Sequence[str] = (),
        **options: Unpack[FormOptions],
    ) -> None:
        super().__init__(data, files, **options)
        self.offer_copies(None, copied=copied)
        self.order_fields(["addressee", "situation", "problems", "proposals", "reason"])
        if not is_further:
            self.fields["reason"].widget = forms.HiddenInput()
            self.fields["reason"].help_text = ""


class ReviseAnalysisForm(AnalysisForm):
    """修改分析报告 as it was when its page was opened."""

    seen = BegunWithField()


class SeenAnalysisForm(forms.Form):
    """核稿、印发 of what was looked at."""

    seen = SeenField()


class ReturnAnalysisForm(forms.Form):
    """退回."""

    reason = ParagraphsField(label="退回原因", rows=3)


class WithdrawAnalysisForm(forms.Form):
    """撤销."""

    reason = ParagraphsField(label="撤销原因", rows=3)


class AnalysisFilter(django_filters.FilterSet):
    """分析报告台账."""

    state = django_filters.ChoiceFilter(
        choices=AnalysisState.choices, label="状态", empty_label="全部", method="by_state"
    )
    q = WordsFilter("报送事项、期、单位", "by_words")

    class Meta:
        model = ReportAnalysis
        fields = ("state", "q")

    def by_state(self, analyses: ReportAnalysisQuerySet, name: str, state: str) -> ReportAnalysisQuerySet:
        """The analyses that stand in this state."""
        return analyses.in_state(state)

    def by_words(self, analyses: ReportAnalysisQuerySet, name: str, words: str) -> ReportAnalysisQuerySet:
        """Part of the title of the scheme, of the period, or of the name of the unit."""
        text = normalise_text(words).strip()
        named = Q(period__scheme__title__contains=text) | Q(period__label__contains=text)
        return analyses.filter(named | Q(under__name__contains=text))
