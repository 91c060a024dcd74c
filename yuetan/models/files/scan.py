"""盖章扫描件: the sealed paper as it came back from the scanner; a later scan does not replace the earlier ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from yuetan import permissions
from yuetan.models.files.stored_file import NEWEST_BY_CONTENT, THREAT_IS_NAMED, StoredFile, StoredFileQuerySet
from yuetan.models.papers.document import Document

if TYPE_CHECKING:
    from yuetan.models.people.user import User


class ScanQuerySet(StoredFileQuerySet):
    """Questions about many scans."""

    def visible_to(self, user: User) -> ScanQuerySet:
        """Whoever sees a paper sees its scans."""
        if Document.objects.shows_all_to(user):
            return self.all()
        return self.filter(document__in=Document.objects.visible_to(user))


class Scan(StoredFile):
    """One scan of one issued paper; written once, but for what looking for viruses finds."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="scans")
    file = models.FileField(upload_to="scans/%Y/")
    uploaded_by_title = models.CharField(max_length=200)

    objects = ScanQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        permissions = permissions.of_model("scan")
        ordering = ("-uploaded_at",)
        indexes = NEWEST_BY_CONTENT
        constraints = (models.CheckConstraint(condition=THREAT_IS_NAMED, name="scan_names_its_threat"),)

    @property
    def thing(self) -> tuple[object, ...]:
        """The rows of a stamped paper for which the file was offered."""
        return (self.document_id,)

    @property
    def used_for(self) -> str:
        """What the file of a stamped paper was offered for, in words."""
        return f"{self.document.number}：盖章扫描件"
