"""议题材料: papers of one item of an agenda, for whoever sees the item."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from yuetan.models.files.stored_file import BY_CONTENT, THREAT_IS_NAMED, StoredFile, StoredFileQuerySet
from yuetan.models.meeting.agenda_item import AgendaItem

if TYPE_CHECKING:
    from yuetan.models.people.user import User


class AgendaFileQuerySet(StoredFileQuerySet):
    """Questions about many of them."""

    def visible_to(self, user: User) -> AgendaFileQuerySet:
        """Whoever sees the item sees its files."""
        return self.filter(item__in=AgendaItem.objects.visible_to(user).order_by().values("pk"))


class AgendaFile(StoredFile):
    """One file; written once, but for what looking for viruses finds. It goes only as long as the meeting is ahead."""

    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="files")
    file = models.FileField(upload_to="meetings/%Y/")

    objects = AgendaFileQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ("uploaded_at", "id")
        indexes = BY_CONTENT
        constraints = (models.CheckConstraint(condition=THREAT_IS_NAMED, name="agenda_file_names_its_threat"),)

    @property
    def thing(self) -> tuple[object, ...]:
        """What it was offered for."""
        return (self.item_id,)

    @property
    def used_for(self) -> str:
        """What it was offered for, in words; by the meeting alone, because the item may be hidden from who reads it."""
        return f"{self.item.meeting}第{self.item.number}项议题的材料"
