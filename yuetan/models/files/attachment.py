"""Uploaded files: stored outside any public path, fetched only through the permission check."""

from __future__ import annotations

from functools import reduce
from operator import and_
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from yuetan import permissions
from yuetan.models.assignment.assignment import Assignment
from yuetan.models.case.case import Case
from yuetan.models.case.proposal import CaseGround
from yuetan.models.files.stored_file import NEWEST_BY_CONTENT, THREAT_IS_NAMED, StoredFile, StoredFileQuerySet
from yuetan.models.interview.submission import Submission
from yuetan.models.ladder.listing import DelistingRequest, TeamReport
from yuetan.models.ladder.measure import AccountabilityMeasure
from yuetan.models.letter.letter import Letter
from yuetan.models.rectification.consequence import Consequence
from yuetan.models.rectification.site_check import SiteCheck
from yuetan.models.rectification.task import TaskReport
from yuetan.models.rectification.team import InspectionTeam
from yuetan.models.subjects import SUBJECTS, Subject, subject_of
from yuetan.vocabulary import FilePurpose, SubmissionPart

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models.fields.files import FieldFile

    from yuetan.models.people.user import User

INNER_PURPOSES = (
    FilePurpose.EVIDENCE,
    FilePurpose.FORMER_EVIDENCE,  # belongs to a submitted version, no longer to the current proposal
    FilePurpose.APPROVAL,
    FilePurpose.SITE_CHECK,
    FilePurpose.CONSEQUENCE,
    FilePurpose.SIGNED_SHEET,
    FilePurpose.EARLIER_PAPER,
    FilePurpose.CONSULTATION,
    FilePurpose.REFERRAL,
    FilePurpose.FORMER_RECEIPT,  # perhaps the receipt of another unit
    *(FilePurpose.TEAM_REPORT, FilePurpose.DELISTING_PROPOSAL, FilePurpose.POST_PROOF),
)

# What the unit signed on paper: both sides read it.
SIGNED_PURPOSES = (FilePurpose.RECEIPT, FilePurpose.PAPER_FILING)

# What belongs to a letter: its answer, and what the unit signed on paper, or was said to have signed.
OF_LETTERS = (FilePurpose.LETTER_ANSWER, FilePurpose.FORMER_RECEIPT, *SIGNED_PURPOSES)
# What belongs to a measure: 得分表 as its evidence, the 签批件 that decided it, what departments and other bodies
# wrote, what the unit signed on paper or was said to have signed, what is of its tasks, and what proves the post of who
# is restricted.
OF_MEASURES = (
    *(FilePurpose.FORMER_RECEIPT, *SIGNED_PURPOSES),
    *(FilePurpose.REPORT, FilePurpose.SITE_CHECK, FilePurpose.SIGNED_SHEET),
    *(FilePurpose.EVIDENCE, FilePurpose.APPROVAL, FilePurpose.CONSULTATION, FilePurpose.REFERRAL),
    *(FilePurpose.TEAM_REPORT, FilePurpose.DELISTING_REQUEST, FilePurpose.DELISTING_PROPOSAL),
    *(FilePurpose.PLEA, FilePurpose.POST_PROOF),
)
# What belongs to a 交办事项: what the unit signed on paper, and what is of its tasks.
OF_ASSIGNMENTS = (
    *(FilePurpose.FORMER_RECEIPT, *SIGNED_PURPOSES),
    *(FilePurpose.REPORT, FilePurpose.SITE_CHECK, FilePurpose.SIGNED_SHEET),
)
# What lies neither in written material nor in a report.
OF_THE_UNIT = (FilePurpose.LETTER_ANSWER, FilePurpose.DELISTING_REQUEST, FilePurpose.PLEA)
WITHOUT_MATERIAL = (*INNER_PURPOSES, *SIGNED_PURPOSES, *OF_THE_UNIT)
ABOUT_DELISTING = (FilePurpose.DELISTING_REQUEST, FilePurpose.DELISTING_PROPOSAL)


NEVER_OF_CASES = (
    *(FilePurpose.LETTER_ANSWER, FilePurpose.TEAM_REPORT, FilePurpose.PLEA, FilePurpose.POST_PROOF),
    *ABOUT_DELISTING,
)
# 申述材料 are the unit's own until it states its plea here.
PLEA_STATED = ~Q(purpose=FilePurpose.PLEA)
PLEA_STATED |= Q(measure_laid__plea__stated_at__isnull=False, measure_laid__plea__filing=None)


def _only_of(subject: str) -> Q:
    return Q(**{f"{name}__isnull": name != subject for name in SUBJECTS})


