"""纸质回执 of what 会议 and 督导 send: its scan, for whoever reads the paper that was signed for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from yuetan import permissions
from yuetan.models.files.stored_file import BY_CONTENT, THREAT_IS_NAMED, StoredFile, StoredFileQuerySet
from yuetan.models.meeting.invitation import Invitation
from yuetan.models.meeting.meeting import SEE_MEETINGS
from yuetan.models.papers.document import Document

if TYPE_CHECKING:
    from yuetan.models.people.user import User


class ReceiptScanQuerySet(StoredFileQuerySet):
    """Questions about many scans of receipts on paper."""

    def visible_to(self, user: User) -> ReceiptScanQuerySet:
        """Of 督导 whoever sees the paper; of a notice of 会议, which many sign for, the office and whom it went to."""
        papers = Document.objects.visible_to(user).filter(visit__isnull=False).order_by().values("pk")
        of_rounds = Q(invitation=None, document__in=papers)
        if user.has_perm(permissions.name(SEE_MEETINGS)):
            return self.filter(of_rounds | Q(invitation__isnull=False))
        own = Invitation.objects.of_person(user).order_by().values("pk")
        return self.filter(of_rounds | Q(invitation__in=own))

    def with_papers(self) -> ReceiptScanQuerySet:
        """With what was signed for, and for whom."""
        papers = self.select_related("document__visit__round", "document__visit__unit__parent", "document__entry")
        named = papers.select_related("document__meeting", "invitation__unit__parent", "invitation__post__unit__parent")
        return named.select_related("invitation__post__holder").defer("document__html", "document__facts")


class ReceiptScan(StoredFile):
    """One scan, written once, but for what looking for viruses finds; who uploaded it registered the receipt.

    `document` is what was signed for, by whom says the row of the unit: its visit, or its `invitation` to a meeting.
    """

    document = models.ForeignKey(Document, models.PROTECT, related_name="receipt_scans")
    invitation = models.OneToOneField(Invitation, models.PROTECT, null=True, blank=True, related_name="receipt_scan")
    file = models.FileField(upload_to="receipts/%Y/")

    objects = ReceiptScanQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ("uploaded_at", "id")
        indexes = BY_CONTENT
        constraints = (
            models.CheckConstraint(condition=THREAT_IS_NAMED, name="receipt_scan_names_its_threat"),
            models.UniqueConstraint(
                fields=("document",), condition=Q(invitation=None), name="one_receipt_scan_of_a_round_paper"
            ),
        )

    @property
    def thing(self) -> tuple[object, ...]:
        """The rows of a receipt on paper for which the file was offered."""
        return (self.document_id, self.invitation_id)

    @property
    def of_whom(self) -> str:
        """Whose receipt it is: the unit, or the post to which the notice of a meeting went."""
        if self.invitation is not None:
            return self.invitation.label
        assert self.document.visit is not None
        return str(self.document.visit.unit.full_name)

    @property
    def used_for(self) -> str:
        """What the file of a receipt on paper was offered for, in words."""
        of = f"（{self.invitation.label}）" if self.invitation is not None else ""
        return f"{self.document.number}的纸质回执{of}"
