"""One step on each of many cases, or measures: a refusal concerns its own, the others go on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from yuetan.errors import NotYours, Refused, StateChanged
from yuetan.models.rectification.task_origin import HandsOutTasks
from yuetan.rules.text.official_text import chinese_datetime


@dataclass(frozen=True)
class Outcome:
    """What became of one case; no reasons for one whose step was taken."""

    case: HandsOutTasks
    reasons: tuple[str, ...] = ()


def attempt(case: HandsOutTasks, take: Callable[[], HandsOutTasks], *, not_theirs: str) -> Outcome:
    """Take one step and return its outcome; `not_theirs` is the sentence for a person without the right."""
    try:
        return Outcome(take())
    except Refused as refused:
        return Outcome(case, tuple(reason.text for reason in refused.reasons))
    except StateChanged as changed:
        when = f"已于{chinese_datetime(changed.when)}" if changed.when else ""
        return Outcome(case, (f"{changed.who}{when}办理：{changed.what}。",))
    except NotYours:
        return Outcome(case, (not_theirs,))
