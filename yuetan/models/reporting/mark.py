"""瞒报、谎报: what an officer has marked of a report, with words and proof; withdrawn where it was a mistake."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce

from yuetan import permissions
from yuetan.models.reporting.report import PeriodicReport
from yuetan.models.reporting.version import ReportVersion
from yuetan.rules.dates import clock
from yuetan.vocabulary import ReportMarkKind

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from yuetan.models.reporting.report_file import ReportFile


class ReportMarkQuerySet(models.QuerySet["ReportMark"]):
    """Questions about many marks that reports are given."""

    def unanswered(self) -> ReportMarkQuerySet:
        """Since which no head of the unit has confirmed anything: what a liaison fills in answers nothing yet."""
        marked = Coalesce(OuterRef("version__version"), 0)
        confirmed = ReportVersion.objects.filter(report=OuterRef("report"), confirmed_at__isnull=False)
        return self.exclude(Exists(confirmed.filter(version__gt=marked)))


class ReportMark(models.Model):
    """One mark, of the version that stood then; the unit reads kind and words, the proof is the office's.

    Of what a unit should have reported as it happened and did not, there is no version, but the day it `occurred_on`.
    """

    report = models.ForeignKey(PeriodicReport, models.PROTECT, related_name="marks")
    version = models.ForeignKey(ReportVersion, models.PROTECT, null=True, blank=True, related_name="marks")
    occurred_on = models.DateField("发生日期", null=True, blank=True)
    kind = models.CharField("标记", max_length=10, choices=ReportMarkKind.choices)
    words = models.TextField("认定的事实")
    marked_by = models.ForeignKey("yuetan.User", models.PROTECT, related_name="+")
    marked_at = models.DateTimeField(default=clock.now)
    withdrawn_by = models.ForeignKey("yuetan.User", models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawal_reason = models.TextField("撤销原因", blank=True)

    report_id: int
    version_id: int | None
    files: RelatedManager[ReportFile]
    objects = ReportMarkQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        permissions = permissions.of_model("reportmark")
        ordering = ("-marked_at", "-pk")
        indexes = (models.Index(fields=("marked_at",), condition=Q(withdrawn_at=None), name="marks_by_day"),)
        constraints = (
            models.UniqueConstraint(
                fields=("report",), condition=Q(withdrawn_at=None), name="one_mark_in_force_per_report"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_by=None, withdrawn_at=None, withdrawal_reason="")
                | (Q(withdrawn_by__isnull=False, withdrawn_at__isnull=False) & ~Q(withdrawal_reason="")),
                name="report_mark_is_withdrawn_whole",
            ),
            models.CheckConstraint(
                condition=Q(version__isnull=False, occurred_on=None)
                | Q(version=None, occurred_on__isnull=False, kind=ReportMarkKind.CONCEALED),
                name="report_mark_is_of_a_version_or_a_day",
            ),
        )

    def __str__(self) -> str:
        return str(ReportMarkKind(self.kind).label)

    def is_unanswered(self, newest: ReportVersion | None) -> bool:
        """Whether this mark stands unanswered, given the newest version of its report."""
        if newest is None or newest.pk == self.version_id:
            return True
        return newest.confirmed_at is None and ReportMark.objects.unanswered().filter(pk=self.pk).exists()

    def is_put_right(self) -> bool:
        """Whether a head has confirmed something since, which the office has not returned."""
        after = self.version.version if self.version else 0
        since = ReportVersion.objects.filter(report=self.report_id, version__gt=after, confirmed_at__isnull=False)
        return since.filter(returned_at=None).exists()
