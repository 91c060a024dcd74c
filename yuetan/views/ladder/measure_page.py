"""The page of one step of a measure: its form and action, what it says when it is done, and what follows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from yuetan.forms.ladder.measure import MeasureStepForm
from yuetan.models import AccountabilityMeasure, Document


def _served_paper(measure: AccountabilityMeasure) -> Document:
    """The paper by which a measure is served."""
    return measure.delisting_paper or measure.issued_paper


@dataclass(frozen=True)
class MeasurePage:
    """The page of one step: its form and action, what it says when it is done, and what follows.

    One that `prints` shows `paper` before it is issued; one with consequences asks for a confirmation.
    """

    form: type[MeasureStepForm]
    action: Callable[..., AccountabilityMeasure]
    done: str
    intro: str = ""
    consequences: tuple[str, ...] = ()
    prints: bool = False
    danger: bool = False
    paper: Callable[[AccountabilityMeasure], Document] = _served_paper
