"""Which doors of the 责任制 stand open on a unit today, whether somebody asks for them or not."""

from __future__ import annotations

from datetime import date, timedelta

from yuetan.models.ladder.laid_rungs import Matters, cases_about, text_door
from yuetan.models.ladder.measure import AccountabilityMeasure
from yuetan.models.law.accountability import Accountability, Door
from yuetan.rules.open_doors import OpenDoor, open_doors
from yuetan.vocabulary import DoorKind

# Closed cases laid before that are not looked at: a unit may have had any number of them.
BACK = timedelta(days=365)


def standing_doors(text: Accountability, unit: int, today: date) -> list[OpenDoor]:
    """The doors that a 责任制 has for targets not met in time, the gravest rung first."""
    rows = Door.objects.filter(rung__accountability=text, kind=DoorKind.NOT_IN_TIME)
    doors = [text_door(row) for row in rows.select_related("rung", "article", "after")]
    interviews = cases_about(unit, since=today - BACK)
    return open_doors(doors, Matters(AccountabilityMeasure.objects.laid_on(unit), interviews).laid(), today)
