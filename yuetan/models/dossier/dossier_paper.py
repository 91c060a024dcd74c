"""Files of the dossier: the 述职报告 of a leader, and the paper of a commendation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from yuetan.models.dossier.commendation import Commendation
from yuetan.models.dossier.entry import DossierEntry
from yuetan.models.files.stored_file import BY_CONTENT, THREAT_IS_NAMED, StoredFile, StoredFileQuerySet

if TYPE_CHECKING:
    from yuetan.models.people.user import User


class DossierPaperQuerySet(StoredFileQuerySet):
    """Questions about many papers of a dossier."""

    def visible_to(self, user: User) -> DossierPaperQuerySet:
        """Whoever sees the entry or the commendation sees its file."""
        entries = DossierEntry.objects.visible_to(user).order_by().values("pk")
        commendations = Commendation.objects.visible_to(user).order_by().values("pk")
        return self.filter(Q(entry__in=entries) | Q(commendation__in=commendations))

    def reports_of(self, entry: DossierEntry) -> DossierPaperQuerySet:
        """The 述职报告 of a version: its own files, or those of the last version before it that has any."""
        before = self.filter(entry__in=entry.versions.filter(version__lte=entry.version))
        last = before.order_by("-entry__version").values("entry")[:1]
        return self.filter(entry__in=last).order_by("uploaded_at", "id")


class DossierPaper(StoredFile):
    """A file of an entry or a commendation; written once, but for what looking for viruses finds."""

    entry = models.ForeignKey(DossierEntry, models.PROTECT, null=True, blank=True, related_name="papers")
    commendation = models.ForeignKey(Commendation, models.PROTECT, null=True, blank=True, related_name="papers")
    file = models.FileField(upload_to="dossiers/%Y/")

    objects = DossierPaperQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ("uploaded_at", "id")
        indexes = BY_CONTENT
        constraints = (
            models.CheckConstraint(condition=THREAT_IS_NAMED, name="dossier_paper_names_its_threat"),
            models.CheckConstraint(
                condition=Q(entry__isnull=False) ^ Q(commendation__isnull=False), name="dossier_paper_is_of_one_thing"
            ),
        )

    @property
    def thing(self) -> tuple[object, ...]:
        """The rows of a dossier for which the file was offered."""
        return (self.entry_id, self.commendation_id)

    @property
    def used_for(self) -> str:
        """What the file of a dossier was offered for, in words."""
        return f"{self.entry}：述职报告" if self.entry else f"{self.commendation}"
