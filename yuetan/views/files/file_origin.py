"""The page of what an uploaded file belongs to."""

from __future__ import annotations

from django.urls import reverse

from yuetan.models import (
    AgendaFile,
    AssessmentPaper,
    DossierPaper,
    ReceivedPaper,
    ReportFile,
    RoundFile,
    Scan,
    UnitPaper,
)
from yuetan.models.subjects import subject_of
from yuetan.views.frame.file_links import KeptFile


def origin_of(file: KeptFile) -> dict[str, str]:
    """The page of what the file belongs to."""
    if isinstance(file, Scan):
        return {"url": reverse("document", args=[file.document_id]), "label": file.document.number}
    if isinstance(file, UnitPaper):
        return {"url": reverse("unit", args=[file.change.unit_id]), "label": file.change.unit.full_name}
    if isinstance(file, DossierPaper):
        return _back_to_dossier(file)
    if isinstance(file, ReportFile):
        return {"url": reverse("report", args=[file.report.public_id]), "label": str(file.report)}
    if isinstance(file, ReceivedPaper):
        return {"url": reverse("received_letter", args=[file.of_letter.pk]), "label": str(file.of_letter)}
    if isinstance(file, AssessmentPaper):
        return _back_to_assessment(file)
    if isinstance(file, AgendaFile | RoundFile):
        return _back_to_meeting_or_visit(file)
    subject = subject_of(file)
    assert subject is not None
    return {"url": reverse(subject.ABOUT, args=[subject.pk]), "label": subject.title}


def _back_to_meeting_or_visit(file: AgendaFile | RoundFile) -> dict[str, str]:
    if isinstance(file, AgendaFile):
        return {"url": reverse("meeting", args=[file.item.meeting_id]), "label": str(file.item.meeting)}
    return {"url": reverse("round_visit", args=[file.of_visit.pk]), "label": str(file.of_visit)}


def _back_to_dossier(file: DossierPaper) -> dict[str, str]:
    if file.entry:
        return {"url": reverse("dossier_entry", args=[file.entry.pk]), "label": str(file.entry)}
    assert file.commendation is not None
    return {"url": reverse("unit_dossier", args=[file.commendation.unit_id]), "label": str(file.commendation)}


def _back_to_assessment(file: AssessmentPaper) -> dict[str, str]:
    if file.objection is not None:
        return {"url": reverse("assessment_sheet", args=[file.objection.sheet_id]), "label": str(file.objection.sheet)}
    assert file.score is not None
    return {"url": reverse("assessment", args=[file.score.assessment_id]), "label": str(file.score.assessment)}
