"""Which 三书一函 repeat an earlier one: kept with each letter, and made equal where one is registered or withdrawn."""

from __future__ import annotations

from yuetan.models import ReceivedLetter
from yuetan.models.received.repeats import last_before, of_same_matter


def follow_repeats(letter: ReceivedLetter) -> None:
    """Let the letters follow that came to its unit about the same from its day on; its unit is locked."""
    in_force = ReceivedLetter.objects.in_force()
    since = in_force.filter(unit=letter.unit_id, received_on__gte=letter.received_on)
    of_same_matter(since, letter.matter_key).update(repeats_on=last_before(in_force))


def rebuild_repeats() -> None:
    """Set of every letter which one before it was about the same, as after many were written at once."""
    in_force = ReceivedLetter.objects.in_force()
    in_force.update(repeats_on=last_before(in_force))
