"""What the rooms of the year add to 日程: meetings, visits of 督导, and until when is reported, replied and objected.

A unit reads its own; the office of what all units owe by one moment one line, with how many are still missing.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, TypeAlias, cast
from uuid import UUID

from django.db.models import Count, Q, Sum
from django.db.models.functions import Coalesce, TruncDate
from django.urls import reverse
from django.utils import timezone

from yuetan import permissions
from yuetan.ledgers.agenda.agenda_clashes import Booked
from yuetan.ledgers.agenda.agenda_entry import Entry, EntryKind
from yuetan.ledgers.agenda.agenda_rhythms import linked_round_entries
from yuetan.ledgers.agenda.agenda_span import Span
from yuetan.models import (
    Assessment,
    AssessmentSheet,
    Invitation,
    Meeting,
    PeriodicReport,
    ReceivedLetter,
    ReportSum,
    RoundVisit,
)
from yuetan.models.assessment.assessment import SEE_ASSESSMENT
from yuetan.models.received.letter import SEE_RECEIVED
from yuetan.models.record.meeting_rhythm import wanted_on
from yuetan.models.reporting.analysis_due import AnalysisDue, analyses_due
from yuetan.models.reporting.scheme import SEE_REPORTS
from yuetan.rules.dates import clock

if TYPE_CHECKING:
    from django.db.models import QuerySet

Period: TypeAlias = tuple[date, int, str, str, int]  # the day, the key, scheme and label, how many are missing

IN_TIME, AGAIN = "报送时限", "重新报送时限"
OPEN_TO_OBJECTIONS = Q(presented_at__isnull=False, closed_at=None)


def room_entries(span: Span) -> Iterator[Entry]:
    """All of it but the meetings, which may clash with interviews."""
    yield from _round_visits(span)
    yield from _own_returns(span)
    yield from _missing_returns(span)
    yield from _analyses_due(span)
    yield from _meetings_wanted(span)
    yield from _replies(span)
    yield from _own_sheets(span)
    yield from _assessments(span)
    yield from linked_round_entries(span)


def meetings(span: Span) -> list[Booked]:
    """Those that were not cancelled; their own: those to which the person or their unit was convened."""
    first, end = span.moments
    rows = Meeting.objects.visible_to(span.user).filter(begins_at__gte=first, begins_at__lt=end, cancelled_at=None)
    if span.own:
        invited = Invitation.objects.standing().of_person(span.user).order_by().values("meeting")
        rows = rows.filter(Q(pk__in=invited) | Q(chair__holder=span.user))
    ordered = rows.select_related("chair__holder").order_by("begins_at", "pk")
    return [_meeting(row) for row in span.read(ordered, lambda row: row.local_begin.date())]


def _meeting(row: Meeting) -> Booked:
    begins, url = row.local_begin, reverse("meeting", args=[row.pk])
    facts = {"place": row.place, "who": row.chair.holder.name, "unit": row.title, "url": url}
    entry = Entry(EntryKind.MEETING, begins.date(), f"meeting-{row.pk}", None, begins=begins, **facts)
    return Booked(entry, row.chair.holder_id, "主持人", is_ahead=row.held_at is None)


def _round_visits(span: Span) -> Iterator[Entry]:
    """Their own: those of the team, and those to a unit of theirs; a covert one its unit sees from its day on."""
    visits = RoundVisit.objects.visible_to(span.user).standing().filter(day__range=span.days)
    if span.own:
        of_team = Q(round__members__person=span.user, round__members__left_on=None)
        visits = visits.filter(of_team | Q(unit__in=span.units)).distinct()
    ordered = visits.with_relations().order_by("day", "pk")
    for row in span.read(ordered, lambda row: row.day):
        url, words = reverse("round_visit", args=[row.pk]), row.round.title
        yield Entry(EntryKind.ROUND, row.day, f"round-{row.pk}", None, unit=row.unit.full_name, words=words, url=url)


def _own_returns(span: Span) -> Iterator[Entry]:
    """Until when the person's units report, or put right what was returned."""
    first, end = span.moments
    within = Q(again_by__range=span.days) | Q(again_by=None, due_at__gte=first, due_at__lt=end)
    own = PeriodicReport.objects.of_unit_people(span.user).unfinished().filter(within).with_relations()
    for row in span.read(own.order_by(Coalesce("again_by", TruncDate("due_at")), "pk"), _day_of_return):
        step, url = AGAIN if row.again_by else IN_TIME, reverse("report", args=[row.public_id])
        key, words = f"report-{row.public_id}", row.unit.full_name
        yield _limit(_day_of_return(row), key, step=step, unit=str(row.period), words=words, url=url)


def _day_of_return(report: PeriodicReport) -> date:
    """The day by which it is to be put right, or else until when it is due."""
    if report.again_by is not None:
        return report.again_by
    assert report.due_at is not None
    return timezone.localdate(report.due_at)


