"""Requirements for a plea (申述) of a unit against a measure, and for the answer to it; the text is silent on all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from django.utils import timezone

from yuetan.models.case.current_parties import CurrentParties
from yuetan.models.flow.requirement import Requirement, admits_only, refuses
from yuetan.permissions import DIRECTOR, LEADERS
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.official_text import chinese_date
from yuetan.vocabulary import Party, PleaOutcome, Verb

if TYPE_CHECKING:
    from yuetan.models.ladder.measure import AccountabilityMeasure
    from yuetan.models.people.user import User


@Requirement
def plea_days_run(measure: AccountabilityMeasure) -> Iterator[Finding]:
    """It is stated within the days that the office gives for it."""
    yield from plea_day_problems(measure, clock.today())


def plea_day_problems(measure: AccountabilityMeasure, day: date) -> Iterator[Finding]:
    """Why a plea that came on a day does not count: there is no time for it, or it is over."""
    if measure.plea_until is None:
        yield finding("plea_without_days")
    elif day > measure.plea_until:
        yield finding("plea_late", until=chinese_date(measure.plea_until))


@Requirement
def no_plea_stated(measure: AccountabilityMeasure) -> Iterator[Finding]:
    """A unit states its view once."""
    plea = measure.plea_or_none
    if plea is not None and plea.stated_at is not None:
        yield finding("plea_stated_before", day=chinese_date(timezone.localdate(plea.stated_at)))


@Requirement
def plea_undecided(measure: AccountabilityMeasure) -> Iterator[Finding]:
    """There is a plea that was neither withdrawn nor answered."""
    plea = measure.plea_or_none
    if plea is None or plea.stated_at is None:
        yield finding("no_plea")
    elif plea.withdrawn_at is not None:
        yield finding("plea_withdrawn", day=chinese_date(timezone.localdate(plea.withdrawn_at)))
    elif plea.decided_at is not None:
        yield finding("plea_decided", outcome=plea.get_outcome_display())


@Requirement
def plea_answer_drafted(measure: AccountabilityMeasure) -> Iterator[Finding]:
    """Somebody of the office has drafted an answer."""
    plea = measure.plea_waiting
    if plea is not None and plea.drafted_at is None:
        yield finding("plea_answer_missing")


@Requirement
def answer_upholds(measure: AccountabilityMeasure) -> Iterator[Finding]:
    """The answer that was drafted upholds the measure."""
    yield from _answers_otherwise(measure, PleaOutcome.UPHELD, Verb.REVOKE_MEASURE)


@Requirement
def answer_revokes(measure: AccountabilityMeasure) -> Iterator[Finding]:
    """The answer that was drafted revokes it."""
    yield from _answers_otherwise(measure, PleaOutcome.REVOKED, Verb.UPHOLD_MEASURE)


def _answers_otherwise(measure: AccountabilityMeasure, wanted: PleaOutcome, other: Verb) -> Iterator[Finding]:
    plea = measure.plea_waiting
    if plea is not None and plea.drafted_at is not None and plea.outcome != wanted:
        yield finding("plea_answer_other", outcome=plea.get_outcome_display(), step=other.label)


@Requirement
def no_plea_waits(measure: AccountabilityMeasure) -> Iterator[Finding]:
    """A measure does not end over an unanswered plea."""
    if measure.plea_waiting is not None:
        yield finding("plea_waits")


@refuses("plea_drafter_decides")
def not_who_drafted_the_answer(measure: AccountabilityMeasure) -> Iterable[int | None]:
    """Two persons: who drafted the answer does not decide."""
    plea = measure.plea_or_none
    return [plea.drafted_by_id] if plea is not None else []


def _who_decides(measure: AccountabilityMeasure) -> Iterable[int]:
    """Who decided the measure, as long as they hold the post; else whoever holds it now.

    What a meeting laid a meeting decides; whoever of the leaders or the director compares its record lets it count.
    """
    by_office, by_meeting = measure.endorser_id is None, measure.decision_item_id is not None
    roles = (DIRECTOR, LEADERS) if by_meeting else (DIRECTOR if by_office else LEADERS,)
    able = CurrentParties.today().in_roles(roles, measure)
    if not by_meeting and measure.decider in able:
        able = [one for one in able if one == measure.decider]
    acting = measure.office_parties().get(Party.ACTING_DIRECTOR, ()) if DIRECTOR in roles else ()
    return [*(one.pk for one in able), *acting]


@admits_only(_who_decides)
def by_who_laid_it(measure: AccountabilityMeasure, user: User) -> Iterator[Finding]:
    """Who decided the measure decides on the plea against it."""
    if user.pk in _who_decides(measure):
        return
    if measure.decision_item_id is not None:
        yield finding("plea_by_meeting")
    else:
        yield finding("plea_by_decider", name=measure.decider.name if measure.decider else "")


def plea_begun(measure: AccountabilityMeasure) -> bool:
    """Whether the unit has a draft that nobody has handed in."""
    plea = measure.plea_or_none
    return plea is not None and plea.stated_at is None and bool(plea.draft.strip())


def answer_is_to_be_drafted(measure: AccountabilityMeasure) -> bool:
    """Whether a plea waits and nobody has drafted an answer."""
    plea = measure.plea_waiting
    return plea is not None and plea.drafted_at is None


def answer_is_to_be_decided(measure: AccountabilityMeasure) -> bool:
    """Whether an answer is drafted and not decided."""
    plea = measure.plea_waiting
    return plea is not None and plea.drafted_at is not None


def plea_due_on(measure: AccountabilityMeasure) -> date | None:
    """By when the plea is to be answered."""
    plea = measure.plea_waiting
    return plea.answer_due_on if plea is not None else None


def plea_until(measure: AccountabilityMeasure) -> date | None:
    """Until when it may be stated."""
    return measure.plea_until
