"""One step of many that are taken in one go: whatever stands against it concerns this case and no other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from yuetan.errors import NotYours, Refused, StateChanged
from yuetan.models import Case
from yuetan.rules.text.official_text import chinese_datetime


@dataclass(frozen=True)
class Outcome:
    """What became of one case; no reasons for one whose step was taken."""

    case: Case
    reasons: tuple[str, ...] = ()


def attempt(case: Case, take: Callable[[], Case], *, not_theirs: str) -> Outcome:
    """Take one step and tell what became of it; `not_theirs` is the sentence for a step that is somebody else's."""
    try:
        return Outcome(take())
    except Refused as refused:
        return Outcome(case, tuple(reason.text for reason in refused.reasons))
    except StateChanged as changed:
        when = f"已于{chinese_datetime(changed.when)}" if changed.when else ""
        return Outcome(case, (f"{changed.who}{when}办理：{changed.what}。",))
    except NotYours:
        return Outcome(case, (not_theirs,))