def _missing_returns(span: Span) -> Iterator[Entry]:
    """Once for a period: how many units have not reported, and how many have not put right by a day what was
    returned."""
    if not span.sees_all(SEE_REPORTS):
        return
    first, end = span.moments
    of_period = ("period", "period__scheme__title", "period__label")
    awaited = ReportSum.objects.filter(period__due_at__gte=first, period__due_at__lt=end)
    summed = awaited.values("period__due_at", *of_period).annotate(number=Sum("awaited")).filter(number__gt=0)
    ordered = summed.order_by("period__due_at", "period").values_list("period__due_at", *of_period, "number")
    moments = span.read(cast("QuerySet[Any, tuple[datetime, int, str, str, int]]", ordered), _local_day)
    for row in moments:
        yield _missing(IN_TIME, "未报", (_local_day(row), *row[1:]))
    returned = PeriodicReport.objects.filter(again_by__range=span.days, released_at=None)
    counted = returned.order_by().values("again_by", *of_period).annotate(number=Count("pk"))
    by_day = counted.order_by("again_by", "period").values_list("again_by", *of_period, "number")
    for again in span.read(cast("QuerySet[Any, Period]", by_day), lambda row: row[0]):
        yield _missing(AGAIN, "未改报", again)


def _local_day(row: tuple[datetime, int, str, str, int]) -> date:
    return timezone.localdate(row[0])


def _missing(step: str, what: str, row: Period) -> Entry:
    day, key, scheme, label, number = row
    unit, url = f"{scheme}，{number} 个单位{what}", f"{reverse('report_board')}?period={key}"
    return _limit(day, f"period-{key}-{day}-{what}", step=step, unit=unit, words=label, url=url)


def _limit(day: date, key: str, *, step: str, unit: str, words: str, url: str) -> Entry:
    return Entry(EntryKind.LIMIT, day, key, None, step=step, unit=unit, words=words, url=url)


def _analyses_due(span: Span) -> Iterator[Entry]:
    """By when 半年报告 and 季度分析报告 are to be issued, for whoever drafts them."""
    if span.user.has_perm(permissions.name("draft_report_analysis")):
        ahead = (one for one in analyses_due(clock.today()) if span.begin <= one.due_on <= span.until)
        yield from map(_analysis_due, ahead)


def _analysis_due(one: AnalysisDue) -> Entry:
    key, step, url = f"{one.of.key}-{one.span.last}", f"印发{one.of.called}", reverse("report_list")
    return Entry(EntryKind.LIMIT, one.due_on, key, None, step=step, unit=one.title, url=url)


def _meetings_wanted(span: Span) -> Iterator[Entry]:
    """By when a meeting is to be held by the rhythm of its kind and none is planned, for whoever calls meetings."""
    if span.user.has_perm(permissions.name("call_meeting")):
        for one in wanted_on(clock.today()):
            if span.begin <= one.last <= span.until:
                key, step = f"meeting-{one.kind.value}-{one.first}", f"召开{one.kind.label}"
                yield _limit(one.last, key, step=step, unit=one.words, words="", url=reverse("call_meeting"))


def _replies(span: Span) -> Iterator[Entry]:
    """Until when 三书一函 are replied to: for the office a line for each letter, as for each case."""
    letters = ReceivedLetter.objects.visible_to(span.user).unreplied().filter(due_on__range=span.days)
    if not span.sees_all(SEE_RECEIVED):
        letters = letters.of_unit_people(span.user)
    ordered = letters.select_related("unit__parent", "first_unit").order_by("due_on", "pk")
    for row in span.read(ordered, lambda row: cast("date", row.due_on)):
        assert row.due_on is not None
        step, url = f"回复{row.get_kind_display()}", reverse("received_letter", args=[row.pk])
        yield _limit(row.due_on, f"reply-{row.pk}", step=step, unit=row.unit_label, words=row.matter, url=url)


def _own_sheets(span: Span) -> Iterator[Entry]:
    """Until when the person's units may object to their points."""
    open_ones = Assessment.objects.filter(OPEN_TO_OBJECTIONS, object_until__range=span.days)
    own = AssessmentSheet.objects.standing().filter(assessment__in=open_ones, unit__in=span.user.interviewed_units)
    ordered = own.select_related("assessment").order_by("assessment__object_until", "pk")
    for row in span.read(ordered, lambda row: cast("date", row.assessment.object_until)):
        yield _objections(row.assessment, f"objection-{row.pk}", row.unit_name, "assessment_sheet", row.pk)


def _assessments(span: Span) -> Iterator[Entry]:
    """Until when units may object, for the office: a line a year, whatever the number of units."""
    if span.sees_all(SEE_ASSESSMENT):
        open_ones = Assessment.objects.filter(OPEN_TO_OBJECTIONS, object_until__range=span.days)
        for one in span.read(open_ones.order_by("object_until", "pk"), lambda row: cast("date", row.object_until)):
            yield _objections(one, f"objections-{one.pk}", "", "assessment", one.pk)


def _objections(of: Assessment, key: str, words: str, page: str, pk: UUID) -> Entry:
    assert of.object_until is not None
    url = reverse(page, args=[pk])
    return _limit(of.object_until, key, step="考核异议期限", unit=str(of), words=words, url=url)
