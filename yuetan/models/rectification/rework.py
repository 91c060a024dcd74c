"""重新整改: tasks to be done again with a new limit, asked for by the supervisor and decided by the director."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from yuetan.models.case.case import Case
from yuetan.models.rectification.task import Task
from yuetan.rules.dates import clock
from yuetan.vocabulary import ReworkKind


class ReworkRequest(models.Model):
    """One request, and the decision of somebody else on it: the only way to a new limit after an inspection."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="rework_requests")
    kind = models.CharField("提请", max_length=20, choices=ReworkKind.choices)
    tasks = models.ManyToManyField(Task, related_name="rework_requests", verbose_name="重新整改的任务")
    reason = models.TextField("原因")
    new_due_on = models.DateField("新的时限")
    requested_by = models.ForeignKey("yuetan.User", models.PROTECT, related_name="+")
    requested_at = models.DateTimeField(default=clock.now)
    granted = models.BooleanField(null=True)
    opinion = models.TextField("决定意见", blank=True)
    decided_by = models.ForeignKey("yuetan.User", models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        default_permissions = ()
        ordering = ("requested_at", "id")
        indexes = (models.Index(fields=("decided_at",), name="rework_by_decision"),)
        constraints = (
            models.UniqueConstraint(fields=("case",), condition=Q(granted=None), name="one_rework_request_a_case"),
            models.CheckConstraint(
                condition=Q(granted=None, decided_by=None, decided_at=None, opinion="")
                | (Q(granted__isnull=False, decided_by__isnull=False, decided_at__isnull=False) & ~Q(opinion="")),
                name="rework_decision_is_whole",
            ),
            models.CheckConstraint(condition=~Q(requested_by=F("decided_by")), name="requester_does_not_decide"),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()}（{self.outcome}）"

    @property
    def outcome(self) -> str:
        """How the request for more work stands, in a word."""
        return {None: "待决定", True: "同意", False: "不同意"}[self.granted]
