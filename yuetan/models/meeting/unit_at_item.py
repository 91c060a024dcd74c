"""Units that attend for one item of an agenda."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Count

from yuetan.models.meeting.agenda_item import AgendaItem
from yuetan.models.people.unit import Unit

if TYPE_CHECKING:
    from yuetan.models.meeting.meeting import Meeting


def units_of_some_items(meeting: Meeting) -> set[int]:
    """The keys of the units that attend for some of the items alone, not for all of the agenda."""
    at_items = UnitAtItem.objects.filter(item__meeting=meeting).order_by().values("unit").annotate(number=Count("item"))
    return set(at_items.filter(number__lt=meeting.items.count()).values_list("unit", flat=True))


class UnitAtItem(models.Model):
    """A unit that attends for one item: of the others it sees no more than the title that the notice gave.

    It opens no other item and none of its files, and hears of none that is added after the notice.
    """

    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="attending")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")

    unit_id: int

    class Meta:
        default_permissions = ()
        ordering = ("item", "pk")
        constraints = (models.UniqueConstraint(fields=("item", "unit"), name="one_place_per_unit_at_item"),)

    def __str__(self) -> str:
        return f"{self.unit}列席{self.item}"
