"""A list of units in which one can look for a name: static/js/unit_select.js adds the box where scripts run."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.models import ModelChoiceIteratorValue


class UnitSelect(forms.Select):
    """Each unit with the initials of its pinyin, as the search of the whole site knows it."""

    def __init__(self) -> None:
        super().__init__(attrs={"data-unit-select": True})

    def create_option(self, *option: Any, **more: Any) -> dict[str, Any]:
        """One choice; only one of a unit has initials."""
        created = super().create_option(*option, **more)
        value = option[1]
        if isinstance(value, ModelChoiceIteratorValue):
            created["attrs"]["data-initials"] = value.instance.initials  # type: ignore[attr-defined] # the stubs know no instance
        return created
