"""日程: the interviews, meetings, inspections, revisits and limits that a person may see in a span, and their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import partial
from itertools import takewhile
from operator import attrgetter
from typing import TypeVar
from uuid import UUID

from django.db.models import Model, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from yuetan import permissions
from yuetan.ledgers.subjects import subject_url, subjects_by_key
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
from yuetan.models.case.case import CaseQuerySet
from yuetan.models.flow.pending_step import PendingStepQuerySet
from yuetan.rules.dates.working_days import ONE_DAY
from yuetan.rules.text.official_text import CHINA_STANDARD_TIME
from yuetan.vocabulary import CaseState, Verb

Row = TypeVar("Row", bound=Model)
Visit = TypeVar("Visit", Inspection, Revisit)

EVERY = Q()
MAX_ENTRIES = 500  # of one kind in one span
HELD_AT_ITS_TIME = (Verb.HOLD_INTERVIEW, Verb.BEGIN_INSPECTION, Verb.CONCLUDE_INSPECTION, Verb.RECORD_REVISIT)


class EntryKind(StrEnum):
    """What an entry is."""

    INTERVIEW = "interview"
    INSPECTION = "inspection"
    REVISIT = "revisit"
    LIMIT = "limit"
    MEETING = "meeting"


KIND_LABELS = {
    EntryKind.INTERVIEW: "约谈",
    EntryKind.INSPECTION: "督查",
    EntryKind.REVISIT: "回头看",
    EntryKind.MEETING: "会议",
}


@dataclass(frozen=True)
class Entry:
    """One thing of one day; `begins` is None where it is of the whole day, `clash` names what it collides with."""

    kind: EntryKind
    day: date
    words: str
    unit: str
    url: str
    key: str
    begins: datetime | None = None
    step: str = ""
    place: str = ""
    who: str = ""
    clash: str = ""

    @property
    def label(self) -> str:
        """约谈、督查、回头看, or of a limit the step that is to be taken by then."""
        return self.step or KIND_LABELS[self.kind]

    @property
    def order(self) -> tuple[date, datetime, str]:
        """By the hour; what is of the whole day behind it."""
        return (self.day, self.begins or _midnight(self.day + ONE_DAY), self.key)


@dataclass(frozen=True)
class Agenda:
    """The entries of a span in order; `complete_until` is the last day that is listed whole."""

    begin: date
    until: date
    entries: Sequence[Entry]
    complete_until: date

    def of(self, day: date) -> list[Entry]:
        """The entries of one day."""
        return [entry for entry in self.entries if entry.day == day]


def agenda(user: User, begin: date, until: date, *, own: bool = False) -> Agenda:
    """What this person may see from `begin` to `until`; `own`: what they themselves take part in or are awaited for."""
    span = _Span(user, begin, until, own=own)
    parts = [_interviews(span), _limits(span), _meetings(span)]
    if user.has_perm(permissions.name("see_inner_case")):
        parts += [_inspections(span), _revisits(span)]
    entries = [entry for part in parts for entry in part]
    shown = sorted((entry for entry in entries if entry.day <= span.complete_until), key=attrgetter("order"))
    return Agenda(begin, until, shown, span.complete_until)


def interviews_ahead(user: User, begin: date, until: date, most: int) -> list[Entry]:
    """The first so many interviews of a span that have not been held, with what clashes among them marked."""
    return _interviews(_Span(user, begin, until, own=False, most=most), Q(state=CaseState.NOTIFIED))


class _Span:
    """Whose days are asked for; how far they are whole once of one kind there was more than is read."""

    def __init__(self, user: User, begin: date, until: date, *, own: bool, most: int = 0) -> None:
        self.user, self.begin, self.until, self.own = user, begin, until, own
        self.most = most or MAX_ENTRIES
        self.complete_until = until
        self.own_units = [post.unit_id for post in user.current_posts]

    def read(self, rows: QuerySet[Row], day_of: Callable[[Row], date]) -> list[Row]:
        """The first rows of an ordered query; a day that is not whole is left out of the whole span."""
        first = list(rows[: self.most + 1])
        if len(first) > self.most:
            self.complete_until = min(self.complete_until, day_of(first[-1]) - ONE_DAY)
        return first[: self.most]


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), CHINA_STANDARD_TIME)


def _interviews(span: _Span, which: Q = EVERY) -> list[Entry]:
    visible: CaseQuerySet = Case.objects.visible_to(span.user).for_lists().filter(which)
    cases = visible.filter(scheduled_at__gte=_midnight(span.begin), scheduled_at__lt=_midnight(span.until + ONE_DAY))
    if span.own:
        posts = [post.pk for post in span.user.current_posts]
        own = Q(interviewer__holder=span.user) | Q(drafter=span.user) | Q(interviewees__in=posts)
        cases = cases.filter(own).distinct()
    rows = span.read(cases.order_by("scheduled_at", "pk"), lambda case: _local(case).date())
    clashing = _clashes(rows)
    return [_interview(case, clashing.get(case.pk, "")) for case in rows]


def _local(case: Case) -> datetime:
    assert case.scheduled_at is not None
    return timezone.localtime(case.scheduled_at)


def _interview(case: Case, clash: str) -> Entry:
    return Entry(
        EntryKind.INTERVIEW,
        _local(case).date(),
        case.title,
        case.unit_label,
        subject_url(case),
        f"interview-{case.pk}",
        begins=_local(case),
        place=case.place,
        who=case.interviewer.holder.name if case.interviewer else "",
        clash=clash,
    )


def _clashes(cases: Sequence[Case]) -> dict[UUID, str]:
    """For each interview ahead what another one within the office's hours needs as well: a leader, or the place."""
    hours = timedelta(hours=OfficeSetting.objects.number("clash_hours"))
    clashing: dict[UUID, str] = {}
    ahead = [case for case in cases if case.state == CaseState.NOTIFIED]
    for number, one in enumerate(ahead):
        for other in takewhile(partial(_is_near, one, hours), ahead[number + 1 :]):
            if shared := _shared(one, other):
                clashing[one.pk] = clashing[other.pk] = shared
    return clashing


