"""Questions about many measures of a 责任制."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.apps import apps
from django.db.models import OuterRef, Prefetch, Q, Subquery

from yuetan.models.case.issued_to_unit import IssuedQuerySet
from yuetan.models.case.relations import empty_relations, papers_and_tasks
from yuetan.models.flow.pending_step import PendingStep
from yuetan.models.ladder.named_units import naming
from yuetan.vocabulary import DocumentKind, MeasureState, Verb

if TYPE_CHECKING:
    from yuetan.models.people.user import User

SEE_MEASURE = "see_measure"
LAW = ("rung__article", "door__article", "door__after", "door__rung")
ENDED_MEASURES = (MeasureState.ENDED, MeasureState.DECLINED, MeasureState.WITHDRAWN, MeasureState.REVOKED)
# What stands or stood on a unit; one that was revoked on a plea was issued, too, and counts for nothing.
SERVED_STATES = (MeasureState.SERVED, MeasureState.ENDED)
ISSUED_STATES = (*SERVED_STATES, MeasureState.REVOKED)
LAID_STATES = (*SERVED_STATES, MeasureState.SUGGESTED)  # what shuts a door: a 书面建议 stands in the place of its rung
# With these nothing goes on any more, but what is still to be recorded of it.
MEASURES_OVER = (MeasureState.ENDED, MeasureState.REVOKED, MeasureState.SUGGESTED)
SIGNED_AFTER_THE_END = (DocumentKind.DELISTING, DocumentKind.PLEA_ANSWER)

SIGNING = Q(verb=Verb.ACKNOWLEDGE_MEASURE)


class MeasureQuerySet(IssuedQuerySet):
    """Questions about many measures."""

    sees = SEE_MEASURE

    def known_to(self, user: User, at: str = "") -> Q:
        """知悉范围, and 回避 from every measure under a text that names a unit of this person's, but for that unit's
        own, which it sees as a party."""
        known, own = super().known_to(user, at), user.interviewed_units
        if not own:
            return known
        return known & (Q(**{f"{at}unit__in": own}) | ~naming(own, at))

    def laid_on(self, unit: int) -> MeasureQuerySet:
        """Those served on a unit or put to its superior, with what tells whether a door to the next rung stands."""
        served = self.filter(unit=unit, state__in=LAID_STATES)
        laid = served.select_related("rung", "case__rung_laid", "paper__entry").defer("paper__html", "paper__facts")
        return laid.prefetch_related("tasks__reports")

    def that_may_wait(self) -> MeasureQuerySet:
        """Measures that may wait for somebody, or have rows of 待办 all the same."""
        later = {"documents__kind__in": SIGNED_AFTER_THE_END, "documents__receipt": None}
        unsigned = Q(state__in=(MeasureState.ENDED, MeasureState.REVOKED), **later)
        return self.filter(~Q(state__in=ENDED_MEASURES) | Q(pending_steps__isnull=False) | unsigned).distinct()

    def in_force(self) -> MeasureQuerySet:
        """Those served whose paper is not voided."""
        return self.filter(state=MeasureState.SERVED, paper__entry__voided_at__isnull=True)

    def laid_within(self, first: date, last: date) -> MeasureQuerySet:
        """Those served on one of these days that count still: neither voided nor revoked, the first served first."""
        served = self.filter(state__in=SERVED_STATES, paper__entry__voided_at=None, served_on__range=(first, last))
        related = served.select_related("rung", "unit__parent", "paper").defer("paper__html", "paper__facts")
        return related.order_by("served_on", "pk")

    def unsigned(self, *, before: date | None = None) -> MeasureQuerySet:
        """Those of which some paper waits to be signed for, as 待办 has it; with `before` those where it should have
        been by an earlier day."""
        waiting = SIGNING if before is None else SIGNING & Q(due_on__lt=before)
        return self.filter(pk__in=PendingStep.objects.filter(waiting).order_by().values("measure_laid"))

    def with_sign_by(self) -> MeasureQuerySet:
        """With the day by which the paper that waits for it should be signed for, as `sign_by`."""
        waiting = PendingStep.objects.filter(SIGNING, measure_laid=OuterRef("pk")).order_by("listed_on")
        return self.annotate(sign_by=Subquery(waiting.values("due_on")[:1]))

    def with_step_relations(self) -> MeasureQuerySet:
        """With what the steps of many measures ask of each, of its paper and of its tasks."""
        return self._with_single_relations().prefetch_related(
            *papers_and_tasks(),
            *("team_members", "delisting_requests"),
        )

    def with_unit_relations(self) -> MeasureQuerySet:
        """With what the obligations of its unit look at, but for papers and tasks (`read_papers_and_tasks`)."""
        return self._with_single_relations()

    def for_step(self) -> MeasureQuerySet:
        """With what every step asks of a single measure, in the query that locks it."""
        return self._with_single_relations().annotate(empty_relations=empty_relations("accountabilitymeasure"))

    def _with_single_relations(self) -> MeasureQuerySet:
        papers = ("paper__entry", "paper__receipt", "decision_item__meeting", "copy_of")
        related = ("unit__parent", "accountability__regulation", *LAW, "case", "plea", "decider", *papers)
        return self.select_related(*related).defer("paper__html", "paper__facts")


def with_papers(at: str = "") -> Prefetch[str]:
    """What was put before other bodies, with the numbers of the papers; `at` leads to the measure."""
    rows = apps.get_model("yuetan", "referral").objects.select_related("document__entry")
    return Prefetch(f"{at}referrals", rows.defer("document__html", "document__facts"))
