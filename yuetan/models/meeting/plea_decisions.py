"""What the decision of a meeting on the plea against a measure that a meeting laid asks (申述)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from yuetan.models.ladder import requirements
from yuetan.models.meeting.presence_rules import not_decided_there
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.official_text import chinese_datetime
from yuetan.vocabulary import DecisionKind, PleaOutcome

if TYPE_CHECKING:
    from yuetan.models.meeting.agenda_item import AgendaItem
    from yuetan.models.people.user import User

# The meeting decides once more on the measure itself.
OUTCOMES = {DecisionKind.APPROVED.value: PleaOutcome.UPHELD, DecisionKind.DECLINED.value: PleaOutcome.REVOKED}


def plea_not_decided_there(item: AgendaItem, decided_by: User | None) -> Iterator[Finding]:
    """Why a meeting did not decide on the plea: none waits, it came later, who was there, who it was."""
    measure = item.measure_laid
    assert measure is not None
    plea = measure.plea_waiting
    if plea is None or not measure.is_in_force:
        yield finding("agenda_item_not_waiting", "decision", title=item.title)
        return
    assert plea.stated_at is not None
    if plea.stated_at > item.meeting.begins_at:
        words = {"meeting": item.meeting.title, "when": chinese_datetime(item.meeting.local_begin)}
        yield finding("plea_meeting_before", "decision", **words)
    yield from not_decided_there(item, decided_by)
    if decided_by is not None:
        yield from requirements.not_on_the_own_unit.findings(measure, decided_by)


def outcome_there(item: AgendaItem) -> PleaOutcome:
    """What was decided there."""
    return OUTCOMES[item.decision]
