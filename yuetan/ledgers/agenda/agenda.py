"""日程: days and limits of cases, measures and the rooms of the year that a person sees in a span, or their own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from operator import attrgetter
from typing import Any, NamedTuple, TypeVar, cast
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from yuetan import permissions
from yuetan.ledgers.agenda.agenda_clashes import Booked, with_clashes
from yuetan.ledgers.agenda.agenda_entry import Entry, EntryKind
from yuetan.ledgers.agenda.agenda_rooms import meetings, room_entries
from yuetan.ledgers.agenda.agenda_span import Span
from yuetan.ledgers.subjects import read_subjects, subject_url
from yuetan.models import SUBJECTS, Case, Inspection, PendingStep, Revisit, Subject, User
from yuetan.models.flow.pending_step import PendingStepQuerySet
from yuetan.vocabulary import CaseState, Verb

Visit = TypeVar("Visit", Inspection, Revisit)

EVERY = Q()
HELD_AT_ITS_TIME = (Verb.HOLD_INTERVIEW, Verb.BEGIN_INSPECTION, Verb.CONCLUDE_INSPECTION, Verb.RECORD_REVISIT)


@dataclass(frozen=True)
class Agenda:
    """The entries of a span in order; `complete_until` is the last day that is listed whole."""

    begin: date
    until: date
    complete_until: date
    entries: Sequence[Entry]
    numbers: dict[date, int] = field(default_factory=dict)  # how many a day there are, shown or not

    def by_day(self) -> dict[date, list[Entry]]:
        """The entries of each day that has some."""
        return _by_day(self.entries)


def _by_day(entries: Iterable[Entry]) -> dict[date, list[Entry]]:
    days: dict[date, list[Entry]] = defaultdict(list)
    for entry in entries:
        days[entry.day].append(entry)
    return days


class _Interview(NamedTuple):
    """What of a case says when and where its interview is, and what it may clash with."""

    case: UUID
    scheduled_at: datetime
    state: str
    place: str
    holder: int | None
    who: str | None


OF_INTERVIEW = ("pk", "scheduled_at", "state", "place", "interviewer__holder", "interviewer__holder__name")


def agenda(user: User, begin: date, until: date, *, own: bool = False, most_a_day: int | None = None) -> Agenda:
    """What this person may see from `begin` to `until`; `own`: what they themselves take part in or are awaited for.

    `most_a_day`: so many of each day are read whole; the others are counted.
    """
    span = Span(user, begin, until, own=own)
    parts = [with_clashes([*_interviews(span), *meetings(span)]), _limits(span), room_entries(span)]
    if user.has_perm(permissions.name("see_inner_case")):
        parts += [_inspections(span), _revisits(span)]
    entries = [entry for part in parts for entry in part]
    within = sorted((entry for entry in entries if entry.day <= span.complete_until), key=attrgetter("order"))
    listed = _by_day(within)
    shown = [entry for of_day in listed.values() for entry in of_day[:most_a_day]]
    numbers = {day: len(of_day) for day, of_day in listed.items()}
    return Agenda(begin, until, span.complete_until, _with_subjects(shown), numbers)


def interviews_ahead(user: User, begin: date, until: date, most: int) -> list[Entry]:
    """The first so many interviews of a span that have not been held, with what clashes among them marked."""
    ahead = _interviews(Span(user, begin, until, own=False, most=most), Q(state=CaseState.NOTIFIED))
    booked = meetings(Span(user, begin, until, own=False)) if ahead else []
    return _with_subjects([entry for entry in with_clashes([*ahead, *booked]) if entry.kind == EntryKind.INTERVIEW])


def _with_subjects(entries: Sequence[Entry]) -> list[Entry]:
    subjects = read_subjects(entry.about for entry in entries if entry.about)
    return [_with_subject(entry, subjects[entry.about[1]]) if entry.about else entry for entry in entries]


def _with_subject(entry: Entry, subject: Subject) -> Entry:
    return replace(entry, words=subject.title, unit=subject.unit_label, url=subject_url(subject))


def _interviews(span: Span, which: Q = EVERY) -> list[Booked]:
    first, end = span.moments
    cases = Case.objects.visible_to(span.user).filter(which, scheduled_at__gte=first, scheduled_at__lt=end)
    cases = cases.exclude(state=CaseState.WITHDRAWN)
    if span.own:
        posts = [post.pk for post in span.user.current_posts]
        own = Q(interviewer__holder=span.user) | Q(drafter=span.user) | Q(interviewees__in=posts)
        cases = cases.filter(own).distinct()
    ordered = cases.order_by("scheduled_at", "pk").values_list(*OF_INTERVIEW)
    rows = span.read(ordered, lambda row: timezone.localtime(row[1]).date())
    return [_interview(_Interview(*row)) for row in rows]


def _interview(row: _Interview) -> Booked:
    begins = timezone.localtime(row.scheduled_at)
    facts = {"place": row.place, "who": row.who or ""}
    about, key = (Case.ABOUT, row.case), f"interview-{row.case}"
    entry = Entry(EntryKind.INTERVIEW, begins.date(), key, about, begins=begins, **facts)
    return Booked(entry, row.holder, "约谈人", is_ahead=row.state == CaseState.NOTIFIED)


def _inspections(span: Span) -> list[Entry]:
    return _visits(span, Inspection.objects.filter(concluded_at=None), EntryKind.INSPECTION)


def _revisits(span: Span) -> list[Entry]:
    return _visits(span, Revisit.objects.filter(outcome=""), EntryKind.REVISIT)


def _visits(span: Span, rows: QuerySet[Visit], kind: EntryKind) -> list[Entry]:
    """Plans of a visit are the inner side's, and nobody's who holds a post in the unit."""
    visible = Case.objects.visible_to(span.user).exclude(unit__in=span.units).order_by().values("pk")
    planned = rows.filter(planned_on__range=span.days, case__in=visible)
    if span.own:
        planned = planned.filter(team__members__person=span.user).distinct()
    ordered = planned.order_by("planned_on", "pk").values_list("planned_on", "pk", "case")
    visits = span.read(cast("QuerySet[Any, tuple[date, int, UUID]]", ordered), lambda row: row[0])
    return [Entry(kind, day, f"{kind}-{key}", (Case.ABOUT, case)) for day, key, case in visits]


def _limits(span: Span) -> list[Entry]:
    """By when what is awaited must be done: a line for each step of a case or letter, whoever it waits for."""
    within = Q(listed_on__range=span.days) & ~Q(verb__in=HELD_AT_ITS_TIME)
    soonest: dict[tuple[str, str, UUID], Entry] = {}
    for part in _pending(span):
        ordered = part.filter(within).order_by("listed_on", "pk").values_list("listed_on", "verb", *SUBJECTS)
        for day, verb, *keys in span.read(ordered, lambda row: row[0]):
            about = next((name, key) for name, key in zip(SUBJECTS, keys, strict=True) if key)
            known = soonest.get((verb, *about))
            if known is None or day < known.day:
                soonest[verb, *about] = _limit_entry(day, verb, about)
    return list(soonest.values())


def _limit_entry(day: date, verb: str, about: tuple[str, UUID]) -> Entry:
    return Entry(EntryKind.LIMIT, day, f"limit-{about[1]}-{verb}", about, step=str(Verb(verb).label))


def _pending(span: Span) -> Iterator[PendingStepQuerySet]:
    """Rows of 待办 that the person may read: by role all but those about their own units; of these what waits there."""
    if span.user.interviewed_units:
        yield PendingStep.objects.now().filter(unit__in=span.user.interviewed_units).exclude(group=None)
    if span.own:
        yield from PendingStep.objects.of(span.user)
    elif span.user.has_perm(permissions.name("see_inner_case")):
        known = (model.objects.all().known_to(span.user, f"{name}__") for name, model in SUBJECTS.items())
        yield PendingStep.objects.now().exclude(unit__in=span.units).filter(*known)
