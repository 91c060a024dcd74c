"""Requirements of steps, each with its reasons; the state machine and the pages use the same objects."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from yuetan.errors import Reason
from yuetan.models.flow.recording import is_asked
from yuetan.rules.refusals import Finding, finding

if TYPE_CHECKING:
    from yuetan.models.flow.step import HasSteps
    from yuetan.models.people.user import User

Subject = TypeVar("Subject", bound="HasSteps")


class Requirement:
    """A condition on the object alone; callable as a django-fsm condition."""

    def __init__(self, find: Callable[[Subject], Iterable[Finding]]) -> None:
        self._find: Callable[[Any], Iterable[Finding]] = find  # asked of the subjects whose table names it
        self.__name__: str = find.__name__
        self.__doc__ = find.__doc__

    def __call__(self, subject: HasSteps) -> bool:
        return next(iter(self.findings(subject)), None) is None

    def findings(self, subject: HasSteps) -> Iterable[Finding]:
        """What is missing."""
        return (each for each in self._find(subject) if is_asked(each.code))

    def reasons(self, subject: HasSteps) -> list[Reason]:
        """What is missing, each as a sentence."""
        return [subject.reason(finding) for finding in self.findings(subject)]


@dataclass(frozen=True)
class Barred:
    """Whom a personal requirement keeps from a step, by key: some people, or all but some.

    People recused because they hold a post in the unit (回避) need not be named: no step of its matters is theirs.
    """

    people: frozenset[int] = frozenset()
    all_but: frozenset[int] | None = None


class PersonalRequirement:
    """A condition on the object and the person who would take the step; `barred` says of all people who fails it."""

    def __init__(self, find: Callable[[Subject, User], Iterable[Finding]], barred: Callable[[Subject], Barred]) -> None:
        self._find: Callable[[Any, User], Iterable[Finding]] = find
        self.barred: Callable[[Any], Barred] = barred
        self.__name__: str = find.__name__
        self.__doc__ = find.__doc__

    def allows(self, subject: HasSteps, user: User) -> bool:
        """Whether the requirement lets this person pass."""
        return next(iter(self.findings(subject, user)), None) is None

    def findings(self, subject: HasSteps, user: User) -> Iterable[Finding]:
        """What stands against this person."""
        return self._find(subject, user)

    def reasons(self, subject: HasSteps, user: User) -> list[Reason]:
        """The reasons against this person, each a sentence."""
        return [subject.reason(finding) for finding in self.findings(subject, user)]


def refuses(code: str) -> Callable[[Callable[[Subject], Iterable[int | None]]], PersonalRequirement]:
    """Make a function that names people by key a requirement that refuses them, with the sentence of the code."""

    def decorate(named: Callable[[Subject], Iterable[int | None]]) -> PersonalRequirement:
        def barred(subject: Subject) -> Barred:
            return Barred(frozenset(key for key in named(subject) if key is not None))

        def find(subject: Subject, user: User) -> Iterable[Finding]:
            return [finding(code, name=user.name)] if user.pk in barred(subject).people else []

        find.__name__, find.__doc__ = named.__name__, named.__doc__
        return PersonalRequirement(find, barred)

    return decorate


def refuses_recused(find: Callable[[Subject, User], Iterable[Finding]]) -> PersonalRequirement:
    """Make a function that says who holds a post in the unit a requirement of its own: a recused person is told why."""
    return PersonalRequirement(find, lambda subject: Barred())


def admits_only(
    named: Callable[[Subject], Iterable[int]],
) -> Callable[[Callable[[Subject, User], Iterable[Finding]]], PersonalRequirement]:
    """Make a function a requirement that nobody passes but the people whom another function names by key."""
    return lambda find: PersonalRequirement(find, lambda subject: Barred(all_but=frozenset(named(subject))))
