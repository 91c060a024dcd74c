"""How often an address may ask whether a paper is genuine."""

from __future__ import annotations

from datetime import timedelta

from yuetan.actions.people.attempts import Limit, count_attempt

SPAN = timedelta(minutes=10)
MAX_IN_A_SPAN = 20


def wait_before_asking(address: str) -> timedelta | None:
    """Count one more question of an address; None if it may be asked, else how long to wait."""
    return count_attempt(Limit("verification", MAX_IN_A_SPAN, SPAN, origin=address or "local"))
