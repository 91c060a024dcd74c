"""已办事项: what passed through a person's hands, in cases and measures and all year round, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from yuetan.forms.frame.filters import DoneFilter
from yuetan.forms.frame.options import FormData
from yuetan.ledgers.case.whose_turn import Turn, turns
from yuetan.ledgers.ledger import Column, Ledger, Line
from yuetan.ledgers.room_lines import RoomLine, room_lines
from yuetan.ledgers.subjects import UNITS_OF_SUBJECTS, about_visible_subjects, subject_url
from yuetan.models import Event, Subject, User
from yuetan.models.rooms import about_visible_rooms
from yuetan.models.subjects import subject_of
from yuetan.templatetags.official import moment


class DoneLedger(Ledger[Event]):
    """The steps that the person took on what they may still see, the newest first."""

    key, title, list_url = "done", "已办事项", "done_list"
    columns = (
        Column("办理时间", 20, lambda line: moment(line["event"].created_at)),
        Column("办理", 20, lambda line: line["event"].label),
        Column("事项", 50, lambda line: line["title"]),
        Column("单位", 22, lambda line: line["unit"]),
        Column("现在的状态", 16, lambda line: line["state"]),
        Column("现由谁办", 40, lambda line: line["turn"].words, inner=True),
        Column("自", 20, lambda line: moment(line["turn"].since) if line["turn"].awaited else "", inner=True),
    )

    def unlimited(self, user: User, data: FormData) -> DoneFilter:
        """By days, and by whether what it was about has come to its end."""
        events = Event.objects.filter(actor=user).filter(about_visible_subjects(user) | about_visible_rooms(user))
        return DoneFilter(data, events.select_related(*UNITS_OF_SUBJECTS).newest_first())

    def lines(self, rows: Sequence[Event], user: User) -> list[Line]:
        """The step with what it was about, how that stands in the words of the person's side, and whose turn it is."""
        subjects = [subject_of(event) for event in rows]
        by_subject = turns(subject for subject in subjects if subject is not None and subject.is_inner_to(user))
        of_rooms = room_lines(rows, user)
        return [
            {"event": event, **(_of_subject(subject, user, by_subject) if subject else _of_room(of_rooms[event.pk]))}
            for event, subject in zip(rows, subjects, strict=True)
        ]


def _of_subject(subject: Subject, user: User, by_subject: Mapping[UUID, Turn]) -> Line:
    return {
        "title": subject.title,
        "unit": subject.unit_label,
        "url": subject_url(subject),
        "state": subject.state_for(user),
        "inner": subject.pk in by_subject,
        "turn": by_subject.get(subject.pk, Turn()),
    }


def _of_room(row: RoomLine) -> Line:
    """Whose turn it is in a room stands on its page alone."""
    return {"title": row.title, "unit": row.unit, "url": row.url, "state": row.state, "inner": False, "turn": Turn()}
