"""Uploaded files: stored outside any public path, fetched only through the permission check."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from yuetan import permissions
from yuetan.models.case import Case
from yuetan.models.kept_file import BY_CONTENT, THREAT_IS_NAMED, KeptFile, KeptFileQuerySet
from yuetan.models.proposal import CaseGround
from yuetan.models.site_check import SiteCheck
from yuetan.models.submission import Submission
from yuetan.models.task import TaskReport
from yuetan.vocabulary import INTERVIEWED_UNIT_KINDS, FilePurpose, SubmissionPart

if TYPE_CHECKING:
    from datetime import datetime

    from yuetan.models.user import User

INNER_PURPOSES = (
    FilePurpose.EVIDENCE,
    FilePurpose.FORMER_EVIDENCE,  # stands in a version that was handed in, no more in the proposal as it is now
    FilePurpose.APPROVAL,
    FilePurpose.SITE_CHECK,
)


class AttachmentQuerySet(KeptFileQuerySet):
    """Questions about many files."""

    def visible_to(self, user: User) -> AttachmentQuerySet:
        """Files of cases this person may see: inner ones for the inner side, drafts for the side that prepares them."""
        visible = self.filter(case__in=Case.objects.visible_to(user))
        handed_in = ~Q(submission__handed_in_at=None) | ~Q(report__handed_in_at=None)
        own_units = [post.unit_id for post in user.current_posts if post.unit.kind in INTERVIEWED_UNIT_KINDS]
        if user.has_perm(permissions.name("see_inner_case")):
            inner = Q(purpose__in=(*INNER_PURPOSES, FilePurpose.RECEIPT)) | handed_in
            return visible.filter((inner & ~Q(case__unit__in=own_units)) | self._outer(own_units))
        return visible.filter(self._outer(own_units))

    def offered_since(self, moment: datetime, case: Case, by: User) -> AttachmentQuerySet:
        """What this person has just put into a case."""
        return self.filter(case=case, uploaded_by=by, uploaded_at__gte=moment)

    def _outer(self, own_units: list[int]) -> Q:
        return Q(case__unit__in=own_units) & ~Q(purpose__in=INNER_PURPOSES)


class Attachment(KeptFile):
    """One uploaded file."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="attachments")
    purpose = models.CharField(max_length=20, choices=FilePurpose.choices)
    case_ground = models.ForeignKey(CaseGround, models.PROTECT, null=True, blank=True, related_name="evidence")
    submission = models.ForeignKey(Submission, models.PROTECT, null=True, blank=True, related_name="attachments")
    report = models.ForeignKey(TaskReport, models.PROTECT, null=True, blank=True, related_name="attachments")
    site_check = models.ForeignKey(SiteCheck, models.PROTECT, null=True, blank=True, related_name="photos")
    part = models.CharField("部分", max_length=20, choices=SubmissionPart.choices, blank=True)
    file = models.FileField(upload_to="attachments/%Y/%m/")

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ("uploaded_at", "name")
        indexes = BY_CONTENT
        constraints = (
            models.CheckConstraint(condition=THREAT_IS_NAMED, name="attachment_names_its_threat"),
            models.CheckConstraint(
                condition=(
                    Q(purpose__in=(*INNER_PURPOSES, FilePurpose.RECEIPT), submission=None, report=None)
                    | Q(purpose=FilePurpose.SUBMISSION, submission__isnull=False, report=None)
                    | Q(purpose=FilePurpose.REPORT, submission=None, report__isnull=False)
                ),
                name="attachment_belongs_where_its_purpose_says",
            ),
            models.CheckConstraint(
                condition=Q(purpose=FilePurpose.SITE_CHECK, site_check__isnull=False)
                | (~Q(purpose=FilePurpose.SITE_CHECK) & Q(site_check=None)),
                name="photos_belong_to_a_site_check",
            ),
            models.CheckConstraint(
                condition=Q(part="") | Q(purpose=FilePurpose.SUBMISSION), name="only_written_material_has_parts"
            ),
            models.CheckConstraint(
                condition=Q(case_ground=None) | Q(purpose=FilePurpose.EVIDENCE),
                name="only_evidence_stands_under_a_ground",
            ),
        )

    @property
    def thing(self) -> tuple[object, ...]:
        """What it was offered for; a later version of the same material is the same thing."""
        former = self.purpose == FilePurpose.FORMER_EVIDENCE
        purpose = FilePurpose.EVIDENCE if former else self.purpose
        return (self.case_id, purpose, self.part, self.report.task_id if self.report else None)

    @property
    def used_for(self) -> str:
        """What it was offered for, in words."""
        which = f"第 {self.report.task.number} 项" if self.report else self.get_part_display()
        return f"{self.case.title}：{self.get_purpose_display()}{f'（{which}）' if which else ''}"

    @property
    def is_draft(self) -> bool:
        """Whether it lies in material that its own side has not handed in."""
        prepared = self.submission or self.report
        return prepared is not None and prepared.handed_in_at is None
