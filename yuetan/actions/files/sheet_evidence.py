"""得分表 as evidence: printed by the system, taken in by the door of every other file, and linked to its sheet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.core.files.uploadedfile import SimpleUploadedFile

from yuetan.actions.files.attachment import Belongs, ExaminedFile, Offer, attach
from yuetan.documents.content.assessment_sheet import sheet_facts
from yuetan.documents.dossier_pdf import render_dossier
from yuetan.models import AssessmentSheet, Subject, Unit, User
from yuetan.models.assessment.evidence import RESULT, SheetEvidence, lacks_sheet, unqualified_sheets
from yuetan.rules.refusals import Finding, finding
from yuetan.vocabulary import FilePurpose

FIELD = "sheets"


def printed_sheets(sheets: Sequence[AssessmentSheet]) -> list[Offer]:
    """Each as a PDF, to be examined as what anybody offers is; the same bytes for the same result."""
    return [SimpleUploadedFile(f"{one}.pdf", render_dossier(sheet_facts(one)), "application/pdf") for one in sheets]


def sheet_problems(sheets: Sequence[AssessmentSheet], unit: Unit) -> Iterator[Finding]:
    """That one is no evidence here: of another unit, taken back, or of a unit that is not 不合格."""
    lawful = {one.pk for one in unqualified_sheets(unit)} if sheets else set()
    for one in sheets:
        if one.pk not in lawful:
            yield finding("sheet_of_another", FIELD, sheet=one, unit=unit.full_name)


def keep_sheets(
    subject: Subject,
    sheets: Sequence[AssessmentSheet],
    examined_files: Sequence[ExaminedFile],
    *,
    by: User,
    belongs: Belongs | None = None,
) -> None:
    """Store what was printed of these sheets among the evidence, and the result that each shows, inside a step."""
    files = attach(subject, examined_files, by=by, purpose=FilePurpose.EVIDENCE, **(belongs or {}))
    for sheet, file in zip(sheets, files, strict=True):
        shown = {name: getattr(sheet, name) for name in RESULT}
        SheetEvidence.objects.create(attachment=file, sheet=sheet, **shown)


def sheet_lacking(subject: Subject, grounds: Sequence[str]) -> Iterator[Finding]:
    """That it rests on 考核 as 不合格 (`grounds`, as they are cited), and the sheet that says so is not with it, or not
    as it was put right since."""
    sheet = lacks_sheet(subject) if grounds else None
    if sheet is not None:
        yield finding("sheet_lacking", FIELD, ground=grounds[0], sheet=sheet)
