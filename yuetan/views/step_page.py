"""What the page of one step is made of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from yuetan.forms.step import StepForm
from yuetan.models import Case, User
from yuetan.views.cards import Section

KEPT = "办理后不能撤销，办理情况记入日志。"


def nothing_more(case: Case, user: User) -> list[Section]:
    """Most pages tell nothing beyond the case."""
    return []


def nothing_beside(case: Case, user: User) -> dict[str, Any]:
    """Most pages show beside their form what every one of them shows."""
    return {}


@dataclass(frozen=True)
class StepPage:
    """The page of one step: a template of its own and what it shows `beside` the form, where it `leads_to`.

    One that `opens_before` the step is possible is a place to prepare it; one of a `draft` only saves.
    """

    form: type[StepForm]
    action: Callable[..., Any]
    consequences: tuple[str, ...] = ()
    prints: bool = False
    danger: bool = False
    also: tuple[str, ...] = ()
    intro: str = ""
    told_first: Callable[[Case, User], list[Section]] = nothing_more
    template: str = "cases/step.html"
    beside: Callable[[Case, User], dict[str, Any]] = nothing_beside
    leads_to: str = ""
    draft: bool = False
    opens_before: bool = False
