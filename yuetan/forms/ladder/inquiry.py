"""The forms of what is asked of the register of restrictions: the asking, its 复函, and the filter of its ledger."""

from __future__ import annotations

from typing import Unpack

import django_filters
from django import forms
from django.db.models import Q, QuerySet

from yuetan.forms.frame.fields import DayField, SeenField, WordsField
from yuetan.forms.frame.filters import WordsFilter
from yuetan.forms.frame.options import FormData, FormFiles, FormOptions
from yuetan.forms.frame.unit_search import UnitChoiceField
from yuetan.forms.frame.unit_select import UnitSelect, offer_units
from yuetan.models import RestrictionInquiry, Unit
from yuetan.models.ladder.asked_people import NOBODY, meant, namesakes
from yuetan.rules.text.official_text import normalise_text

REPLIED, WAITING = "replied", "waiting"


class InquiryForm(forms.Form):
    """登记查询: who asked by which letter, for what, and about whom on which day."""

    organ = WordsField(label="来函机关", max_length=100, help_text="写全称，复函以它为主送机关。")
    letter_number = WordsField(label="来函文号", max_length=100)
    letter_on = DayField(label="来函日期")
    purpose = WordsField(label="用途", max_length=200, help_text="照来函写，如“拟提拔人选考察”；印在复函里。")
    day = DayField(label="查询的日期", help_text="受不受限制看这一天，可以是以前或者以后的日期。")
    unit = UnitChoiceField(
        Unit.objects.none(),
        label="查询的单位",
        required=False,
        widget=UnitSelect,
        empty_label="不选",
        help_text="查人员的不选。",
    )
    name = WordsField(label="查询人员的姓名", needed=False, max_length=40)
    title = WordsField(
        label="查询人员的职务", needed=False, max_length=200, help_text="照来函写单位和职务，如“蓬江区棠下镇党委书记”。"
    )
    who = forms.ChoiceField(label="是哪一位", required=False, widget=forms.HiddenInput)

    def __init__(self, data: FormData = None, files: FormFiles = None, **options: Unpack[FormOptions]) -> None:
        super().__init__(data, files, **options)
        offer_units(self, units=Unit.objects.interviewed())
        self._offer_namesakes(str((data or {}).get("name", "")), str((data or {}).get("title", "")))

    def _offer_namesakes(self, name: str, title: str) -> None:
        """Who of the name is known, to choose from where the post does not tell them apart."""
        known = namesakes(name) if name.strip() else []
        options = [(one.key, one.label) for one in known]
        named = forms.ChoiceField(
            label="是哪一位",
            required=False,
            choices=[*options, (NOBODY, "都不是，记录中没有这个人")] if options else [("", "")],
            widget=forms.RadioSelect if options and meant(known, title, "") is None else forms.HiddenInput,
        )
        self.fields["who"] = named


class ReplyForm(forms.Form):
    """印发复函: of the answer that was looked at."""

    seen = SeenField()

    def __init__(
        self, data: FormData = None, files: FormFiles = None, *, seen: str = "", **options: Unpack[FormOptions]
    ) -> None:
        super().__init__(data, files, **options)
        self.fields["seen"].initial = seen


class InquiryFilter(django_filters.FilterSet):
    """资格限制查询: whether it is replied to, and words."""

    state = django_filters.ChoiceFilter(
        choices=((WAITING, "待复函"), (REPLIED, "已复函")), label="状态", empty_label="全部", method="by_state"
    )
    q = WordsFilter("来函机关、文号、单位、姓名", "by_words")

    class Meta:
        model = RestrictionInquiry
        fields = ("state", "q")

    def by_state(self, rows: QuerySet[RestrictionInquiry], name: str, state: str) -> QuerySet[RestrictionInquiry]:
        """Whether its 复函 is issued."""
        return rows.filter(replied_at__isnull=state == WAITING)

    def by_words(self, rows: QuerySet[RestrictionInquiry], name: str, words: str) -> QuerySet[RestrictionInquiry]:
        """Part of the organ, its number, or the name of whom it asks about."""
        part = normalise_text(words).strip()
        units = list(Unit.objects.matching(part).order_by().values_list("pk", flat=True))
        named = Q(organ__contains=part) | Q(letter_number__contains=part) | Q(person_name__contains=part)
        return rows.filter(named | Q(unit__in=units))
