"""Whose days of 日程 are asked for, and how many of one kind are read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import TypeVar

from django.db.models import Model, QuerySet

from yuetan import permissions
from yuetan.models import User
from yuetan.rules.dates import clock
from yuetan.rules.dates.working_days import ONE_DAY

Row = TypeVar("Row")
Of = TypeVar("Of", bound=Model)

MAX_ENTRIES = 500  # of one kind in one span


class Span:
    """Whose days are asked for; how far they are whole once of one kind there was more than is read.

    `own`: what the person themselves takes part in or is awaited for. `units` are those in which they hold a post.
    """

    def __init__(self, user: User, begin: date, until: date, *, own: bool, most: int = 0) -> None:
        self.user, self.begin, self.until, self.own = user, begin, until, own
        self.most = most or MAX_ENTRIES
        self.complete_until = until
        self.units = [post.unit_id for post in user.current_posts]

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last day, to be compared with days."""
        return self.begin, self.until

    @property
    def moments(self) -> tuple[datetime, datetime]:
        """The first moment, and the first one after it."""
        return clock.day_begins(self.begin), clock.day_begins(self.until + ONE_DAY)

    def sees_all(self, codename: str) -> bool:
        """Whether what all units owe is listed: for whoever has this right, unless their own days are asked for."""
        return not self.own and bool(self.user.has_perm(permissions.name(codename)))

    def read(self, rows: QuerySet[Of, Row], day_of: Callable[[Row], date]) -> list[Row]:
        """The first rows of an ordered query; a day that is not whole is left out of the whole span."""
        first = list(rows[: self.most + 1])
        if len(first) > self.most:
            self.complete_until = min(self.complete_until, day_of(first[-1]) - ONE_DAY)
        return first[: self.most]
