"""Scans of 三书一函: the letter, the unit's reply, and the papers by which the organ took it back or moved its day."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from yuetan.models.files.stored_file import BY_CONTENT, THREAT_IS_NAMED, StoredFile, StoredFileQuerySet
from yuetan.models.received.due_change import ReceivedDueChange
from yuetan.models.received.letter import ReceivedLetter
from yuetan.models.received.reply import ReceivedClosing, ReceivedReply

if TYPE_CHECKING:
    from yuetan.models.people.user import User


CAME_OF_IT = ("reply", "closing", "due_change")
OF = ("letter", *CAME_OF_IT)


def _of_one_alone(name: str) -> Q:
    return Q(**{f"{each}__isnull": each != name for each in OF})


class ReceivedPaperQuerySet(StoredFileQuerySet):
    """Questions about many papers of received letters."""

    def visible_to(self, user: User) -> ReceivedPaperQuerySet:
        """Whoever sees the letter sees its scan and those of what came of it."""
        letters = ReceivedLetter.objects.visible_to(user).order_by().values("pk")
        came_of_it = (Q(**{f"{name}__letter__in": letters}) for name in CAME_OF_IT)
        return self.filter(reduce(or_, came_of_it, Q(letter__in=letters)))


class ReceivedPaper(StoredFile):
    """One scan; written once, but for what looking for viruses finds."""

    letter = models.ForeignKey(ReceivedLetter, models.PROTECT, null=True, blank=True, related_name="papers")
    reply = models.ForeignKey(ReceivedReply, models.PROTECT, null=True, blank=True, related_name="papers")
    closing = models.ForeignKey(ReceivedClosing, models.PROTECT, null=True, blank=True, related_name="papers")
    due_change = models.ForeignKey(ReceivedDueChange, models.PROTECT, null=True, blank=True, related_name="papers")
    file = models.FileField(upload_to="received/%Y/")

    objects = ReceivedPaperQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ("uploaded_at", "id")
        indexes = BY_CONTENT
        constraints = (
            models.CheckConstraint(condition=THREAT_IS_NAMED, name="received_paper_names_its_threat"),
            models.CheckConstraint(
                condition=reduce(or_, map(_of_one_alone, OF)), name="received_paper_is_of_one_thing"
            ),
        )

    @property
    def of_letter(self) -> ReceivedLetter:
        """The letter that it is, or answers."""
        if self.letter is not None:
            return self.letter
        came_of_it = self.reply or self.closing or self.due_change
        assert came_of_it is not None
        return came_of_it.letter

    @property
    def thing(self) -> tuple[object, ...]:
        """The rows of a received letter for which the file was offered."""
        return (self.letter_id, self.reply_id, self.closing_id, self.due_change_id)

    @property
    def used_for(self) -> str:
        """What the file of a received letter was offered for, in words."""
        return str(self.letter or self.reply or self.closing or self.due_change)
