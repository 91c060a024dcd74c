"""补录: that a step is entered now which was taken on paper on a day of then, and by whom it is entered."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from yuetan.models.people.user import User

# Settings of the office as it works with this system; no article asks them of what was done before.
NOT_ASKED_OF_THEN = frozenset(
    {
        "notice_time_too_soon",
        "notice_time_provisional",
        "notice_time_too_late",
        "unusual_time",
        "interview_clash",
        "minutes_awaiting_answer",
    }
)


@dataclass(frozen=True)
class Recording:
    """Who enters the step today, and the facts that its event keeps of that."""

    recorder: User
    facts: dict[str, object]


_current: ContextVar[Recording | None] = ContextVar("recording", default=None)


def current_recording() -> Recording | None:
    """The 补录 of the step that is being taken; None for every step that is taken as it happens."""
    return _current.get()


@contextmanager
def recording(recorder: User, facts: dict[str, object] | None = None) -> Iterator[None]:
    """Let steps inside the block be steps of then: by who held the posts then, and nobody is alerted."""
    token = _current.set(Recording(recorder, facts or {}))
    try:
        yield
    finally:
        _current.reset(token)


def is_asked(code: str) -> bool:
    """Whether a finding counts: of a step of then only what the law asks, and what keeps the records whole."""
    return _current.get() is None or code not in NOT_ASKED_OF_THEN
