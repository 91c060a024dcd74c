"""Files of an assessment: the proof of a score or a correction, and what a unit hands in with an objection."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from yuetan.models.assessment.correction import AssessmentCorrection
from yuetan.models.assessment.score import AssessmentScore
from yuetan.models.assessment.sheet import AssessmentObjection
from yuetan.models.files.stored_file import BY_CONTENT, THREAT_IS_NAMED, StoredFile, StoredFileQuerySet

if TYPE_CHECKING:
    from yuetan.models.people.user import User


class AssessmentPaperQuerySet(StoredFileQuerySet):
    """Questions about many papers of assessments."""

    def visible_to(self, user: User) -> AssessmentPaperQuerySet:
        """Whoever sees the score, the objection or the correction sees its files."""
        scores = AssessmentScore.objects.visible_to(user).order_by().values("pk")
        objections = AssessmentObjection.objects.visible_to(user).order_by().values("pk")
        corrections = AssessmentCorrection.objects.visible_to(user).order_by().values("pk")
        return self.filter(Q(score__in=scores) | Q(objection__in=objections) | Q(correction__in=corrections))


class AssessmentPaper(StoredFile):
    """A file of a score, an objection or a correction; written once, but for what looking for viruses finds."""

    score = models.ForeignKey(AssessmentScore, models.PROTECT, null=True, blank=True, related_name="papers")
    objection = models.ForeignKey(AssessmentObjection, models.PROTECT, null=True, blank=True, related_name="papers")
    correction = models.ForeignKey(AssessmentCorrection, models.PROTECT, null=True, blank=True, related_name="papers")
    file = models.FileField(upload_to="assessment/%Y/")

    objects = AssessmentPaperQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ("uploaded_at", "id")
        indexes = BY_CONTENT
        constraints = (
            models.CheckConstraint(condition=THREAT_IS_NAMED, name="assessment_paper_names_its_threat"),
            models.CheckConstraint(
                condition=Q(score__isnull=False, objection=None, correction=None)
                | Q(score=None, objection__isnull=False, correction=None)
                | Q(score=None, objection=None, correction__isnull=False),
                name="assessment_paper_is_of_one_thing",
            ),
        )

    @property
    def thing(self) -> tuple[object, ...]:
        """The rows of an assessment for which the file was offered."""
        return (self.score_id, self.objection_id, self.correction_id)

    @property
    def used_for(self) -> str:
        """What the file of an assessment was offered for, in words."""
        return str(self.score or self.objection or self.correction)
