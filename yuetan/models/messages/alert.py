"""站内消息: alerts to people, their delivery by mail and gateway, and the runs of the daily job."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from yuetan import permissions
from yuetan.models.assignment.assignment import Assignment
from yuetan.models.case.case import Case
from yuetan.models.ladder.measure import AccountabilityMeasure
from yuetan.models.letter.letter import Letter
from yuetan.models.subjects import SUBJECTS
from yuetan.rules.dates import clock
from yuetan.vocabulary import AlertChannel, DeliveryState

if TYPE_CHECKING:
    from datetime import date

    from yuetan.models.people.user import User

MAX_UNREAD = 100


class AlertQuerySet(models.QuerySet["Alert"]):
    """Questions about many messages."""

    def visible_to(self, user: User) -> AlertQuerySet:
        """A person's own, as far as they may still see what these are about."""
        own = self.filter(recipient=user)
        for about, model in SUBJECTS.items():
            if not model.objects.shows_all_to(user):
                own = own.filter(Q(**{about: None}) | model.objects.all().visible_if(user, f"{about}__"))
        return own

    def unread(self) -> AlertQuerySet:
        """Not opened yet."""
        return self.filter(read_at=None)

    def capped_count(self) -> int:
        """How many, counted no further than a hundred."""
        return self.order_by()[:MAX_UNREAD].count()


class Alert(models.Model):
    """One message to one person; the unique key identifies its occasion, so that it is sent once."""

    recipient = models.ForeignKey("yuetan.User", models.PROTECT, related_name="alerts", db_index=False)
    key = models.CharField(max_length=80)
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="alerts")
    letter = models.ForeignKey(Letter, models.PROTECT, null=True, blank=True, related_name="alerts")
    measure_laid = models.ForeignKey(
        AccountabilityMeasure, models.PROTECT, null=True, blank=True, related_name="alerts"
    )
    assignment = models.ForeignKey(Assignment, models.PROTECT, null=True, blank=True, related_name="alerts")
    text = models.CharField("内容", max_length=400)
    created_at = models.DateTimeField(default=clock.now)
    read_at = models.DateTimeField(null=True, blank=True)

    objects = AlertQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ("-created_at", "-id")
        constraints = (models.UniqueConstraint(fields=("recipient", "key"), name="told_once"),)
        indexes = (
            models.Index(fields=("recipient", "-created_at", "-id")),
            models.Index(
                fields=("recipient", "-created_at", "-id"), condition=Q(read_at=None), name="unread_alerts_by_time"
            ),
        )

    def __str__(self) -> str:
        return self.text


class Delivery(models.Model):
    """One message on one channel (邮件, 网关): the outbox and its log."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    alert = models.ForeignKey(Alert, models.PROTECT, related_name="deliveries")
    channel = models.CharField("渠道", max_length=10, choices=AlertChannel.choices)
    state = models.CharField("状态", max_length=10, choices=DeliveryState.choices, default=DeliveryState.WAITING)
    attempts = models.PositiveSmallIntegerField("次数", default=0)
    next_attempt_at = models.DateTimeField(default=clock.now)
    changed_at = models.DateTimeField(default=clock.now)
    problem = models.CharField("问题", max_length=300, blank=True)

    class Meta:
        default_permissions = ()
        permissions = permissions.of_model("delivery")
        ordering = ("-changed_at", "-id")
        constraints = (models.UniqueConstraint(fields=("alert", "channel"), name="one_delivery_a_channel"),)
        indexes = (
            models.Index(fields=("state", "next_attempt_at")),
            models.Index(fields=("-changed_at", "-id"), name="delivery_newest"),
            models.Index(fields=("state", "-changed_at", "-id"), name="delivery_in_state"),
        )

    def __str__(self) -> str:
        return f"{self.get_channel_display()} {self.get_state_display()}"


class Reminder(models.Model):
    """One reminder point reached for one date; it is unique, so that daily runs remind once."""

    key = models.CharField(max_length=80, unique=True)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.key


class DailyRunQuerySet(models.QuerySet["DailyRun"]):
    """Questions about many runs."""

    def begun_on(self, day: date) -> DailyRunQuerySet:
        """That began on a day: they do what was due on it."""
        after = clock.day_begins(day + timedelta(days=1))
        return self.filter(began_at__gte=clock.day_begins(day), began_at__lt=after)

    def finished(self) -> DailyRunQuerySet:
        """All of whose jobs were done, the latest first."""
        return self.exclude(finished_at=None).order_by("-finished_at")

    def ended(self) -> DailyRunQuerySet:
        """That came to their end, with or without problems, the latest first."""
        return self.exclude(finished_at=None, problems={})


class DailyRun(models.Model):
    """One run of what the clock brings (每日任务); finished when every job was done, `problems` by the job's name."""

    began_at = models.DateTimeField(default=clock.now)
    finished_at = models.DateTimeField(null=True, blank=True)
    results = models.JSONField(default=dict, blank=True)
    problems = models.JSONField(default=dict, blank=True)

    objects = DailyRunQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ("-began_at",)
        indexes = (models.Index(fields=("-finished_at",)),)

    def __str__(self) -> str:
        return f"每日任务 {self.began_at:%Y-%m-%d %H:%M}"
