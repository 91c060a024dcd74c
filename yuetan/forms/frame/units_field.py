"""Units by their names, as they are typed: one in a line, or a single one; what is typed is looked up, and not kept.

A unit that has ended is known where it stands in what is edited (`keep_units`), and nowhere else.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Unpack

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q

from yuetan.forms.frame.fields import RowsField
from yuetan.forms.frame.options import FieldOptions, field_of
from yuetan.models import Unit
from yuetan.models.people.unit import UnitQuerySet
from yuetan.rules.text.official_text import names_in, normalise_text

MAX_NAMED = 200
MAX_QUOTED = 40


class UnitsField(forms.CharField):
    """Units by their full names or codes, one in a line."""

    kept: Collection[int] = ()

    def __init__(self, **kwargs: Unpack[FieldOptions]) -> None:
        widget = forms.Textarea(attrs={"rows": 3})
        super().__init__(required=False, widget=widget, max_length=20_000, **kwargs)
        self.needed = False

    def clean(self, value: object) -> list[Unit]:
        """The units; raises ValidationError for a name that is nobody's, or that several bear."""
        return list({unit.pk: unit for unit in self.named(value)}.values())

    def named(self, value: object) -> list[Unit]:
        """Every unit as often as it was named; raises ValidationError as above."""
        names = names_in(normalise_text(str(super().clean(value))))
        if len(names) > MAX_NAMED:
            raise ValidationError(f"最多指定 {MAX_NAMED} 个单位，更多的请选单位类别和所属范围。")
        return [unit_named(name, f"第 {place} 个：", kept=self.kept) for place, name in enumerate(names, start=1)]


class NamedUnitsField(UnitsField):
    """Units as they were named, one in a line, for an action that refuses a unit named twice."""

    def clean(self, value: object) -> list[Unit]:
        """The units in the order in which they were named, each as often; raises ValidationError as above."""
        return self.named(value)


class UnitField(forms.CharField):
    """One unit by its full name or code; None where nothing is typed. `among` are others than the units in use."""

    kept: Collection[int] = ()

    def __init__(self, **kwargs: Unpack[FieldOptions]) -> None:
        super().__init__(required=False, max_length=120, **kwargs)
        self.needed = True
        self.among: UnitQuerySet | None = None

    def clean(self, value: object) -> Unit | None:
        """The unit; raises ValidationError for a name that is nobody's, or that several bear."""
        name = normalise_text(str(super().clean(value))).strip()
        return unit_named(name, among=self.among, kept=self.kept) if name else None


class RowOfUnits(forms.Form):
    """A row in which units are named; those of `kept` may have ended since."""

    kept: Collection[int] = ()

    def full_clean(self) -> None:
        """Judge what was sent, once each field knows the units that are kept."""
        for field in self.fields.values():
            if isinstance(field, UnitsField | UnitField):
                field.kept = self.kept
        super().full_clean()


def keep_units(form: forms.BaseForm, name: str, kept: Collection[int]) -> None:
    """Let the rows of a field, which are `RowOfUnits`, name units that stand in what is edited, though they ended."""
    widget = field_of(form, name, RowsField).widget
    widget.row_form = type(widget.row_form.__name__, (widget.row_form,), {"kept": frozenset(kept)})


def unit_named(name: str, place: str = "", *, among: UnitQuerySet | None = None, kept: Collection[int] = ()) -> Unit:
    """The unit in use, or of others the one `among` them, of that full name or code, or one of `kept` that has ended;
    of two that are called alike the one that is kept. Raises ValidationError where there is none, or are several."""
    quoted = f"{name[:MAX_QUOTED]}……" if len(name) > MAX_QUOTED else name
    offered = Unit.objects.interviewed().in_use() if among is None else among
    units = Unit.objects.filter(Q(pk__in=offered.order_by().values("pk")) | Q(pk__in=kept)).select_related("parent")
    known = [unit for unit in units.filter(Q(code=name) | Q(name__in=_endings(name))) if _is_called(unit, name)]
    known = [unit for unit in known if unit.pk in kept and unit.full_name == name] or known
    if len(known) == 1:
        return known[0]
    if known:
        names = "、".join(unit.full_name for unit in known)
        raise ValidationError(f"{place}叫“{quoted}”的有几个（{names}），请写全称或者代码。")
    raise ValidationError(
        f"{place}在用的成员单位、市（区）、镇（街）里没有“{quoted}”，请照“单位与领导”页的全称或者代码填写。"
    )


def _endings(name: str) -> Iterable[str]:
    """Every name of which the full one may be made."""
    return [name[start:] for start in range(len(name))]


def _is_called(unit: Unit, name: str) -> bool:
    return name in (unit.code, unit.name, unit.full_name)
