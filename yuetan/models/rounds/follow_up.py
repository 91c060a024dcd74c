"""What followed from a visit beside its tasks: a 提醒函, a measure of a 责任制 or a proposal of an interview."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.db import models

from yuetan.models.rounds.visit import RoundVisit
from yuetan.models.subjects import SUBJECTS, Subject, subject_of
from yuetan.rules.dates import clock

if TYPE_CHECKING:
    from yuetan.models.people.user import User

FOLLOWING = ("case", "letter", "measure_laid")


class RoundFollowUpQuerySet(models.QuerySet["RoundFollowUp"]):
    """Questions about many of them."""

    def of_visit_for(self, visit: RoundVisit, user: User) -> list[Subject]:
        """What followed from a visit, as far as the person may see it."""
        rows = self.filter(visit=visit).select_related("case__unit", "letter__unit", "measure_laid__unit")
        subjects = [row.subject for row in rows.order_by("pk")]
        seen = {about: set(_keys_seen(about, subjects, user)) for about in FOLLOWING}
        return [one for one in subjects if one.pk in seen[one.ABOUT]]


def _keys_seen(about: str, subjects: list[Subject], user: User) -> models.QuerySet[Subject]:
    keys = [one.pk for one in subjects if about == one.ABOUT]
    return SUBJECTS[about].objects.visible_to(user).filter(pk__in=keys).values_list("pk", flat=True)


class RoundFollowUp(models.Model):
    """One thing that followed, linked when it was drafted from the page of the visit."""

    visit = models.ForeignKey(RoundVisit, models.PROTECT, related_name="follow_ups")
    case = models.ForeignKey("yuetan.Case", models.PROTECT, null=True, blank=True, related_name="round_links")
    letter = models.ForeignKey("yuetan.Letter", models.PROTECT, null=True, blank=True, related_name="round_links")
    measure_laid = models.ForeignKey(
        "yuetan.AccountabilityMeasure", models.PROTECT, null=True, blank=True, related_name="round_links"
    )
    linked_by = models.ForeignKey("yuetan.User", models.PROTECT, related_name="+")
    linked_at = models.DateTimeField(default=clock.now)

    visit_id: uuid.UUID
    objects = RoundFollowUpQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(case__isnull=False, letter=None, measure_laid=None)
                | models.Q(case=None, letter__isnull=False, measure_laid=None)
                | models.Q(case=None, letter=None, measure_laid__isnull=False),
                name="round_link_of_one_thing",
            ),
            *(
                models.UniqueConstraint(fields=("visit", name), name=f"{name}_follows_a_visit_once")
                for name in FOLLOWING
            ),
        )

    def __str__(self) -> str:
        return f"{self.visit}之后的{self.subject.title}"

    assignment = None  # what it gives to do has the visit as its source

    @property
    def subject(self) -> Subject:
        """What followed."""
        subject = subject_of(self)
        assert subject is not None
        return subject
