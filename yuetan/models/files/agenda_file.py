"""议题材料: papers of an item for whoever sees it; and the signed sheet of its 集体结论, for the office alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from yuetan import permissions
from yuetan.models.files.stored_file import BY_CONTENT, THREAT_IS_NAMED, StoredFile, StoredFileQuerySet
from yuetan.models.meeting.agenda_item import AgendaItem
from yuetan.models.meeting.meeting import SEE_MEETINGS

if TYPE_CHECKING:
    from yuetan.models.people.user import User


class AgendaFileQuerySet(StoredFileQuerySet):
    """Questions about many files of agenda items."""

    def visible_to(self, user: User) -> AgendaFileQuerySet:
        """Whoever sees the item sees its files, but a unit that attends for it none that was signed."""
        seen = self.filter(item__in=AgendaItem.objects.visible_to(user).order_by().values("pk"))
        return seen if user.has_perm(permissions.name(SEE_MEETINGS)) else seen.filter(is_signed=False)


class AgendaFile(StoredFile):
    """One file; written once, but for what looking for viruses finds. It goes only as long as the meeting is ahead.

    `is_signed` is the sheet that those signed who stand for the 集体结论; it comes with the conclusion, and stays.
    """

    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="files")
    is_signed = models.BooleanField("集体结论签名页", default=False)
    file = models.FileField(upload_to="meetings/%Y/")

    objects = AgendaFileQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ("uploaded_at", "id")
        indexes = BY_CONTENT
        constraints = (models.CheckConstraint(condition=THREAT_IS_NAMED, name="agenda_file_names_its_threat"),)

    @property
    def thing(self) -> tuple[object, ...]:
        """The rows of an agenda item for which the file was offered."""
        return (self.item_id, self.is_signed)

    @property
    def is_of_earlier_draft(self) -> bool:
        """Whether the conclusion that it was signed for was written anew since."""
        return self.item.concluded_at is not None and self.uploaded_at < self.item.concluded_at

    @property
    def used_for(self) -> str:
        """What it was offered for, in words; by the meeting alone, because the item may be hidden from who reads it."""
        what = "集体结论签名页" if self.is_signed else "材料"
        return f"{self.item.meeting}第{self.item.number}项议题的{what}"
