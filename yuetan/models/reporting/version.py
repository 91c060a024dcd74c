"""报表各版: what a unit reported, confirmed by a head or signed on paper; a version that stands is never changed."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from yuetan.models.reporting.report import PeriodicReport
from yuetan.rules.dates import clock
from yuetan.rules.reporting.form_fields import Difference, ReportField, differences
from yuetan.vocabulary import ReportState

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from yuetan.models.people.user import User
    from yuetan.models.reporting.report_file import ReportFile


class ReportVersion(models.Model):
    """One version of what a unit reports of a period.

    A head confirms it, and so hands it in, or sends it back, once; then the office accepts or returns it, once, with
    the day by which it is to be put right. With a `signer` it came on paper: who signed it has confirmed it at the
    moment when the office received it, and an officer has entered it (纸质代录).
    """

    report = models.ForeignKey(PeriodicReport, models.PROTECT, related_name="versions")
    version = models.PositiveSmallIntegerField("版次")
    values = models.JSONField("填报内容", default=dict)
    is_zero = models.BooleanField("零报告", default=False)
    reason = models.TextField("更正说明", blank=True)
    entered_by = models.ForeignKey("yuetan.User", models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(default=clock.now)
    confirmed_by = models.ForeignKey("yuetan.User", models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    sent_back_by = models.ForeignKey("yuetan.User", models.PROTECT, null=True, blank=True, related_name="+")
    sent_back_at = models.DateTimeField(null=True, blank=True)
    sent_back_reason = models.TextField("本单位退回原因", blank=True)
    accepted_by = models.ForeignKey("yuetan.User", models.PROTECT, null=True, blank=True, related_name="+")
    accepted_at = models.DateTimeField(null=True, blank=True)
    returned_by = models.ForeignKey("yuetan.User", models.PROTECT, null=True, blank=True, related_name="+")
    returned_at = models.DateTimeField(null=True, blank=True)
    return_reason = models.TextField("办公室退回原因", blank=True)
    again_by = models.DateField("重新报送的期限", null=True, blank=True)
    signer = models.ForeignKey("yuetan.Post", models.PROTECT, null=True, blank=True, related_name="+")
    brought_by = models.CharField("送交人", max_length=40, blank=True)
    brought_by_title = models.CharField("送交人单位和职务", max_length=200, blank=True)

    report_id: int
    entered_by_id: int
    signer_id: int | None
    files: RelatedManager[ReportFile]
    objects = models.Manager["ReportVersion"]()

    class Meta:
        default_permissions = ()
        ordering = ("report", "version")
        constraints = (
            models.UniqueConstraint(fields=("report", "version"), name="one_report_version_per_number"),
            models.CheckConstraint(
                condition=Q(confirmed_by=None, confirmed_at=None)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
                name="report_confirmation_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(sent_back_by=None, sent_back_at=None, sent_back_reason="")
                | (
                    Q(sent_back_by__isnull=False, sent_back_at__isnull=False, confirmed_at=None)
                    & ~Q(sent_back_reason="")
                ),
                name="report_sending_back_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(accepted_by=None, accepted_at=None)
                | Q(accepted_by__isnull=False, accepted_at__isnull=False, confirmed_at__isnull=False),
                name="report_acceptance_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(returned_by=None, returned_at=None, return_reason="", again_by=None)
                | (
                    Q(
                        returned_by__isnull=False,
                        returned_at__isnull=False,
                        confirmed_at__isnull=False,
                        accepted_at=None,
                    )
                    & ~Q(return_reason="")
                ),
                name="report_return_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(signer=None, brought_by="", brought_by_title="")
                | (Q(signer__isnull=False, confirmed_at__isnull=False) & ~Q(brought_by="") & ~Q(brought_by_title="")),
                name="report_on_paper_is_whole",
            ),
        )

    def __str__(self) -> str:
        return f"第{self.version}版"

    @property
    def filling_words(self) -> str:
        """What is said to who has filled it in: that it is handed in, or that a head is to confirm it."""
        if self.state == ReportState.HANDED_IN:
            return f"已报送（第{self.version}版）。"
        return f"已填报第{self.version}版，请本单位主要领导确认报送。"

    @property
    def is_from_paper(self) -> bool:
        """Whether the office entered it from a signed paper."""
        return self.signer_id is not None

    def is_registered_by(self, user: User) -> bool:
        """Whether this person entered it from paper, and so leaves it to another to accept or return it."""
        return self.is_from_paper and self.entered_by_id == user.pk

    @property
    def state(self) -> ReportState:
        """Where this version of the report stands."""
        if self.accepted_at is not None:
            return ReportState.ACCEPTED
        if self.returned_at is not None:
            return ReportState.RETURNED
        if self.confirmed_at is not None:
            return ReportState.HANDED_IN
        return ReportState.SENT_BACK if self.sent_back_at is not None else ReportState.AWAITS_CONFIRMATION

    def differences_to(self, other: ReportVersion, fields: list[ReportField]) -> list[Difference]:
        """What this version says otherwise than an earlier one."""
        return differences(fields, other.values, self.values)

    @property
    def numbers(self) -> dict[str, int]:
        """What is added up of its values, by the key of the field: each count, and 1 for 是."""
        return {key: int(value) for key, value in self.values.items() if isinstance(value, int)}

    @property
    def decided_at(self) -> datetime | None:
        """When the office decided on it."""
        return self.accepted_at or self.returned_at
