"""Which doors of the 责任制 stand open on a unit today, whether somebody asks for them or not."""

from __future__ import annotations

from datetime import date, timedelta

from yuetan.models.ladder.laid_rungs import Matters, cases_about
from yuetan.models.ladder.measure import AccountabilityMeasure
from yuetan.models.ladder.text_rows import doors_not_in_time
from yuetan.models.law.accountability import Accountability
from yuetan.rules.open_doors import OpenDoor, open_doors

# Closed cases laid before that are not looked at: a unit may have had any number of them.
BACK = timedelta(days=365)


def standing_doors(text: Accountability, unit: int, today: date) -> list[OpenDoor]:
    """The doors that a 责任制 has for targets not met in time, the gravest rung first."""
    interviews = cases_about(unit, since=today - BACK)
    return open_doors(
        doors_not_in_time(text.pk), Matters(AccountabilityMeasure.objects.laid_on(unit), interviews).laid(), today
    )
