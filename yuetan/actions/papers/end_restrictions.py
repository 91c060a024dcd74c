"""Restrictions end before their last day only by a decision that names its reason; they stay in the record."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import QuerySet

from yuetan.models import AccountabilityMeasure, Restriction, User
from yuetan.rules.dates import clock
from yuetan.vocabulary.restriction import RestrictionEnd


def end_restrictions(
    measure: AccountabilityMeasure,
    *,
    kind: RestrictionEnd,
    reason: str,
    paper: str,
    by: User,
    on: date | None = None,
) -> int:
    """End what a measure closes, from a day (today) on, inside the step that revokes it; how many rows that were.

    `paper` names what was decided by. What is over by that day, or has ended early before, stays as it is.
    """
    return end_rows(measure.restrictions.all(), kind=kind, reason=reason, paper=paper, by=by, on=on)


def end_rows(
    rows: QuerySet[Restriction],
    *,
    kind: RestrictionEnd,
    reason: str,
    paper: str,
    by: User,
    on: date | None = None,
) -> int:
    """End these restrictions from a day (today) on, by kind, reason and paper; how many that were."""
    day = on or clock.today()
    return rows.filter(ended_on=None, until__gte=day).update(
        ended_on=day,
        until=day - timedelta(days=1),
        end_kind=kind,
        end_reason=reason,
        end_paper=paper,
        ended_by=by,
        ended_at=clock.now(),
    )
