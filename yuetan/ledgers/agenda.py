"""日程: the interviews, meetings, inspections, revisits and limits that a person may see in a span, and their own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import partial
from itertools import takewhile
from operator import attrgetter
from typing import Any, NamedTuple, TypeVar, cast
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from yuetan import permissions
from yuetan.ledgers.agenda_entry import Entry, EntryKind
from yuetan.ledgers.subjects import read_subjects, subject_url
from yuetan.models import (
    SUBJECTS,
    Case,
    Inspection,
    Invitation,
    Meeting,
    OfficeSetting,
    PendingStep,
    Revisit,
    Subject,
    User,
)
from yuetan.models.flow.pending_step import PendingStepQuerySet
from yuetan.models.reporting.analysis_due import AnalysisDue, analyses_due
from yuetan.rules.dates import clock
from yuetan.rules.dates.working_days import ONE_DAY
from yuetan.vocabulary import CaseState, Verb

Row = TypeVar("Row")
Visit = TypeVar("Visit", Inspection, Revisit)

EVERY = Q()
MAX_ENTRIES = 500  # of one kind in one span
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
    span = _Span(user, begin, until, own=own)
    parts = [_interviews(span), _limits(span), _meetings(span), _analyses_due(span)]
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
    span = _Span(user, begin, until, own=False, most=most)
    return _with_subjects(_interviews(span, Q(state=CaseState.NOTIFIED)))


def _with_subjects(entries: Sequence[Entry]) -> list[Entry]:
    subjects = read_subjects(entry.about for entry in entries if entry.about)
    return [_with_subject(entry, subjects[entry.about[1]]) if entry.about else entry for entry in entries]


def _with_subject(entry: Entry, subject: Subject) -> Entry:
    return replace(entry, words=subject.title, unit=subject.unit_label, url=subject_url(subject))


class _Span:
    """Whose days are asked for; how far they are whole once of one kind there was more than is read."""

    def __init__(self, user: User, begin: date, until: date, *, own: bool, most: int = 0) -> None:
        self.user, self.begin, self.until, self.own = user, begin, until, own
        self.most = most or MAX_ENTRIES
        self.complete_until = until
        self.own_units = [post.unit_id for post in user.current_posts]

    def read(self, rows: QuerySet[Any, Row], day_of: Callable[[Row], date]) -> list[Row]:
        """The first rows of an ordered query; a day that is not whole is left out of the whole span."""
        first = list(rows[: self.most + 1])
        if len(first) > self.most:
            self.complete_until = min(self.complete_until, day_of(first[-1]) - ONE_DAY)
        return first[: self.most]


def _interviews(span: _Span, which: Q = EVERY) -> list[Entry]:
    cases = Case.objects.visible_to(span.user).filter(
        which, scheduled_at__gte=clock.day_begins(span.begin), scheduled_at__lt=clock.day_begins(span.until + ONE_DAY)
    )
    if span.own:
        posts = [post.pk for post in span.user.current_posts]
        own = Q(interviewer__holder=span.user) | Q(drafter=span.user) | Q(interviewees__in=posts)
        cases = cases.filter(own).distinct()
    ordered = cases.order_by("scheduled_at", "pk").values_list(*OF_INTERVIEW)
    rows = [_Interview(*row) for row in span.read(ordered, lambda row: timezone.localtime(row[1]).date())]
    clashing = _clashes(rows)
    return [_interview_entry(row, clashing.get(row.case, "")) for row in rows]


def _interview_entry(row: _Interview, clash: str) -> Entry:
    begins = timezone.localtime(row.scheduled_at)
    return Entry(
        EntryKind.INTERVIEW,
        begins.date(),
        f"interview-{row.case}",
        (Case.ABOUT, row.case),
        begins=begins,
        place=row.place,
        who=row.who or "",
        clash=clash,
    )


def _clashes(rows: Sequence[_Interview]) -> dict[UUID, str]:
    """For each interview ahead what another one within the office's hours needs as well: a leader, or the place."""
    hours = timedelta(hours=OfficeSetting.objects.number("clash_hours"))
    clashing: dict[UUID, str] = {}
    ahead = [row for row in rows if row.state == CaseState.NOTIFIED]
    for number, one in enumerate(ahead):
        for other in takewhile(partial(_is_near, one, hours), ahead[number + 1 :]):
            if shared := _shared(one, other):
                clashing[one.case] = clashing[other.case] = shared
    return clashing


