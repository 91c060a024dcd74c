"""议定事项: what a meeting gave a unit to do, and by when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from yuetan import permissions
from yuetan.models.meeting.meeting import SEE_MEETINGS, Meeting
from yuetan.models.people.unit import Unit
from yuetan.rules.dates import clock

if TYPE_CHECKING:
    from yuetan.models.people.user import User


class ResolutionQuerySet(models.QuerySet["Resolution"]):
    """Questions about many of them."""

    def visible_to(self, user: User) -> ResolutionQuerySet:
        """The office and the leaders see all, a unit those given to it once the 会议纪要 is issued."""
        if user.has_perm(permissions.name(SEE_MEETINGS)):
            return self.all()
        return self.filter(unit__in=user.interviewed_units, meeting__minuted_at__isnull=False)


class Resolution(models.Model):
    """One thing agreed; final once the 会议纪要 is issued."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="resolutions")
    number = models.PositiveSmallIntegerField("序号")
    text = models.TextField("议定事项")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="resolutions")
    due_on = models.DateField("完成时限")
    recorded_by = models.ForeignKey("yuetan.User", models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now)

    unit_id: int
    objects = ResolutionQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ("meeting", "number")
        indexes = (models.Index(fields=("unit", "due_on"), name="resolutions_of_unit"),)
        constraints = (
            models.UniqueConstraint(
                fields=("meeting", "number"), name="one_resolution_per_number", deferrable=models.Deferrable.DEFERRED
            ),
        )

    def __str__(self) -> str:
        return f"{self.meeting}议定事项第{self.number}项"
