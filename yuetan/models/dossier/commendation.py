"""Commendations (表彰奖励) of units and leaders, recorded with their paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from yuetan import permissions
from yuetan.models.dossier.entry import SEE_DOSSIERS
from yuetan.models.people.unit import Post, Unit
from yuetan.rules.dates import clock
from yuetan.rules.text.official_text import chinese_date

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from yuetan.models.dossier.dossier_paper import DossierPaper
    from yuetan.models.people.user import User


class CommendationQuerySet(models.QuerySet["Commendation"]):
    """Questions about many commendations."""

    def in_force(self) -> CommendationQuerySet:
        """Those not withdrawn as recorded by mistake."""
        return self.filter(withdrawn_at=None)

    def visible_to(self, user: User) -> CommendationQuerySet:
        """The office sees all, a unit its own, a leader their own; what was withdrawn the office alone.

        Who holds a post in the unit, or was commended, sees of it what they would outside the office (回避).
        """
        if user.has_perm(permissions.name(SEE_DOSSIERS)):
            withdrawn = {"withdrawn_at__isnull": False}
            others = self.exclude(unit__in=user.interviewed_units, **withdrawn) if user.interviewed_units else self
            return others.exclude(post__holder=user, **withdrawn)
        return self.in_force().filter(Q(unit__in=user.interviewed_units) | Q(post__holder=user))


class Commendation(models.Model):
    """One commendation: of a unit, or of who held `post` in it that day. Wrong ones are withdrawn, never edited."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="commendations")
    post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="commendations")
    honour = models.CharField("表彰奖励名称", max_length=100)
    awarded_by = models.CharField("授予机关", max_length=100)
    awarded_on = models.DateField("授予日期")
    paper_number = models.CharField("文号", max_length=100)
    recorded_by = models.ForeignKey("yuetan.User", models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now)
    withdrawn_by = models.ForeignKey("yuetan.User", models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawal_reason = models.TextField("撤销原因", blank=True)

    unit_id: int
    papers: RelatedManager[DossierPaper]
    objects = CommendationQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        permissions = permissions.of_model("commendation")
        ordering = ("-awarded_on", "-id")
        constraints = (
            models.CheckConstraint(
                condition=Q(withdrawn_by=None, withdrawn_at=None, withdrawal_reason="")
                | (Q(withdrawn_by__isnull=False, withdrawn_at__isnull=False) & ~Q(withdrawal_reason="")),
                name="commendation_is_withdrawn_whole",
            ),
        )
        indexes = (models.Index(fields=("unit", "-awarded_on"), name="commendation_of_unit"),)

    def __str__(self) -> str:
        """2026年5月4日，江门市人民政府授予“先进集体”（江府〔2026〕8号）."""
        return f"{chinese_date(self.awarded_on)}，{self.awarded_by}授予“{self.honour}”（{self.paper_number}）"

    @property
    def whose(self) -> str:
        """The unit, or the leader by post and name."""
        return str(self.post) if self.post else self.unit.full_name