class AttachmentQuerySet(StoredFileQuerySet):
    """Questions about many files."""

    def visible_to(self, user: User) -> AttachmentQuerySet:
        """Files of cases this person may see: inner ones for the inner side, drafts for the side that prepares them."""
        own_units = user.interviewed_units
        of_all = (
            self._of_cases(user, own_units)
            | self._of_letters(user, own_units)
            | self._of_other_origin("measure_laid", user, own_units)
            | self._of_other_origin("assignment", user, own_units)
        )
        return self.filter(of_all)

    def _of_other_origin(self, about: str, user: User, own_units: list[int]) -> Q:
        """Scans on paper for both sides; of reports the unit's drafts are its own; what is inner never the unit's."""
        visible = Q(**{f"{about}__isnull": False}) & SUBJECTS[about].objects.all().visible_if(user, f"{about}__")
        own = Q(**{f"{about}__unit__in": own_units})
        handed_in = Q(report=None) | Q(report__handed_in_at__isnull=False)
        return visible & ((own & ~Q(purpose__in=INNER_PURPOSES)) | (~own & handed_in & PLEA_STATED))

    def _of_letters(self, user: User, own_units: list[int]) -> Q:
        """Scans on paper for both sides; what answers it for the unit, and for all once it was given here."""
        visible = Q(letter__isnull=False) & Letter.objects.visible_if(user, "letter__")
        given_here = Q(letter__answered_at__isnull=False, letter__paper_filing=None)
        on_paper = ~Q(purpose=FilePurpose.LETTER_ANSWER)
        own = Q(letter__unit__in=own_units)
        return visible & ~(own & Q(purpose__in=INNER_PURPOSES)) & (own | given_here | on_paper)

    def _of_cases(self, user: User, own_units: list[int]) -> Q:
        visible = Q(case__isnull=False) & Case.objects.visible_if(user, "case__")
        handed_in = Q(submission__handed_in_at__isnull=False) | Q(report__handed_in_at__isnull=False)
        if user.has_perm(permissions.name("see_inner_case")):
            inner = Q(purpose__in=(*INNER_PURPOSES, *SIGNED_PURPOSES)) | handed_in
            return visible & ((inner & ~Q(case__unit__in=own_units)) | self._outer(own_units))
        return visible & self._outer(own_units)

    def with_original_for(self, user: User) -> AttachmentQuerySet:
        """Pictures of which this person may see the original too: the inner side, of what it sees, never the unit."""
        if not user.has_perm(permissions.name("see_inner_case")):
            return self.none()
        own_units = user.interviewed_units
        outside = reduce(and_, (~Q(**{f"{name}__unit__in": own_units}) for name in SUBJECTS))
        return self.visible_to(user).filter(outside).exclude(original="")

    def offered_since(self, moment: datetime, subject: Subject, by: User) -> AttachmentQuerySet:
        """What this person has just put into a case, or into another matter."""
        return self.filter(**{subject.ABOUT: subject}, uploaded_by=by, uploaded_at__gte=moment)

    def _outer(self, own_units: list[int]) -> Q:
        return Q(case__unit__in=own_units) & ~Q(purpose__in=INNER_PURPOSES)


