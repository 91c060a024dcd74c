"""The page of what an uploaded file belongs to."""

from __future__ import annotations

from functools import singledispatch

from django.urls import reverse

from yuetan.models import (
    AgendaFile,
    AssessmentPaper,
    DossierPaper,
    ReceiptScan,
    ReceivedPaper,
    ReportFile,
    RoundFile,
    Scan,
    UnitPaper,
)
from yuetan.models.subjects import subject_of
from yuetan.views.frame.file_links import KeptFile


@singledispatch
def origin_of(file: KeptFile) -> dict[str, str]:
    """The page of what the file belongs to; here of a case, a letter, a measure or an assignment."""
    subject = subject_of(file)
    assert subject is not None
    return {"url": reverse(subject.ABOUT, args=[subject.pk]), "label": subject.title}


@origin_of.register
def _document_of(file: Scan) -> dict[str, str]:
    return {"url": reverse("document", args=[file.document_id]), "label": file.document.number}


@origin_of.register
def _unit_of(file: UnitPaper) -> dict[str, str]:
    return {"url": reverse("unit", args=[file.change.unit_id]), "label": file.change.unit.full_name}


@origin_of.register
def _dossier_of(file: DossierPaper) -> dict[str, str]:
    if file.entry:
        return {"url": reverse("dossier_entry", args=[file.entry.pk]), "label": str(file.entry)}
    assert file.commendation is not None
    return {"url": reverse("unit_dossier", args=[file.commendation.unit_id]), "label": str(file.commendation)}


@origin_of.register
def _report_of(file: ReportFile) -> dict[str, str]:
    return {"url": reverse("report", args=[file.report.public_id]), "label": str(file.report)}


@origin_of.register
def _received_letter_of(file: ReceivedPaper) -> dict[str, str]:
    return {"url": reverse("received_letter", args=[file.of_letter.pk]), "label": str(file.of_letter)}


@origin_of.register
def _assessment_of(file: AssessmentPaper) -> dict[str, str]:
    if file.objection is not None:
        return {"url": reverse("assessment_sheet", args=[file.objection.sheet_id]), "label": str(file.objection.sheet)}
    if file.correction is not None:
        sheet = file.correction.sheet
        return {"url": reverse("assessment_sheet", args=[sheet.pk]), "label": str(sheet)}
    assert file.score is not None
    return {"url": reverse("assessment", args=[file.score.assessment_id]), "label": str(file.score.assessment)}


@origin_of.register
def _visit_of(file: RoundFile) -> dict[str, str]:
    return {"url": reverse("round_visit", args=[file.of_visit.pk]), "label": str(file.of_visit)}


@origin_of.register
def _signed_for(file: ReceiptScan) -> dict[str, str]:
    document = file.document
    if document.visit is not None:
        return {"url": reverse("round_visit", args=[document.visit.pk]), "label": str(document.visit)}
    assert document.meeting is not None
    return {"url": reverse("meeting", args=[document.meeting.pk]), "label": str(document.meeting)}


@origin_of.register
def _meeting_of(file: AgendaFile) -> dict[str, str]:
    return {"url": reverse("meeting", args=[file.item.meeting_id]), "label": str(file.item.meeting)}
