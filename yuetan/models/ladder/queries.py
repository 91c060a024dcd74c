"""Questions about many measures of a 责任制."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from yuetan.models.case.issued_to_unit import IssuedQuerySet
from yuetan.vocabulary import MeasureState

if TYPE_CHECKING:
    pass

SEE_MEASURE = "see_measure"
LAW = ("rung__article", "door__article", "door__after", "door__rung")
ENDED_MEASURES = (MeasureState.ENDED, MeasureState.DECLINED, MeasureState.WITHDRAWN)
SERVED_STATES = (MeasureState.SERVED, MeasureState.ENDED)


class MeasureQuerySet(IssuedQuerySet):
    """Questions about many measures."""

    sees = SEE_MEASURE

    def laid_on(self, unit: int) -> MeasureQuerySet:
        """Those served on a unit, with what tells whether a door to the next rung stands."""
        served = self.filter(unit=unit, state__in=SERVED_STATES)
        return served.select_related("rung", "case", "paper__entry").defer("paper__html", "paper__facts")

    def that_may_wait(self) -> MeasureQuerySet:
        """Those that may wait for somebody, or have rows of 待办 all the same."""
        over = Q(state__in=ENDED_MEASURES)
        signed = Q(state=MeasureState.SERVED, paper__receipt__isnull=False)
        return self.exclude((over | signed) & Q(pending_steps=None))

    def in_force(self) -> MeasureQuerySet:
        """Those served whose paper is not voided."""
        return self.filter(state=MeasureState.SERVED, paper__entry__voided_at__isnull=True)

    def unsigned(self) -> MeasureQuerySet:
        """Those whose paper is in force and not signed for."""
        return self.in_force().filter(paper__receipt=None)

    def with_step_relations(self) -> MeasureQuerySet:
        """With what the steps of many measures ask of each, and its paper."""
        return self.for_step().select_related("paper__entry", "paper__receipt")

    def for_step(self) -> MeasureQuerySet:
        """With what every step asks of a single measure, in the query that locks it."""
        return self.select_related("unit__parent", "accountability__regulation", *LAW, "case")
