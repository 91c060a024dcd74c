"""挂牌督办: the work team that is sent (工作组), what it reports, and what was asked and decided about 摘牌."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from yuetan.models.ladder.measure import AccountabilityMeasure
from yuetan.rules.dates import clock
from yuetan.rules.text.official_text import chinese_date

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from yuetan.models.files.attachment import Attachment


class TeamMembership(models.Model):
    """One member of the work team from one day to another, by the name and post of then.

    Who leads it later, or has another post later, is another row; nothing of a row changes but its end.
    """

    measure_laid = models.ForeignKey(AccountabilityMeasure, models.PROTECT, related_name="team_members")
    name = models.CharField("姓名", max_length=40)
    title = models.CharField("单位和职务", max_length=100)
    leads = models.BooleanField("组长", default=False)
    joined_on = models.DateField("自")
    left_on = models.DateField("至", null=True, blank=True)
    set_by = models.ForeignKey("yuetan.User", models.PROTECT, related_name="+")
    set_at = models.DateTimeField(default=clock.now)

    class Meta:
        default_permissions = ()
        ordering = ("measure_laid", "joined_on", "-leads", "id")
        constraints = (
            models.CheckConstraint(condition=~Q(name="") & ~Q(title=""), name="team_member_has_name_and_post"),
            models.CheckConstraint(
                condition=Q(left_on=None) | Q(left_on__gte=F("joined_on")), name="team_member_leaves_after_joining"
            ),
            models.UniqueConstraint(
                fields=("measure_laid",), condition=Q(leads=True, left_on=None), name="one_leads_the_work_team"
            ),
        )

    def __str__(self) -> str:
        return f"{self.title}{self.name}"

    @property
    def when(self) -> str:
        """自……起, or 自……至……."""
        since = f"自{chinese_date(self.joined_on)}"
        return f"{since}至{chinese_date(self.left_on)}" if self.left_on else f"{since}起"


class TeamReport(models.Model):
    """What the work team reported on one day; of the office alone."""

    measure_laid = models.ForeignKey(AccountabilityMeasure, models.PROTECT, related_name="team_reports")
    reported_on = models.DateField("报告日期")
    words = models.TextField("报告内容")
    registered_by = models.ForeignKey("yuetan.User", models.PROTECT, related_name="+")
    registered_at = models.DateTimeField(default=clock.now)

    attachments: RelatedManager[Attachment]

    class Meta:
        default_permissions = ()
        ordering = ("measure_laid", "reported_on", "id")
        constraints = (models.CheckConstraint(condition=~Q(words=""), name="team_report_says_something"),)

    def __str__(self) -> str:
        return f"{chinese_date(self.reported_on)}工作组报告"


class DelistingRequest(models.Model):
    """摘牌 asked by the unit or proposed by the supervisor, and what who listed decided on it."""

    measure_laid = models.ForeignKey(AccountabilityMeasure, models.PROTECT, related_name="delisting_requests")
    by_unit = models.BooleanField("单位申请")
    words = models.TextField("申请、提请的理由")
    asked_by = models.ForeignKey("yuetan.User", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=clock.now)
    granted = models.BooleanField(null=True)
    opinion = models.TextField("决定意见", blank=True)
    decided_by = models.ForeignKey("yuetan.User", models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    attachments: RelatedManager[Attachment]

    class Meta:
        default_permissions = ()
        ordering = ("measure_laid", "asked_at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("measure_laid", "by_unit"), condition=Q(granted=None), name="one_delisting_request_at_a_time"
            ),
            models.CheckConstraint(condition=~Q(words=""), name="delisting_request_says_why"),
            models.CheckConstraint(
                condition=Q(granted=None, decided_by=None, decided_at=None, opinion="")
                | (Q(granted__isnull=False, decided_by__isnull=False, decided_at__isnull=False) & ~Q(opinion="")),
                name="delisting_decision_is_whole",
            ),
            models.CheckConstraint(condition=~Q(asked_by=F("decided_by")), name="who_asks_does_not_delist"),
        )

    def __str__(self) -> str:
        return f"{'单位申请' if self.by_unit else '督查员提请'}摘牌（{self.outcome}）"

    @property
    def outcome(self) -> str:
        """How the request for 摘牌 stands, in a word."""
        return {None: "待决定", True: "同意", False: "不同意"}[self.granted]


def team_on(memberships: list[TeamMembership], day: date) -> list[TeamMembership]:
    """Who is of the team on a day, who leads it first."""
    there = [one for one in memberships if one.joined_on <= day and (one.left_on is None or one.left_on > day)]
    return sorted(there, key=lambda one: (not one.leads, one.pk))
