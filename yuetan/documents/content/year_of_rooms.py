"""What the rooms beside cases have of a unit in a year, for its dossier: no more than whoever reads may see there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Count, F, Max, Q, QuerySet

from yuetan.models import (
    AssessmentSheet,
    PeriodicReport,
    Post,
    ReceivedLetter,
    ReportPeriod,
    RoundVisit,
    Unit,
    User,
)
from yuetan.models.dossier.year_facts import MAX_LISTED, Days
from yuetan.models.reporting.missed import A_MINUTE
from yuetan.models.reporting.report import missed_now, reported_now
from yuetan.vocabulary import AssessmentGrade

Row = TypeVar("Row")
Shown = type[ReportPeriod] | type[ReceivedLetter] | type[AssessmentSheet] | type[RoundVisit]


@dataclass(frozen=True)
class RoomLine:
    """One line, and the row whose page shows it; of reports the newest period that is counted."""

    words: str
    of: Shown
    key: int | UUID


@dataclass(frozen=True)
class RoomOfYear:
    """What one room has; `more` is how many lines are not listed."""

    title: str
    lines: Sequence[RoomLine]
    more: int = 0


def rooms_of_year(unit: Unit, days: Days, viewer: User, *, post: Post | None = None) -> list[RoomOfYear]:
    """The rooms that have anything; with a post, of the days on which it was held."""
    rooms = (
        _periodic_reports(unit, days, viewer),
        _letters(unit, days, viewer),
        _results(unit, days, viewer, post),
        _visits(unit, days, viewer),
    )
    return [room for room in rooms if room.lines]


def _periodic_reports(unit: Unit, days: Days, viewer: User) -> RoomOfYear:
    """A line a scheme: of what fell due, and of what was reported at any time."""
    in_these_days = days.at("due_at") | (Q(due_at=None) & days.at("handed_in_at"))
    in_time = Q(due_at=None) | Q(handed_in_at__lt=F("due_at") + A_MINUTE)
    counted = {
        "按时报送": reported_now() & in_time,
        "逾期报送": reported_now() & Q(handed_in_at__gte=F("due_at") + A_MINUTE),
        "未报": missed_now(),
    }
    numbered = {f"n{place}": Count("pk", filter=condition) for place, condition in enumerate(counted.values())}
    is_counted = reported_now() | missed_now()
    reports = PeriodicReport.objects.visible_to(viewer).filter(in_these_days, is_counted, unit=unit)
    schemes = reports.order_by().values("period__scheme", "period__scheme__title")
    rows = schemes.annotate(period=Max("period_id"), **numbered).order_by("period__scheme__title")
    shown, more = _first_of(rows)
    lines = []
    for row in shown:
        numbers: Mapping[str, object] = row
        parts = [f"{label}{numbers[name]}份" for label, name in zip(counted, numbered, strict=True) if numbers[name]]
        lines.append(RoomLine(f"{row['period__scheme__title']}：{'，'.join(parts)}", ReportPeriod, row["period"]))
    return RoomOfYear("信息报送", lines, more)


def _letters(unit: Unit, days: Days, viewer: User) -> RoomOfYear:
    letters = (
        ReceivedLetter.objects.visible_to(viewer).in_force().with_standing().filter(days.on("received_on"), unit=unit)
    )
    shown, more = _first_of(letters.order_by("received_on", "pk"))
    return RoomOfYear("三书一函", [RoomLine(_letter_in_words(one), ReceivedLetter, one.pk) for one in shown], more)


def _letter_in_words(letter: ReceivedLetter) -> str:
    standing = "，".join(filter(None, (str(letter.standing.label), letter.late_words)))
    return f"{_on(letter.received_on)}　{letter}，{letter.matter}：{standing}"


def _results(unit: Unit, days: Days, viewer: User, post: Post | None) -> RoomOfYear:
    """Once it is published; with a post only to who held it when the days that count were over."""
    lines = []
    sheets = AssessmentSheet.objects.visible_to(viewer).standing().select_related("assessment__scheme")
    for sheet in sheets.filter(unit=unit, year=days.first.year, assessment__published_at__isnull=False):
        scheme = sheet.assessment.scheme
        assert scheme is not None
        if post is None or post.is_held_on(scheme.last_day):
            rank = f"{sheet.group_name}{sheet.rank_words}，{sheet.total}分，{AssessmentGrade(sheet.grade).label}"
            rank += f"（公布的是{sheet.published_words}，后经更正）" if sheet.published_words else ""
            lines.append(RoomLine(f"{sheet.assessment}：{rank}", AssessmentSheet, sheet.pk))
    return RoomOfYear("考核", lines)


def _visits(unit: Unit, days: Days, viewer: User) -> RoomOfYear:
    """Once the unit was told what was found."""
    visits = RoundVisit.objects.visible_to(viewer).filter(days.on("day"), unit=unit, informed_at__isnull=False)
    shown, more = _first_of(visits.select_related("round").order_by("day", "pk"))
    lines = [
        RoomLine(f"{_on(one.day)}　{one.round.title}：{_problems_in_words(one)}，已反馈", RoundVisit, one.pk)
        for one in shown
    ]
    return RoomOfYear("督导", lines, more)


def _problems_in_words(visit: RoundVisit) -> str:
    return f"发现问题{visit.problem_count}项" if visit.problem_count else "没有发现问题"


def _on(day: date) -> str:
    return f"{day.month}月{day.day}日"


def _first_of(rows: QuerySet[Any, Row]) -> tuple[list[Row], int]:
    """The first of them, and how many more there are."""
    shown = list(rows[: MAX_LISTED + 1])
    return (shown[:MAX_LISTED], rows.count() - MAX_LISTED) if len(shown) > MAX_LISTED else (shown, 0)
