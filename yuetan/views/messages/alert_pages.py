"""Where a message leads: what it is about stands in its key, as `report:12:returned`."""

from __future__ import annotations

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.urls import reverse

from yuetan.ledgers.room_lines import page_of_room_row
from yuetan.models import (
    SUBJECTS,
    AgendaFile,
    Alert,
    Assessment,
    AssessmentCorrection,
    AssessmentObjection,
    DossierEntry,
    Invitation,
    Meeting,
    MeetingCorrection,
    OpinionCorrection,
    ReceivedLetter,
    ReportAnalysis,
    ReportMark,
    ReportPeriod,
    ReportScheme,
    ReportVersion,
    Restriction,
    RoundVisit,
    SupervisionRound,
    User,
)

# By the first word of a key: the rows whose key is its second word, and their relation to one that has a page.
ROWS: Mapping[str, tuple[type[Model], str]] = {
    "agenda_files": (AgendaFile, "item.meeting"),
    "assessment": (Assessment, ""),
    "correction": (AssessmentCorrection, "sheet"),
    "dossier": (DossierEntry, ""),
    "meeting": (Meeting, ""),
    "meeting_correction": (MeetingCorrection, "meeting"),
    "meeting_notice": (Invitation, "meeting"),
    "objection": (AssessmentObjection, "sheet"),
    "opinion_correction": (OpinionCorrection, "visit"),
    "received": (ReceivedLetter, ""),
    "report": (ReportVersion, "report"),
    "analysis": (ReportAnalysis, ""),
    "report_mark": (ReportMark, "report"),
    "report_period": (ReportPeriod, ""),
    "report_scheme": (ReportScheme, ""),
    "chase_reports": (ReportScheme, ""),
    "restricted_leader": (Restriction, ""),
    "restriction_ended": (Restriction, ""),
    "round": (SupervisionRound, ""),
    "visit": (RoundVisit, ""),
}
# The list of the room: where there is no such row any more, or it is not for who reads of it.
LISTS: Mapping[str, str] = {
    **dict.fromkeys(("report", "report_mark", "report_period", "report_scheme"), "report_list"),
    **dict.fromkeys(("chase_reports", "reports_missed"), "report_list"),
    **dict.fromkeys(("analysis", "half_year_report", "quarter_analysis"), "analysis_list"),
    **dict.fromkeys(("meeting", "meeting_correction", "meeting_notice", "meeting_rhythm"), "meeting_list"),
    **dict.fromkeys(("assessment", "correction", "objection"), "assessment_list"),
    **dict.fromkeys(("linked_round", "round", "visit", "opinion_correction"), "round_list"),
    **dict.fromkeys(("restricted_leader", "restriction_ended", "restricted", "restriction"), "restriction_list"),
    **dict.fromkeys(("records", "succession", "verification"), "home"),
    "agenda_files": "meeting_list",
    "anchor": "record_page",
    "delegation": "delegation_list",
    "destruction": "destruction_list",
    "dossier": "dossier_list",
    "received": "received_list",
    "restrictions_revoked": "restriction_list",
    "setting": "setting_change_list",
    "statistics": "document_list",
    "summary": "task_list",
}


def page_of_alert(alert: Alert, reader: User) -> str:
    """The address of what a message is about; of a list, or of all messages, where there is no page of it for them."""
    for about in SUBJECTS:
        if key := getattr(alert, f"{about}_id"):
            return reverse(about, args=[key])
    kind, key = (*alert.key.split(":"), "")[:2]
    return _page_of_row(kind, key, reader) or reverse(LISTS.get(kind, "alert_list"))


def _page_of_row(kind: str, key: str, reader: User) -> str | None:
    model, path = ROWS.get(kind, (None, ""))
    row = _row(model, key) if model else None
    for relation in path.split(".") if path and row else ():
        row = getattr(row, relation)
    return page_of_room_row(row, reader) if row else None


def _row(model: type[Model], key: str) -> Model | None:
    try:
        return QuerySet(model).filter(pk=key).first()
    except (ValidationError, ValueError):  # a key of another shape is of no row
        return None
