"""盖章扫描件: the sealed paper as it came back from the scanner; a later scan stands beside the earlier ones."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, OuterRef

from yuetan import permissions
from yuetan.models.document import Document, DocumentQuerySet
from yuetan.rules import clock

if TYPE_CHECKING:
    from yuetan.models.user import User


class ScanQuerySet(models.QuerySet["Scan"]):
    """Questions about many scans."""

    def visible_to(self, user: User) -> ScanQuerySet:
        """Whoever sees a paper sees its scans."""
        return self.filter(document__in=Document.objects.visible_to(user))


class Scan(models.Model):
    """One scan of one issued paper; written once."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    document = models.ForeignKey(Document, models.PROTECT, related_name="scans")
    name = models.CharField(max_length=130)
    kind = models.CharField(max_length=10)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    file = models.FileField(upload_to="scans/%Y/")
    uploaded_by = models.ForeignKey("yuetan.User", models.PROTECT, related_name="+")
    uploaded_by_title = models.CharField(max_length=200)
    uploaded_at = models.DateTimeField(default=clock.now)

    objects = ScanQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        permissions = permissions.of_model("scan")
        ordering = ("-uploaded_at",)

    def __str__(self) -> str:
        return self.name


def with_scan_mark(papers: DocumentQuerySet) -> DocumentQuerySet:
    """Papers, each with whether a stamped scan of it is there: `is_scanned`."""
    return papers.annotate(is_scanned=Exists(Scan.objects.filter(document=OuterRef("pk"))))
