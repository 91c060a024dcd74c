"""What a step is: one typed row, from which transitions, buttons, permissions, pages, help and tests are made."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from django_fsm import FSMField, transition

from yuetan import permissions
from yuetan.errors import Reason
from yuetan.models.flow.audience import Audience
from yuetan.models.flow.requirement import PersonalRequirement, Requirement
from yuetan.permissions import UNIT_SIDE
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding
from yuetan.vocabulary import Party, Role, Verb

if TYPE_CHECKING:
    from django.db.models.base import ModelState

    from yuetan.models.files.stored_file import StoredFile
    from yuetan.models.people.unit import Unit
    from yuetan.models.people.user import User

Method = TypeVar("Method", bound=Callable[..., object])


class Direction(Enum):
    """Where a step leads: on along the main line, back, to an early end, or nowhere (a record beside the line)."""

    MAIN = "main"
    RETURN = "return"
    END = "end"
    RECORD = "record"


INSPECTORS = "inspectors"  # people of the office who have still to sign what an inspection recorded
APPROVERS = "approvers"  # leaders in a post to which the office has given approval, and who stands in for them


@dataclass(frozen=True)
class AlertRule:
    """The recipients of one alert about a step, and its sentence.

    {subject} is the case or the letter, {fact} what the event keeps under `when`.
    """

    whom: tuple[Role | Party | str, ...]
    words: str
    when: str = ""  # the alert is sent only if the event has this fact

    def without_unit(self) -> AlertRule:
        """This rule without the unit's side: for the office alone."""
        return replace(self, whom=tuple(one for one in self.whom if one not in UNIT_SIDE))


@dataclass(frozen=True)
class Step:
    """One thing that somebody may do with a case or a letter, in the states it is possible in.

    `sources` is empty for the step that begins its subject; `target` is None for a dated record that
    leaves the state as it is. `codename` names the permission where it is not the verb. A step is
    awaited if it leads on, or as `awaited` says; `awaited_if` asks the subject, `awaited_by` says
    of whom; `due_on` tells the step's own date where it is not that of the subject. A refused
    record beside the line is shown with its reasons only if `explains` or `explains_if` says so;
    one that leads on is always, where `explains_if` does not say when.
    `alerts` are sent once it is taken, to everybody they name but the person who took it.
    """

    verb: Verb
    sources: tuple[str, ...]
    target: str | None = None
    direction: Direction = Direction.RECORD
    requirements: tuple[Requirement, ...] = ()
    personal: tuple[PersonalRequirement, ...] = ()
    codename: str = ""
    awaited: bool = False
    awaited_if: Callable[..., bool] | None = None
    awaited_by: Callable[..., Audience] | None = None
    due_on: Callable[..., date | None] | None = None
    explains: bool = False
    explains_if: Callable[..., bool] | None = None
    alerts: tuple[AlertRule, ...] = ()
    seen_by_unit: bool = False  # the interviewed side reads it in its timeline
    opinion_seen_by_unit: bool = False  # and the opinion or reason that was given with it
    heard_by_unit_if: Callable[..., bool] | None = None  # else it neither reads nor hears of it; asked before the step
    has_shared_form: bool = False  # several people of one side fill in its form together
    is_recorded: bool = True  # drafts of the unit's own leave no event
    explains_recusal: bool = False  # a recused person is refused with a sentence instead of finding no such step
    opens_early: bool = False  # its page is a place to prepare it before it is possible
    issues: str = ""  # the kind of paper that it issues under a number of its own
    authenticate_again: bool = False  # whoever takes it has shown lately that it is they who sit there
    has_own_page: bool = False  # has a page of its own instead of a button on the case page
    task: str = ""  # what is to be done, where the name of the step would take the decision for granted
    why: str = ""  # the same in 待办, where it would not say why the subject waits

    @property
    def permission(self) -> str:
        """The full name of the permission it takes."""
        return permissions.name(self.codename or self.verb)

    @property
    def is_side_step(self) -> bool:
        """Whether it leaves the state as it is."""
        return self.target is None

    def is_awaited(self, subject: HasSteps | None = None, user: User | None = None) -> bool:
        """Whether the subject, or for none given some subject, waits for it; some wait for certain people only."""
        if self.awaited_by is not None:
            return subject is not None and user is not None and self.awaited_by(subject).has(user)
        if subject is not None and self.awaited_if is not None:
            return self.awaited_if(subject)
        return self.direction == Direction.MAIN or self.awaited or self.awaited_if is not None

    def as_heard(self, subject: HasSteps) -> Step:
        """The row as it is for this subject now: the unit is told of no answer to what it does not know of."""
        if self.heard_by_unit_if is None or self.heard_by_unit_if(subject):
            return self
        alerts = tuple(rule.without_unit() for rule in self.alerts)
        return replace(self, seen_by_unit=False, opinion_seen_by_unit=False, alerts=alerts)

    def is_met(self, subject: HasSteps) -> bool:
        """Whether the subject itself meets every requirement."""
        return all(requirement(subject) for requirement in self.requirements)

    def is_explained(self, subject: HasSteps) -> bool:
        """Whether a page shows it, with its reasons, while it is refused."""
        if self.explains_if is not None:
            return self.explains_if(subject)
        return self.explains or not self.is_side_step