def _is_near(one: _Interview, hours: timedelta, other: _Interview) -> bool:
    return other.scheduled_at - one.scheduled_at < hours


def _shared(one: _Interview, other: _Interview) -> str:
    if one.holder is not None and one.holder == other.holder:
        return f"约谈人{one.who}"
    place = one.place.strip()
    return f"地点“{place}”" if place and place == other.place.strip() else ""


def _meetings(span: _Span) -> list[Entry]:
    """Those that were not cancelled; their own: those to which the person or their unit was convened."""
    first, end = clock.day_begins(span.begin), clock.day_begins(span.until + ONE_DAY)
    meetings = Meeting.objects.visible_to(span.user).filter(begins_at__gte=first, begins_at__lt=end, cancelled_at=None)
    if span.own:
        invited = Invitation.objects.of_person(span.user).order_by().values("meeting")
        meetings = meetings.filter(Q(pk__in=invited) | Q(chair__holder=span.user))
    ordered = meetings.select_related("chair__holder").order_by("begins_at", "pk")
    return [_meeting(row) for row in span.read(ordered, lambda row: row.local_begin.date())]


def _meeting(row: Meeting) -> Entry:
    begins, url = row.local_begin, reverse("meeting", args=[row.pk])
    facts = {"place": row.place, "who": row.chair.holder.name, "unit": row.title, "url": url}
    return Entry(EntryKind.MEETING, begins.date(), f"meeting-{row.pk}", None, begins=begins, **facts)


def _analyses_due(span: _Span) -> list[Entry]:
    """By when 半年报告 and 季度分析报告 are to be issued, for whoever drafts them."""
    if not span.user.has_perm(permissions.name("draft_report_analysis")):
        return []
    return [_analysis_due(one) for one in analyses_due(clock.today()) if span.begin <= one.due_on <= span.until]


def _analysis_due(one: AnalysisDue) -> Entry:
    key, step, url = f"{one.of.key}-{one.span.last}", f"印发{one.of.called}", reverse("report_list")
    return Entry(EntryKind.LIMIT, one.due_on, key, None, step=step, unit=one.title, url=url)


def _inspections(span: _Span) -> list[Entry]:
    return _visits(span, Inspection.objects.filter(concluded_at=None), EntryKind.INSPECTION)


def _revisits(span: _Span) -> list[Entry]:
    return _visits(span, Revisit.objects.filter(outcome=""), EntryKind.REVISIT)


def _visits(span: _Span, rows: QuerySet[Visit], kind: EntryKind) -> list[Entry]:
    """Plans of a visit are the inner side's, and nobody's who holds a post in the unit."""
    visible = Case.objects.visible_to(span.user).exclude(unit__in=span.own_units).order_by().values("pk")
    planned = rows.filter(planned_on__range=(span.begin, span.until), case__in=visible)
    if span.own:
        planned = planned.filter(team__members__person=span.user).distinct()
    ordered = planned.order_by("planned_on", "pk").values_list("planned_on", "pk", "case")
    visits = span.read(cast("QuerySet[Any, tuple[date, int, UUID]]", ordered), lambda row: row[0])
    return [Entry(kind, day, f"{kind}-{key}", (Case.ABOUT, case)) for day, key, case in visits]


def _limits(span: _Span) -> list[Entry]:
    """By when what is awaited must be done: a line for each step of a case or letter, whoever it waits for."""
    within = Q(listed_on__range=(span.begin, span.until)) & ~Q(verb__in=HELD_AT_ITS_TIME)
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


def _pending(span: _Span) -> Iterator[PendingStepQuerySet]:
    """Rows of 待办 that the person may read: by role all but those about their own units; of these what waits there."""
    if span.user.interviewed_units:
        yield PendingStep.objects.now().filter(unit__in=span.user.interviewed_units).exclude(group=None)
    if span.own:
        yield from PendingStep.objects.of(span.user)
    elif span.user.has_perm(permissions.name("see_inner_case")):
        known = (model.objects.all().known_to(span.user, f"{name}__") for name, model in SUBJECTS.items())
        yield PendingStep.objects.now().exclude(unit__in=span.own_units).filter(*known)
