"""What the decision of a meeting on a measure of a 责任制 asks; when it is written down, and when it is cited."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from yuetan.models.ladder import requirements
from yuetan.models.ladder.meeting_requirements import every_department_answered
from yuetan.models.meeting.presence_rules import not_decided_there
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.official_text import chinese_datetime
from yuetan.vocabulary import MeasureState, Verb

if TYPE_CHECKING:
    from yuetan.models.ladder.measure import AccountabilityMeasure
    from yuetan.models.meeting.agenda_item import AgendaItem
    from yuetan.models.people.user import User


def measure_not_decided_there(item: AgendaItem, decided_by: User | None) -> Iterator[Finding]:
    """Why a meeting did not decide on the measure of an item: the departments, the text, who was there, who it was."""
    measure = item.measure_laid
    assert measure is not None
    if measure.state != MeasureState.PROPOSED:
        yield finding("agenda_item_not_waiting", "decision", title=item.title)
        return
    yield from every_department_answered.findings(measure)
    yield from _before_the_text(item, measure)
    yield from not_decided_there(item, decided_by)
    if decided_by is not None:
        for personal in (requirements.not_who_drafted_or_endorsed, requirements.not_on_the_own_unit):
            yield from personal.findings(measure, decided_by)


def _before_the_text(item: AgendaItem, measure: AccountabilityMeasure) -> Iterator[Finding]:
    """The text that was before the meeting is the one that was last endorsed."""
    endorsed = measure.events.filter(verb=Verb.ENDORSE_MEASURE).newest_first().first()
    if endorsed is None or endorsed.created_at > item.meeting.begins_at:
        words = {"meeting": item.meeting.title, "when": chinese_datetime(item.meeting.local_begin)}
        yield finding("measure_meeting_before_text", "decision", **words)
