"""How each step of a 交办事项 is taken: the action, whose step it is, and lawful keywords."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, cast

from yuetan.actions.assignment.assignment import conclude_assignment, revoke_assignment
from yuetan.models import Assignment, User
from yuetan.scenarios.actors import in_office
from yuetan.scenarios.drivers import DRIVERS
from yuetan.vocabulary import Verb


class AssignmentDriver(NamedTuple):
    """One step of a 交办事项."""

    action: Callable[..., Assignment]
    who: Callable[[Assignment], User]
    keywords: Callable[[Assignment], dict[str, object]]


ASSIGNMENT_DRIVERS: dict[Verb, AssignmentDriver] = {
    Verb.CONCLUDE_ASSIGNMENT: AssignmentDriver(
        conclude_assignment,
        lambda about: in_office("supervisor"),
        lambda about: {"opinion": "各项均已落实。"},
    ),
    Verb.REVOKE_ASSIGNMENT: AssignmentDriver(
        revoke_assignment, lambda about: in_office("director"), lambda about: {"reason": "事项已并入年度工作安排。"}
    ),
}


def take(verb: str, about: Assignment, *, by: User | None = None, **changed: object) -> Assignment:
    """Take a step now, as the person whose step it is, with lawful keywords; both may be changed.

    Those about tasks are taken as of a case. Raises whatever the action raises.
    """
    about = Assignment.objects.for_step().get(pk=about.pk)
    driver = ASSIGNMENT_DRIVERS.get(Verb(verb)) or cast(AssignmentDriver, DRIVERS[Verb(verb)])
    return driver.action(about, by=by or driver.who(about), **driver.keywords(about) | changed)


def put_right(about: Assignment) -> Assignment:
    """Every task of it reported on and accepted, now."""
    for _ in about.tasks.unfinished():
        for verb in (Verb.PREPARE_REPORT, Verb.HAND_IN_REPORT, Verb.ACCEPT_TASK):
            about = take(verb, about)
    return about
