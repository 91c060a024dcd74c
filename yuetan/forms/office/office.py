"""Forms of 办公室设定, and the filter of 操作日志."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from ipaddress import ip_address
from operator import or_
from typing import Any, TypeVar, Unpack
from uuid import UUID

import django_filters
from django import forms
from django.db.models import Model, Q, QuerySet

from yuetan.actions.office.office import PREFIX
from yuetan.forms.frame.fields import ParagraphsField, WordsField
from yuetan.forms.frame.filters import DayOfMomentFilter, WordsFilter
from yuetan.forms.frame.options import FormData, FormFiles, FormOptions, mark
from yuetan.forms.frame.person_filters import PersonFilter
from yuetan.models import (
    Accountability,
    AccountabilityMeasure,
    Assignment,
    Case,
    Event,
    Letter,
    OfficeSetting,
    User,
)
from yuetan.models.office.office import NO_ACCOUNTABILITY
from yuetan.models.subjects import about_no_subject
from yuetan.rules.text.person_names import person_name
from yuetan.vocabulary import LOG_LABELS, POSTS_OF_UNIT_KIND, PostKind, UnitKind, Verb

Row = TypeVar("Row", bound=Model)
MAX_SERIAL = 999_999  # beyond which no number goes


def at_address(rows: QuerySet[Row], field: str, wanted: str) -> QuerySet[Row]:
    """Rows of exactly this address; none if it is no address."""
    try:
        return rows.filter(**{field: str(ip_address(wanted.strip()))})
    except ValueError:
        return rows.none()


def subjects_numbered(year: int, serial: int) -> dict[str, list[UUID]]:
    """The keys of the cases, letters, measures and 交办事项 of a number, by which rows about them are read off."""
    rows: dict[str, QuerySet[Any]] = {
        "case": Case.objects.filter(register_year=year, register_serial=serial),
        "letter": Letter.objects.filter(document__year=year, document__serial=serial),
        "measure_laid": AccountabilityMeasure.objects.filter(paper__year=year, paper__serial=serial),
        "assignment": Assignment.objects.filter(source_number__endswith=f"〔{year}〕{serial}号"),
    }
    return {name: list(each.order_by().values_list("pk", flat=True)) for name, each in rows.items()}


def about_any(subjects: Mapping[str, Sequence[UUID]]) -> Q:
    """The condition that a row is about one of these, by the key of each alone."""
    return reduce(or_, (Q(**{f"{name}__in": keys}) for name, keys in subjects.items()))


def year_and_serial(wanted: str) -> tuple[int, int] | None:
    """约谈〔2026〕12号 or 2026-12 as its numbers; None for what is no number."""
    number = re.fullmatch(r"\D*(\d{4})\D+(\d+)\D*", wanted.strip())
    return (int(number[1]), min(int(number[2]), MAX_SERIAL)) if number else None


class SettingForm(forms.Form):
    """One setting: a number, a text, some posts, or one of the texts of the law."""

    def __init__(
        self, data: FormData = None, files: FormFiles = None, *, setting: OfficeSetting, **options: Unpack[FormOptions]
    ) -> None:
        options["initial"] = {"value": setting.value}
        super().__init__(data, files, **options)
        self.setting = setting
        self.fields["value"] = _field(setting)
        needed = setting.kind != OfficeSetting.Kind.TEXT or setting.key.startswith(PREFIX)
        mark(self, "value", needed=needed)


class DecideSettingForm(forms.Form):
    """同意 or 不同意 a change that waits for a leader."""

    agreed = forms.TypedChoiceField(
        label="决定",
        required=False,
        widget=forms.RadioSelect,
        choices=[(True, "同意，立即生效"), (False, "不同意，设定不变")],
        coerce=lambda value: value == "True",
        empty_value=None,
    )

    def __init__(self, data: FormData = None, files: FormFiles = None, **options: Unpack[FormOptions]) -> None:
        super().__init__(data, files, **options)
        mark(self, "agreed", needed=True)


def _field(setting: OfficeSetting) -> forms.Field:
    if setting.kind == OfficeSetting.Kind.NUMBER:
        return forms.IntegerField(label=setting.label, required=False, help_text=setting.note)
    if setting.kind == OfficeSetting.Kind.TEXT:
        text = WordsField if setting.key.startswith(PREFIX) else ParagraphsField
        return text(label=setting.label, needed=False, help_text=setting.note)
    if setting.kind == OfficeSetting.Kind.FLAG:
        return forms.TypedChoiceField(
            label=setting.label,
            required=False,
            help_text=setting.note,
            widget=forms.RadioSelect,
            choices=[(True, "是"), (False, "否")],
            coerce=lambda value: value == "True",
            empty_value=None,
        )
    if setting.kind == OfficeSetting.Kind.LAW:
        return _text_field(setting)
    return forms.MultipleChoiceField(
        label=setting.label,
        required=False,
        help_text=setting.note,
        widget=forms.CheckboxSelectMultiple,
        choices=[(kind.value, kind.label) for kind in _posts_to_choose(setting)],
    )


def _text_field(setting: OfficeSetting) -> forms.Field:
    texts = [(title, f"《{title}》") for title in Accountability.objects.titles()]
    return forms.ChoiceField(
        label=setting.label,
        required=False,
        help_text=setting.note,
        widget=forms.RadioSelect,
        choices=[("", NO_ACCOUNTABILITY), *texts],
    )


def _posts_to_choose(setting: OfficeSetting) -> Iterable[PostKind]:
    return PostKind if setting.guards_accounts else POSTS_OF_UNIT_KIND[UnitKind.LEADING_GROUP]


class LogFilter(django_filters.FilterSet):
    """Days, a person and what was done; by moments, so that the index on the time is used."""

    begin = DayOfMomentFilter("从", "created_at", "gte")
    end = DayOfMomentFilter("到", "created_at", "lte")
    person = PersonFilter("姓名", "actor")
    verb = django_filters.ChoiceFilter(
        choices=(("事项和提醒函", Verb.choices), ("单位、任职和设定", tuple(LOG_LABELS.items()))),
        label="操作",
        empty_label="全部",
    )
    subject = WordsFilter("对象", "by_subject")
    address = django_filters.CharFilter(label="来源地址", method="by_address")

    class Meta:
        model = Event
        fields = ("begin", "end", "person", "verb", "subject", "address")

    def by_subject(self, rows: QuerySet[Event], name: str, wanted: str) -> QuerySet[Event]:
        """Of a subject by its number, 约谈〔2026〕12号 or 2026-12; else of a unit, person or setting by name."""
        if number := year_and_serial(wanted):
            return rows.filter(about_any(subjects_numbered(*number)))
        named = Q(data__unit__icontains=wanted) | Q(data__name__icontains=wanted) | Q(data__setting__icontains=wanted)
        return rows.filter(named, about_no_subject())

    def by_address(self, rows: QuerySet[Event], name: str, wanted: str) -> QuerySet[Event]:
        """Events from exactly this address; none if it is no address."""
        return at_address(rows, "address", wanted)


class LoginFilter(django_filters.FilterSet):
    """登录记录 of both outcomes: days, a person and an address."""

    outcome = django_filters.ChoiceFilter(
        choices=(("failed", "未成功"),), label="结果", empty_label="成功", method="by_outcome"
    )
    begin = DayOfMomentFilter("从", "attempt_time", "gte")
    end = DayOfMomentFilter("到", "attempt_time", "lte")
    person = WordsFilter("姓名", "by_person")
    address = django_filters.CharFilter(field_name="ip_address", label="地址", method="by_address")

    class Meta:
        fields = ("outcome", "begin", "end", "person", "address")

    def by_outcome(self, rows: QuerySet[Row], name: str, wanted: str) -> QuerySet[Row]:
        """All of them: which of the two tables they are of, the page chooses by it."""
        return rows

    def by_person(self, rows: QuerySet[Row], name: str, wanted: str) -> QuerySet[Row]:
        """Of those of this name, by their accounts."""
        people = User.objects.filter(name__contains=person_name(wanted)).order_by()
        return rows.filter(username__in=list(people.values_list("username", flat=True)))

    def by_address(self, rows: QuerySet[Row], name: str, wanted: str) -> QuerySet[Row]:
        """Rows from exactly this address; none if it is no address."""
        return at_address(rows, "ip_address", wanted)
