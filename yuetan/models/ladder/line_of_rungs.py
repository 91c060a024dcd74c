"""The whole ladder of a unit and a matter: every rung laid for it in the order of days, and the doors open today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import prefetch_related_objects
from django.utils import timezone

from yuetan.models.case.case import Case
from yuetan.models.ladder.laid_rungs import rungs_for
from yuetan.models.ladder.matters import matters_of
from yuetan.models.ladder.measure import AccountabilityMeasure
from yuetan.models.ladder.queries import with_papers
from yuetan.models.ladder.text_rows import doors_not_in_time
from yuetan.models.law.accountability import Accountability
from yuetan.rules.dates import clock
from yuetan.rules.open_doors import LaidRung, OpenDoor, open_doors

BACK = timedelta(days=730)  # what was over longer before stands in no line


@dataclass(frozen=True)
class LineOfRungs:
    """What was laid on one unit for one matter, the first first."""

    about: AccountabilityMeasure | Case
    rungs: Sequence[AccountabilityMeasure | Case]
    laid: Sequence[LaidRung]

    def doors(self) -> list[OpenDoor]:
        """The doors open on it today, the gravest first: those of the text that what it is about was laid under; of a
        case, of the one that is carried out today."""
        today, about = clock.today(), self.about
        text = Accountability.objects.carried_out(today) if isinstance(about, Case) else about.accountability
        if text is None:
            return []
        return open_doors(doors_not_in_time(text.pk), self.laid, today)


def line_of_rungs(about: AccountabilityMeasure | Case) -> LineOfRungs:
    """The line on which a measure or a case stands; itself alone until it is laid."""
    rungs = rungs_for(about.unit_id, matters_of(about.unit_id).of(about))
    begun, laid = timezone.localdate(about.created_at) - BACK, rungs.laid()
    over = {one.key for one in laid if one.ended and one.laid_on < begun}
    others = [one for one in rungs.all if one.pk != about.pk and str(one.pk) not in over]
    prefetch_related_objects([one for one in others if isinstance(one, AccountabilityMeasure)], with_papers())
    return LineOfRungs(about, sorted([*others, about], key=day_of), [one for one in laid if one.key not in over])


def day_of(rung: AccountabilityMeasure | Case) -> date:
    """The day on which a rung was laid or put to a superior; of an interview that on which it was held, before that of
    its notice. (A door behind an interview counts from its 纪要: what is demanded is told by that paper.)"""
    if isinstance(rung, Case):
        return rung.interviewed_on or rung.opened_on or timezone.localdate(rung.created_at)
    if rung.served_on:
        return rung.served_on
    put = rung.proposal
    return timezone.localdate(put.referred_at if put else rung.created_at)
