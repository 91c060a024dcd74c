"""更正纸质回执: a receipt that was registered wrongly; what stood, why and by whom stays to be read."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.utils import timezone

from yuetan.models.flow.signed_for import SignedFor
from yuetan.models.meeting.invitation import Invitation
from yuetan.models.papers.document import Document, Receipt
from yuetan.rules.dates import clock
from yuetan.rules.text.correction_words import correction_words
from yuetan.rules.text.official_text import chinese_date

LABELS = {"signer": "签收人", "title": "职务", "signed_on": "签收日期"}  # the scan has no words to show


def signed_by_hand(receipt: Receipt) -> SignedFor:
    """Who signed by hand, as a receipt of a paper of a case or its kin says."""
    return SignedFor(None, receipt.signer_name, receipt.signed_title, receipt.signed_at)


def registered(signed: SignedFor, scan: str) -> dict[str, str]:
    """What is registered of a receipt of paper, as a correction keeps it; of the scan its digest."""
    day = timezone.localtime(signed.at).date().isoformat()
    return {"signer": signed.name, "title": signed.title, "signed_on": day, "scan": scan}


class ReceiptCorrection(models.Model):
    """One correction: what was registered before, and after; nothing after if the paper was not signed for at all.

    A 会议通知 is one paper that many sign for: whose receipt it was says the `invitation`.
    """

    document = models.ForeignKey(Document, models.PROTECT, related_name="receipt_corrections")
    invitation = models.ForeignKey(
        Invitation, models.PROTECT, null=True, blank=True, related_name="receipt_corrections"
    )
    before = models.JSONField()
    after = models.JSONField(default=dict, blank=True)
    reason = models.TextField("更正原因")
    corrected_by = models.ForeignKey("yuetan.User", models.PROTECT, related_name="+")
    corrected_at = models.DateTimeField(default=clock.now)

    class Meta:
        default_permissions = ()
        ordering = ("corrected_at", "id")
        constraints = (models.CheckConstraint(condition=~models.Q(reason=""), name="receipt_correction_has_a_reason"),)

    def __str__(self) -> str:
        return f"{self.document.number}：{self.words}"

    @property
    def of_whom(self) -> str:
        """Whose receipt it was: the unit of 督导, or whoever was convened."""
        if self.invitation is not None:
            return self.invitation.label
        return str(self.document.visit.unit.full_name) if self.document.visit is not None else self.document.addressee

    @property
    def words(self) -> str:
        """签收人由“张一”更正为“张乙”；扫描件已更换; 原登记由张一（联络员）于……签收，登记有误，已撤销."""
        if not self.after:
            day = _as_registered("signed_on", self.before["signed_on"])
            return f"原登记由{self.before['signer']}（{self.before['title']}）于{day}签收，登记有误，已撤销"
        changed = correction_words(LABELS, self.before, self.after, _as_registered)
        return "；".join([*filter(None, [changed]), *self._new_scan()])

    def _new_scan(self) -> list[str]:
        return ["扫描件已更换"] if self.before["scan"] != self.after["scan"] else []


def _as_registered(name: str, value: str) -> str:
    return chinese_date(date.fromisoformat(value)) if name == "signed_on" else value
