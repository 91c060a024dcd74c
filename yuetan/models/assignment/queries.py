"""Questions about many 交办事项."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from yuetan.models.case.relations import empty_relations, papers_and_tasks
from yuetan.models.flow.visibility import VisibleQuerySet
from yuetan.vocabulary import AssignmentState

if TYPE_CHECKING:
    from yuetan.models.people.user import User

SEE_ASSIGNMENTS = "see_assignments"
ENDED_ASSIGNMENTS = (AssignmentState.CONCLUDED, AssignmentState.REVOKED)
SOURCES = ("meeting", "received_letter", "round_visit")


class AssignmentQuerySet(VisibleQuerySet):
    """Questions about many assignments (交办)."""

    sees = SEE_ASSIGNMENTS

    def leaves_out(self, user: User) -> bool:
        """Never: 知悉范围 is of cases, and none of these is about one."""
        return False

    def running(self) -> AssignmentQuerySet:
        """Those under way."""
        return self.filter(state=AssignmentState.RUNNING)

    def in_force(self) -> AssignmentQuerySet:
        """Those under way or concluded."""
        return self.exclude(state=AssignmentState.REVOKED)

    def that_may_wait(self) -> AssignmentQuerySet:
        """Assignments that may wait for somebody, or have rows of 待办 all the same."""
        return self.exclude(Q(state__in=ENDED_ASSIGNMENTS) & Q(pending_steps=None))

    def with_step_relations(self) -> AssignmentQuerySet:
        """With what the steps of many of them ask of each and of its tasks."""
        return self._with_single_relations().prefetch_related(
            *papers_and_tasks(),
        )

    def with_unit_relations(self) -> AssignmentQuerySet:
        """With what the obligations of its unit look at, but for papers and tasks (`read_papers_and_tasks`)."""
        return self._with_single_relations()

    def for_step(self) -> AssignmentQuerySet:
        """With what every step asks of a single one, in the query that locks it."""
        return self._with_single_relations().annotate(empty_relations=empty_relations("assignment"))

    def _with_single_relations(self) -> AssignmentQuerySet:
        return self.select_related("unit__parent", "regulation", *SOURCES)
