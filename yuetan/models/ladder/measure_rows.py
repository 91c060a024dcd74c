"""What hangs on a measure of a 责任制: its grounds, its circumstances, and what is granted on it."""

from __future__ import annotations

from django.db import models
from guardian.models import GroupObjectPermissionBase, UserObjectPermissionBase

from yuetan.models.ladder.measure import AccountabilityMeasure
from yuetan.models.law.accountability import Circumstance
from yuetan.models.law.regulation import Ground


class MeasureGround(models.Model):
    """One 情形 of the text on which a measure rests."""

    measure_laid = models.ForeignKey(AccountabilityMeasure, models.PROTECT, related_name="measure_grounds")
    ground = models.ForeignKey(Ground, models.PROTECT, related_name="+")

    class Meta:
        default_permissions = ()
        ordering = ("ground",)
        constraints = (
            models.UniqueConstraint(fields=("measure_laid", "ground"), name="one_row_a_ground_of_a_measure"),
        )

    def __str__(self) -> str:
        return str(self.ground)


class CircumstanceAnswer(models.Model):
    """Whether one 情节 of the text applies to a measure, and why; of the office alone."""

    measure_laid = models.ForeignKey(AccountabilityMeasure, models.PROTECT, related_name="circumstance_answers")
    circumstance = models.ForeignKey(Circumstance, models.PROTECT, related_name="+")
    applies = models.BooleanField("是否具有")
    reason = models.TextField("理由")

    class Meta:
        default_permissions = ()
        ordering = ("circumstance",)
        constraints = (
            models.UniqueConstraint(fields=("measure_laid", "circumstance"), name="a_circumstance_is_answered_once"),
        )

    def __str__(self) -> str:
        return f"{self.circumstance}：{'有' if self.applies else '无'}"


class MeasureGroupPermission(GroupObjectPermissionBase):
    """A grant of one permission on one measure to the group of a unit's heads or liaisons."""

    content_object = models.ForeignKey(AccountabilityMeasure, models.CASCADE, related_name="group_grants")

    class Meta(GroupObjectPermissionBase.Meta):
        default_permissions = ()


class MeasureUserPermission(UserObjectPermissionBase):
    """Guardian wants a user model beside the group model; nobody is granted a measure in person."""

    content_object = models.ForeignKey(AccountabilityMeasure, models.CASCADE, related_name="user_grants")

    class Meta(UserObjectPermissionBase.Meta):
        default_permissions = ()
