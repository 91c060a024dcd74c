"""Entries of 日程 as an iCalendar file (RFC 5545)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from yuetan.ledgers.agenda.agenda import Agenda
from yuetan.ledgers.agenda.agenda_entry import Entry
from yuetan.rules.dates import clock

if TYPE_CHECKING:
    from icalendar import Event

INTERVIEW_LASTS = timedelta(hours=2)


def calendar_file(agenda: Agenda, site: str) -> bytes:
    """The file; each entry keeps its identity from file to file, so that a calendar changes it and adds none."""
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//yuetan//agenda//ZH")
    calendar.add("version", "2.0")
    for entry in agenda.entries:
        calendar.add_component(_event(entry, site))
    return bytes(calendar.to_ical())


def _event(entry: Entry, site: str) -> Event:
    from icalendar import Event

    event = Event()
    event.add("uid", f"{entry.key}@{site.rsplit('//', maxsplit=1)[-1].strip('/')}")
    event.add("dtstamp", clock.now())
    event.add("summary", f"{entry.label}：{entry.unit}{entry.words}")
    event.add("dtstart", entry.begins or entry.day)
    if entry.begins:
        event.add("dtend", entry.begins + INTERVIEW_LASTS)
    if entry.place:
        event.add("location", entry.place)
    event.add("url", f"{site.rstrip('/')}{entry.url}")
    return event
