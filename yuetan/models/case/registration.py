"""登记审定: what the office writes down of a meeting or of a signed paper, for a second person to check.

Of a case a meeting or a signed paper; of a measure a signed paper alone, for a meeting is cited there by its record.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from yuetan.rules.dates import clock
from yuetan.rules.text.official_text import chinese_date
from yuetan.vocabulary import ApprovalMethod, DecisionKind

NOT_LAID = "不予实施"  # what is decided against of a measure


class DecisionRegistration(models.Model):
    """One registered decision: it counts once another person of the office has compared it with its proof."""

    case = models.ForeignKey("yuetan.Case", models.PROTECT, null=True, blank=True, related_name="registrations")
    measure_laid = models.ForeignKey(
        "yuetan.AccountabilityMeasure", models.PROTECT, null=True, blank=True, related_name="registrations"
    )
    decision = models.CharField("审定结果", max_length=20, choices=DecisionKind.choices)
    method = models.CharField("审定方式", max_length=20, choices=ApprovalMethod.choices)
    meeting = models.CharField("会议名称及届次", max_length=100, blank=True)
    approver = models.ForeignKey("yuetan.User", models.PROTECT, related_name="+")
    delegator = models.ForeignKey("yuetan.User", models.PROTECT, null=True, blank=True, related_name="+")
    given_on = models.DateField("审定日期")
    opinion = models.TextField("审定意见")
    sha256 = models.CharField(max_length=64)
    proof = models.OneToOneField("yuetan.Attachment", models.PROTECT, null=True, related_name="registration")
    item = models.ForeignKey("yuetan.AgendaItem", models.PROTECT, null=True, blank=True, related_name="registrations")
    registered_by = models.ForeignKey("yuetan.User", models.PROTECT, related_name="+")
    registered_at = models.DateTimeField(default=clock.now)
    reviewed_by = models.ForeignKey("yuetan.User", models.PROTECT, null=True, blank=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True, blank=True)
    accepted = models.BooleanField(null=True)
    return_reason = models.TextField("退回原因", blank=True)

    class Meta:
        default_permissions = ()
        ordering = ("registered_at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("case",), condition=Q(reviewed_at=None), name="one_open_registration_per_case"
            ),
            models.UniqueConstraint(
                fields=("measure_laid",), condition=Q(reviewed_at=None), name="one_open_registration_per_measure"
            ),
            models.CheckConstraint(
                condition=Q(case__isnull=False, measure_laid=None)
                | Q(case=None, measure_laid__isnull=False, method=ApprovalMethod.SIGNED_PAPER),
                name="registration_of_a_case_or_of_a_measure",
            ),
            models.CheckConstraint(
                condition=Q(accepted=None, reviewed_by=None, reviewed_at=None)
                | Q(accepted=False, reviewed_by__isnull=False, reviewed_at__isnull=False)
                | (Q(accepted=True, reviewed_at__isnull=False) & ~Q(reviewed_by=F("registered_by"))),
                name="a_second_person_reviews_a_registration",
            ),
            models.CheckConstraint(condition=~Q(method=ApprovalMethod.ONLINE), name="only_paper_is_registered"),
            models.CheckConstraint(
                condition=Q(item=None, proof__isnull=False)
                | Q(item__isnull=False, proof=None, method=ApprovalMethod.MEETING),
                name="proven_by_a_scan_or_by_a_meeting",
            ),
        )

    measure_laid_id: object
    proof_id: object

    def __str__(self) -> str:
        return f"{self.decision_words}（{self.words}）"

    @property
    def decision_words(self) -> str:
        """审定同意, 不予约谈 or 不予实施."""
        if self.measure_laid_id is not None and self.decision == DecisionKind.DECLINED:
            return NOT_LAID
        return str(DecisionKind(self.decision).label)

    @property
    def shown_as(self) -> str:
        """What names it to who compares it: never what names the item of a meeting."""
        return f"paper-{self.pk}" if self.measure_laid_id is not None else str(self.pk)

    @property
    def words(self) -> str:
        """会议审定（领导小组2026年第3次会议），2026年11月22日."""
        meeting = f"（{self.meeting}）" if self.meeting else ""
        return f"{ApprovalMethod(self.method).label}{meeting}，{chinese_date(self.given_on)}"
