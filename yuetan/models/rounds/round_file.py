"""Files of a round: photos and papers of a finding, and the signed sheet of a 集体结论; the office's alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from yuetan.models.files.stored_file import BY_CONTENT, THREAT_IS_NAMED, StoredFile, StoredFileQuerySet
from yuetan.models.rounds.finding import RoundFinding
from yuetan.models.rounds.opinion_correction import OpinionCorrection
from yuetan.models.rounds.visit import RoundVisit

if TYPE_CHECKING:
    from yuetan.models.people.user import User


class RoundFileQuerySet(StoredFileQuerySet):
    """Questions about many files of 督导."""

    def visible_to(self, user: User) -> RoundFileQuerySet:
        """The office and the leaders, but nobody of the unit: a photo may show who spoke up."""
        seen = RoundVisit.objects.visible_to(user).exclude(unit__in=user.interviewed_units)
        keys = seen.order_by().values("pk")
        return self.filter(Q(visit__in=keys) | Q(finding__visit__in=keys))


class RoundFile(StoredFile):
    """A file of a finding or of what a visit concluded; written once, but for what looking for viruses finds."""

    finding = models.ForeignKey(RoundFinding, models.PROTECT, null=True, blank=True, related_name="files")
    visit = models.ForeignKey(RoundVisit, models.PROTECT, null=True, blank=True, related_name="files")
    correction = models.ForeignKey(
        OpinionCorrection, models.PROTECT, null=True, blank=True, related_name="files"
    )  # of the 集体结论 of a correction; the visit is named too
    file = models.FileField(upload_to="rounds/%Y/")

    objects = RoundFileQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ("uploaded_at", "id")
        indexes = BY_CONTENT
        constraints = (
            models.CheckConstraint(condition=THREAT_IS_NAMED, name="round_file_names_its_threat"),
            models.CheckConstraint(
                condition=Q(correction=None) | Q(visit__isnull=False), name="round_file_of_a_correction_names_its_visit"
            ),
            models.CheckConstraint(
                condition=Q(finding__isnull=False) ^ Q(visit__isnull=False), name="round_file_is_of_one_thing"
            ),
        )

    @property
    def of_visit(self) -> RoundVisit:
        """The visit that it is of."""
        if self.visit is not None:
            return self.visit
        assert self.finding is not None
        return self.finding.visit

    @property
    def is_of_earlier_draft(self) -> bool:
        """Whether the 集体结论 or the correction that it was signed for was written anew since: it is of no paper."""
        if self.correction is not None:
            return self.uploaded_at < self.correction.drafted_at
        concluded_at = self.visit.concluded_at if self.visit is not None else None
        return concluded_at is not None and self.uploaded_at < concluded_at

    @property
    def thing(self) -> tuple[object, ...]:
        """The rows of a 督导 for which the file was offered."""
        return (self.finding_id, self.visit_id)

    @property
    def used_for(self) -> str:
        """What the file of a 督导 was offered for, in words."""
        return str(self.finding) if self.finding is not None else f"{self.visit}的集体结论"
