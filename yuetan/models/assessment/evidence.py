"""得分表 among the evidence of a proposal or a measure: a file that shows the sheet of its unit, as it then stood."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from django.db import models
from django.db.models import F

from yuetan.models.assessment.correction import AssessmentCorrection
from yuetan.models.assessment.sheet import AssessmentSheet
from yuetan.models.assessment.ties import tied_then
from yuetan.models.files.attachment import Attachment
from yuetan.models.people.unit import Unit
from yuetan.models.subjects import Subject
from yuetan.rules.assessment.scoring import rank_words
from yuetan.vocabulary import AssessmentGrade, FilePurpose

RESULT = ("total", "rank", "grade")


class SheetEvidenceQuerySet(models.QuerySet["SheetEvidence"]):
    """Questions about many 得分表 bound in as evidence."""

    def of_subject(self, subject: Subject) -> SheetEvidenceQuerySet:
        """Those on which a proposal or a measure rests now."""
        rests = self.filter(**{f"attachment__{subject.ABOUT}": subject}, attachment__purpose=FilePurpose.EVIDENCE)
        return rests.select_related("sheet__assessment", "attachment").order_by("-sheet__year", "pk")

    def current(self) -> SheetEvidenceQuerySet:
        """Those that show the result that stands."""
        return self.filter(**{name: F(f"sheet__{name}") for name in RESULT})


class SheetEvidence(models.Model):
    """One file that the system printed of a sheet, and the result that it shows; it goes with its file."""

    attachment = models.OneToOneField(Attachment, models.CASCADE, related_name="sheet_shown")
    sheet = models.ForeignKey(AssessmentSheet, models.PROTECT, related_name="shown_as_evidence")
    total = models.DecimalField("总分", max_digits=5, decimal_places=1)
    rank = models.PositiveIntegerField("名次")
    grade = models.CharField("等次", max_length=12, choices=AssessmentGrade.choices)

    sheet_id: uuid.UUID
    objects = SheetEvidenceQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.sheet}（{self.attachment.name}）"

    @property
    def changed_words(self) -> str:
        """That the result was put right since, from what to what, by which paper; empty as long as it stands."""
        if (self.total, self.rank, self.grade) == tuple(getattr(self.sheet, name) for name in RESULT):
            return ""
        sheet = self.sheet
        newest = AssessmentCorrection.objects.granted().filter(sheet=sheet).select_related("document").last()
        paper = f"（{newest.document.number}）" if newest is not None and newest.document is not None else ""
        shared = SheetEvidence.objects.filter(tied_then("total", "attachment__uploaded_at"), pk=self.pk).exists()
        then = f"{self.total}分，{rank_words(self.rank, shared=shared)}，{self.get_grade_display()}"
        now = f"{sheet.total}分，{sheet.rank_words}，{sheet.get_grade_display()}"
        fit = "" if sheet.grade == self.grade else "，据原等次提出的请核对是否仍然成立"
        return f"{sheet}附入以后，考核结果已经更正{paper}：附入时为{then}；现为{now}{fit}。"


def unqualified_sheets(unit: Unit) -> Sequence[AssessmentSheet]:
    """The sheets of a unit that stand and on which it is 不合格, the newest first: what may be evidence against it."""
    standing = AssessmentSheet.objects.standing().filter(unit=unit, grade=AssessmentGrade.UNQUALIFIED)
    return list(standing.select_related("assessment__scheme", "unit__parent").order_by("-year"))


def lacks_sheet(subject: Subject) -> AssessmentSheet | None:
    """The newest of these sheets, where none is evidence as it stands; None where one is, or there is none."""
    sheets = unqualified_sheets(subject.unit)
    shown = SheetEvidence.objects.of_subject(subject).current().filter(sheet__in=sheets)
    return sheets[0] if sheets and not shown.exists() else None
