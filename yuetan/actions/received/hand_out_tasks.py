"""交办整改 of a letter that a unit got: what it is to put right becomes tasks, reported and struck off one by one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from yuetan.actions.assignment.assignment import GivenTask, hand_out_assignment
from yuetan.actions.received.letter_rows import LETTERS, ended_problems
from yuetan.actions.room_step import RoomStep, room_step
from yuetan.actions.step import refuse_uncited
from yuetan.models import Assignment, ReceivedLetter, User
from yuetan.models.people.unit_change import is_without_successor
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.empty_words import says_nothing
from yuetan.rules.text.official_text import chinese_date, joined
from yuetan.rules.text.written_text import personal_problems
from yuetan.vocabulary import Verb


@dataclass(frozen=True)
class StatedTask:
    """One thing to be put right, as it was stated: what, who answers for it, by when."""

    content: str
    responsible: str
    due_on: date | None


def hand_out_received(letter: ReceivedLetter, *, by: User, tasks: Sequence[StatedTask]) -> Assignment:
    """交办整改 of a letter that is neither closed nor withdrawn; until they are concluded it is not closed.

    Raises NotYours (also 回避); Refused without a task, for one without words or day, for a day that is not ahead,
    while tasks of it run, and where nobody goes on for its unit. Effects: those of handing out.
    """
    with room_step(HANDING_OUT, letter, by=by) as held:
        letter = held.row
        refuse_uncited(_task_problems(tasks))
        given = [GivenTask(one.content.strip(), one.due_on, one.responsible.strip()) for one in tasks if one.due_on]
        words, number = str(letter), letter.number
        return hand_out_assignment(letter, by=by, unit=letter.unit, matter=words, number=number, tasks=given)


def _tasks_given(letter: ReceivedLetter, *_by: User) -> Iterator[Finding]:
    if letter.is_rectifying:
        yield finding("received_tasks_given")


def _nobody_there(letter: ReceivedLetter, *_by: User) -> Iterator[Finding]:
    if is_without_successor(letter.unit):
        yield finding("received_unit_gone", unit=letter.unit.full_name)


def _task_problems(tasks: Sequence[StatedTask]) -> Iterator[Finding]:
    if not tasks:
        yield finding("received_tasks_missing", "tasks")
    for number, one in enumerate(tasks, start=1):
        has_words = bool(one.content.strip()) and not says_nothing(one.content)
        missing = [label for label, value in (("内容", has_words), ("完成时限", one.due_on)) if not value]
        if missing:
            yield finding("received_tasks_incomplete", "tasks", number=number, missing=joined(missing))
        elif one.due_on is not None and one.due_on <= clock.today():
            yield finding("received_task_past", "tasks", number=number, due=chinese_date(one.due_on))
        yield from personal_problems(tasks=(f"第{number}项整改任务", one.content))
        yield from personal_problems(tasks=(f"第{number}项整改任务的责任人", one.responsible))


HANDING_OUT = RoomStep(
    Verb.HAND_OUT_ASSIGNMENT, LETTERS, (ended_problems, _tasks_given), (_nobody_there,), is_logged=False
)
