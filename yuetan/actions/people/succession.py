"""转由承接单位办理: by one decision of the director all matters of a unit that has ended go over to its successor."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from yuetan import grants
from yuetan.actions.hold_row import hold_row
from yuetan.actions.people.ended_matters import carry_over_ended
from yuetan.actions.people.people_rows import UNIT_CHANGES
from yuetan.actions.people.unit_people import people_of_unit
from yuetan.actions.room_step import RoomRows, RoomStep, may_by_role, room_step
from yuetan.actions.step import OPINION, One, refuse_uncited, step
from yuetan.alerts import send_alert
from yuetan.models import AccountabilityMeasure, Assignment, Case, Letter, ReceivedLetter, Unit, UnitChange, User
from yuetan.models.people.unit_change import last_successor
from yuetan.models.received.repeats import last_before
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.empty_words import require_words
from yuetan.rules.text.personal_data import personal_data
from yuetan.vocabulary import Verb


@dataclass(frozen=True)
class Matters:
    """What goes over: all that is about the unit, ended ones too, for they are its dossier."""

    cases: list[Case]
    letters: list[Letter]
    measures: list[AccountabilityMeasure]
    assignments: list[Assignment]
    received: list[ReceivedLetter]

    @property
    def count(self) -> int:
        """How many."""
        of_rooms = len(self.measures) + len(self.assignments) + len(self.received)
        return len(self.cases) + len(self.letters) + of_rooms


def matters_of(unit: Unit) -> Matters:
    """What is registered about a unit."""
    cases = Case.objects.filter(unit=unit).order_by("pk").for_lists()
    letters = Letter.objects.filter(unit=unit).order_by("pk").select_related("unit__parent")
    measures = AccountabilityMeasure.objects.filter(unit=unit).order_by("pk").for_step()
    assignments = Assignment.objects.filter(unit=unit).order_by("pk").for_step()
    received = ReceivedLetter.objects.filter(unit=unit).order_by("pk").with_relations()
    return Matters(list(cases), list(letters), list(measures), list(assignments), list(received))


def carry_over(change: UnitChange, *, by: User, opinion: str) -> UnitChange:
    """转由承接单位办理: all of it or nothing; from now on the successor's people see it and answer for it.

    What waits for somebody goes over by a step of its own, what has ended all together.

    Raises NotYours for anybody but the director; Refused without a word why, with personal data in it, and once it has
    been decided. Effects: an event, alerts and grants of each of them.
    """
    with room_step(CARRYING_OVER, change, by=by) as held:
        change = held.row
        refuse_uncited(_opinion_problems(opinion))
        _carry_over_all(change, last_successor(change.unit), by, opinion)
        change.decided_by, change.decided_at, change.opinion = by, clock.now(), opinion
        change.save()
    return change


def _opinion_problems(opinion: str) -> Iterator[Finding]:
    """As every step asks of its opinion; here once, for what has ended goes over by no step of its own."""
    yield from require_words(opinion, finding("opinion_missing", "opinion"))
    yield from personal_data("opinion", OPINION, opinion, clock.today().year)


def _carry_over_all(change: UnitChange, successor: Unit, by: User, opinion: str) -> None:
    facts = _end_of_unit(change, successor)
    carry_over_ended(change, successor, by=by, opinion=opinion, facts=facts)
    matters = matters_of(change.unit)
    for case in matters.cases:
        _carry_over(case, Verb.CARRY_OVER, by=by, change=change, successor=successor, opinion=opinion)
    for letter in matters.letters:
        carry_over_letter(letter, by=by, change=change, successor=successor, opinion=opinion)
    for measure in matters.measures:
        carry_over_measure(measure, by=by, change=change, successor=successor, opinion=opinion)
    for assignment in matters.assignments:
        carry_over_assignment(assignment, by=by, change=change, successor=successor, opinion=opinion)
    for each in matters.received:
        carry_over_received(each, by=by, change=change, successor=successor)
    _count_repeats(successor)


def carry_over_letter(letter: Letter, *, by: User, change: UnitChange, successor: Unit, opinion: str) -> Letter:
    """提醒函转由承接单位办理: one of them, in the same decision; raises what a step raises."""
    return _carry_over(letter, Verb.CARRY_OVER_LETTER, by=by, change=change, successor=successor, opinion=opinion)


def carry_over_measure(
    measure: AccountabilityMeasure, *, by: User, change: UnitChange, successor: Unit, opinion: str
) -> AccountabilityMeasure:
    """责任措施转由承接单位办理: one of them, in the same decision; raises what a step raises."""
    verb = Verb.CARRY_OVER_MEASURE
    measure = _carry_over(measure, verb, by=by, change=change, successor=successor, opinion=opinion)
    measure.restrictions.update(open_to=successor)
    return measure


def carry_over_assignment(
    assignment: Assignment, *, by: User, change: UnitChange, successor: Unit, opinion: str
) -> Assignment:
    """交办事项转由承接单位办理: one of them, in the same decision; raises what a step raises."""
    verb = Verb.CARRY_OVER_ASSIGNMENT
    return _carry_over(assignment, verb, by=by, change=change, successor=successor, opinion=opinion)


def carry_over_received(letter: ReceivedLetter, *, by: User, change: UnitChange, successor: Unit) -> ReceivedLetter:
    """三书一函转由承接单位办理: one of them, in the same decision.

    Raises NotYours for anybody but the director. Effects: it is the successor's, who is alerted of what is open.
    """
    with room_step(CARRYING_OVER_RECEIVED, letter, by=by) as held:
        letter = held.row
        letter.go_over_to(successor)
        letter.save()
        held.facts |= {**_end_of_unit(change, successor), "words": str(letter)}
        if letter.withdrawn_at is None and letter.closing_id is None:
            words = f"{change.unit.full_name}收到的{letter}转由本单位办理：{letter.matter}"
            send_alert(people_of_unit(successor), key=f"received:{letter.pk}:{change.pk}:carried", words=words)
    return letter


def _count_repeats(successor: Unit) -> None:
    """What came to either unit before counts for the successor from now on."""
    hold_row(Unit.objects.all(), successor.pk)  # as who registers a letter holds it
    in_force = ReceivedLetter.objects.in_force()
    in_force.filter(unit=successor).update(repeats_on=last_before(in_force))


def _carry_over(subject: One, verb: Verb, *, by: User, change: UnitChange, successor: Unit, opinion: str) -> One:
    with step(subject, verb, by=by, opinion=opinion, facts=_end_of_unit(change, successor)) as subject:
        subject.go_over_to(successor)
        if subject.opened_on:
            grants.open_to_unit(subject)
    return subject


def _end_of_unit(change: UnitChange, successor: Unit) -> dict[str, str]:
    return {"unit": change.unit.full_name, "successor": successor.full_name, "change": change.words}


def _has_no_succession(change: UnitChange, _by: User) -> Iterator[Finding]:
    if change.successor is None or change.decided_at is not None:
        yield finding("no_succession", unit=change.unit.name)


def _held_letter(letter: ReceivedLetter) -> ReceivedLetter:
    return hold_row(ReceivedLetter.objects.with_relations(), letter.pk)


# The events say it, of each of the matters.
CARRYING_OVER = RoomStep(Verb.CARRY_OVER, UNIT_CHANGES, (_has_no_succession,), is_logged=False)
CARRYING_OVER_RECEIVED = RoomStep(
    "carry_over_received",
    RoomRows[ReceivedLetter](_held_letter, may_by_role, lambda letter: {}),
    codename=Verb.CARRY_OVER,
)
