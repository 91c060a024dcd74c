"""What follows from a visit: tasks handed to the unit, and what was drafted on its facts, linked to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from yuetan.actions.assignment.assignment import GivenTask, hand_out_assignment
from yuetan.actions.rounds.round_rows import locked_visit, note_visit, personal_problems, require_on_visit
from yuetan.actions.step import refuse_uncited
from yuetan.models import Assignment, OpinionCorrection, RoundFollowUp, RoundVisit, Subject, User
from yuetan.models.rounds.supervision_round import SEE_ROUNDS
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.empty_words import missing_labels, says_nothing
from yuetan.rules.text.official_text import chinese_date
from yuetan.vocabulary import Verb

HAND_OUT = Verb.HAND_OUT_ASSIGNMENT


@dataclass(frozen=True)
class RoundTask:
    """One thing to be put right, as it was stated: what, who answers for it, by when."""

    content: str
    responsible: str
    due_on: date | None


@transaction.atomic
def hand_out_round(visit: RoundVisit, *, by: User, tasks: Sequence[RoundTask]) -> Assignment:
    """交办整改 of the problems that a unit was told of, once, as tasks in the one account of tasks.

    Raises NotYours (also 回避); Refused before the unit was told, while that is being corrected, without a problem or a
    task, for one without words or day, for a day that is not ahead, and the second time. Effects: those of handing out,
    under the number of the 督导意见书 in force.
    """
    require_on_visit(visit, by, HAND_OUT)
    visit = locked_visit(visit)
    refuse_uncited(_follow_problems(visit, "交办整改"))
    refuse_uncited(_problems_of_tasks(visit, tasks))
    given = [GivenTask(one.content.strip(), one.due_on, one.responsible.strip()) for one in tasks if one.due_on]
    paper, title = visit.opinion, visit.round.title
    assert paper is not None
    return hand_out_assignment(visit, by=by, unit=visit.unit, matter=title, number=paper.number, tasks=given)


@transaction.atomic
def link_follow_up(visit: RoundVisit, *, by: User, subject: Subject) -> RoundFollowUp:
    """Write down that a 提醒函, a measure or a proposal was drafted on what was found there; the second time the same.

    Raises NotYours (also 回避); Refused before the unit was told, without a problem, and for another unit.
    """
    require_on_visit(visit, by, SEE_ROUNDS)
    visit = locked_visit(visit)
    refuse_uncited(_follow_problems(visit, "办理"))
    if subject.unit_id != visit.unit_id:
        refuse_uncited([finding("follow_up_other_unit", "", unit=visit.unit.full_name)])
    named = {subject.ABOUT: subject}
    known = RoundFollowUp.objects.filter(visit=visit, **named).first()
    if known is not None:
        return known
    made = RoundFollowUp.objects.create(visit=visit, linked_by=by, linked_at=clock.now(), **named)
    note_visit("link_follow_up", by, visit)
    return made


def _follow_problems(visit: RoundVisit, what: str) -> Iterator[Finding]:
    words = {"unit": visit.unit.full_name, "what": what}
    if visit.informed_at is None:
        yield finding("follow_up_before_opinion", "", **words)
    elif not visit.problem_count:
        yield finding("follow_up_without_problem", "", **words)


def _problems_of_tasks(visit: RoundVisit, tasks: Sequence[RoundTask]) -> Iterator[Finding]:
    if OpinionCorrection.objects.not_issued().filter(visit=visit).exists():
        yield finding("opinion_being_corrected", "", unit=visit.unit.full_name, what="交办整改")
    if Assignment.objects.in_force().filter(round_visit=visit).exists():
        yield finding("round_tasks_given")
    if not tasks:
        yield finding("round_tasks_missing", "tasks")
    for number, one in enumerate(tasks, start=1):
        has_words = bool(one.content.strip()) and not says_nothing(one.content)
        if missing := missing_labels({"内容": has_words, "完成时限": one.due_on}):
            yield finding("round_task_incomplete", "tasks", number=number, missing=missing)
        elif one.due_on is not None and one.due_on <= clock.today():
            yield finding("round_task_past", "tasks", number=number, due=chinese_date(one.due_on))
        yield from personal_problems(tasks=(f"第{number}项整改任务", f"{one.content}{one.responsible}"))
