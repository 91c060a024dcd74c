"""What the clock brings to 信息报送: a period begins, and with it one row for every unit that owes its report."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import islice

from django.db import connection, transaction

from yuetan.actions.reporting.scheme_rows import hold_scheme, log_opened
from yuetan.models import CalendarDay, ReportPeriod, ReportScheme, SchemeVersion
from yuetan.rules.dates import clock
from yuetan.rules.dates.working_days import ONE_DAY
from yuetan.rules.reporting.periods import Span, due_moment
from yuetan.vocabulary import ReportState

logger = logging.getLogger(__name__)

MAX_AT_ONCE = 60  # periods of one scheme that one run opens; the next run goes on
_OWE = """
    INSERT INTO yuetan_periodicreport (period_id, unit_id, serial, due_at, state, figures)
    SELECT %s, owing.id, 0, %s, %s, '{{}}' FROM ({units}) AS owing (id)
"""


def open_periods(today: date) -> dict[str, int]:
    """Begin every period that has come, each scheme whole or not at all; done again, it begins nothing more.

    A scheme that raises keeps no other from going on; raises ExceptionGroup at the end if one did.
    """
    opened, problems = 0, []
    for scheme in ReportScheme.objects.order_by("pk"):
        try:
            opened += open_scheme(scheme, today)
        except Exception as problem:
            logger.exception("periods were not opened: %s", scheme.pk)
            problems.append(problem)
    if problems:
        raise ExceptionGroup("有的报送事项没有开期", problems)
    return {"开期": opened}


@transaction.atomic
def open_scheme(scheme: ReportScheme, today: date) -> int:
    """Begin the periods of one scheme that have come, under the version each begins with; how many it were."""
    hold_scheme(scheme.pk)
    versions = list(scheme.versions.select_related("area").order_by("first_day"))
    end = scheme.ended()
    until = min(today, end.from_day - ONE_DAY) if end else today
    last, begun = scheme.periods.order_by("-first").first(), 0
    for version, span in islice(spans_to_come(versions, last.span if last else None), MAX_AT_ONCE):
        if span.first > until:
            break
        _begin_and_owe(scheme, version, span)
        begun += 1
    return begun


def spans_to_come(versions: Sequence[SchemeVersion], last: Span | None) -> Iterator[tuple[SchemeVersion, Span]]:
    """The periods after the last that has begun, each with its version; without end where the newest has none.

    `versions` are in the order of their first days.
    """
    while (coming := _next_span(versions, last)) is not None:
        yield coming
        last = coming[1]


def period_across(
    versions: Sequence[SchemeVersion], version: SchemeVersion, last: tuple[SchemeVersion, Span] | None
) -> tuple[SchemeVersion, Span] | None:
    """The period because of which none would open on the first day of a version that is to come after `versions`.

    It is the last that has begun, or one that begins before that day; none where its first period opens on it.
    """
    before = last
    for coming in spans_to_come([*versions, version], last[1] if last else None):
        if coming[1].first >= version.first_day:
            return before if coming[1].first > version.first_day else None
        before = coming
    return before


def _next_span(versions: Sequence[SchemeVersion], last: Span | None) -> tuple[SchemeVersion, Span] | None:
    """The period after the last one, and its version; none where nothing comes any more."""
    day = last.last + ONE_DAY if last else versions[0].first_day
    version = [each for each in versions if each.first_day <= day][-1]
    span = version.span_around(day)
    if _is_over(version, span, last):
        later = [each for each in versions if each.first_day > day]
        return (later[0], later[0].span_around(later[0].first_day)) if later else None
    return version, span


def _is_over(version: SchemeVersion, span: Span, last: Span | None) -> bool:
    ended = version.last_day is not None and span.first > version.last_day
    return ended or (last is not None and span.first <= last.first)


def _begin_and_owe(scheme: ReportScheme, version: SchemeVersion, span: Span) -> None:
    period = begin_period(scheme, version, span)
    if period.unit_count:
        units, keys = version.units().order_by().values_list("pk").query.sql_with_params()
        with connection.cursor() as cursor:
            cursor.execute(_OWE.format(units=units), [period.pk, period.due_at, ReportState.AWAITED.value, *keys])


def begin_period(scheme: ReportScheme, version: SchemeVersion, span: Span) -> ReportPeriod:
    """Begin one period of a scheme, which is locked; the caller writes what the units owe of it, which is counted."""
    period = ReportPeriod.objects.create(
        scheme=scheme,
        version=version,
        first=span.first,
        last=span.last,
        label=span.label,
        opens_on=opening_day(version, span),
        due_at=due_of(version, span),
        unit_count=version.units().count() if version.is_periodic else 0,
        began_at=clock.now(),
    )
    log_opened(period)
    return period


def due_of(version: SchemeVersion, span: Span) -> datetime | None:
    """Until when the report of a period is due; never for what is reported at any time."""
    if not version.is_periodic:
        return None
    calendar = CalendarDay.objects.calendar()
    return due_moment(span.last, version.due_days, version.day_count, version.due_time, calendar)


def opening_day(version: SchemeVersion, span: Span) -> date:
    """From when on it may be filled in: so many days before the period ends, but not before it begins."""
    if not version.is_periodic:
        return span.first
    return max(span.last - timedelta(days=version.open_days), span.first)
