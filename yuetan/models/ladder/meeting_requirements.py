"""Requirements for what is decided together: departments asked first, and a meeting that decides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from yuetan.models.flow.requirement import Requirement, refuses
from yuetan.models.ladder.text_rows import effects_of
from yuetan.rules.dates import clock
from yuetan.rules.dates.month_periods import MonthPeriod
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text import official_text
from yuetan.vocabulary import ApprovalMethod, DecisionKind, Verb

if TYPE_CHECKING:
    from yuetan.models.ladder.consultation import Consultation
    from yuetan.models.ladder.measure import AccountabilityMeasure


@Requirement
def decided_in_person(measure: AccountabilityMeasure) -> Iterator[Finding]:
    """What is agreed on with the departments concerned is decided by no single person."""
    if measure.rung.is_joint:
        yield finding("measure_for_a_meeting", rung=measure.rung.get_kind_display())


@Requirement
def is_consulted_about(measure: AccountabilityMeasure) -> Iterator[Finding]:
    """Departments are asked about a rung that is laid together with them."""
    if not measure.rung.is_joint:
        yield finding("consultation_not_of_rung", rung=measure.rung.get_kind_display())


@Requirement
def a_department_is_waited_for(measure: AccountabilityMeasure) -> Iterator[Finding]:
    """Somebody was asked and has not answered."""
    if not open_consultations(measure):
        yield finding("no_consultation_open")


@Requirement
def every_department_answered(measure: AccountabilityMeasure) -> Iterator[Finding]:
    """Each department asked has answered, or it is recorded why not; at least one was asked."""
    if not measure.rung.is_joint:
        return
    if not measure.consultations.all():
        yield finding("consultation_missing", rung=measure.rung.get_kind_display())
    waited_for = [one.department for one in open_consultations(measure)]
    if waited_for:
        yield finding("consultation_open", which=official_text.joined(waited_for))


@Requirement
def no_decision_registered(measure: AccountabilityMeasure) -> Iterator[Finding]:
    """What a meeting or a signed paper decided is registered and waits for a second person."""
    if measure.registered_by_id is not None:
        by_paper = measure.decision_item_id is None
        method = ApprovalMethod.SIGNED_PAPER if by_paper else ApprovalMethod.MEETING
        yield finding("measure_decision_registered", method=method.label)


@Requirement
def a_decision_registered(measure: AccountabilityMeasure) -> Iterator[Finding]:
    """There is something to compare."""
    if measure.registered_by_id is None:
        yield from _nothing_registered(measure)


@Requirement
def registered_as_decided(measure: AccountabilityMeasure) -> Iterator[Finding]:
    """What is registered is that it was decided to lay it."""
    yield from _registered_other(measure, DecisionKind.APPROVED, Verb.CONFIRM_MEASURE_DECLINED)


@Requirement
def registered_as_declined(measure: AccountabilityMeasure) -> Iterator[Finding]:
    """What is registered is that it was decided not to lay it."""
    yield from _registered_other(measure, DecisionKind.DECLINED, Verb.CONFIRM_MEASURE_DECISION)


def _registered_other(measure: AccountabilityMeasure, wanted: DecisionKind, other: Verb) -> Iterator[Finding]:
    registered = measure.registered_decision
    if registered is None:
        yield from _nothing_registered(measure)
    elif registered.decision != wanted:
        yield finding("measure_decision_other", decision=registered.decision_words, step=other.label)


def _nothing_registered(measure: AccountabilityMeasure) -> Iterator[Finding]:
    """A meeting alone decides what is laid together with departments, a 签批件 anything else too."""
    if measure.rung.is_joint:
        yield finding("no_measure_decision_registered")
    else:
        yield finding("no_measure_paper_registered")


@refuses("measure_registrar_confirms")
def not_who_registered_it(measure: AccountabilityMeasure) -> Iterable[int | None]:
    """Another person of the office compares what was registered with the record of the meeting."""
    return [measure.registered_by_id] if measure.decision_item_id is not None else []


@refuses("measure_paper_registrar_confirms")
def not_who_registered_the_paper(measure: AccountabilityMeasure) -> Iterable[int | None]:
    """Another person of the office compares what was registered with the scan of the 签批件."""
    return [measure.registered_by_id] if measure.decision_item_id is None else []


@Requirement
def effects_over(measure: AccountabilityMeasure) -> Iterator[Finding]:
    """What sets no target ends once what it closes is open again."""
    last = last_day_of_effects(measure)
    if last is not None and clock.today() <= last:
        words = {"rung": measure.rung.get_kind_display(), "day": official_text.chinese_date(last)}
        yield finding("joint_rung_in_force", **words)


def last_day_of_effects(measure: AccountabilityMeasure) -> date | None:
    """The last day on which a rung without a target closes anything; None of any other, and before it is served."""
    if measure.served_on is None or measure.rung.has_time_limit:
        return None
    months = [effect.months for effect in effects_of(measure)]
    return MonthPeriod(measure.served_on, max(months)).last if months else None


def open_consultations(measure: AccountabilityMeasure) -> list[Consultation]:
    """The departments asked that neither answered nor are excused."""
    return [one for one in measure.consultations.all() if one.is_open]


def is_to_be_consulted_about(measure: AccountabilityMeasure) -> bool:
    """Whether it waits that departments are asked."""
    return measure.rung.is_joint and not measure.consultations.all()


def waits_for_a_department(measure: AccountabilityMeasure) -> bool:
    """Whether an answer of some department is to be registered."""
    return bool(open_consultations(measure))


def answer_due_on(measure: AccountabilityMeasure) -> date | None:
    """The first day by which a department was asked to answer and has not."""
    return min((one.due_on for one in open_consultations(measure) if one.due_on), default=None)


def waits_for_a_meeting(measure: AccountabilityMeasure) -> bool:
    """Whether only a meeting can decide, and none is registered."""
    return measure.rung.is_joint and measure.registered_by_id is None and every_department_answered(measure)


def waits_to_be_compared(measure: AccountabilityMeasure) -> bool:
    """Whether a second person is to compare what was registered."""
    return measure.registered_by_id is not None
