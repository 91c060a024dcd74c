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
from yuetan.models.papers.receipt_correction import ReceiptCorrection

if TYPE_CHECKING:
    from yuetan.models.people.user import User


class ReceiptScanQuerySet(StoredFileQuerySet):
    """Questions about many scans of receipts on paper."""

    def visible_to(self, user: User) -> ReceiptScanQuerySet:
        """Of 督导 whoever sees the paper; of a notice of 会议, which many sign for, the office and whom it went to.

        One that was replaced, perhaps of another unit, the inner side alone, but for whom the paper went to (回避).
        """
        papers = Document.objects.visible_to(user).filter(visit__isnull=False).order_by().values("pk")
        own = Invitation.objects.of_person(user).order_by().values("pk")
        meets = user.has_perm(permissions.name(SEE_MEETINGS))
        of_rounds, of_meetings = Q(invitation=None, document__in=papers), Q(invitation__isnull=False)
        seen = self.filter(of_rounds | (of_meetings if meets else Q(invitation__in=own)))
        if not (meets and Document.objects.shows_a_role(user)):
            return seen.in_force()
        to_own = Q(invitation__in=own) | Q(document__visit__unit__in=user.interviewed_units)
        return seen.filter(Q(is_former=False) | ~to_own)

    def in_force(self) -> ReceiptScanQuerySet:
        """Those that a correction has not set aside."""
        return self.filter(is_former=False)

    def with_papers(self) -> ReceiptScanQuerySet:
        """With what was signed for, and for whom."""
        papers = self.select_related("document__visit__round", "document__visit__unit__parent", "document__entry")
        named = papers.select_related("document__meeting", "invitation__unit__parent", "invitation__post__unit__parent")
        return named.select_related("invitation__post__holder").defer("document__html", "document__facts")


class ReceiptScan(StoredFile):
    """One scan, written once, but for what looking for viruses finds; who uploaded it registered the receipt.

    `document` is what was signed for, by whom says the row of the unit: its visit, or its `invitation` to a meeting.
    `is_former` is one that a correction (更正纸质回执) set aside; `came_with` names the one by which another
    came in its stead.
    """

    document = models.ForeignKey(Document, models.PROTECT, related_name="receipt_scans")
    invitation = models.ForeignKey(Invitation, models.PROTECT, null=True, blank=True, related_name="receipt_scans")
    is_former = models.BooleanField("更正前的纸质回执", default=False)
    came_with = models.ForeignKey(ReceiptCorrection, models.PROTECT, null=True, blank=True, related_name="scans")
    file = models.FileField(upload_to="receipts/%Y/")

    objects = ReceiptScanQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ("uploaded_at", "id")
        indexes = BY_CONTENT
        constraints = (
            models.CheckConstraint(condition=THREAT_IS_NAMED, name="receipt_scan_names_its_threat"),
            models.UniqueConstraint(
                fields=("document",),
                condition=Q(invitation=None, is_former=False),
                name="one_receipt_scan_of_a_round_paper",
            ),
            models.UniqueConstraint(
                fields=("invitation",), condition=Q(is_former=False), name="one_receipt_scan_of_an_invitation"
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
        return f"{self.document.number}{'更正前' if self.is_former else ''}的纸质回执{of}"