def _is_near(one: Case, hours: timedelta, other: Case) -> bool:
    return _local(other) - _local(one) < hours


def _shared(one: Case, other: Case) -> str:
    if one.interviewer and other.interviewer and one.interviewer.holder_id == other.interviewer.holder_id:
        return f"约谈人{one.interviewer.holder.name}"
    place = one.place.strip()
    return f"地点“{place}”" if place and place == other.place.strip() else ""


def _meetings(span: _Span) -> list[Entry]:
    """Those that were not cancelled; their own: those to which the person or their unit was convened."""
    first, end = _midnight(span.begin), _midnight(span.until + ONE_DAY)
    meetings = Meeting.objects.visible_to(span.user).filter(begins_at__gte=first, begins_at__lt=end, cancelled_at=None)
    if span.own:
        invited = Invitation.objects.of_person(span.user).order_by().values("meeting")
        meetings = meetings.filter(Q(pk__in=invited) | Q(chair__holder=span.user))
    rows = span.read(meetings.select_related("chair__holder").order_by("begins_at", "pk"), _day_of_meeting)
    return [_meeting(row) for row in rows]


def _day_of_meeting(meeting: Meeting) -> date:
    return meeting.local_begin.date()


def _meeting(row: Meeting) -> Entry:
    return Entry(
        EntryKind.MEETING,
        _day_of_meeting(row),
        "",
        row.title,
        reverse("meeting", args=[row.pk]),
        f"meeting-{row.pk}",
        begins=row.local_begin,
        place=row.place,
        who=row.chair.holder.name,
    )


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
    planned = planned.select_related("case__unit__parent", "case__first_unit").order_by("planned_on", "pk")
    return [_visit(row, kind) for row in span.read(planned, attrgetter("planned_on"))]


def _visit(row: Visit, kind: EntryKind) -> Entry:
    assert row.planned_on is not None
    return Entry(kind, row.planned_on, row.case.title, row.case.unit_label, subject_url(row.case), f"{kind}-{row.pk}")


def _limits(span: _Span) -> list[Entry]:
    """By when what is awaited must be done: a line for each step of a case or letter, whoever it waits for."""
    within = Q(listed_on__range=(span.begin, span.until)) & ~Q(verb__in=HELD_AT_ITS_TIME)
    parts = [part.filter(within).order_by("listed_on", "pk") for part in _pending(span)]
    rows = [row for part in parts for row in span.read(part, attrgetter("listed_on"))]
    subjects = subjects_by_key(rows)
    soonest = {(row.subject_id, row.verb): row for row in sorted(rows, key=lambda row: row.listed_on, reverse=True)}
    return [_limit(row, subjects[row.subject_id]) for row in soonest.values()]


def _limit(row: PendingStep, subject: Subject) -> Entry:
    step = str(Verb(row.verb).label)
    key = f"limit-{row.subject_id}-{row.verb}"
    return Entry(
        EntryKind.LIMIT, row.listed_on, subject.title, subject.unit_label, subject_url(subject), key, step=step
    )


def _pending(span: _Span) -> Iterator[PendingStepQuerySet]:
    """Rows of 待办 that the person may read: by role all but those about their own units; of these what waits there."""
    if span.user.interviewed_units:
        yield PendingStep.objects.now().filter(unit__in=span.user.interviewed_units).exclude(group=None)
    if span.own:
        yield from PendingStep.objects.of(span.user)
    elif span.user.has_perm(permissions.name("see_inner_case")):
        known = (model.objects.all().known_to(span.user, f"{name}__") for name, model in SUBJECTS.items())
        yield PendingStep.objects.now().exclude(unit__in=span.own_units).filter(*known)
