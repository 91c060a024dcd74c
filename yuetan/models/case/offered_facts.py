"""What a proposal or a letter begins with that somebody asked for where facts stood on a page."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from yuetan.models.people.unit import Unit


@dataclass(frozen=True)
class OfferedFacts:
    """The unit, the matter, the facts, and what would be required of it; the paper that proves it, if any.

    `sheet` is the key of that on which the unit is 不合格: it is to be among the evidence, and the ground that names
    that stands chosen.
    """

    unit: Unit
    matter: str
    facts: str
    requirements: str
    reference_number: str = ""
    reference_summary: str = ""
    sheet: UUID | None = None

    @property
    def is_unqualified(self) -> bool:
        """Whether it rests on an assessment as 不合格."""
        return self.sheet is not None

    @property
    def under_ground(self) -> dict[str, object]:
        """What stands under each ground of a proposal until somebody writes there."""
        plain = ("facts", "reference_number", "reference_summary")
        return {name: getattr(self, name) for name in plain if getattr(self, name)}
