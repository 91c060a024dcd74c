"""What the leading group decided on a proposal: who, in whose stead, how, when, and on which text."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from yuetan.rules.text.official_text import chinese_date
from yuetan.vocabulary import ApprovalMethod, CaseState


class CaseDecision(models.Model):
    """The decision as the case keeps it; its words and opinions stand in the events."""

    approver = models.ForeignKey("yuetan.User", models.PROTECT, null=True, blank=True, related_name="approved_cases")
    approved_for = models.ForeignKey("yuetan.User", models.PROTECT, null=True, blank=True, related_name="+")
    approval_method = models.CharField(max_length=20, choices=ApprovalMethod.choices, blank=True)
    approval_meeting = models.CharField("会议名称及届次", max_length=100, blank=True)
    approved_on = models.DateField(null=True, blank=True)
    approved_sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        abstract = True

    @property
    def approval_words(self) -> str:
        """会议审定（领导小组2026年第3次会议），2026年11月22日."""
        if self.approved_on is None:
            return ""
        meeting = f"（{self.approval_meeting}）" if self.approval_meeting else ""
        return f"{ApprovalMethod(self.approval_method).label}{meeting}，{chinese_date(self.approved_on)}"


# From 审定 on: a case stands in none of these without whoever approved it.
APPROVED_STATES = (
    *(CaseState.APPROVED, CaseState.NOTIFIED, CaseState.INTERVIEWED, CaseState.MINUTED),
    *(CaseState.RECTIFYING, CaseState.INSPECTING, CaseState.CLOSED),
)
DECISION_CONSTRAINTS = (
    models.CheckConstraint(condition=Q(state__in=CaseState.values), name="case_in_a_known_state"),
    models.CheckConstraint(
        condition=~Q(state__in=APPROVED_STATES) | Q(approver__isnull=False), name="approved_by_somebody"
    ),
    models.CheckConstraint(
        condition=~Q(approver=F("drafter")) & ~Q(approver=F("endorser")), name="approver_is_a_third_person"
    ),
    models.CheckConstraint(
        condition=~Q(approved_for=F("drafter")) & ~Q(approved_for=F("endorser")) & ~Q(approved_for=F("approver")),
        name="delegator_is_a_fourth_person",
    ),
    models.CheckConstraint(condition=Q(approver=None) | ~Q(approved_sha256=""), name="a_decision_is_bound_to_a_text"),
)
# The days by which cases are listed and counted.
INDEXES_BY_DAY = (
    models.Index(fields=("scheduled_at",), name="case_by_interview_time"),
    models.Index(fields=("due_on", "id"), name="case_by_limit"),
    models.Index(fields=("created_at",), name="case_by_registration"),
    models.Index(fields=("receipt_due_on", "id"), condition=Q(state="notified"), name="notified_by_receipt_limit"),
    *(
        models.Index(fields=(day,), condition=Q(**{f"{day}__isnull": False}), name=f"case_by_{day}")
        for day in ("approved_on", "interviewed_on", "closed_on")
    ),
)
