"""One row among more than a list can hold: by its name, as it is typed; of several that match one is chosen below it.

What is typed and what is chosen are one value, the words, so that a draft keeps it like any text.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Generic, TypeVar, Unpack

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.forms.models import ModelChoiceIteratorValue

from yuetan.forms.frame.options import FieldOptions
from yuetan.rules.text.official_text import normalise_text

MAX_OFFERED = 500  # in a list; more would be longer than all of the page
MAX_CANDIDATES = 20  # candidates below a field
CHOSEN, FIND = "_chosen", "-find"

Row = TypeVar("Row", bound=Model)


class Finder(ABC, Generic[Row]):
    """How one of these rows is found by the words that are typed for it."""

    noun: str  # 单位
    counted: str  # 个
    name: str  # 名称: what is to be written more fully
    known_by: str  # 名称、代码或者拼音
    hint: str
    longest = 120

    def __init__(self, rows: QuerySet[Row]) -> None:
        self.rows = rows

    def key_of(self, row: Row) -> str:
        """By which a candidate is chosen."""
        return str(row.pk)

    @abstractmethod
    def words_of(self, row: Row) -> str:
        """Words for which no other row can be taken."""

    @abstractmethod
    def remark_on(self, row: Row) -> str:
        """What else tells a candidate from the others."""

    @abstractmethod
    def called(self, words: str) -> list[Row]:
        """The one that these words name in full; several where they share their name."""

    @abstractmethod
    def like(self, words: str) -> list[Row]:
        """So many as are offered that the words find, and one more where there are more."""

    @abstractmethod
    def of_key(self, key: object) -> Row | None:
        """The row of a primary key, whether or not it may be chosen."""

    def candidates(self, words: str) -> list[Row]:
        """Those that match, one more than is offered where there are more; none where one alone is meant."""
        words = normalise_text(words).strip()
        called = self.called(words) if words else []
        if not words or len(called) == 1:
            return []
        return called or self.like(words)

    def none_alone(self, words: str) -> str:
        """Why these words do not name one row, and what to do."""
        candidates = self.called(words) or self.like(words)
        if not candidates:
            return f"没有{self.known_by}符合“{words}”、可以选择的{self.noun}，请核对后重新填写。"
        counted = f"超过 {MAX_CANDIDATES} {self.counted}，请把{self.name}写得更全，或者在下面选择"
        if len(candidates) <= MAX_CANDIDATES:
            counted = f"有 {len(candidates)} {self.counted}，请在下面选择"
        return f"符合“{words}”的{self.noun}{counted}。"


class NameSearch(forms.TextInput, Generic[Row]):
    """The words, and below them the rows that match where none is meant alone."""

    template_name = "components/name_search.html"

    def __init__(self, finder: Finder[Row]) -> None:
        super().__init__(attrs={"maxlength": finder.longest, "autocomplete": "off"})
        self.finder = finder

    def value_from_datadict(self, data: Mapping[str, str], files: object, name: str) -> str:
        """The words; or those of the row that was chosen among the ones they had found."""
        words, key = str(data.get(name, "")), data.get(f"{name}{CHOSEN}", "")
        called = self.finder.called(normalise_text(words)) if f"{name}{FIND}" in data else []
        chosen = [row for row in self.finder.candidates(words) if self.finder.key_of(row) == key] if key else called
        return self.finder.words_of(chosen[0]) if len(chosen) == 1 else words

    def get_context(self, name: str, value: object, attrs: dict[str, object] | None) -> dict[str, object]:
        """The box, and the rows to choose from."""
        context = super().get_context(name, value, attrs)
        words = normalise_text(str(value or "")).strip()
        matching = self.finder.candidates(words)
        return {
            **context,
            "noun": self.finder.noun,
            "counted": self.finder.counted,
            "name": self.finder.name,
            "chosen": f"{name}{CHOSEN}",
            "find": f"{name}{FIND}",
            "candidates": [
                {
                    "key": self.finder.key_of(row),
                    "words": self.finder.words_of(row),
                    "remark": self.finder.remark_on(row),
                }
                for row in matching[:MAX_CANDIDATES]
            ],
            "most": MAX_CANDIDATES if len(matching) > MAX_CANDIDATES else None,
            "is_none": bool(words) and not matching and not self.finder.called(words),
        }


def asks_for_candidates(data: Mapping[str, object]) -> bool:
    """Whether the button beside a name was pressed: the form is wanted back, and nothing sent off."""
    return any(name.endswith(FIND) for name in data)


class ChoiceOptions(FieldOptions, total=False):
    """How a field is made in which one of many rows is chosen."""

    required: bool
    widget: forms.Widget | type[forms.Widget]
    to_field_name: str


class SearchedChoiceField(forms.ModelChoiceField, Generic[Row]):
    """A row in a list; of more than a list can hold, by its words (`search`)."""

    finder: Finder[Row] | None = None

    def __init__(
        self, queryset: QuerySet[Row], *, empty_label: str | None = "请选择", **options: Unpack[ChoiceOptions]
    ) -> None:
        super().__init__(queryset, empty_label=empty_label, **options)

    def search(self, finder: Finder[Row]) -> None:
        """Let the row be found by its name instead of in a list."""
        self.queryset, self.finder = finder.rows, finder
        self.widget = NameSearch(finder)
        self.widget.is_required = self.required
        self.help_text = f"{self.help_text}{finder.hint}"

    def line(self, row: Row) -> tuple[ModelChoiceIteratorValue, str]:
        """The row as a list offers it."""
        return ModelChoiceIteratorValue(super().prepare_value(row), row), self.label_from_instance(row)

    def prepare_value(self, value: object) -> object:
        """What stands in the field: of a row its words."""
        if self.finder is None or value in (None, "") or isinstance(value, str):
            return super().prepare_value(value)
        row = value if isinstance(value, Model) else self.finder.of_key(value)
        return self.finder.words_of(row) if row else ""  # type: ignore[arg-type] # a row of this finder

    def to_python(self, value: object) -> Row | None:
        """The row that is meant. Raises ValidationError where there is none, or several are."""
        if self.finder is None:
            return super().to_python(value)
        words = normalise_text(str(value or "")).strip()
        if not words:
            return None
        called = self.finder.called(words)
        if len(called) == 1:
            return called[0]
        raise ValidationError(self.finder.none_alone(words))
