"""A case named by its register number: a page offers the newest few and holds no list of all."""

from __future__ import annotations

import re
import uuid
from typing import cast

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import BaseRenderer
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from yuetan.models import Case
from yuetan.models.case.case import CaseQuerySet

OFFERED = 20
# 约谈〔2026〕12号, with any brackets or none.
REGISTER_NUMBER = re.compile(r"(?:约谈)?\s*[〔\[［(（]?(\d{4})[〕\]］)）]?[\s\-年第]*(\d{1,9})\s*号?")
UNKNOWN_CASE = "没有这个编号的在办约谈事项，请填写约谈台账上的编号，如“约谈〔2026〕12号”。"


class _OfferingInput(forms.TextInput):
    """A text input with a list of what may be typed; what it leaves out can be typed too."""

    offered: tuple[tuple[str, str], ...] = ()

    def render(
        self, name: str, value: object, attrs: dict[str, object] | None = None, renderer: BaseRenderer | None = None
    ) -> SafeString:
        """The input, and its list behind it."""
        key = f"{(attrs or {}).get('id', name)}-offered"
        text_input = super().render(name, value, {**(attrs or {}), "list": key}, renderer)
        options = format_html_join("", '<option value="{}">{}</option>', self.offered)
        return format_html('{}<datalist id="{}">{}</datalist>', text_input, key, options)


class CaseField(forms.Field):
    """An open case by its register number; cleaned to the case, or to None where nothing is typed."""

    widget = _OfferingInput
    queryset = Case.objects.none()

    def offer(self, cases: CaseQuerySet) -> None:
        """Let one of these be named; the newest are offered, and how many more there may be is said."""
        self.queryset = cases
        newest = list(cases.select_related("unit__parent")[: OFFERED + 1])
        offered = newest[:OFFERED]
        cast(_OfferingInput, self.widget).offered = tuple(
            (each.register_number, f"{each.unit.full_name}：{each.title}") for each in offered
        )
        more = f"只列出最近的 {OFFERED} 件，其余的编号见" if len(newest) > OFFERED else "编号见"
        words = '{}填写编号，如“约谈〔2026〕12号”；{}<a href="{}" target="_blank">约谈台账</a>。'
        self.help_text = format_html(words, self.help_text, more, reverse("case_list"))

    def prepare_value(self, value: object) -> object:
        """A case or its key as its register number; what was typed stays as it was typed."""
        if isinstance(value, Case):
            return value.register_number
        if isinstance(value, uuid.UUID):
            named = Case.objects.filter(pk=value).first()
            return named.register_number if named else ""
        return value

    def to_python(self, value: object) -> Case | None:
        """The case; raises ValidationError, which says what to type, where there is none with this number."""
        words = str(value or "").strip()
        if not words:
            return None
        number = REGISTER_NUMBER.fullmatch(words)
        if number:
            year, serial = map(int, number.groups())
            case = self.queryset.filter(register_year=year, register_serial=serial).first()
            if case:
                return case
        raise ValidationError(UNKNOWN_CASE)
