"""What filters have in common that ask of what the interviewed side never reads."""

from collections.abc import Sequence
from typing import TypeVar

import django_filters
from django.db.models import Model, QuerySet

Row = TypeVar("Row", bound=Model)


class InnerFilter:
    """A filter of something inner, given to its person by `limit_to_rights`.

    The interviewed side is not offered it; the inner side never finds by it what is of a unit in `kept_from` (回避).
    """

    kept_from: Sequence[int] = ()


class InnerChoiceFilter(InnerFilter, django_filters.ChoiceFilter):
    """A choice of something inner: `chosen_by` names what of the set of filters finds the rows, each about a `unit`."""

    def __init__(self, label: str, choices: Sequence[tuple[str, str]], chosen_by: str) -> None:
        super().__init__(choices=choices, label=label, empty_label="全部")
        self.chosen_by = chosen_by

    def filter(self, qs: QuerySet[Row], value: str) -> QuerySet[Row]:
        """What was chosen, without the units from which the person keeps away (回避)."""
        if not value:
            return qs
        chosen: QuerySet[Row] = getattr(self.parent, self.chosen_by)(qs, self.field_name, value)
        return chosen.exclude(unit__in=self.kept_from)
