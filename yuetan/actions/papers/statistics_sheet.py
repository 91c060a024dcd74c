"""约谈工作统计表: the figures of a quarter or a year, handed up to the leading group as a numbered paper."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict

from yuetan.actions.hold_row import hold_row
from yuetan.actions.room_step import RoomRows, RoomStep, room_step
from yuetan.actions.step import refuse_uncited
from yuetan.alerts import send_alert
from yuetan.documents.content.statistics_sheet import CountedTable
from yuetan.documents.issue import issue_sheet
from yuetan.models import Document, OfficeSetting, Post, StatisticsSheet, User
from yuetan.models.papers.statistics_sheet import issuers_named, issues_statistics
from yuetan.models.people.delegation import LEADING_POSTS
from yuetan.rules.dates import clock
from yuetan.rules.dates.periods import Period, PeriodKind
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.official_text import chinese_date
from yuetan.vocabulary import DocumentKind

Count = Callable[[], Sequence[CountedTable]]


def issue_statistics(*, by: User, period: Period, count: Count, reason: str = "", seen: str = "") -> Document:
    """印发约谈工作统计表: what `count` gives for a period is frozen, numbered and printed.

    `seen` is the digest of the figures that were looked at; empty where they are only to be looked at. Raises NotYours
    for whoever is not the director, nor acts for one; Refused for a month, a period that has not begun, who must keep
    away from a unit, a second edition without a reason, and figures that changed meanwhile. Effects: a number, a paper
    that replaces the one of the former edition, one entry of the log, a message to each leader who may read it.
    """
    with room_step(ISSUING, period, by=by) as held:
        former = newest_sheet(period)
        if former is not None and not reason.strip():
            refuse_uncited([finding("statistics_issued", "reason", period=period.label, number=former.number)])
        tables = list(count())
        if seen and seen != digest_of(tables):
            refuse_uncited([finding("statistics_changed")])
        sheet = _new_edition(period, tables, former, reason)
        document = issue_sheet(sheet, tables, by=by, replaces=former)
        held.facts |= {"document": document.number, **({"reason": sheet.reason} if sheet.reason else {})}
        words = f"办公室印发了{document.title}（{document.number}），请在“文书”中查阅。"
        send_alert(_leaders_who_read(by), key=f"statistics:{document.pk}", words=words)
    return document


def newest_sheet(period: Period) -> Document | None:
    """The paper in force with the figures of a period: that of the last edition."""
    editions = StatisticsSheet.objects.filter(kind=period.kind.value, year=period.year, number=period.number)
    last = editions.select_related("document__entry").defer("document__html").order_by("-edition").first()
    if last is None:
        return None
    last.document.sheet = last
    return last.document


def digest_of(tables: Sequence[CountedTable]) -> str:
    """The SHA-256 of figures, to tell whether they are still those that were shown."""
    figures = json.dumps([asdict(table) for table in tables], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(figures.encode()).hexdigest()


def _sheet_problems(period: Period, by: User) -> Iterator[Finding]:
    if period.kind == PeriodKind.MONTH:
        yield finding("statistics_of_a_month")
    if period.first > clock.today():
        yield finding("statistics_ahead", period=period.label, first=chinese_date(period.first))
    if by.interviewed_units:
        titles = "、".join(post.full_title for post in by.current_posts if post.unit_id in by.interviewed_units)
        yield finding("statistics_recused", titles=titles, who=issuers_named())


def _new_edition(
    period: Period, tables: Sequence[CountedTable], former: Document | None, reason: str
) -> StatisticsSheet:
    edition = former.sheet.edition + 1 if former is not None and former.sheet is not None else 1
    return StatisticsSheet.objects.create(
        kind=period.kind.value,
        year=period.year,
        number=period.number,
        edition=edition,
        figures=[asdict(table) for table in tables],
        reason=reason.strip() if former else "",
    )


def _leaders_who_read(by: User) -> list[User]:
    """The leaders who may read it, but for who issued it."""
    posts = Post.objects.current().filter(kind__in=LEADING_POSTS, holder__is_active=True).select_related("holder")
    leaders = {post.holder_id: post.holder for post in posts.order_by("pk")}
    return [one for one in leaders.values() if one.pk != by.pk and Document.objects.shows_all_to(one)]


def _held_period(period: Period) -> Period:
    """One sheet after the other."""
    hold_row(OfficeSetting.objects.all(), f"prefix_{DocumentKind.STATISTICS.value}")
    return period


SHEETS = RoomRows[Period](
    _held_period, lambda _period, by, _codename: issues_statistics(by), lambda period: {"period": period.label}
)
ISSUING = RoomStep(StatisticsSheet.ISSUER, SHEETS, (_sheet_problems,))
