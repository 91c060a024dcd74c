"""Conditions of steps that can say why they are not met; the state machine and the pages ask the same objects."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from yuetan.errors import Reason
from yuetan.rules.refusals import Finding

if TYPE_CHECKING:
    from yuetan.models.people.user import User


class Requirement:
    """A condition on the object alone; callable as a django-fsm condition."""

    def __init__(self, find: Callable[[Any], Iterable[Finding]]) -> None:
        self.find = find
        self.__name__ = find.__name__
        self.__doc__ = find.__doc__

    def __call__(self, subject: Any) -> bool:
        return next(iter(self.find(subject)), None) is None

    def reasons(self, subject: Any) -> list[Reason]:
        """What is missing, each as a sentence."""
        return [subject.reason(finding) for finding in self.find(subject)]


class PersonalRequirement:
    """A condition on the object and the person who would take the step."""

    def __init__(self, find: Callable[[Any, User], Iterable[Finding]]) -> None:
        self.find = find
        self.__name__ = find.__name__
        self.__doc__ = find.__doc__

    def allows(self, subject: Any, user: User) -> bool:
        """Whether nothing stands against this person."""
        return next(iter(self.find(subject, user)), None) is None

    def reasons(self, subject: Any, user: User) -> list[Reason]:
        """What stands against this person, each as a sentence."""
        return [subject.reason(finding) for finding in self.find(subject, user)]
