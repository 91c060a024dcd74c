"""议定事项: what a meeting gave a unit to do, and by when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from yuetan import permissions
from yuetan.models.meeting.agenda_item import AgendaItem
from yuetan.models.meeting.meeting import SEE_MEETINGS, Meeting
from yuetan.models.people.unit import Unit
from yuetan.rules.dates import clock

if TYPE_CHECKING:
    from yuetan.models.people.user import User


class ResolutionQuerySet(models.QuerySet["Resolution"]):
    """Questions about many resolutions of meetings."""

    def visible_to(self, user: User) -> ResolutionQuerySet:
        """A unit sees those given to it once the 会议纪要 are issued; the office and the leaders those of meetings
        whose 会议纪要 they may read, before that none that gives a unit of theirs something to do (回避)."""
        own = Q(unit__in=user.interviewed_units)
        given = own & Q(meeting__minuted_at__isnull=False)
        if not user.has_perm(permissions.name(SEE_MEETINGS)):
            return self.filter(given)
        hidden = AgendaItem.objects.meetings_not_whole_to(user)
        return self.filter(given | ~own & ~Q(meeting__in=hidden))

    def kept_from(self, user: User) -> ResolutionQuerySet:
        """Those of which the person hears no more than the unit in which they hold a post (回避)."""
        return self.filter(unit__in=user.interviewed_units, meeting__minuted_at=None)


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
