"""转由承接单位办理: by one decision of the director all matters of a unit that has ended go over to its successor."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from yuetan import grants
from yuetan.actions.log_event import log_event
from yuetan.actions.people.unit_people import people_of_unit
from yuetan.actions.step import One, refuse_uncited, require_right, step
from yuetan.alerts import send_alert
from yuetan.models import AccountabilityMeasure, Assignment, Case, Letter, ReceivedLetter, Unit, UnitChange, User
from yuetan.models.people.unit_change import last_successor
from yuetan.models.received.repeats import last_before
from yuetan.rules.dates import clock
from yuetan.rules.refusals import finding
from yuetan.rules.text.empty_words import require_words
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


@transaction.atomic
def carry_over(change: UnitChange, *, by: User, opinion: str) -> UnitChange:
    """转由承接单位办理: all of it or nothing; from now on the successor's people see it and answer for it.

    Raises NotYours for anybody but the director; Refused without a word why, and once it has been decided.
    Effects: an event, alerts and grants of each of them.
    """
    require_right(by, Verb.CARRY_OVER)
    rows = UnitChange.objects.select_for_update(of=("self",)).select_related("unit__parent", "successor")
    change = rows.get(pk=change.pk)
    if change.successor is None or change.decided_at is not None:
        refuse_uncited([finding("no_succession", unit=change.unit.name)])
    refuse_uncited(require_words(opinion, finding("opinion_missing", "opinion")))
    successor, matters = last_successor(change.unit), matters_of(change.unit)
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
    change.decided_by, change.decided_at, change.opinion = by, clock.now(), opinion
    change.save()
    return change


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
    """三书一函转由承接单位办理: one of them, in the same decision. Effect: the successor is alerted of what is open."""
    letter = ReceivedLetter.objects.select_for_update(no_key=True).get(pk=letter.pk)
    letter.go_over_to(successor)
    letter.save()
    log_event("carry_over_received", by, **_end_of_unit(change, successor), words=str(letter))
    if letter.withdrawn_at is None and letter.closing_id is None:
        words = f"{change.unit.full_name}收到的{letter}转由本单位办理：{letter.matter}"
        send_alert(people_of_unit(successor), key=f"received:{letter.pk}:{change.pk}:carried", words=words)
    return letter


def _count_repeats(successor: Unit) -> None:
    """What came to either unit before counts for the successor from now on."""
    Unit.objects.select_for_update(no_key=True).get(pk=successor.pk)  # as who registers a letter holds it
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
