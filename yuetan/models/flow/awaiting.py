"""For whom a subject waits, now and when time goes on, read off the table of steps: what `PendingStep` rows keep."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from yuetan import permissions
from yuetan.models.flow.audience import EVERYBODY
from yuetan.rules.dates import clock
from yuetan.vocabulary import NARROWED_POSTS, ROLE_OF_POST, Party, Role

if TYPE_CHECKING:
    from yuetan.models.flow.step import HasSteps, Step

NARROWED_ROLES = frozenset(ROLE_OF_POST[kind].value for kind in NARROWED_POSTS)
GROUPS = (Party.UNIT_HEAD, Party.UNIT_LIAISON)  # parties that are groups, not single people


@dataclass(frozen=True)
class Recipient:
    """Everybody in a role; one person, perhaps only while in a role; or a group of a unit."""

    role: str = ""
    group: int | None = None
    person: int | None = None


@dataclass(frozen=True)
class Awaited:
    """One step that a recipient is awaited for, without the people whom the subject bars from it, and by when."""

    verb: str
    recipient: Recipient
    barred: tuple[int, ...]
    due_on: date | None


@dataclass(frozen=True)
class Pending:
    """An awaited step with the time in which it waits: from a moment (None: already) until one (None: until a step)."""

    awaited: Awaited
    from_at: datetime | None
    until_at: datetime | None


def pending_of(subject: HasSteps) -> set[Pending]:
    """Everything a subject waits for, and will if nobody does anything about it; in each stretch of time once."""
    now, parties = clock.now(), subject.shared_party_keys()
    coming = sorted({moment for moment in subject.coming_moments() if moment > now})
    spans: dict[Awaited, list[tuple[datetime | None, datetime | None]]] = {}
    starts: list[datetime | None] = [None, *coming]
    for start, end in zip(starts, [*coming, None], strict=True):
        for awaited in _awaited_from(start, subject, parties):
            own = spans.setdefault(awaited, [])
            goes_on = bool(own) and own[-1][1] == start
            begins = own.pop()[0] if goes_on else start
            own.append((begins, end))
    return {Pending(awaited, *span) for awaited, own in spans.items() for span in own}


def _awaited_from(start: datetime | None, subject: HasSteps, parties: Mapping[Party, list[int]]) -> set[Awaited]:
    if start is None:
        return awaited_now(subject, parties)
    with subject.supposed_at(start):
        return awaited_now(subject, parties)


def awaited_now(subject: HasSteps, parties: Mapping[Party, list[int]]) -> set[Awaited]:
    """What a subject waits for at this moment, and from whom."""
    return {
        awaited
        for step in subject.steps_now()
        if _may_be_awaited(step, subject) and step.is_met(subject)
        for awaited in _of_step(step, subject, parties)
    }


def _may_be_awaited(step: Step, subject: HasSteps) -> bool:
    return step.awaited_by is not None or step.is_awaited(subject)


def _of_step(step: Step, subject: HasSteps, parties: Mapping[Party, list[int]]) -> Iterator[Awaited]:
    due_on = step.due_on(subject) if step.due_on else subject.next_due_on()
    all_barred = [personal.barred(subject) for personal in step.personal]
    barred = frozenset[int]().union(*(one.people for one in all_barred))
    circles = [one.all_but for one in all_barred if one.all_but is not None]
    for recipient in _recipients(step, subject, parties):
        for one in (each for wide in _narrowed(recipient, circles) for each in _readers_of(wide, subject)):
            if one.person is None:
                yield Awaited(step.verb, one, tuple(sorted(barred)), due_on)
            elif one.person not in barred:
                yield Awaited(step.verb, one, (), due_on)


def _recipients(step: Step, subject: HasSteps, parties: Mapping[Party, list[int]]) -> Iterator[Recipient]:
    permission = permissions.BY_CODENAME[step.permission.removeprefix(f"{permissions.APP}.")]
    audience = step.awaited_by(subject) if step.awaited_by else EVERYBODY
    roles = {ROLE_OF_POST[kind] for kind in audience.posts}
    for role in permission.roles:
        if audience.is_everybody or role in roles:
            yield Recipient(role=Role(role).value)
        else:
            yield from (Recipient(role=Role(role).value, person=person) for person in audience.people)
    for party in permission.parties:
        keys = parties.get(party, [])
        if party in GROUPS:
            yield from (Recipient(group=key) for key in keys if audience.is_everybody)
        else:
            yield from (Recipient(person=k) for k in keys if audience.is_everybody or k in audience.people)


def _narrowed(recipient: Recipient, circles: list[frozenset[int]]) -> Iterator[Recipient]:
    """The recipient, or those of the only people admitted who are it."""
    admitted = frozenset.intersection(*circles) if circles else None
    if admitted is None:
        yield recipient
    elif recipient.person is not None:
        yield from [recipient] if recipient.person in admitted else []
    elif recipient.group is None:
        yield from (Recipient(role=recipient.role, person=person) for person in admitted)


def _readers_of(recipient: Recipient, subject: HasSteps) -> Iterator[Recipient]:
    """知悉范围: the recipient, or of a post without some of whom a case was narrowed, those who may know of it."""
    if subject.readers is None or recipient.role not in NARROWED_ROLES:
        yield recipient
    elif recipient.person is None:
        yield from (Recipient(role=recipient.role, person=person) for person in subject.readers)
    elif recipient.person in subject.readers:
        yield recipient
