"""Cases that are read together: what they share, so that many cost no more than one, and how lists ask for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, Count, F, Func, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from yuetan.models.case.shared_parties import SharedParties
from yuetan.models.flow.visibility import VisibleQuerySet
from yuetan.vocabulary import ENDED_STATES, Attendance

if TYPE_CHECKING:
    from yuetan.models.people.user import User

# What the requirements about today's people look at.
ABOUT_PEOPLE = ("regulation__interviewer_rules", "absences")


class _IsOneOf(Func):
    template, arg_joiner, output_field = "(%(expressions)s))", " = ANY(", BooleanField()


class CasesReadTogether(VisibleQuerySet):
    """A list of cases that asks about the people of today once."""

    def _fetch_all(self) -> None:
        is_first = self._result_cache is None
        super()._fetch_all()
        if is_first and self._result_cache and isinstance(self._result_cache[0], self.model):
            shared = SharedParties()
            for case in self._result_cache:
                case.shared_parties = shared

    def with_absence(self) -> Self:
        """Those to whose interview somebody did not come without leave: nobody at all, or one of several."""
        absent = Q(interview__attendances__attendance=Attendance.ABSENT)
        keys = self.filter(Q(absences__isnull=False) | absent).order_by().values("pk")
        return self.filter(pk__in=keys)

    def soonest_first(self) -> Self:
        """What falls due first on top, what has no date last."""
        return self.order_by(F("due_on").asc(nulls_last=True), "pk")

    def of_interviewee(self, *people: User) -> Self:
        """Those in which one of these people was to be interviewed, in any post.

        By an array of their keys: of `IN` PostgreSQL believes that there are many, and looks through all cases.
        """
        rows = self.model.interviewees.through.objects.filter(post__holder__in=people)
        return self.filter(_IsOneOf(F("pk"), ArraySubquery(rows.order_by().values("case"))))

    def for_lists(self) -> Self:
        """With what a row of a list shows."""
        return self.select_related("unit__parent", "first_unit", "drafter", "interviewer__holder")

    def with_minutes_and_version_count(self) -> Self:
        """With who confirmed and answered the minutes, and how many times the proposal was handed in."""
        versions = self.model.proposal_versions.rel.related_model.objects.filter(case=OuterRef("pk")).order_by()
        counted = versions.values("case").annotate(count=Count("pk")).values("count")
        answered = self.select_related("minutes__confirmed_by", "minutes__answered_by")
        return answered.annotate(version_count=Coalesce(Subquery(counted), 0))

    def open(self) -> Self:
        """Cases not ended."""
        return self.exclude(state__in=ENDED_STATES)
