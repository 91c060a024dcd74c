"""What a task comes from, as far as its account asks for it."""

from __future__ import annotations

from typing import Protocol

from yuetan.errors import Reason
from yuetan.rules.refusals import Finding


class TaskOrigin(Protocol):
    """What hands tasks over: a case.

    Lists and pages of tasks ask for no more than this, so that a rung of the ladder need not offer more either.
    """

    @property
    def title(self) -> str:
        """What it is about."""

    @property
    def register_number(self) -> str:
        """Its number; shown to the inner side only."""

    @property
    def unit_label(self) -> str:
        """The unit that has the tasks, as it was called then and now."""

    @property
    def earlier(self) -> str:
        """Whether it was entered afterwards, and how far that is."""

    def reason(self, finding: Finding) -> Reason:
        """A finding as a sentence under the text that it rests on."""
