"""Fields as the office needs them: typed text is cleaned, law decides what is missing, rows repeat."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from itertools import zip_longest
from typing import Unpack

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.forms.boundfield import BoundField

from yuetan.forms.frame.options import AnyFieldOptions, FieldOptions, ParagraphOptions, TextOptions
from yuetan.forms.frame.printed_text import PrintedBoundField
from yuetan.models.people.user import MAX_USERNAME_LENGTH
from yuetan.rules.dates import clock
from yuetan.rules.refusals import finding
from yuetan.rules.text import official_text, person_names
from yuetan.rules.text.personal_data import personal_data

MAX_ROWS = 40
TOO_MANY_ROWS = "最多填写%(most)d项，现有%(filled)d项，请合并相近的各项，或者删去多余的。"
MAX_ROWS_READ = 3 * MAX_ROWS  # of what is sent: what is more than MAX_ROWS comes back, to be shortened
MAX_DIGITS = 6  # of a number that counts rows
# What the buttons beside rows are called after the field: they ask for the form back, they send nothing off.
ROW_BUTTONS = ("-add", "-remove", "-up", "-down")


class WordsField(forms.CharField):
    """One line of text, never required: the action says what is missing; what is `printed` is proof-read as typed."""

    may_hold_numbers = False  # only of what is no free text: a telephone may be somebody's account

    def __init__(self, *, needed: bool = True, printed: bool = False, **kwargs: Unpack[TextOptions]) -> None:
        kwargs.setdefault("max_length", 200)
        super().__init__(required=False, **kwargs)
        self.needed, self.is_printed = needed, printed

    def get_bound_field(self, form: forms.BaseForm, field_name: str) -> BoundField:
        """The field on its form, with remarks where it is printed."""
        return (PrintedBoundField if self.is_printed else BoundField)(form, self, field_name)

    def validate(self, value: str) -> None:
        """Refuses numbers of persons, as they are refused wherever text is kept; raises ValidationError."""
        super().validate(value)
        if self.may_hold_numbers:
            return
        findings = personal_data("", f"“{self.label}”", value, clock.today().year)
        sentences = [each.sentence_with_article() for each in findings]
        if sentences:
            raise ValidationError(sentences)

    def to_python(self, value: object) -> str:
        """The text without control characters, bidi overrides and stray blanks."""
        return official_text.normalise_text(super().to_python(value) or "").strip()


class UsernameField(WordsField):
    """A user name, written as it will be compared when somebody logs in."""

    SIGNS = re.compile(r"[\w.@+-]*")
    may_hold_numbers = True

    def __init__(self, **kwargs: Unpack[AnyFieldOptions]) -> None:
        super().__init__(max_length=MAX_USERNAME_LENGTH, **kwargs)

    def to_python(self, value: object) -> str:
        """In half width, as Django's form of the login reads it."""
        return unicodedata.normalize("NFKC", super().to_python(value))

    def validate(self, value: str) -> None:
        """Nothing that could not be read out over a telephone."""
        super().validate(value)
        if not self.SIGNS.fullmatch(value):
            raise ValidationError("账号只能用汉字、字母、数字和 . @ + - _ 这几个符号，中间不能有空格。")


class NameField(WordsField):
    """The name of one person, as it is kept and compared."""

    def to_python(self, value: object) -> str:
        """One kind of dot, no blanks inside a Chinese name."""
        return person_names.person_name(super().to_python(value))

    def validate(self, value: str) -> None:
        """Somebody's name, and of one person only."""
        super().validate(value)
        if value and not person_names.is_person_name(value):
            raise ValidationError(finding("name_unfit").sentence())


class NamesField(WordsField):
    """Several names in one line; each person once, parted by 、."""

    def to_python(self, value: object) -> str:
        """As they are kept."""
        return person_names.joined_names(super().to_python(value))


class ParagraphsField(WordsField):
    """Several lines of text."""

    widget = forms.Textarea

    def __init__(self, *, rows: int = 5, **kwargs: Unpack[ParagraphOptions]) -> None:
        kwargs.setdefault("max_length", 20_000)
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **kwargs)


class DayField(forms.DateField):
    """A day, chosen in the browser's own calendar."""

    def __init__(self, *, needed: bool = True, **kwargs: Unpack[FieldOptions]) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(required=False, widget=widget, **kwargs)
        self.needed = needed


class MomentField(forms.DateTimeField):
    """A day and a time."""

    def __init__(self, **kwargs: Unpack[FieldOptions]) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        super().__init__(required=False, widget=widget, **kwargs)
        self.needed = True


class TimeField(forms.TimeField):
    """A time of day."""

    def __init__(self, *, needed: bool = True, **kwargs: Unpack[FieldOptions]) -> None:
        widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
        super().__init__(required=False, widget=widget, **kwargs)
        self.needed = needed


class SeenField(forms.CharField):
    """What the person had before them; shown again, the page names what is before them now."""

    widget = forms.HiddenInput

    def __init__(self, **kwargs: Unpack[FieldOptions]) -> None:
        super().__init__(required=False, **kwargs)

    def bound_data(self, data: object, initial: object) -> object:
        """What a page shows is what stands now, whatever was sent."""
        return initial


class SeveralFilesInput(forms.ClearableFileInput):
    """A file input that takes several files at once."""

    allow_multiple_selected = True


