"""What follows from a visit: tasks handed to the unit, and when something may be drafted on its facts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from yuetan.actions.assignment.assignment import GivenTask, hand_out_assignment
from yuetan.actions.room_step import Problems, RoomStep, room_step
from yuetan.actions.rounds.opinion_correction import open_correction
from yuetan.actions.rounds.round_rows import VISITS
from yuetan.actions.step import refuse_uncited
from yuetan.models import Assignment, RoundVisit, User
from yuetan.models.rounds.supervision_round import SEE_ROUNDS
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.empty_words import missing_labels, says_nothing
from yuetan.rules.text.official_text import chinese_date
from yuetan.rules.text.written_text import personal_problems
from yuetan.vocabulary import Verb


@dataclass(frozen=True)
class RoundTask:
    """One thing to be put right, as it was stated: what, who answers for it, by when."""

    content: str
    responsible: str
    due_on: date | None


def hand_out_round(visit: RoundVisit, *, by: User, tasks: Sequence[RoundTask]) -> Assignment:
    """交办整改 of the problems that a unit was told of, once, as tasks in the one account of tasks.

    Raises NotYours (also 回避); Refused before the unit was told, while that is being corrected, without a problem or a
    task, for one without words or day, for a day that is not ahead, and the second time. Effects: those of handing out,
    under the number of the 督导意见书 in force.
    """
    with room_step(HANDING_OUT, visit, by=by) as held:
        visit = held.row
        refuse_uncited(_problems_of_tasks(tasks))
        given = [GivenTask(one.content.strip(), one.due_on, one.responsible.strip()) for one in tasks if one.due_on]
        paper, title = visit.opinion, visit.round.title
        assert paper is not None
        return hand_out_assignment(visit, by=by, unit=visit.unit, matter=title, number=paper.number, tasks=given)


def _unless_problem(what: str) -> Problems[RoundVisit]:
    """That the unit was told of no problem."""

    def problems(visit: RoundVisit, _by: User) -> Iterator[Finding]:
        if visit.informed_at is None:
            yield finding("follow_up_before_opinion", "", unit=visit.unit.full_name, what=what)
        elif not visit.problem_count:
            yield finding("follow_up_without_problem", "", unit=visit.unit.full_name, what=what)

    return problems


def _corrected_or_given(visit: RoundVisit, _by: User) -> Iterator[Finding]:
    if open_correction(visit) is not None:
        yield finding("opinion_being_corrected", "", unit=visit.unit.full_name, what="交办整改")
    if Assignment.objects.in_force().filter(round_visit=visit).exists():
        yield finding("round_tasks_given")


def _problems_of_tasks(tasks: Sequence[RoundTask]) -> Iterator[Finding]:
    if not tasks:
        yield finding("round_tasks_missing", "tasks")
    for number, one in enumerate(tasks, start=1):
        has_words = bool(one.content.strip()) and not says_nothing(one.content)
        if missing := missing_labels({"内容": has_words, "完成时限": one.due_on}):
            yield finding("round_task_incomplete", "tasks", number=number, missing=missing)
        elif one.due_on is not None and one.due_on <= clock.today():
            yield finding("round_task_past", "tasks", number=number, due=chinese_date(one.due_on))
        yield from personal_problems(tasks=(f"第{number}项整改任务", f"{one.content}{one.responsible}"))


_ONCE = (_unless_problem("交办整改"), _corrected_or_given)
HANDING_OUT = RoomStep(Verb.HAND_OUT_ASSIGNMENT, VISITS, _ONCE, is_logged=False)
LINKING = RoomStep("link_follow_up", VISITS, (_unless_problem("办理"),), codename=SEE_ROUNDS)
