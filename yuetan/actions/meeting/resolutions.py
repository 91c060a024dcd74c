"""议定事项: what a meeting that was held gave units to do, each with its date; the whole list at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from yuetan.actions.meeting.attendance import RECORD
from yuetan.actions.meeting.meeting_rows import locked_meeting, note_meeting, require_held
from yuetan.actions.step import refuse_uncited, require_right
from yuetan.models import Meeting, Resolution, Unit, User
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.empty_words import missing_labels, says_nothing
from yuetan.rules.text.official_text import chinese_date
from yuetan.rules.text.personal_data import personal_data


@dataclass(frozen=True)
class Agreed:
    """One thing agreed: what, by which unit, by when."""

    text: str
    unit: Unit | None
    due_on: date | None


@transaction.atomic
def record_resolutions(meeting: Meeting, *, by: User, agreed: Sequence[Agreed]) -> list[Resolution]:
    """登记议定事项 of a meeting that was held, in place of those written down before; final with the 会议纪要.

    Raises NotYours; Refused for one without words, unit or date, and for a date before the meeting.
    """
    require_right(by, RECORD)
    meeting = locked_meeting(meeting)
    require_held(meeting, "议定事项")
    refuse_uncited(resolution_problems(meeting, agreed))
    held_on = meeting.local_begin.date()
    meeting.resolutions.all().delete()
    rows = [
        Resolution(
            meeting=meeting,
            number=number,
            text=one.text.strip(),
            unit=one.unit,
            due_on=one.due_on or held_on,
            recorded_by=by,
            recorded_at=clock.now(),
        )
        for number, one in enumerate(agreed, start=1)
    ]
    made = Resolution.objects.bulk_create(rows)
    note_meeting("record_resolutions", by, meeting, number=len(made))
    return made


def resolution_problems(meeting: Meeting, agreed: Sequence[Agreed]) -> Iterator[Finding]:
    """What each lacks: words, unit, date; and a date before the meeting."""
    held_on = meeting.local_begin.date()
    for number, one in enumerate(agreed, start=1):
        has_words = bool(one.text.strip()) and not says_nothing(one.text)
        needed = {"议定事项的内容": has_words, "承办单位": one.unit, "完成时限": one.due_on}
        if missing := missing_labels(needed):
            yield finding("resolution_incomplete", "agreed", number=number, missing=missing)
        if one.due_on is not None and one.due_on < held_on:
            yield finding("resolution_due_early", "agreed", number=number, due=chinese_date(one.due_on))
        yield from personal_data("agreed", f"第{number}项议定事项", one.text, clock.today().year)
