"""Filters by the day of one thing or another that happens to a row: 登记、审定、约谈、办结、报送……"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import ClassVar

import django_filters
from django import forms
from django.db.models import Model, QuerySet

from yuetan.forms.frame.inner_filters import InnerFilter
from yuetan.models.record.occasions import Occasion


class OccasionFilter(InnerFilter, django_filters.ChoiceFilter):
    """By which of its days a row is listed; the days themselves are asked for by `OccasionDayFilter`.

    The inner ones must be given to their person by `limit_to_rights`; `at` leads to the case.
    """

    def __init__(self, occasions: Sequence[Occasion], at: str = "") -> None:
        choices = [(each.key, each.label) for each in occasions]
        usual = f"按{occasions[0].label}"
        super().__init__(choices=choices[1:], label="日期", empty_label=usual)
        self.occasions, self.at = {each.key: each for each in occasions}, at

    def filter(self, qs: QuerySet[Model], value: str) -> QuerySet[Model]:
        """Nothing by itself."""
        return qs

    def leave_out_inner(self) -> None:
        """Offer what the interviewed side may ask for, and list by the first of these where nothing is chosen."""
        usual = next(iter(self.occasions))
        self.occasions = {key: each for key, each in self.occasions.items() if not each.inner}
        left = list(self.occasions.values())
        self.extra["empty_label"] = f"按{left[0].label}"
        self.extra["choices"] = [(each.key, each.label) for each in left if each.key != usual]

    def within(self, rows: QuerySet[Model], key: str, begin: date | None, end: date | None) -> QuerySet[Model]:
        """The rows to which it happened on these days; of an inner one without units the person keeps away from."""
        occasion = self.occasions.get(key) or next(iter(self.occasions.values()))
        within = rows.filter(**occasion.between(begin, end))
        return within.exclude(**{f"{self.at}unit__in": self.kept_from}) if occasion.inner else within


class OccasionDayFilter(django_filters.DateFilter):
    """The first or the last of the days, chosen in the browser's own calendar."""

    def __init__(self, label: str) -> None:
        super().__init__(label=label, widget=forms.DateInput(attrs={"type": "date"}))

    def filter(self, qs: QuerySet[Model], value: date | None) -> QuerySet[Model]:
        """Nothing by itself."""
        return qs


class OccasionFilterSet(django_filters.FilterSet):
    """A filter that has `dated`, an `OccasionFilter`, and `begin` and `end`."""

    asked_of_days: ClassVar[tuple[str, ...]] = ("dated", "begin", "end")

    def filter_queryset(self, queryset: QuerySet[Model]) -> QuerySet[Model]:
        """By everything else, and by the days together."""
        rows: QuerySet[Model] = super().filter_queryset(queryset)
        dated, begin, end = (self.form.cleaned_data.get(name) for name in self.asked_of_days)
        occasions = self.filters["dated"]
        assert isinstance(occasions, OccasionFilter)
        return occasions.within(rows, dated or "", begin, end) if dated or begin or end else rows
