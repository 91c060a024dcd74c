"""议定事项: what a meeting that was held gave units to do, each with its date; the whole list at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from yuetan.actions.meeting.meeting_rows import MEETINGS_OF_SEEN_ITEMS, RECORD, only_held
from yuetan.actions.room_step import RoomStep, room_step
from yuetan.actions.seen import require_as_seen
from yuetan.actions.step import refuse_uncited
from yuetan.models import Meeting, Resolution, Unit, User
from yuetan.models.meeting.resolution import ResolutionQuerySet
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.digests import digest_of_words
from yuetan.rules.text.empty_words import missing_labels, says_nothing
from yuetan.rules.text.official_text import chinese_date
from yuetan.rules.text.written_text import personal_problems

VERB = "record_resolutions"


@dataclass(frozen=True)
class Agreed:
    """One thing agreed: what, by which unit, by when."""

    text: str
    unit: Unit | None
    due_on: date | None


def record_resolutions(meeting: Meeting, *, by: User, agreed: Sequence[Agreed], seen: str) -> list[Resolution]:
    """登记议定事项 of a meeting that was held, in place of those that the person may see; final with the 会议纪要.

    What a unit of the person's own is given stays as others wrote it down (回避); `seen` is what it was written over.
    Raises NotYours, also for who may not see every item; Refused for one without words, unit or date, for a date before
    the meeting, for the own unit, and for what another wrote meanwhile.
    """
    with room_step(RECORDING, meeting, by=by) as held:
        meeting = held.row
        require_as_seen(seen, resolutions_shown(meeting, by), "议定事项", (VERB,), meeting=meeting.title)
        refuse_uncited([*resolution_problems(meeting, agreed), *own_unit_problems(by, agreed)])
        seen_by(by, meeting).delete()
        new, kept = _new_rows(meeting, agreed, by), list(Resolution.objects.kept_from(by).filter(meeting=meeting))
        rows = list(new)
        for row in sorted(kept, key=lambda each: each.number):
            rows.insert(row.number - 1, row)
        for number, row in enumerate(rows, start=1):
            row.number = number
        Resolution.objects.bulk_create(new)
        Resolution.objects.bulk_update(kept, ["number"])
        held.facts["number"] = len(rows)
    return rows


def seen_by(by: User, meeting: Meeting) -> ResolutionQuerySet:
    """Those of the meeting that the person may see."""
    return Resolution.objects.visible_to(by).filter(meeting=meeting)


def resolutions_shown(meeting: Meeting, by: User) -> str:
    """The digest of what was agreed, as the person may see it now."""
    rows = seen_by(by, meeting).order_by("number").values_list("text", "unit", "due_on")
    return digest_of_words([[text, unit, due_on.isoformat()] for text, unit, due_on in rows])


def _new_rows(meeting: Meeting, agreed: Sequence[Agreed], by: User) -> list[Resolution]:
    held_on = meeting.local_begin.date()
    return [
        Resolution(
            meeting=meeting,
            text=one.text.strip(),
            unit=one.unit,
            due_on=one.due_on or held_on,
            recorded_by=by,
            recorded_at=clock.now(),
        )
        for one in agreed
    ]


def own_unit_problems(by: User, agreed: Sequence[Agreed]) -> Iterator[Finding]:
    """That who writes it down holds a post in the unit that is given something (回避)."""
    for number, one in enumerate(agreed, start=1):
        if one.unit is not None and by.is_recused_from(one.unit.pk):
            yield finding("resolution_of_own_unit", "agreed", number=number, unit=one.unit.full_name)


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
        yield from personal_problems(agreed=(f"第{number}项议定事项", one.text))


RECORDING = RoomStep(VERB, MEETINGS_OF_SEEN_ITEMS, (only_held("议定事项"),), codename=RECORD)
