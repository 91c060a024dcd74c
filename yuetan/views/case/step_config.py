"""What the page of one step is made of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from yuetan.forms.frame.step import StepForm
from yuetan.models import Case, User
from yuetan.views.frame.section import Section

IRREVERSIBLE = "办理后不能撤销，办理情况记入日志。"


def no_sections(case: Case, user: User) -> list[Section]:
    """Most pages tell nothing beyond the case."""
    return []


def no_extra_context(case: Case, user: User) -> dict[str, Any]:
    """Most pages show beside their form what every one of them shows."""
    return {}


@dataclass(frozen=True)
class StepPage:
    """The page of one step: a template of its own and what it shows `beside` the form, where it `leads_to`.

    One of a `draft` only saves.
    """

    form: type[StepForm]
    action: Callable[..., Any]
    consequences: tuple[str, ...] = ()
    prints: bool = False
    danger: bool = False
    also: tuple[str, ...] = ()
    intro: str = ""
    opening_sections: Callable[[Case, User], list[Section]] = no_sections
    template: str = "cases/step.html"
    extra_context: Callable[[Case, User], dict[str, Any]] = no_extra_context
    leads_to: str = ""
    draft: bool = False
