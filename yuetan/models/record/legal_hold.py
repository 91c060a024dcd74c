"""冻结: a closed case that must be kept whatever its 保管期限 says, placed by one person and lifted by another."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from yuetan.models.case.case import Case
from yuetan.rules.dates import clock
from yuetan.rules.text.official_text import chinese_date


class LegalHold(models.Model):
    """One hold with its reason; a case may have several, each for a matter of its own."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="legal_holds")
    reason = models.TextField("冻结原因")
    placed_by = models.ForeignKey("yuetan.User", models.PROTECT, related_name="+")
    placed_at = models.DateTimeField("冻结时间", default=clock.now)
    lifted_by = models.ForeignKey("yuetan.User", models.PROTECT, null=True, blank=True, related_name="+")
    lifted_at = models.DateTimeField("解除时间", null=True, blank=True)
    lift_reason = models.TextField("解除原因", blank=True)

    class Meta:
        default_permissions = ()
        ordering = ("placed_at", "id")
        indexes = (models.Index(fields=("case",), condition=Q(lifted_at=None), name="hold_in_force"),)
        constraints = (
            models.CheckConstraint(condition=~Q(reason=""), name="hold_has_its_reason"),
            models.CheckConstraint(
                condition=Q(lifted_by=None, lifted_at=None, lift_reason="")
                | (Q(lifted_by__isnull=False, lifted_at__isnull=False) & ~Q(lift_reason="")),
                name="hold_is_lifted_whole",
            ),
            models.CheckConstraint(condition=~Q(lifted_by=F("placed_by")), name="who_places_a_hold_does_not_lift_it"),
        )

    def __str__(self) -> str:
        """因行政复议（张一，2026年11月20日冻结）."""
        return f"{self.reason}（{self.placed_by.name}，{chinese_date(self.placed_at)}冻结）"
