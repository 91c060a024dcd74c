"""Requirements of steps, each with its reasons; the state machine and the pages use the same objects."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, TypeVar

from yuetan.errors import Reason
from yuetan.models.flow.recording import is_asked
from yuetan.rules.refusals import Finding

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


class PersonalRequirement:
    """A condition on the object and the person who would take the step."""

    def __init__(self, find: Callable[[Subject, User], Iterable[Finding]]) -> None:
        self._find: Callable[[Any, User], Iterable[Finding]] = find
        self.__name__: str = find.__name__
        self.__doc__ = find.__doc__

    def allows(self, subject: HasSteps, user: User) -> bool:
        """Whether the requirement lets this person pass."""
        return next(iter(self._find(subject, user)), None) is None

    def reasons(self, subject: HasSteps, user: User) -> list[Reason]:
        """The reasons against this person, each a sentence."""
        return [subject.reason(finding) for finding in self._find(subject, user)]
