"""Any form read field by field as a browser would send it, and filled in again from such fields."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from django import forms
from django.forms.boundfield import BoundField
from django.forms.utils import ErrorDict
from django.forms.widgets import ChoiceWidget
from django.utils.datastructures import MultiValueDict

from yuetan.forms.frame.fields import MAX_ROWS_READ, RowsField, RowsWidget
from yuetan.forms.frame.sections import SectionsField
from yuetan.rules.three_way_merge import Cells, normalise

Form = TypeVar("Form", bound=forms.BaseForm)

# What says which form it is, and is not typed into it.
KEYS = frozenset({"task"})
ROW_NUMBERS = frozenset(map(str, range(MAX_ROWS_READ)))


@dataclass(frozen=True)
class Cell:
    """One input of a form, or of a row in it."""

    bound: BoundField
    label: str

    @property
    def name(self) -> str:
        """Under which a browser sends it."""
        return str(self.bound.html_name)

    @property
    def is_draft_input(self) -> bool:
        """Whether people fill it in, and a browser can be given it back."""
        return not self.bound.is_hidden and not isinstance(self.bound.field, forms.FileField) and self.name not in KEYS

    @property
    def values(self) -> list[str]:
        """What a browser would send, were the form pressed as it stands."""
        widget, value = self.bound.field.widget, self.bound.value()
        if isinstance(widget, forms.CheckboxInput):
            return ["on"] if widget.check_test(value) else []
        if isinstance(widget, ChoiceWidget):
            return _selected_labels(widget, self.name, value)
        written = widget.format_value(value)
        return normalise(["" if written is None else str(written)])

    def words(self, values: list[str]) -> str:
        """Such values as people read them: labels in place of keys."""
        field = self.bound.field
        if isinstance(field.widget, forms.CheckboxInput):
            return "已勾选" if values else "未勾选"
        labels = {str(key): str(label) for key, label in getattr(field, "choices", ())}
        return "、".join(labels.get(value, value) for value in values)


def _selected_labels(widget: ChoiceWidget, name: str, value: object) -> list[str]:
    offered = [str(option["value"]) for option in widget.options(name, [])]
    labels = [one for one in normalise(widget.format_value(value)) if one in offered]
    drops_down = widget.input_type == "select" and not widget.allow_multiple_selected
    return labels or (normalise(offered[:1]) if drops_down else [])


def inputs(form: forms.BaseForm, label: str = "") -> Iterator[Cell]:
    """Every input, those in rows too; a row's have the name and the number of the row before their own label."""
    for bound in form:
        if isinstance(bound.field, RowsField):
            yield from _inputs_of_rows(bound)
        elif isinstance(bound.field, SectionsField):
            yield from _inputs_of_sections(bound)
        else:
            yield Cell(bound, f"{label}{bound.label}")


def _inputs_of_rows(bound: BoundField) -> Iterator[Cell]:
    rows = bound.field.widget.get_context(bound.html_name, bound.value(), {})["rows"]
    for number, (row, _) in enumerate(rows, start=1):
        yield from inputs(row, f"{bound.label}第 {number} 项：")


def _inputs_of_sections(bound: BoundField) -> Iterator[Cell]:
    for row in bound.field.widget.rows(bound.html_name, bound.value()):
        yield from inputs(row, f"{row.about}：")


def draft_inputs(form: forms.BaseForm) -> dict[str, Cell]:
    """The inputs that people fill in, by name."""
    return {cell.name: cell for cell in inputs(form) if cell.is_draft_input}


def cells(form: forms.BaseForm) -> Cells:
    """What people have filled in, by name."""
    return {name: cell.values for name, cell in draft_inputs(form).items()}


def takes(form: forms.BaseForm, name: str) -> bool:
    """Whether the form has an input of this name, or would have if rows were added."""
    if name in draft_inputs(form):
        return True
    field, _, rest = name.partition("-")
    number, _, key = rest.partition("-")
    rows = form.fields.get(field)
    return (
        isinstance(rows, RowsField)
        and not rows.widget.fixed
        and number in ROW_NUMBERS
        and key in rows.widget.row_form.base_fields
    )


def type_into(form: Form, values: Mapping[str, list[str]]) -> Form:
    """The form as if this had been typed into it and not judged yet."""
    data = MultiValueDict({cell.name: cell.values for cell in inputs(form) if not _is_file(cell)})
    for name, value in values.items():
        data.setlist(name, list(value))
    for name, field in form.fields.items():
        if isinstance(field.widget, RowsWidget):
            data[f"{name}-count"] = str(_rows(form[name], name, values))
    form.data, form.is_bound = data, True
    vars(form)["_errors"], form.cleaned_data = ErrorDict(), {}  # as StepForm.as_sent: nothing is judged
    return form


def _is_file(cell: Cell) -> bool:
    return isinstance(cell.bound.field, forms.FileField)


def _rows(bound: BoundField, name: str, values: Mapping[str, list[str]]) -> int:
    """As many rows as there were, or as something was typed into."""
    there = len(bound.field.widget.get_context(name, bound.value(), {})["rows"])
    keys = [key.removeprefix(f"{name}-") for key, value in values.items() if value and key.startswith(f"{name}-")]
    numbers = [key.partition("-")[0] for key in keys]
    return max([there, *(int(number) + 1 for number in numbers if number.isdecimal())])


def read_out(form: type[forms.Form], data: Mapping[str, str]) -> list[tuple[str, str]]:
    """Label and words of every text in what was sent, for somebody who can no longer send it."""
    texts = []
    for name, field in form.base_fields.items():
        if isinstance(field, RowsField):
            texts += [
                (f"{field.label}第 {index + 1} 项：{one.label}", data.get(f"{name}-{index}-{key}", ""))
                for index in range(MAX_ROWS_READ)
                for key, one in field.widget.row_form.base_fields.items()
                if _is_text(one)
            ]
        elif isinstance(field, SectionsField):
            texts += _texts_of_sections(name, field, data)
        elif _is_text(field):
            texts.append((str(field.label), data.get(name, "")))
    return [(label, words) for label, words in texts if words.strip()]


def _texts_of_sections(name: str, field: SectionsField, data: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Under whichever things they stand: what the case has is not known here."""
    for key in sorted(data):
        _, _, last = key.rpartition("-")
        one = field.widget.section_form.base_fields.get(last)
        if key.startswith(f"{name}-") and one is not None and _is_text(one):
            yield f"{field.label}：{one.label}", data.get(key, "")


def _is_text(field: forms.Field) -> bool:
    return isinstance(field, forms.CharField | forms.DateField | forms.DateTimeField) and not field.widget.is_hidden
