"""人工评分: what an indicator that no record counts gives a unit, with the reason and its proof."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.db import models
from django.db.models import Q

from yuetan.models.assessment.assessment import SEE_ASSESSMENT, Assessment
from yuetan.models.flow.visibility import role_or_unit_sees
from yuetan.models.people.unit import Unit
from yuetan.rules.dates import clock

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from yuetan.models.assessment.assessment_paper import AssessmentPaper
    from yuetan.models.people.user import User


class AssessmentScoreQuerySet(models.QuerySet["AssessmentScore"]):
    """Questions about many scores of units."""

    def in_force(self) -> AssessmentScoreQuerySet:
        """Those not withdrawn."""
        return self.filter(withdrawn_at=None)

    def visible_to(self, user: User) -> AssessmentScoreQuerySet:
        """The office sees all, a unit its own once its sheet was sent to it; who is of both sees what the unit does."""
        sent = Q(withdrawn_at=None, assessment__presented_at__isnull=False)
        return self.filter(role_or_unit_sees(user, SEE_ASSESSMENT, sent))


class AssessmentScore(models.Model):
    """The points of one unit for one scored indicator; a mistaken one is withdrawn, never edited."""

    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="scores")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    indicator = models.CharField("指标", max_length=10)
    points = models.DecimalField("得分", max_digits=4, decimal_places=1)
    reason = models.TextField("评分理由")
    scored_by = models.ForeignKey("yuetan.User", models.PROTECT, related_name="+")
    scored_at = models.DateTimeField(default=clock.now)
    withdrawn_by = models.ForeignKey("yuetan.User", models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawal_reason = models.TextField("撤销原因", blank=True)

    unit_id: int
    assessment_id: UUID
    scored_by_id: int
    papers: RelatedManager[AssessmentPaper]
    objects = AssessmentScoreQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ("assessment", "unit", "indicator", "pk")
        indexes = (models.Index(fields=("unit", "assessment"), name="assessment_scores_of_unit"),)
        constraints = (
            models.UniqueConstraint(
                fields=("assessment", "unit", "indicator"),
                condition=Q(withdrawn_at=None),
                name="one_assessment_score_in_force",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_by=None, withdrawn_at=None, withdrawal_reason="")
                | (Q(withdrawn_by__isnull=False, withdrawn_at__isnull=False) & ~Q(withdrawal_reason="")),
                name="assessment_score_is_withdrawn_whole",
            ),
        )

    def __str__(self) -> str:
        return f"{self.unit.full_name}{self.assessment}评分"
