"""Filters by what happens inside the office: 核稿 to 核查, ended on some days, or waiting."""

from __future__ import annotations

from typing import Protocol

import django_filters
from django.db.models import Model, QuerySet

from yuetan.forms.frame.inner_filters import InnerFilter
from yuetan.models import OfficeWait


class OfficeLights(Protocol):
    """Which stretches inside the office show which light."""

    def waits_showing(self, light: str) -> QuerySet[OfficeWait]:
        """Those that have not ended and show it."""


class OfficeLightFilter(InnerFilter, django_filters.ChoiceFilter):
    """The light of what waits inside the office; given to its person by `limit_to_rights`.

    `to_row` leads from a stretch to what is listed, `at` from that to the case.
    """

    CHOICES = (("red", "超时"), ("yellow", "将到期"), ("green", "未到期"), ("grey", "没有期限"))

    def __init__(self, to_row: str, at: str = "") -> None:
        super().__init__(choices=self.CHOICES, label="办公室办理", empty_label="全部")
        self.to_row, self.at = to_row, at

    def filter(self, qs: QuerySet[Model], value: str) -> QuerySet[Model]:
        """What waits under it, without the units from which the person keeps away (回避)."""
        if not value:
            return qs
        lights: OfficeLights = self.parent.lights
        waits = lights.waits_showing(value).exclude(**{f"{self.to_row}": None}).order_by()
        shown = qs.filter(pk__in=waits.values(self.to_row))
        return shown.exclude(**{f"{self.at}unit__in": self.kept_from})