def transition_of(field: FSMField | str, steps: Iterable[Step], verb: Verb) -> Callable[[Method], Method]:
    """Make a method the django-fsm transition that the rows of its verb describe; raises ValueError without a row."""
    rows = [step for step in steps if step.verb == verb and step.sources and step.target is not None]
    if not rows:
        raise ValueError(verb)

    def decorate(method: Method) -> Method:
        for row in rows:
            keywords: dict[str, Any] = {"permission": row.permission, "conditions": list(row.requirements)}
            method = transition(field, source=list(row.sources), target=row.target, **keywords)(method)
        return method

    return decorate


def transitions(steps: Iterable[Step]) -> list[tuple[str, Step]]:
    """Each state with each step that leads out of it, in the order of the table."""
    return [(source, step) for step in steps if not step.is_side_step for source in step.sources]


class HasSteps:
    """What all that steps are taken on has in common: rows of steps, of which some start from the present state."""

    STEPS: ClassVar[tuple[Step, ...]]
    ABOUT: ClassVar[str]  # the column by which rows say that they are of it, and the name of the address of its page
    state: str
    unit: Unit
    unit_id: int
    readers: list[int] | None  # 知悉范围: keys of who of the office may know of it; None where all of it may
    stored_files: list[StoredFile]  # rows whose bytes the running step has stored
    _state: ModelState  # Django's own: whether the row is in the database yet

    def reason(self, finding: Finding) -> Reason:
        """A finding as a sentence under the version of the 办法 the subject rests on."""
        raise NotImplementedError

    def read_relations_once(self) -> None:
        """Read what hangs on it once, for as long as the step or the request lasts in which it is called."""

    def leaves_out(self, user: User) -> bool:
        """知悉范围: whether it was narrowed without this person, who is of the office."""
        return self.readers is not None and user.pk not in self.readers and user.may_be_left_out

    def concerns(self, unit: Unit) -> bool:
        """Whether it is about this unit, whose people keep away (回避)."""
        return unit.pk == self.unit_id

    def recuses(self, user: User) -> bool:
        """回避: whether the person holds a post in a unit that it concerns."""
        return any(self.concerns(post.unit) for post in user.current_posts)

    @property
    def is_new(self) -> bool:
        """Whether it is not saved yet."""
        return self._state.adding

    def parties(self) -> dict[Party, list[int]]:
        """Keys of the people and groups who are what to the subject now."""
        raise NotImplementedError

    def shared_party_keys(self) -> dict[Party, list[int]]:
        """Who is what to the subject, from what was read for several subjects at once, where that was done."""
        return self.parties()

    def next_due_on(self) -> date | None:
        """The date by which the next thing must happen."""
        raise NotImplementedError

    def coming_moments(self) -> Iterable[datetime]:
        """Moments, past ones among them, from which time alone may change what the subject waits for."""
        return ()

    def supposed_at(self, moment: datetime) -> AbstractContextManager[None]:
        """Ask inside the block what it will wait for at a coming moment if nobody does anything until then."""
        return clock.supposed_at(moment)

    def steps_now(self) -> list[Step]:
        """Every step out of the present state, met or not, in the order of the table."""
        return list(_steps_from("" if self.is_new else self.state, type(self)))  # type: ignore[arg-type] # a class

    def place_of(self, verb: str) -> int:
        """Where in the order of the table the step stands that this verb is now."""
        return next((place for place, step in enumerate(self.steps_now()) if step.verb == verb), len(self.STEPS))

    def find_step(self, verb: str) -> Step | None:
        """The step that this verb is in the present state; None if there is none."""
        return next((step for step in self.steps_now() if step.verb == verb), None)


@cache
def _steps_from(state: str, of: type[HasSteps]) -> tuple[Step, ...]:
    """The steps out of a state, or those by which something begins: a step asks for them a dozen times."""
    return tuple(step for step in of.STEPS if (state in step.sources if state else not step.sources))
