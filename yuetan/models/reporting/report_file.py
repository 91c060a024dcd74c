"""Files of 信息报送: what a unit reports as a file, and the proof of a mark."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from yuetan import permissions
from yuetan.models.files.stored_file import BY_CONTENT, THREAT_IS_NAMED, StoredFile, StoredFileQuerySet
from yuetan.models.reporting.mark import ReportMark
from yuetan.models.reporting.report import PeriodicReport
from yuetan.models.reporting.scheme import SEE_REPORTS
from yuetan.models.reporting.version import ReportVersion

if TYPE_CHECKING:
    from yuetan.models.people.user import User


SCAN = "scan"  # instead of the key of a field: the signed paper that a version came on


class ReportFileQuerySet(StoredFileQuerySet):
    """Questions about many files of reports."""

    def visible_to(self, user: User) -> ReportFileQuerySet:
        """What a unit reported is its own and the office's; the proof of a mark the office's alone."""
        if user.has_perm(permissions.name(SEE_REPORTS)):
            return self.exclude(mark__report__unit__in=user.interviewed_units)
        return self.filter(version__report__in=PeriodicReport.objects.visible_to(user).order_by().values("pk"))

    def of_version(self, version: ReportVersion) -> ReportFileQuerySet:
        """The files of a version: for each field its own, or those of the last version before it that has any."""
        before = self.filter(version__report=version.report_id, version__version__lte=version.version)
        own = list(before.order_by("-version__version", "uploaded_at", "id").values_list("field", "version", "pk"))
        newest: dict[str, int] = {}
        for field, of_version, _ in own:
            newest.setdefault(field, of_version)
        kept = [key for field, of_version, key in own if newest[field] == of_version]
        return self.filter(pk__in=kept).order_by("field", "uploaded_at", "id")


class ReportFile(StoredFile):
    """One file; written once, but for what looking for viruses finds. `field` is the key of the field it answers,
    or SCAN for the paper itself."""

    version = models.ForeignKey(ReportVersion, models.PROTECT, null=True, blank=True, related_name="files")
    mark = models.ForeignKey(ReportMark, models.PROTECT, null=True, blank=True, related_name="files")
    field = models.CharField(max_length=10, blank=True)
    file = models.FileField(upload_to="reports/%Y/")

    objects = ReportFileQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ("uploaded_at", "id")
        indexes = BY_CONTENT
        constraints = (
            models.CheckConstraint(condition=THREAT_IS_NAMED, name="report_file_names_its_threat"),
            models.CheckConstraint(
                condition=Q(version__isnull=False) ^ Q(mark__isnull=False), name="report_file_is_of_one_thing"
            ),
        )

    @property
    def report(self) -> PeriodicReport:
        """The report it belongs to."""
        of = self.version or self.mark
        assert of is not None
        return of.report

    @property
    def thing(self) -> tuple[object, ...]:
        """The rows of a report for which the file was offered."""
        return (self.version_id, self.mark_id, self.field)

    @property
    def used_for(self) -> str:
        """What the file of a report was offered for, in words."""
        return f"{self.report}：{self.mark}的依据" if self.mark else str(self.report)