class SeveralFilesField(forms.FileField):
    """Any number of files; examined by the action, not by their names."""

    widget = SeveralFilesInput
    needed = False

    def __init__(self, **kwargs: Unpack[FieldOptions]) -> None:
        super().__init__(required=False, allow_empty_file=True, **kwargs)

    def clean(self, data: object, initial: object = None) -> list[UploadedFile]:
        """Every file offered."""
        files = data if isinstance(data, list | tuple) else [data]
        return [file for file in (super(SeveralFilesField, self).clean(one, initial) for one in files) if file]


def offered_files(form: forms.BaseForm) -> list[UploadedFile]:
    """Every file that an action would be given by this form, also those within its rows; none if it is not valid."""
    return list(_files_in(form.cleaned_data)) if form.is_valid() else []


def _files_in(value: object) -> Iterator[UploadedFile]:
    if isinstance(value, UploadedFile):
        yield value
    elif isinstance(value, Mapping):
        yield from _files_in(list(value.values()))
    elif isinstance(value, list):
        for each in value:
            yield from _files_in(each)


class NeededFileField(forms.FileField):
    """One file that the action asks for."""

    needed = True


class RowsWidget(forms.Widget):
    """Numbered rows of small forms that can be added, moved and emptied; works without scripts."""

    template_name = "components/rows.html"

    def __init__(self, row_form: type[forms.Form], *, rows: int, fixed: bool = False, hidden: bool = False) -> None:
        super().__init__()
        self.row_form, self.rows, self.fixed, self.hidden = row_form, rows, fixed, hidden
        self.captions: list[str] = []
        self.add_label = "增加一项"
        self.hints: Callable[[Mapping[str, object]], dict[str, str]] = lambda row: {}

    def use_required_attribute(self, initial: object) -> bool:
        """Never: which rows are needed depends on what is in them."""
        return False

    def value_from_datadict(self, data: Mapping[str, str], files: object, name: str) -> list[dict[str, str]]:
        """The rows as typed, with one more, moved or emptied if that was asked for."""
        count = min(_whole_number(data.get(f"{name}-count"), self.rows), MAX_ROWS_READ)
        if f"{name}-add" in data:
            count += 1
        rows = [{key: data.get(f"{name}-{i}-{key}", "") for key in self.row_form.base_fields} for i in range(count)]
        return _rearranged(
            rows, **{key: _whole_number(data.get(f"{name}-{key}"), -1) for key in ("remove", "up", "down")}
        )

    def get_context(
        self, name: str, value: Iterable[Mapping[str, object]] | None, attrs: dict[str, object] | None
    ) -> dict[str, object]:
        """Rows as small forms showing what was typed."""
        values: list[Mapping[str, object]] = list(value or [])
        if not self.fixed:
            values += [{} for _ in range(self.rows - len(values))]
        context = super().get_context(name, None, attrs)
        forms_of_rows = [self._form(f"{name}-{i}", row) for i, row in enumerate(values)]
        captioned = list(zip_longest(forms_of_rows, self.captions[: len(values)], fillvalue=""))
        return {
            **context,
            "rows": captioned,
            "count": len(values),
            "fixed": self.fixed,
            "hidden": self.hidden,
            "name": name,
            "add_label": self.add_label,
        }

    def _form(self, prefix: str, row: Mapping[str, object]) -> forms.Form:
        form = self.row_form(prefix=prefix, initial=dict(row))
        for key, hint in self.hints(row).items():
            form.fields[key].help_text = hint
        return form


def _rearranged(rows: list[dict[str, str]], *, remove: int, up: int, down: int) -> list[dict[str, str]]:
    """The rows with two of them changed over, or one taken out: then an empty one ends the list."""
    upper = up - 1 if up > 0 else down
    if 0 <= upper < len(rows) - 1:
        rows[upper], rows[upper + 1] = rows[upper + 1], rows[upper]
    if 0 <= remove < len(rows):
        rows.append(dict.fromkeys(rows.pop(remove), ""))
    return rows


class RowsField(forms.Field):
    """A list of small forms; empty rows are left out, the others give a list of dicts."""

    widget: RowsWidget

    def __init__(
        self,
        row_form: type[forms.Form],
        *,
        rows: int,
        fixed: bool = False,
        needed: bool = True,
        **kwargs: Unpack[FieldOptions],
    ) -> None:
        super().__init__(required=False, widget=RowsWidget(row_form, rows=rows, fixed=fixed), **kwargs)
        self.needed = needed
        # Django calls it without arguments, as it would a class.
        self.hidden_widget = partial(  # type: ignore[assignment]
            RowsWidget, row_form, rows=rows, fixed=True, hidden=True
        )

    def clean(self, value: list[dict[str, str]]) -> list[dict[str, object]]:
        """Convert each filled row; an invalid date is reported with the number of its row."""
        cleaned, problems = [], []
        filled = [row for row in value if any(str(cell).strip() for cell in row.values())]
        if len(filled) > MAX_ROWS:
            raise ValidationError(TOO_MANY_ROWS, params={"most": MAX_ROWS, "filled": len(filled)})
        for number, row in enumerate(filled, start=1):
            form = self.widget.row_form(data=row)
            if form.is_valid():
                cleaned.append(form.cleaned_data)
            else:
                problems += [
                    f"第 {number} 项{form[key].label}：{' '.join(map(str, es))}" for key, es in form.errors.items()
                ]
        if problems:
            raise ValidationError(problems)
        return cleaned


def _whole_number(value: object, otherwise: int) -> int:
    return int(value) if isinstance(value, str) and value.isdecimal() and len(value) <= MAX_DIGITS else otherwise
