"""交办事项: handed out to one unit as tasks, concluded once all are accepted, or revoked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from yuetan.actions.rectification.given_tasks import given_task
from yuetan.actions.step import refuse_if_any, step
from yuetan.models import Assignment, Meeting, ReceivedLetter, Regulation, RoundVisit, Task, Unit, User
from yuetan.rules.dates import clock
from yuetan.rules.refusals import finding
from yuetan.rules.text.empty_words import require_words
from yuetan.vocabulary import TaskState, Verb

Source = Meeting | ReceivedLetter | RoundVisit
COLUMNS: Mapping[type[Source], str] = {Meeting: "meeting", ReceivedLetter: "received_letter", RoundVisit: "round_visit"}


@dataclass(frozen=True)
class GivenTask:
    """One thing to be done: what, by when, and who of the unit answers for it (empty: its heads)."""

    content: str
    due_on: date
    responsible: str = ""


def hand_out_assignment(
    source: Source, *, by: User, unit: Unit, matter: str, number: str, tasks: Sequence[GivenTask]
) -> Assignment:
    """交办: what a meeting agreed, a letter received asks for or a 督导 found, as tasks of one unit; `number` is the
    number of that paper.

    Raises NotYours, and Refused for the person's own unit (回避) and for a unit that has ended. Effects: the unit sees
    it from now on, and its people are alerted.
    """
    named = {column: source for kind, column in COLUMNS.items() if isinstance(source, kind)}
    assignment = Assignment(
        unit=unit,
        matter=matter,
        source_number=number,
        drafter=by,
        regulation=Regulation.objects.in_force(clock.today()),
        **named,
    )
    facts = {"tasks": len(tasks)}
    with step(assignment, Verb.HAND_OUT_ASSIGNMENT, by=by, facts=facts) as assignment:
        assignment.save()
        rows = (given_task(assignment, at, one.content, one.due_on, one.responsible) for at, one in enumerate(tasks, 1))
        Task.objects.bulk_create(rows)
    return assignment


def conclude_assignment(assignment: Assignment, *, by: User, opinion: str) -> Assignment:
    """办结: everything given to the unit is accepted; the unit reads the words. Raises Refused while a task is open."""
    with step(assignment, Verb.CONCLUDE_ASSIGNMENT, by=by, opinion=opinion) as assignment:
        refuse_if_any(assignment, require_words(opinion, finding("opinion_missing", "opinion")))
        assignment.conclude_assignment()
    return assignment


def revoke_assignment(assignment: Assignment, *, by: User, reason: str) -> Assignment:
    """撤销交办: with a reason that the unit reads; what is accepted stays so, all else is asked for no more.

    Raises StateChanged once it has ended, NotYours for anybody but the director, Refused without a reason, and for
    one's own unit (回避). Effects: its tasks that are not accepted are revoked and their progress is awaited no more;
    the unit is alerted.
    """
    with step(assignment, Verb.REVOKE_ASSIGNMENT, by=by, opinion=reason) as assignment:
        refuse_if_any(assignment, require_words(reason, finding("reason_missing", "reason", what="撤销交办")))
        for task in assignment.tasks.select_for_update(of=("self",)).exclude(state=TaskState.ACCEPTED):
            task.revoke()
            task.progress_due_on = None
            task.save()
        assignment.revoke_assignment()
    return assignment
