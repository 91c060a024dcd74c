"""Rows of the rooms of the year beside cases and measures: title, unit, where each stands, and its page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils.http import urlencode

from yuetan import permissions
from yuetan.models import (
    Assessment,
    AssessmentSheet,
    Commendation,
    DossierEntry,
    Event,
    Meeting,
    PeriodicReport,
    ReceivedLetter,
    ReportAnalysis,
    ReportPeriod,
    ReportScheme,
    Restriction,
    RestrictionInquiry,
    RoundVisit,
    SupervisionRound,
    User,
)
from yuetan.models.rooms import ROOM_ROWS, room_columns
from yuetan.models.rounds.supervision_round import SEE_ROUNDS
from yuetan.rules.dates import clock

Key: TypeAlias = tuple[str, object]


@dataclass(frozen=True)
class RoomLine:
    """One row in words."""

    title: str
    unit: str
    state: str
    url: str


def room_lines(events: Iterable[Event], user: User) -> Mapping[int, RoomLine]:
    """The rows that these events are about, by the keys of the events; a query for each kind among them."""
    keys = {event.pk: (event.room, event.room_uuid or event.room_number) for event in events if event.room}
    rows = {
        (name, key): row
        for name in {room for room, _ in keys.values()}
        for key, row in _rows_of_kind(name, keys.values())
    }
    return {pk: _LINES[key[0]](rows[key], user) for pk, key in keys.items() if key in rows}


def page_of_room_row(row: Model, user: User) -> str | None:
    """The address of the page of one row; None where the person does not see it."""
    name = str(room_columns(row)["room"])
    if not ROOM_ROWS[name].visible_to(user).filter(pk=row.pk).exists():
        return None
    return _LINES[name](_READ[name].get(pk=row.pk), user).url


def _rows_of_kind(name: str, keys: Iterable[Key]) -> Iterable[tuple[object, Model]]:
    return _READ[name].in_bulk([key for room, key in keys if room == name]).items()


def _line_of_letter(row: ReceivedLetter, user: User) -> RoomLine:
    return RoomLine(row.title, row.unit_label, row.standing.label, reverse("received_letter", args=[row.pk]))


def _line_of_meeting(row: Meeting, user: User) -> RoomLine:
    return RoomLine(row.title, "", row.state_words, reverse("meeting", args=[row.pk]))


def _line_of_report(row: PeriodicReport, user: User) -> RoomLine:
    title = f"{row.period.scheme.title}（{row.numbered_period}）"
    return RoomLine(title, row.unit.full_name, row.state_words, reverse("report", args=[row.public_id]))


def _line_of_period(row: ReportPeriod, user: User) -> RoomLine:
    url = f"{reverse('report_board')}?{urlencode({'period': row.pk})}"
    return RoomLine(str(row), "", "时限已过" if row.is_past else "报送中", url)


def _line_of_scheme(row: ReportScheme, user: User) -> RoomLine:
    end = getattr(row, "end", None)
    is_over = end is not None and end.from_day <= clock.today()
    return RoomLine(row.title, "", "已停止报送" if is_over else "报送中", reverse("report_scheme", args=[row.pk]))


def _line_of_analysis(row: ReportAnalysis, user: User) -> RoomLine:
    under = row.under.full_name if row.under else ""
    return RoomLine(row.title, under, row.state.label, reverse("report_analysis", args=[row.pk]))


def _line_of_assessment(row: Assessment, user: User) -> RoomLine:
    return RoomLine(str(row), "", row.standing.label, reverse("assessment", args=[row.pk]))


def _line_of_sheet(row: AssessmentSheet, user: User) -> RoomLine:
    of, url = row.assessment, reverse("assessment_sheet", args=[row.pk])
    return RoomLine(f"{of}得分表", row.unit_name, of.standing.label, url)


def _line_of_round(row: SupervisionRound, user: User) -> RoomLine:
    return RoomLine(row.title, "", row.state.label, reverse("supervision_round", args=[row.pk]))


def _line_of_visit(row: RoundVisit, user: User) -> RoomLine:
    inner = user.has_perm(permissions.name(SEE_ROUNDS)) and not user.is_recused_from(row.unit_id)
    url = reverse("round_visit", args=[row.pk])
    return RoomLine(row.round.title, row.unit.full_name, row.state_words(inner=inner), url)


def _line_of_entry(row: DossierEntry, user: User) -> RoomLine:
    return RoomLine(str(row), row.unit.full_name, row.state.label, reverse("dossier_entry", args=[row.pk]))


def _line_of_restriction(row: Restriction, user: User) -> RoomLine:
    url = reverse("restriction", args=[row.pk])
    return RoomLine(f"资格限制：{row}", row.unit.full_name, row.standing.label, url)


def _line_of_inquiry(row: RestrictionInquiry, user: User) -> RoomLine:
    unit, state = row.unit.full_name if row.unit else "", "已复函" if row.replied_at else "待复函"
    return RoomLine(str(row), unit, state, reverse("inquiry", args=[row.pk]))


def _line_of_commendation(row: Commendation, user: User) -> RoomLine:
    state, url = "已撤销" if row.withdrawn_at else "已登记", reverse("unit_dossier", args=[row.unit_id])
    return RoomLine(f"{row.whose}：{row}", row.unit.full_name, state, url)


_LINES: Mapping[str, Callable[[Any, User], RoomLine]] = {
    "received_letter": _line_of_letter,
    "meeting": _line_of_meeting,
    "report": _line_of_report,
    "report_period": _line_of_period,
    "report_scheme": _line_of_scheme,
    "report_analysis": _line_of_analysis,
    "assessment": _line_of_assessment,
    "assessment_sheet": _line_of_sheet,
    "supervision_round": _line_of_round,
    "round_visit": _line_of_visit,
    "dossier_entry": _line_of_entry,
    "restriction": _line_of_restriction,
    "inquiry": _line_of_inquiry,
    "commendation": _line_of_commendation,
}
_READ: Mapping[str, QuerySet[Any]] = {
    "received_letter": ReceivedLetter.objects.with_relations(),
    "meeting": Meeting.objects.all(),
    "report": PeriodicReport.objects.with_relations(),
    "report_period": ReportPeriod.objects.select_related("scheme"),
    "report_scheme": ReportScheme.objects.select_related("end"),
    "report_analysis": ReportAnalysis.objects.with_relations(),
    "assessment": Assessment.objects.all(),
    "assessment_sheet": AssessmentSheet.objects.select_related("assessment"),
    "supervision_round": SupervisionRound.objects.all(),
    "round_visit": RoundVisit.objects.with_relations(),
    "dossier_entry": DossierEntry.objects.select_related("person", "unit__parent"),
    "restriction": Restriction.objects.with_relations(),
    "inquiry": RestrictionInquiry.objects.with_relations(),
    "commendation": Commendation.objects.select_related("unit__parent", "post__holder", "post__unit__parent"),
}
