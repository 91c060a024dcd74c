"""What is put before other bodies about a measure: 书面建议 to the superior of a unit, and 移送."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yuetan.models.ladder.measure import AccountabilityMeasure
from yuetan.rules.dates import clock
from yuetan.vocabulary import ReferralKind, ReferralOutcome

MAX_SIGNS = 100


class Referral(models.Model):
    """One paper to one other body: who took it there, and what that body decided; recorded here, never decided here.

    A paper to two bodies has a row for each, for each takes and answers it by itself.
    """

    measure_laid = models.ForeignKey(AccountabilityMeasure, models.PROTECT, related_name="referrals")
    kind = models.CharField("种类", max_length=20, choices=ReferralKind.choices)
    organ = models.CharField("受理机关", max_length=MAX_SIGNS)
    reason = models.TextField("理由")
    document = models.ForeignKey("yuetan.Document", models.PROTECT, related_name="referrals")
    referred_by = models.ForeignKey("yuetan.User", models.PROTECT, related_name="+")
    referred_at = models.DateTimeField(default=clock.now)
    received_by = models.CharField("签收人及职务", max_length=100, blank=True)
    received_on = models.DateField("签收日期", null=True, blank=True)
    receipt_scan = models.OneToOneField("yuetan.Attachment", models.PROTECT, null=True, blank=True, related_name="+")
    receipt_recorded_by = models.ForeignKey("yuetan.User", models.PROTECT, null=True, blank=True, related_name="+")
    outcome = models.CharField("办理结果", max_length=20, choices=ReferralOutcome.choices, blank=True)
    outcome_words = models.TextField("结果说明", blank=True)
    outcome_organ = models.CharField("作出决定的机关", max_length=MAX_SIGNS, blank=True)
    outcome_on = models.DateField("结果日期", null=True, blank=True)
    outcome_scan = models.OneToOneField("yuetan.Attachment", models.PROTECT, null=True, blank=True, related_name="+")
    outcome_recorded_by = models.ForeignKey("yuetan.User", models.PROTECT, null=True, blank=True, related_name="+")

    receipt_scan_id: object
    outcome_scan_id: object

    class Meta:
        default_permissions = ()
        ordering = ("measure_laid", "referred_at", "id")
        constraints = (
            models.UniqueConstraint(fields=("document", "organ"), name="one_referral_a_paper_and_body"),
            models.CheckConstraint(
                condition=Q(received_by="", received_on=None, receipt_scan=None, receipt_recorded_by=None)
                | Q(received_on__isnull=False, receipt_scan__isnull=False, receipt_recorded_by__isnull=False)
                & ~Q(received_by=""),
                name="referral_is_received_whole",
            ),
            models.CheckConstraint(
                condition=Q(
                    outcome="",
                    outcome_words="",
                    outcome_organ="",
                    outcome_on=None,
                    outcome_scan=None,
                    outcome_recorded_by=None,
                )
                | Q(
                    outcome__in=ReferralOutcome.values,
                    received_on__isnull=False,
                    outcome_on__gte=models.F("received_on"),
                    outcome_scan__isnull=False,
                    outcome_recorded_by__isnull=False,
                )
                & ~Q(outcome_organ=""),
                name="referral_outcome_is_recorded_whole",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()}（{self.organ}）"

    @property
    def waits_for_receipt(self) -> bool:
        """Whether nobody has recorded who took it."""
        return self.received_on is None

    @property
    def outstanding(self) -> str:
        """等待签收, 等待办理结果; empty once what came of it is recorded."""
        if self.waits_for_receipt:
            return "等待签收"
        return "等待办理结果" if self.waits_for_outcome else ""

    @property
    def waits_for_outcome(self) -> bool:
        """Whether it was received and nobody has recorded what came of it."""
        return self.received_on is not None and self.outcome_on is None
