"""A list to choose from reads like Django's own, character for character but for the blanks between its options."""

import re

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.safestring import mark_safe

NAUGHTY = "\"><script>&amp;'1,000.5 约谈"
ATTRIBUTES = {"id": "id_a", "required": True, "disabled": False, "data-a": None, "data-b": NAUGHTY, "size": 1000}
CHOICES = [
    ("", "---------"),
    (1000, NAUGHTY),
    (NAUGHTY, mark_safe("<b>粗</b>")),
    ("组" + NAUGHTY, [("a", "甲"), (None, "乙")]),
    ("空组", []),
]


@pytest.mark.parametrize("value", [None, "", "a", 1000, 1000.5, NAUGHTY, True], ids=repr)
@pytest.mark.parametrize(
    "widget",
    [
        forms.Select(ATTRIBUTES, CHOICES),
        forms.SelectMultiple(ATTRIBUTES, CHOICES),
        forms.NullBooleanSelect(ATTRIBUTES),
    ],
    ids=lambda widget: type(widget).__name__,
)
def test_a_widget_reads_like_djangos_own(widget, value):
    chosen = [value] if isinstance(widget, forms.SelectMultiple) else value
    ours, djangos = (widget.render("一<", chosen), widget.render("一<", chosen, renderer=DjangoTemplates()))
    assert without_blanks(ours) == without_blanks(djangos)


def without_blanks(html: str) -> str:
    return re.sub(r"(?<=>)\s+|\s+(?=<)", "", html)
