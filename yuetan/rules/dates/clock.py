"""The current time: the machine's clock; inside `at`, which demonstration data uses, a past moment.

Inside `supposed_at` a coming one.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time

from yuetan.rules.text.official_text import CHINA_STANDARD_TIME

_set_moment: ContextVar[datetime | None] = ContextVar("moment", default=None)


def now() -> datetime:
    """This moment, aware of its time zone."""
    return _set_moment.get() or datetime.now(UTC)


def today() -> date:
    """This day in China."""
    return now().astimezone(CHINA_STANDARD_TIME).date()


def day_begins(day: date) -> datetime:
    """The first moment of a day in China."""
    return datetime.combine(day, time.min, CHINA_STANDARD_TIME)


def came_after(moment: datetime | None, day: date | None) -> bool:
    """Whether something came on a later day in China than it had until; not without either."""
    return moment is not None and day is not None and moment.astimezone(CHINA_STANDARD_TIME).date() > day


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let `clock.now()` be `moment` inside the block, for demonstration data alone.

    Raises ValueError for a moment without a time zone, or in the future.
    """
    if moment.tzinfo is None or moment > datetime.now(UTC):
        raise ValueError("a past moment that knows its time zone is needed")
    with supposed_at(moment):
        yield


@contextmanager
def supposed_at(moment: datetime) -> Iterator[None]:
    """Let `clock.now()` be any moment inside the block, to ask what time will bring; nothing is written in it."""
    token = _set_moment.set(moment)
    try:
        yield
    finally:
        _set_moment.reset(token)
