"""A list of units in which one can look for a name: static/js/unit_select.js adds the box where scripts run.

Where there are more units than a list can hold, a filter offers those above others, and a form a box for the name.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from django import forms
from django.forms.models import ModelChoiceIteratorValue

from yuetan.forms.frame.name_search import MAX_OFFERED
from yuetan.forms.frame.options import field_of
from yuetan.forms.frame.unit_search import UnitChoiceField, UnitFinder
from yuetan.models import Unit
from yuetan.vocabulary import UnitKind

if TYPE_CHECKING:
    from yuetan.models.people.unit import UnitQuerySet

NOT_OFFERED = "…"  # stands for the others, and cannot be chosen
SHOWN_FIRST = (UnitKind.MEMBER_UNIT, UnitKind.COUNTY, UnitKind.TOWN)


class UnitSelect(forms.Select):
    """Each unit with its pinyin and the initials of that, as the search of the whole site knows it."""

    def __init__(self) -> None:
        super().__init__(attrs={"data-unit-select": True})

    def optgroups(
        self, name: str, value: list[str], attrs: dict[str, object] | None = None
    ) -> list[tuple[str | None, list[dict[str, object]], int | None]]:
        """The choices as a list offers them, each unit with what of its pinyin may be typed."""
        groups = super().optgroups(name, value, attrs)
        offered = {str(option["value"]) for _, options, _ in groups for option in options}
        groups += [(None, [self._chosen(name, unit, attrs)], 0) for unit in self._beyond(value, offered)]
        for _, options, _ in groups:
            for option in options:
                if isinstance(option["value"], ModelChoiceIteratorValue):
                    unit = option["value"].instance  # type: ignore[attr-defined]
                    option["attrs"]["data-initials"] = unit.initials
                    option["attrs"]["data-pinyin"] = unit.pinyin
                elif option["value"] == NOT_OFFERED:
                    option["attrs"]["disabled"] = True
        return groups

    def _beyond(self, value: list[str], offered: set[str]) -> list[Unit]:
        """The unit that is chosen though the list was too long to hold it."""
        codes = [code for code in value if code and code not in offered]
        return list(Unit.objects.filter(code__in=codes).select_related("parent")) if NOT_OFFERED in offered else []

    def _chosen(self, name: str, unit: Unit, attrs: dict[str, object] | None) -> dict[str, object]:
        return self.create_option(name, ModelChoiceIteratorValue(unit.code, unit), unit.full_name, True, 0, attrs=attrs)


def offer_units(form: forms.BaseForm, name: str = "unit", units: UnitQuerySet | None = None) -> None:
    """Let a field of a form be one of these units, or any in use that answers to the office, each kind under its head.

    More than a list can hold are found by their names.
    """
    field = field_of(form, name, UnitChoiceField)
    units = Unit.objects.interviewed().in_use() if units is None else units
    offered = list(units.select_related("parent")[: MAX_OFFERED + 1])
    if len(offered) > MAX_OFFERED:
        return field.search(UnitFinder(units))
    field.queryset = units.select_related("parent")
    grouped = [(words, [field.line(unit) for unit in of_group]) for words, of_group in _grouped(offered)]
    none_yet = [] if field.empty_label is None else [("", field.empty_label)]
    field.choices = [*none_yet, *(grouped if len(grouped) > 1 else [line for _, lines in grouped for line in lines])]
    return None


def _grouped(units: list[Unit]) -> list[tuple[str, list[Unit]]]:
    """Member units first, then the 市（区）, then each one's 镇（街）."""
    order = {kind: place for place, kind in enumerate(SHOWN_FIRST)}
    ordered = sorted(units, key=lambda unit: (order.get(UnitKind(unit.kind), 0), unit.code))
    return [(name, list(of_group)) for name, of_group in groupby(ordered, key=_group_name)]


def _group_name(unit: Unit) -> str:
    return f"{unit.parent.name}各镇（街）" if unit.kind == UnitKind.TOWN and unit.parent else unit.get_kind_display()
