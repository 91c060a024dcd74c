"""One unit among more than a list can hold: by its name, as it is typed; of several that match one is chosen below it.

What is typed and what is chosen are one value, the words, so that a draft keeps it like any text.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Unpack

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import F, Q, Value
from django.db.models.functions import Concat
from django.forms.models import ModelChoiceIteratorValue

from yuetan.forms.frame.options import FieldOptions
from yuetan.models import Unit
from yuetan.rules.text.official_text import normalise_text

if TYPE_CHECKING:
    from yuetan.models.people.unit import UnitQuerySet

MOST_CANDIDATES = 20  # candidates below a field
CHOSEN, FIND = "_chosen", "-find"
HINT = "填全称或者代码；只记得名称的一部分、拼音首字母的，填好后查找，再从符合的单位里选择。"


def words_of(unit: Unit) -> str:
    """蓬江区棠下镇（440703100）: whom no other unit can be taken for."""
    return f"{unit.full_name}（{unit.code}）"


def units_called(units: UnitQuerySet, words: str) -> list[Unit]:
    """Of these units the one of that whole name or code; several where they share their name."""
    name = words.strip()
    code = name.rpartition("（")[2].removesuffix("）")
    endings = [name[start:] for start in range(len(name))]
    near = units.filter(Q(code__in=[name, code]) | Q(name__in=endings)).select_related("parent")[: 10 * MOST_CANDIDATES]
    known = list(near)
    exact = [unit for unit in known if name in (unit.code, words_of(unit))]
    return exact or [unit for unit in known if name in (unit.name, unit.full_name)]


def units_like(units: UnitQuerySet, words: str) -> list[Unit]:
    """Of these units so many that the words find, and one more where there are more."""
    words = words.strip()
    in_full = Concat(F("parent__name"), Value(""), F("name"))
    alike = units.annotate(in_full=in_full).filter(Q(pk__in=units.matching(words)) | Q(in_full__contains=words))
    return list(alike.select_related("parent")[: MOST_CANDIDATES + 1])


class UnitOptions(FieldOptions, total=False):
    """How a field is made in which a unit is chosen."""

    required: bool
    widget: forms.Widget | type[forms.Widget]
    to_field_name: str


class UnitSearch(forms.TextInput):
    """The words, and below them the units that match where none is meant alone."""

    template_name = "components/unit_search.html"

    def __init__(self, units: UnitQuerySet) -> None:
        super().__init__(attrs={"maxlength": 120, "autocomplete": "off"})
        self.units = units

    def value_from_datadict(self, data: Mapping[str, str], files: object, name: str) -> str:
        """The words; or those of the unit that was chosen among the ones they had found."""
        words, code = str(data.get(name, "")), data.get(f"{name}{CHOSEN}", "")
        called = units_called(self.units, normalise_text(words)) if f"{name}{FIND}" in data else []
        chosen = [unit for unit in self.candidates(words) if unit.code == code] if code else called
        return words_of(chosen[0]) if len(chosen) == 1 else words

    def candidates(self, words: str) -> list[Unit]:
        """The units that match, one more than is offered where there are more; none where one alone is meant."""
        words = normalise_text(words)
        called = units_called(self.units, words) if words.strip() else []
        if not words.strip() or len(called) == 1:
            return []
        return called or units_like(self.units, words)

    def get_context(self, name: str, value: object, attrs: dict[str, object] | None) -> dict[str, object]:
        """The box, and the units to choose from."""
        context = super().get_context(name, value, attrs)
        words = str(value or "").strip()
        matching = self.candidates(words)
        is_none = bool(words) and not matching and not units_called(self.units, normalise_text(words))
        offered = matching[:MOST_CANDIDATES]
        return {
            **context,
            "chosen": f"{name}{CHOSEN}",
            "find": f"{name}{FIND}",
            "candidates": [
                {"code": unit.code, "words": words_of(unit), "kind": unit.get_kind_display()} for unit in offered
            ],
            "most": MOST_CANDIDATES if len(matching) > MOST_CANDIDATES else None,
            "is_none": is_none,
        }


def asks_for_units(data: Mapping[str, object]) -> bool:
    """Whether the button beside the name of a unit was pressed: the form is wanted back, and nothing sent off."""
    return any(name.endswith(FIND) for name in data)


class UnitChoiceField(forms.ModelChoiceField):
    """A unit in a list; of more than a list can hold, by its words (`search`)."""

    is_searched = False
    units: UnitQuerySet

    def __init__(
        self, queryset: UnitQuerySet, *, empty_label: str | None = "请选择", **options: Unpack[UnitOptions]
    ) -> None:
        super().__init__(queryset, empty_label=empty_label, **options)

    def search(self, units: UnitQuerySet) -> None:
        """Let the unit be found by its name instead of in a list."""
        self.queryset = self.units = units
        self.is_searched = True
        self.widget = UnitSearch(units)
        self.widget.is_required = self.required
        self.help_text = f"{self.help_text}{HINT}"

    def line(self, unit: Unit) -> tuple[ModelChoiceIteratorValue, str]:
        """The unit as a list offers it."""
        return ModelChoiceIteratorValue(super().prepare_value(unit), unit), self.label_from_instance(unit)

    def label_from_instance(self, unit: Unit) -> str:
        """蓬江区棠下镇."""
        return unit.full_name

    def prepare_value(self, value: object) -> object:
        """What stands in the field: of a unit its words."""
        if not self.is_searched or value in (None, "") or isinstance(value, str):
            return super().prepare_value(value)
        named = Unit.objects.select_related("parent")
        unit = value if isinstance(value, Unit) else named.filter(pk=int(str(value))).first()
        return words_of(unit) if unit else ""

    def to_python(self, value: object) -> Unit | None:
        """The unit that is meant. Raises ValidationError where there is none, or several are."""
        if not self.is_searched:
            return super().to_python(value)
        words = normalise_text(str(value or "")).strip()
        if not words:
            return None
        called = units_called(self.units, words)
        if len(called) == 1:
            return called[0]
        raise ValidationError(self._none_alone(words, called or units_like(self.units, words)))

    @staticmethod
    def _none_alone(words: str, candidates: list[Unit]) -> str:
        if not candidates:
            return f"没有名称、代码或者拼音符合“{words}”、可以选择的单位，请核对后重新填写。"
        if len(candidates) > MOST_CANDIDATES:
            return f"符合“{words}”的单位超过 {MOST_CANDIDATES} 个，请把名称写得更全，或者在下面选择。"
        return f"符合“{words}”的单位有 {len(candidates)} 个，请在下面选择。"