class Attachment(StoredFile):
    """One uploaded file."""

    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="attachments")
    letter = models.ForeignKey(Letter, models.PROTECT, null=True, blank=True, related_name="attachments")
    measure_laid = models.ForeignKey(
        AccountabilityMeasure, models.PROTECT, null=True, blank=True, related_name="attachments"
    )
    assignment = models.ForeignKey(Assignment, models.PROTECT, null=True, blank=True, related_name="attachments")
    purpose = models.CharField(max_length=20, choices=FilePurpose.choices)
    case_ground = models.ForeignKey(CaseGround, models.PROTECT, null=True, blank=True, related_name="evidence")
    submission = models.ForeignKey(Submission, models.PROTECT, null=True, blank=True, related_name="attachments")
    report = models.ForeignKey(TaskReport, models.PROTECT, null=True, blank=True, related_name="attachments")
    site_check = models.ForeignKey(SiteCheck, models.PROTECT, null=True, blank=True, related_name="photos")
    consequence = models.ForeignKey(Consequence, models.PROTECT, null=True, blank=True, related_name="papers")
    team = models.ForeignKey(InspectionTeam, models.PROTECT, null=True, blank=True, related_name="sheets")
    team_report = models.ForeignKey(TeamReport, models.PROTECT, null=True, blank=True, related_name="attachments")
    delisting = models.ForeignKey(DelistingRequest, models.PROTECT, null=True, blank=True, related_name="attachments")
    part = models.CharField("部分", max_length=20, choices=SubmissionPart.choices, blank=True)
    file = models.FileField(upload_to="attachments/%Y/%m/")
    original = models.FileField(upload_to="originals/%Y/%m/", blank=True)
    photo_time = models.CharField("拍摄时间", max_length=30, blank=True)
    photo_place = models.CharField("拍摄地点", max_length=60, blank=True)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ("uploaded_at", "name")
        indexes = NEWEST_BY_CONTENT
        constraints = (
            models.CheckConstraint(condition=THREAT_IS_NAMED, name="attachment_names_its_threat"),
            models.CheckConstraint(
                condition=(
                    Q(purpose__in=WITHOUT_MATERIAL, submission=None, report=None)
                    | Q(purpose=FilePurpose.SUBMISSION, submission__isnull=False, report=None)
                    | Q(purpose=FilePurpose.REPORT, submission=None, report__isnull=False)
                ),
                name="attachment_belongs_where_its_purpose_says",
            ),
            models.CheckConstraint(
                condition=(_only_of("case") & ~Q(purpose__in=NEVER_OF_CASES))
                | _only_of("letter") & Q(purpose__in=OF_LETTERS)
                | _only_of("measure_laid") & Q(purpose__in=OF_MEASURES)
                | _only_of("assignment") & Q(purpose__in=OF_ASSIGNMENTS),
                name="attachment_of_one_subject",
            ),
            models.CheckConstraint(
                condition=Q(purpose=FilePurpose.SITE_CHECK, site_check__isnull=False)
                | (~Q(purpose=FilePurpose.SITE_CHECK) & Q(site_check=None)),
                name="photos_belong_to_a_site_check",
            ),
            models.CheckConstraint(
                condition=Q(purpose=FilePurpose.CONSEQUENCE, consequence__isnull=False)
                | (~Q(purpose=FilePurpose.CONSEQUENCE) & Q(consequence=None)),
                name="decision_papers_belong_to_a_consequence",
            ),
            models.CheckConstraint(
                condition=Q(purpose=FilePurpose.SIGNED_SHEET, team__isnull=False)
                | (~Q(purpose=FilePurpose.SIGNED_SHEET) & Q(team=None)),
                name="signed_sheets_belong_to_a_team",
            ),
            models.CheckConstraint(
                condition=Q(purpose=FilePurpose.TEAM_REPORT, team_report__isnull=False)
                | (~Q(purpose=FilePurpose.TEAM_REPORT) & Q(team_report=None)),
                name="team_reports_have_their_files",
            ),
            models.CheckConstraint(
                condition=Q(purpose__in=ABOUT_DELISTING, delisting__isnull=False)
                | (~Q(purpose__in=ABOUT_DELISTING) & Q(delisting=None)),
                name="delisting_files_belong_to_a_request",
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
    def kept_bytes(self) -> list[tuple[FieldFile, str, int | None]]:
        """The file, and of a picture its original as it was offered."""
        originals = [(self.original, self.offered_sha256, None)] if self.original else []
        return [*super().kept_bytes, *originals]

    @property
    def thing(self) -> tuple[object, ...]:
        """The rows of a case, letter or measure for which the file was offered."""
        former = self.purpose == FilePurpose.FORMER_EVIDENCE
        purpose = FilePurpose.EVIDENCE if former else self.purpose
        about = tuple(getattr(self, f"{name}_id") for name in SUBJECTS)
        return (*about, purpose, self.part, self.report.task_id if self.report else None)

    @property
    def used_for(self) -> str:
        """What the file of a case, letter or measure was offered for, in words."""
        which = f"第 {self.report.task.number} 项" if self.report else self.get_part_display()
        subject = subject_of(self)
        assert subject is not None
        return f"{subject.title}：{self.get_purpose_display()}{f'（{which}）' if which else ''}"

    @property
    def is_draft(self) -> bool:
        """Whether it lies in material that its own side has not handed in."""
        if self.letter is not None:
            waits = self.letter.answered_at is None or self.letter.paper_filing_or_none is not None
            return waits and self.purpose == FilePurpose.LETTER_ANSWER
        if self.purpose == FilePurpose.PLEA and self.measure_laid is not None:
            plea = self.measure_laid.plea_or_none
            return plea is None or plea.stated_at is None or plea.filing_id is not None
        prepared = self.submission or self.report
        return prepared is not None and prepared.handed_in_at is None
