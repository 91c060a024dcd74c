"""The filter of a list: what is asked most stands open, the rest behind 更多条件; and on paper in words."""

from collections.abc import Iterable
from datetime import date
from typing import TypedDict

from django import forms, template
from django.forms.boundfield import BoundField

from yuetan.templatetags.official import day

register = template.Library()

MAX_OPEN = 5  # fields that take one line of a screen, the box for words among them


class FilterFields(TypedDict):
    """The fields of a filter in two parts, and whether any of the second is in use."""

    first: list[BoundField]
    more: list[BoundField]
    in_use: bool


@register.simple_tag
def filter_fields(form: forms.Form) -> FilterFields:
    """Of many fields the first four and the last, which is the box for words; of few all."""
    fields = list(form)
    if len(fields) <= MAX_OPEN + 1:
        return {"first": fields, "more": [], "in_use": False}
    first, more = [*fields[: MAX_OPEN - 1], fields[-1]], fields[MAX_OPEN - 1 : -1]
    return {"first": first, "more": more, "in_use": any(field.value() or field.errors for field in more)}


@register.simple_tag
def filter_words(form: forms.Form) -> str:
    """What a filter is set to, as a paper says it: 年度 2026年；状态 整改中. Empty where it is set to nothing."""
    if not form.is_valid():
        return ""
    return "；".join(f"{field.label} {words}" for field in form if (words := _chosen(field)))


def _chosen(field: BoundField) -> str:
    value = field.form.cleaned_data.get(field.name)
    if value in (None, ""):
        return ""
    if isinstance(value, date):
        return str(day(value))
    if isinstance(field.field, forms.ModelChoiceField):
        return str(field.field.label_from_instance(value))
    return str(_labels(getattr(field.field, "choices", ())).get(str(value), value))


def _labels(choices: Iterable[tuple[object, object]]) -> dict[str, object]:
    """Each choice by its value; those of a group by theirs."""
    labels: dict[str, object] = {}
    for value, label in choices:
        labels |= _labels(label) if isinstance(label, list | tuple) else {str(value): label}
    return labels
