"""Requirements for the steps of a measure of a 责任制; what they ask is read off the rows of its text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from yuetan.models.case.requirements.notice import unsigned_climbs_to
from yuetan.models.flow.recusal import recused_today
from yuetan.models.flow.requirement import Requirement, refuses, refuses_recused
from yuetan.models.ladder.laid_rungs import fault_of_door, fault_of_next_door
from yuetan.models.ladder.meeting_requirements import last_day_of_effects
from yuetan.models.ladder.text_rows import doors_of
from yuetan.rules.dates import clock
from yuetan.rules.open_doors import DoorFault, fault_words
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text import official_text
from yuetan.rules.text.empty_words import missing_of
from yuetan.vocabulary import RungKind, TaskState, UnitKind, Verb

if TYPE_CHECKING:
    from datetime import date

    from yuetan.models.flow.audience import Audience
    from yuetan.models.ladder.measure import AccountabilityMeasure
    from yuetan.models.people.user import User


@refuses("measure_drafter_decides")
def not_the_measures_drafter(measure: AccountabilityMeasure) -> Iterable[int | None]:
    """Whoever wrote any of its text neither endorses nor decides it."""
    return _drafters(measure)


@refuses("measure_endorser_decides")
def not_who_drafted_or_endorsed(measure: AccountabilityMeasure) -> Iterable[int | None]:
    """What goes to a leader is decided by a third person."""
    return [*_drafters(measure), measure.endorser_id]


def _drafters(measure: AccountabilityMeasure) -> list[int | None]:
    revised = measure.events.filter(verb__in=(Verb.REVISE_MEASURE, Verb.SUBMIT_MEASURE))
    return [measure.drafter_id, *revised.values_list("actor", flat=True)]


@refuses_recused
def not_on_the_own_unit(measure: AccountabilityMeasure, user: User) -> Iterator[Finding]:
    """回避: nobody endorses or decides a measure on their own unit."""
    return recused_today("measure_recusal", user, *(measure.units_named if measure.recuses(user) else ()))


@Requirement
def decided_by_the_office(measure: AccountabilityMeasure) -> Iterator[Finding]:
    """What its text gives to the leading group goes to a leader."""
    if is_for_the_group(measure):
        yield finding("measure_for_the_group", rung=measure.rung.get_kind_display())


def is_for_the_group(measure: AccountabilityMeasure) -> bool:
    """Whether its text has the leading group lay this rung."""
    return measure.rung.decided_by == UnitKind.LEADING_GROUP


@Requirement
def measure_complete(measure: AccountabilityMeasure) -> Iterator[Finding]:
    """It rests on a ground of its text, and says what is wrong, what is required, and by when where a limit belongs."""
    if not measure.measure_grounds.exists():
        yield finding("measure_without_ground")
    needed = {
        name: (label, getattr(measure, name))
        for name, label in measure.TEXT_LABELS.items()
        if name != "demands" or measure.rung.has_time_limit
    }
    yield from missing_of("measure_laid_incomplete", needed)
    if measure.rung.has_time_limit and measure.limit is None:
        yield finding("measure_limit_missing", "limit", rung=measure.rung.get_kind_display())
    if measure.limit is not None and not measure.rung.has_time_limit:
        yield finding("measure_limit_not_of_rung", "limit", rung=measure.rung.get_kind_display())
    if measure.needs_door_words and not measure.door_words.strip():
        yield finding("gravity_without_words", "door_words", words=measure.door.words)


@Requirement
def limit_ahead(measure: AccountabilityMeasure) -> Iterator[Finding]:
    """There is time left to do what is required."""
    if measure.limit is not None and measure.limit <= clock.today():
        yield finding("measure_limit_past", "limit", day=official_text.chinese_date(measure.limit))


@Requirement
def circumstances_answered(measure: AccountabilityMeasure) -> Iterator[Finding]:
    """Every circumstance of its text, heavier and lighter, is answered with a reason before anything is decided."""
    open_ones = [each.citation for each in measure.unanswered_circumstances()]
    if open_ones:
        yield finding("circumstances_unanswered", "circumstances", which=official_text.joined(open_ones))


@Requirement
def case_named(measure: AccountabilityMeasure) -> Iterator[Finding]:
    """What follows an interview says which one it was."""
    after = measure.door.after
    if after is not None and after.kind == RungKind.INTERVIEW and measure.case is None:
        words = {"rung": measure.rung.get_kind_display(), "words": measure.door.words}
        yield finding("measure_without_case", "case", **words)


@Requirement
def door_stands(measure: AccountabilityMeasure) -> Iterator[Finding]:
    """The door of its text through which it came stands today."""
    words = {"rung": measure.rung.get_kind_display(), "words": measure.door.words}
    several = measure.further_units
    for unit in (measure.unit, *several):
        door, fault = fault_of_door(measure, unit.pk)
        if fault == DoorFault.ALREADY_PROPOSED:
            yield finding("veto_proposed_already", "door", rung=words["rung"])
        elif fault is not None:
            whose = f"{unit.full_name}，" if several else ""
            yield finding("door_does_not_stand", "door", fault=whose + fault_words(door, fault), **words)


@Requirement
def not_laid_meanwhile(measure: AccountabilityMeasure) -> Iterator[Finding]:
    """Of two of a kind for one matter that were decided side by side, one alone is served or put to the superior of the
    unit; asked once of all named."""
    if measure.copy_of_id is not None:
        return
    faults = [fault_of_door(measure, unit.pk)[1] for unit in (measure.unit, *measure.further_units)]
    if DoorFault.ALREADY_LAID in faults:
        yield finding("measure_laid_meanwhile", rung=measure.rung.get_kind_display())
    elif DoorFault.ALREADY_PROPOSED in faults:
        yield finding("veto_proposed_already", rung=measure.rung.get_kind_display())


@Requirement
def text_as_decided(measure: AccountabilityMeasure) -> Iterator[Finding]:
    """What is served is what was decided, word for word."""
    if measure.digest != measure.decided_sha256:
        yield finding("measure_not_as_decided")


@Requirement
def paper_in_force(measure: AccountabilityMeasure) -> Iterator[Finding]:
    """A voided paper asks for nothing any more."""
    voided_at = measure.issued_paper.entry.voided_at
    if voided_at is not None:
        yield finding("measure_voided", time=official_text.chinese_date(voided_at))


@Requirement
def paper_unsigned(measure: AccountabilityMeasure) -> Iterator[Finding]:
    """A paper is signed for once; of a listing that has ended it is the 摘牌通知书."""
    receipt = measure.paper_to_sign.receipt_or_none
    if receipt is not None:
        yield finding("measure_already_acknowledged", name=receipt.signer, time=receipt.signed_at_words)


def receipt_due_on(measure: AccountabilityMeasure) -> date | None:
    """By when the paper that waits for it should be signed for; None for one from before there was such a day."""
    return measure.paper_to_sign.receipt_due_on


def receipt_has_climbed_to(measure: AccountabilityMeasure) -> Audience:
    """Whose it is to see to it, like to a notice, that the paper has been unsigned for so long."""
    paper = measure.paper_to_sign
    return unsigned_climbs_to(paper.receipt_due_on, paper.receipt_director_on)


@Requirement
def paper_signed(measure: AccountabilityMeasure) -> Iterator[Finding]:
    """Nothing is found met of what nobody has signed for."""
    if measure.issued_paper.receipt_or_none is None:
        yield finding("measure_not_acknowledged")


@Requirement
def door_to_interview_stands(measure: AccountabilityMeasure) -> Iterator[Finding]:
    """The text has an interview follow where this measure was not met in time, and it was not."""
    known = fault_of_next_door(measure, RungKind.INTERVIEW)
    if known is None:
        yield finding("no_interview_after", rung=measure.rung.get_kind_display())
    elif known.fault is not None:
        words = {"words": known.door.words, "fault": fault_words(known.door, known.fault)}
        yield finding("interview_door_does_not_stand", **words)


@Requirement
def every_task_accepted(measure: AccountabilityMeasure) -> Iterator[Finding]:
    """Its target is met once everything that it demands is."""
    open_ones = [task.number for task in measure.tasks.all() if task.state != TaskState.ACCEPTED]
    if open_ones:
        numbers = official_text.joined([str(number) for number in open_ones])
        yield finding("measure_task_open", numbers=numbers)


@Requirement
def checks_signed(measure: AccountabilityMeasure) -> Iterator[Finding]:
    """What was looked at on the spot counts once everybody who went stands by it."""
    names = [member.person.name for team in measure.unsigned_teams for member in team.unsigned]
    if names:
        yield finding("inspection_unsigned", names=official_text.joined(dict.fromkeys(names)))


def is_to_be_judged(measure: AccountabilityMeasure) -> bool:
    """Whether all that it demands is accepted; of one that handed nothing over, whether its limit is over."""
    last = last_day_of_effects(measure)
    if last is not None:
        return measure.is_in_force and clock.today() > last
    tasks = list(measure.tasks.all())
    return every_task_accepted(measure) and measure.is_in_force if tasks else is_past_limit(measure)


def waits_for_interview(measure: AccountabilityMeasure) -> bool:
    """Whether its limit is over and its text has an interview follow."""
    if not is_past_limit(measure):
        return False
    doors = doors_of(measure.accountability_id)
    return any(one.after_id == measure.rung_id and one.rung.kind == RungKind.INTERVIEW for one in doors)


def is_past_limit(measure: AccountabilityMeasure) -> bool:
    """Whether its limit is over, in force as it is."""
    return measure.is_in_force and measure.limit is not None and measure.limit < clock.today()
