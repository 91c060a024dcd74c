"""The filter of a list: what is asked most stands open, the rest behind 更多条件."""

from typing import TypedDict

from django import forms, template
from django.forms.boundfield import BoundField

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
