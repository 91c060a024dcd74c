"""督导情况: what at least two of the team saw at a unit, on a day; withdrawn with a reason where it was wrong."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from yuetan.models.rounds.followed import about_point, outcome_words
from yuetan.models.rounds.visit import RoundVisit
from yuetan.rules.dates import clock
from yuetan.rules.text.official_text import joined

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from yuetan.models.people.user import User
    from yuetan.models.rounds.round_file import RoundFile


class RoundFindingQuerySet(models.QuerySet["RoundFinding"]):
    """Questions about many findings of 督导."""

    def visible_to(self, user: User) -> RoundFindingQuerySet:
        """Whoever sees the visit as one of the office: a unit reads them in the 督导意见书."""
        visits = RoundVisit.objects.visible_to(user).exclude(unit__in=user.interviewed_units)
        return self.filter(visit__in=visits.order_by().values("pk"))

    def standing_of(self, visit: RoundVisit) -> RoundFindingQuerySet:
        """Those of a visit that were not withdrawn, each with it, for one that answers a point quotes that."""
        return self.filter(visit=visit, withdrawn_at=None).select_related("visit")


class RoundFinding(models.Model):
    """One thing seen, a problem or not; of 跟踪督查 one that `answers` a point by its number says whether that was put
    right: a problem is 未整改. `seen_by` names who was there, each with key, name and post of the team.

    What a correction of the 督导意见书 says in other words takes the number of the one that it withdraws.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    visit = models.ForeignKey(RoundVisit, models.PROTECT, related_name="findings")
    number = models.PositiveSmallIntegerField("序号")
    seen_on = models.DateField("现场日期")
    place = models.CharField("地点", max_length=100, blank=True)
    words = models.TextField("情况")
    is_problem = models.BooleanField("是问题", default=False)
    answers = models.PositiveSmallIntegerField("跟踪的问题", null=True, blank=True)
    seen_by = models.JSONField("在场的督导组成员", default=list)
    recorded_by = models.ForeignKey("yuetan.User", models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now)
    withdrawn_by = models.ForeignKey("yuetan.User", models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawal_reason = models.TextField("撤回原因", blank=True)

    visit_id: uuid.UUID
    files: RelatedManager[RoundFile]
    objects = RoundFindingQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ("visit", "number", "recorded_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("visit", "number"), condition=Q(withdrawn_at=None), name="one_finding_per_number"
            ),
            models.UniqueConstraint(
                fields=("visit", "answers"), condition=Q(withdrawn_at=None), name="one_finding_per_point"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None, withdrawal_reason="")
                | (Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawal_reason="")),
                name="finding_is_withdrawn_whole",
            ),
        )

    def __str__(self) -> str:
        return f"{self.visit}第{self.number}项督导情况"

    @property
    def names_seen(self) -> str:
        """张一（承办人）、周七（督查员）."""
        return joined([f"{name}（{title}）" for _, name, title in self.seen_by])

    @property
    def outcome(self) -> str:
        """已整改 or 未整改 of a point of 跟踪督查; empty for what is of none."""
        return outcome_words(is_problem=self.is_problem) if self.answers is not None else ""

    @property
    def statement(self) -> str:
        """What was seen; of a point of 跟踪督查 with that and whether it was put right."""
        if self.answers is None:
            return self.words
        point = self.visit.point_followed(self.answers)
        return about_point(self.words, point, is_problem=self.is_problem) if point else self.words

    @property
    def unquoted_statement(self) -> str:
        """The same, which names the point by its place alone: for whoever may not read what is followed."""
        if self.answers is None:
            return self.words
        return f"针对跟踪的第{self.answers}项问题，{self.outcome}：{self.words}"
