"""Units that attend for one item of an agenda."""

from __future__ import annotations

from django.db import models

from yuetan.models.meeting.agenda_item import AgendaItem
from yuetan.models.people.unit import Unit


class UnitAtItem(models.Model):
    """A unit that attends for one item: of the agenda it sees this and no other."""

    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="attending")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")

    unit_id: int

    class Meta:
        default_permissions = ()
        ordering = ("item", "pk")
        constraints = (models.UniqueConstraint(fields=("item", "unit"), name="one_place_per_unit_at_item"),)

    def __str__(self) -> str:
        return f"{self.unit}列席{self.item}"
