"""Forms of 文号簿: its filter, reserving a number, saying what became of it."""

from __future__ import annotations

from typing import Unpack

import django_filters
from django import forms
from django.db.models import QuerySet

from yuetan.forms.frame.case_field import CaseField
from yuetan.forms.frame.fields import WordsField
from yuetan.forms.frame.filters import DayOfMomentFilter
from yuetan.forms.frame.options import FormData, FormFiles, FormOptions, field_of, mark_needed
from yuetan.forms.frame.person_filters import PersonFilter
from yuetan.forms.frame.subject_filters import AreaFilter
from yuetan.models import Case, NumberCounter, NumberEntry, OfficeSetting, User
from yuetan.models.papers.number import BY_NUMBER, NumberEntryQuerySet
from yuetan.vocabulary import DocumentKind, NumberState

NUMBER_ORDERS = (
    ("given", "取号日期，早的在前"),
    ("-given", "取号日期，新的在前"),
    ("kind", "文种，同一文种按文号"),
    ("unit", "单位，同一单位按文号"),
)
ORDERS_OF_NUMBERS = {
    "given": ("given_at", "id"),
    "-given": ("-given_at", "-id"),
    "kind": ("kind", *BY_NUMBER),
    "unit": ("open_to_id", *BY_NUMBER),
}


class NumberFilter(django_filters.FilterSet):
    """Series, year, what became of it, kind of paper, unit with those below it, and the days on which it was given.

    A number is found by its unit once its paper is open to that unit, as the paper is in 文书.
    """

    prefix = django_filters.ChoiceFilter(label="机关代字", empty_label="全部")
    year = django_filters.ChoiceFilter(label="年度", empty_label="全部")
    state = django_filters.ChoiceFilter(
        label="状态", choices=NumberState.choices, empty_label="全部", method="by_state"
    )
    kind = django_filters.ChoiceFilter(label="文种", choices=DocumentKind.choices, empty_label="全部")
    begin = DayOfMomentFilter("取号从", "given_at", "gte")
    end = DayOfMomentFilter("到", "given_at", "lte")
    area = AreaFilter("open_to")
    officer = PersonFilter("经手人", "given_by")
    sort = django_filters.ChoiceFilter(
        choices=NUMBER_ORDERS, label="排序", empty_label="文号，按序列由小到大", method="by_sort"
    )

    class Meta:
        model = NumberEntry
        fields = ("prefix", "year", "state", "kind", "area", "begin", "end", "officer", "sort")

    def __init__(self, data: FormData, queryset: QuerySet[NumberEntry]) -> None:
        super().__init__(data, queryset)
        counters = list(NumberCounter.objects.values_list("prefix", "year"))  # one row a series and year
        prefixes = sorted({prefix for prefix, _ in counters})
        years = sorted({year for _, year in counters}, reverse=True)
        self.filters["prefix"].extra["choices"] = [(prefix, prefix) for prefix in prefixes]
        self.filters["year"].extra["choices"] = [(year, f"{year}年") for year in years]

    def by_sort(self, entries: NumberEntryQuerySet, name: str, order: str) -> NumberEntryQuerySet:
        """In another order than the book's own."""
        return entries.order_by(*ORDERS_OF_NUMBERS[order])

    def by_state(self, entries: NumberEntryQuerySet, name: str, state: str) -> NumberEntryQuerySet:
        """What became of a number is read off what is written about it."""
        return entries.in_state(NumberState(state))


class ReserveNumberForm(forms.Form):
    """预留文号."""

    kind = forms.ChoiceField(label="文种")
    case = CaseField(
        label="用于哪个约谈事项",
        required=False,
        help_text="填写的，该事项本年度下一次印发这一文种时自动使用预留的文号；系统外文书不填。",
    )
    purpose = WordsField(label="预留用途", help_text="写明预留给谁、印什么，如“主任交办，拟印发某某通知”。")

    def __init__(
        self, data: FormData = None, files: FormFiles = None, *, by: User, **options: Unpack[FormOptions]
    ) -> None:
        super().__init__(data, files, **options)
        field_of(self, "case", CaseField).offer(Case.objects.visible_to(by).open())
        prefixes = set(OfficeSetting.objects.filter(key__startswith="prefix_").values_list("key", flat=True))
        numbered = [(kind.value, kind.label) for kind in DocumentKind if f"prefix_{kind.value}" in prefixes]
        field_of(self, "kind", forms.ChoiceField).choices = numbered
        mark_needed(self, "kind")


class UseNumberForm(forms.Form):
    """登记使用."""

    used_for = WordsField(label="用于哪份文书", help_text="写明文书标题、主送单位和印发日期。")


class VoidForm(forms.Form):
    """作废, of a paper or of a reserved number."""

    reason = WordsField(label="作废原因", help_text="记入文号簿，长期保存。")
