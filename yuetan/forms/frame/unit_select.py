"""A list of units in which one can look for a name: static/js/unit_select.js adds the box where scripts run."""

from __future__ import annotations

from django import forms
from django.forms.models import ModelChoiceIteratorValue


class UnitSelect(forms.Select):
    """Each unit with its pinyin and the initials of that, as the search of the whole site knows it."""

    def __init__(self) -> None:
        super().__init__(attrs={"data-unit-select": True})

    def optgroups(
        self, name: str, value: list[str], attrs: dict[str, object] | None = None
    ) -> list[tuple[str | None, list[dict[str, object]], int | None]]:
        """The choices as a list offers them, each unit with what of its pinyin may be typed."""
        groups = super().optgroups(name, value, attrs)
        for _, options, _ in groups:
            for option in options:
                if isinstance(option["value"], ModelChoiceIteratorValue):
                    unit = option["value"].instance  # type: ignore[attr-defined]
                    option["attrs"]["data-initials"] = unit.initials
                    option["attrs"]["data-pinyin"] = unit.pinyin
        return groups
