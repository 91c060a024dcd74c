"""更正会议纪要: drafted by one person, issued by another; what stood is kept beside what took its place."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, NotRequired, TypedDict

from django.db import models
from django.db.models import F, Q

from yuetan.models.flow.paper_correction import PaperCorrection, PaperCorrectionQuerySet
from yuetan.models.meeting.invitation import Invitation
from yuetan.models.meeting.meeting import Meeting
from yuetan.models.meeting.resolution import Resolution

if TYPE_CHECKING:
    from collections.abc import Collection


class CameText(TypedDict):
    """How one of those convened took part; drafts of then do not say who presided."""

    presided: NotRequired[bool]
    presence: str
    attended_by_id: int | None
    attended_name: str
    attended_title: str
    instead_of: str


class ItemText(TypedDict):
    """What the minutes say of one item."""

    title: str
    conclusion: str


class AgreedText(TypedDict):
    """One thing agreed, in the order in which it is printed."""

    number: int
    text: str
    unit_id: int
    due_on: str


class ObserversText(TypedDict):
    """Who sat there without having been convened."""

    observers: str


class RecordText(TypedDict):
    """What the 会议纪要 are made of, by table and key of the row: a trigger compares the rows with it."""

    meeting: dict[str, ObserversText]
    invitation: dict[str, CameText]
    agendaitem: dict[str, ItemText]
    resolution: list[AgreedText]


def record_text(meeting: Meeting) -> RecordText:
    """What stands of a meeting now."""
    items = meeting.items.all()
    return {
        "meeting": {str(meeting.pk): {"observers": meeting.observers}},
        "invitation": {str(one.pk): came_text(one) for one in Invitation.objects.of_meeting(meeting)},
        "agendaitem": {str(one.pk): {"title": one.title, "conclusion": one.conclusion} for one in items},
        "resolution": agreed_texts(meeting),
    }


def agreed_texts(meeting: Meeting) -> list[AgreedText]:
    """What stands of what was agreed."""
    return [
        {"number": one.number, "text": one.text, "unit_id": one.unit_id, "due_on": one.due_on.isoformat()}
        for one in meeting.resolutions.all()
    ]


def came_text(one: Invitation) -> CameText:
    """How somebody took part by an invitation."""
    return {
        "presided": one.presided,
        "presence": one.presence,
        "attended_by_id": one.attended_by_id,
        "attended_name": one.attended_name,
        "attended_title": one.attended_title,
        "instead_of": one.instead_of,
    }


class MeetingCorrectionQuerySet(PaperCorrectionQuerySet["MeetingCorrection"]):
    """Questions about many corrections of issued 会议纪要."""

    def about_units(self, units: Collection[int]) -> MeetingCorrectionQuerySet:
        """Those that give one of these units something to do, or are of a meeting that did."""
        given = Q(meeting__in=Resolution.objects.filter(unit__in=units).values("meeting"))
        for unit in units:
            given |= Q(text__resolution__contains=[{"unit_id": unit}])
        return self.filter(given) if units else self.none()


class MeetingCorrection(PaperCorrection):
    """One correction of 会议纪要."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="corrections")

    meeting_id: uuid.UUID
    objects = MeetingCorrectionQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ("meeting", "drafted_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("meeting",),
                condition=Q(confirmed_at=None, withdrawn_at=None),
                name="one_meeting_correction_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None, confirmed_at=None)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False, withdrawn_at=None)
                & ~Q(confirmed_by=F("drafted_by")),
                name="meeting_correction_of_two_persons",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_by=None, withdrawn_at=None, withdrawal_reason="")
                | Q(withdrawn_by__isnull=False, withdrawn_at__isnull=False) & ~Q(withdrawal_reason=""),
                name="meeting_correction_is_withdrawn_whole",
            ),
        )

    def __str__(self) -> str:
        return f"{self.meeting}纪要的更正"
