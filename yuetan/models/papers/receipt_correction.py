"""更正纸质回执: a receipt that was registered wrongly; what stood, why and by whom stays to be read."""

from datetime import date

from django.db import models
from django.utils import timezone

from yuetan.models.papers.document import Document, Receipt
from yuetan.rules.dates import clock
from yuetan.rules.text.official_text import chinese_date

LABELS = {"signer": "签收人", "title": "职务", "signed_on": "签收日期", "scan": "扫描件"}


def registered(receipt: Receipt) -> dict[str, str]:
    """What is registered of a receipt of paper, as a correction keeps it; of the scan its digest."""
    assert receipt.scan is not None
    day = timezone.localtime(receipt.signed_at).date().isoformat()
    return {
        "signer": receipt.signer_name,
        "title": receipt.signed_title,
        "signed_on": day,
        "scan": receipt.scan.sha256,
    }


class ReceiptCorrection(models.Model):
    """One correction: what was registered before, and after; nothing after if the paper was not signed for at all."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="receipt_corrections")
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
    def words(self) -> str:
        """签收人由“张一”更正为“张乙”; 原登记由张一签收有误，实际尚未签收."""
        if not self.after:
            who, day = f"{self.before['signer']}（{self.before['title']}）", self.before["signed_on"]
            return f"原登记由{who}于{chinese_date(date.fromisoformat(day))}签收，登记有误，已撤销"
        changes = [name for name in LABELS if self.before[name] != self.after[name]]
        return "；".join(self._change(name) for name in changes)

    def _change(self, name: str) -> str:
        if name == "scan":
            return "扫描件已更换"
        was, now = self.before[name], self.after[name]
        if name == "signed_on":
            was, now = (chinese_date(date.fromisoformat(day)) for day in (was, now))
        return f"{LABELS[name]}由“{was}”更正为“{now}”"
