"""Questions about many 交办事项."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Prefetch, Q

from yuetan.models.case.relations import empty_relations
from yuetan.models.flow.visibility import VisibleQuerySet
from yuetan.vocabulary import AssignmentState

if TYPE_CHECKING:
    from yuetan.models.people.user import User

SEE_ASSIGNMENTS = "see_assignments"
ENDED_ASSIGNMENTS = (AssignmentState.CONCLUDED, AssignmentState.REVOKED)
SOURCES = ("meeting", "received_letter")


class AssignmentQuerySet(VisibleQuerySet):
    """Questions about many of them."""

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
        """Those that may wait for somebody, or have rows of 待办 all the same."""
        return self.exclude(Q(state__in=ENDED_ASSIGNMENTS) & Q(pending_steps=None))

    def with_step_relations(self) -> AssignmentQuerySet:
        """With what the steps of many of them ask of each and of its tasks."""
        documents = self.model.documents.rel.related_model.objects.defer("html", "facts")
        papers = documents.select_related("entry", "supervision", "receipt__signed_by")
        filings = self.model.paper_filings.rel.related_model.objects.select_related("signer__holder", "registered_by")
        of_tasks = (f"tasks__{rows}" for rows in ("extensions", "pauses", "chases", "reports"))
        return self._with_single_relations().prefetch_related(
            Prefetch("documents", papers),
            Prefetch("paper_filings", filings),
            *of_tasks,
            "inspection_teams__members__person",
        )

    def with_grants_of(self, user: User) -> AssignmentQuerySet:
        """With what the groups of the person were granted on each, in one query for all of them."""
        grants = self.model.group_grants.rel.related_model.objects
        of_groups = grants.filter(group__user=user).select_related("permission")
        return self.prefetch_related(Prefetch("group_grants", of_groups, to_attr="grants_to_my_groups"))

    def for_step(self) -> AssignmentQuerySet:
        """With what every step asks of a single one, in the query that locks it."""
        return self._with_single_relations().annotate(empty_relations=empty_relations("assignment"))

    def _with_single_relations(self) -> AssignmentQuerySet:
        return self.select_related("unit__parent", "regulation", *SOURCES)
