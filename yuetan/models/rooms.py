"""Rows of the rooms of the year and of 资格限制 on which steps are taken, as the log names them: a word and a key.

They are no subjects (`SUBJECTS`): no event has a foreign key to one, and a row that is destroyed leaves its events.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import Exists, Model, OuterRef, Q, QuerySet, UUIDField

from yuetan import permissions
from yuetan.models.assessment.assessment import Assessment
from yuetan.models.assessment.sheet import AssessmentSheet
from yuetan.models.dossier.commendation import Commendation
from yuetan.models.dossier.entry import DossierEntry
from yuetan.models.ladder.inquiry import RestrictionInquiry
from yuetan.models.ladder.restriction import Restriction
from yuetan.models.meeting.meeting import Meeting
from yuetan.models.people.user import User
from yuetan.models.received.letter import ReceivedLetter
from yuetan.models.reporting.analysis import ReportAnalysis
from yuetan.models.reporting.report import PeriodicReport, ReportPeriod
from yuetan.models.reporting.scheme import SEE_REPORTS, ReportScheme
from yuetan.models.rounds.supervision_round import SupervisionRound
from yuetan.models.rounds.visit import RoundVisit
from yuetan.rules.dates import clock
from yuetan.vocabulary import ReportState

ENDED_REPORTS = (ReportState.ACCEPTED, *ReportState.released())


@dataclass(frozen=True)
class RoomRow:
    """One kind of row: which of them a person sees, and which have come to their end."""

    model: type[Model]
    visible_to: Callable[[User], QuerySet[Model]]
    ended: Callable[[], Q]

    @property
    def key_column(self) -> str:
        """The column of an event that holds its key."""
        return "room_uuid" if isinstance(self.model._meta.pk, UUIDField) else "room_number"


def _of_reporting(model: type[Model]) -> Callable[[User], QuerySet[Any]]:
    """Schemes and periods as a whole are read by whoever reads all reports."""

    def visible(user: User) -> QuerySet[Any]:
        rows: QuerySet[Any] = QuerySet(model)
        return rows if user.has_perm(permissions.name(SEE_REPORTS)) else rows.none()

    return visible


ROOM_ROWS: Mapping[str, RoomRow] = {
    "received_letter": RoomRow(
        ReceivedLetter,
        ReceivedLetter.objects.visible_to,
        lambda: Q(closing__isnull=False) | Q(withdrawn_at__isnull=False),
    ),
    "meeting": RoomRow(
        Meeting,
        Meeting.objects.visible_to,
        lambda: Q(minuted_at__isnull=False) | Q(cancelled_at__isnull=False),
    ),
    "report": RoomRow(
        PeriodicReport,
        PeriodicReport.objects.visible_to,
        lambda: Q(state__in=ENDED_REPORTS),
    ),
    "report_period": RoomRow(ReportPeriod, _of_reporting(ReportPeriod), lambda: Q(due_at__lt=clock.now())),
    "report_scheme": RoomRow(ReportScheme, _of_reporting(ReportScheme), lambda: Q(end__from_day__lte=clock.today())),
    "report_analysis": RoomRow(
        ReportAnalysis,
        ReportAnalysis.objects.visible_to,
        lambda: Q(issued_at__isnull=False) | Q(withdrawn_at__isnull=False),
    ),
    "assessment": RoomRow(Assessment, Assessment.objects.visible_to, lambda: Q(published_at__isnull=False)),
    "assessment_sheet": RoomRow(
        AssessmentSheet,
        AssessmentSheet.objects.visible_to,
        lambda: Q(assessment__published_at__isnull=False),
    ),
    "supervision_round": RoomRow(
        SupervisionRound,
        SupervisionRound.objects.visible_to,
        lambda: Q(ended_at__isnull=False) | Q(cancelled_at__isnull=False),
    ),
    "round_visit": RoomRow(
        RoundVisit,
        RoundVisit.objects.visible_to,
        lambda: Q(informed_at__isnull=False) | Q(dropped_at__isnull=False) | Q(round__cancelled_at__isnull=False),
    ),
    "dossier_entry": RoomRow(DossierEntry, DossierEntry.objects.visible_to, lambda: Q(confirmed_at__isnull=False)),
    "restriction": RoomRow(Restriction, Restriction.objects.visible_to, lambda: Q(until__lt=clock.today())),
    "inquiry": RoomRow(RestrictionInquiry, RestrictionInquiry.objects.visible_to, lambda: Q(replied_at__isnull=False)),
    "commendation": RoomRow(Commendation, Commendation.objects.visible_to, Q),
}
_NAMES = {each.model: name for name, each in ROOM_ROWS.items()}


def room_columns(row: Model) -> dict[str, str | UUID | int]:
    """The columns by which an event names the row that it is about. Raises KeyError for a row of no room."""
    name = _NAMES[type(row)]
    return {"room": name, ROOM_ROWS[name].key_column: row.pk}


def about_visible_rooms(user: User) -> Q:
    """The condition for events about a row of a room that the person may see, and that is still there."""
    return reduce(or_, (_events_about(name, each.visible_to(user)) for name, each in ROOM_ROWS.items()))


def about_secret_rounds(user: User) -> Q:
    """The condition for events about 明察暗访 that is secret (yet) from a unit in which the person holds a post."""
    secret = RoundVisit.objects.secret_from(user).order_by().values("round")
    of_round = _events_about("supervision_round", SupervisionRound.objects.filter(pk__in=secret))
    return of_round | _events_about("round_visit", RoundVisit.objects.filter(round__in=secret))


def about_ended_rooms() -> Q:
    """The condition for events about a row of a room that has come to its end."""
    return reduce(
        or_, (_events_about(name, QuerySet(each.model).filter(each.ended())) for name, each in ROOM_ROWS.items())
    )


def _events_about(name: str, rows: QuerySet[Any]) -> Q:
    """Asked of one key at a time, and only of the room's own events: where the key were asked for by `=`, PostgreSQL
    would read the keys of all rows of every room before it looks at the first event."""
    key = OuterRef(ROOM_ROWS[name].key_column)
    return Q(room=name) & Q(Exists(rows.order_by().filter(pk__range=(key, key))))
