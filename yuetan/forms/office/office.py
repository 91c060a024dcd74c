"""Forms of 办公室设定, and the filter of 操作日志."""

from __future__ import annotations

from typing import Unpack

import django_filters
from django import forms

from yuetan.actions.office.office import PREFIX
from yuetan.forms.frame.fields import ParagraphsField, WordsField
from yuetan.forms.frame.filters import DayOfMomentFilter, PersonFilter
from yuetan.forms.frame.options import FormData, FormFiles, FormOptions, mark
from yuetan.models import Event, OfficeSetting
from yuetan.vocabulary import POSTS_OF_UNIT_KIND, UnitKind


class SettingForm(forms.Form):
    """One setting: a number, a text or some posts."""

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
    return forms.MultipleChoiceField(
        label=setting.label,
        required=False,
        help_text=setting.note,
        widget=forms.CheckboxSelectMultiple,
        choices=[(kind.value, kind.label) for kind in POSTS_OF_UNIT_KIND[UnitKind.LEADING_GROUP]],
    )


class LogFilter(django_filters.FilterSet):
    """Days and a person; by moments, so that the index on the time is used."""

    begin = DayOfMomentFilter("从", "created_at", "gte")
    end = DayOfMomentFilter("到", "created_at", "lte")
    person = PersonFilter("姓名", "actor")

    class Meta:
        model = Event
        fields = ("begin", "end", "person")
