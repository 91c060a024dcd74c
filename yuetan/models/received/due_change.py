"""改定回复期限: the organ that wrote a letter granted another day for the reply; the day before it is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from yuetan.models.received.letter import ReceivedLetter
from yuetan.rules.dates import clock

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from yuetan.models.received.received_paper import ReceivedPaper


class ReceivedDueChange(models.Model):
    """One change of the day, on the organ's word; never edited, a wrong one is followed by another.

    `after_version` is how many versions of the reply there were: by it the last of what set a day is known, a return
    or a change.
    """

    letter = models.ForeignKey(ReceivedLetter, models.PROTECT, related_name="due_changes")
    after_version = models.PositiveSmallIntegerField("改定时已有的回复版次")
    former_due = models.DateField("原回复期限", null=True, blank=True)
    due_on = models.DateField("改定的回复期限")
    ground = models.TextField("依据")
    set_by = models.ForeignKey("yuetan.User", models.PROTECT, related_name="+")
    set_at = models.DateTimeField(default=clock.now)

    letter_id: UUID
    papers: RelatedManager[ReceivedPaper]
    objects = models.Manager["ReceivedDueChange"]()

    class Meta:
        default_permissions = ()
        ordering = ("letter", "after_version", "id")
        constraints = (
            models.CheckConstraint(
                condition=~Q(ground="") & (Q(former_due=None) | ~Q(due_on=F("former_due"))),
                name="received_due_change_changes",
            ),
        )

    def __str__(self) -> str:
        return f"{self.letter}回复期限的改定"
