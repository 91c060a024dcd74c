"""How the pages of a case are put together: a page names its parts, each made for the case and whoever looks at it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from yuetan.models import User
from yuetan.models.rectification.task_origin import HandsOutTasks

Part = Callable[..., object]  # of a case, or of what else hands tasks over
Parts = Mapping[str, Part]  # by the name that the page's template has for them


def make_parts(parts: Parts, case: HandsOutTasks, user: User) -> dict[str, object]:
    """The template variables of a page: what each of its parts shows this person of the case."""
    return {name: part(case, user) for name, part in parts.items()}


def nothing(case: HandsOutTasks, user: User) -> list[object]:
    """The part of a page that has nothing to show in that place."""
    return []
