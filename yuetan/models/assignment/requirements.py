"""Requirements for the steps of a 交办事项."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from yuetan.models.flow.requirement import Requirement, refuses_recused
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.official_text import joined
from yuetan.vocabulary import TaskState

if TYPE_CHECKING:
    from yuetan.models.assignment.assignment import Assignment
    from yuetan.models.people.user import User


@refuses_recused
def not_to_the_own_unit(assignment: Assignment, user: User) -> Iterator[Finding]:
    """回避: nobody gives their own unit something to do, or takes it back."""
    for post in user.posts_in(assignment.unit_id):
        yield finding("assignment_to_own_unit", name=user.name, unit=assignment.unit.name, title=post.title)


@Requirement
def every_task_accepted(assignment: Assignment) -> Iterator[Finding]:
    """It is concluded once everything that was given to the unit is accepted."""
    open_ones = [str(task.number) for task in assignment.tasks.all() if task.state != TaskState.ACCEPTED]
    if open_ones:
        yield finding("assignment_task_open", numbers=joined(open_ones))


@Requirement
def checks_signed(assignment: Assignment) -> Iterator[Finding]:
    """What was looked at on the spot counts once everybody who went stands by it."""
    names = [member.person.name for team in assignment.unsigned_teams for member in team.unsigned]
    if names:
        yield finding("inspection_unsigned", names=joined(dict.fromkeys(names)))
