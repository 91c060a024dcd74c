"""What a proposal or a letter begins with that somebody asked for where facts stood on a page."""

from __future__ import annotations

from dataclasses import dataclass

from yuetan.models.people.unit import Unit


@dataclass(frozen=True)
class OfferedFacts:
    """The unit, the matter, the facts, and what would be required of it."""

    unit: Unit
    matter: str
    facts: str
    requirements: str
