"""Cases that are read together: what they share, so that many cost no more than one, and which had an absence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db.models import Q

from yuetan.models.case.current_parties import SharedParties
from yuetan.models.flow.visibility import VisibleQuerySet
from yuetan.models.people.unit import Post
from yuetan.vocabulary import ROLE_OF_POST, Attendance

if TYPE_CHECKING:
    from yuetan.models.people.user import User

# What the requirements about today's people look at.
ABOUT_PEOPLE = ("regulation__interviewer_rules", "absences")


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

    def that_may_concern(self, user: User) -> Self:
        """Cases to which somebody of the office may be a party: named, in the place of who has left, or acting."""
        if not user.holds(*ROLE_OF_POST):
            return self.none()
        posts = Post.objects.current()
        inner = posts.filter(kind__in=ROLE_OF_POST).values("holder")
        named = Q(drafter=user) | Q(approver=user) | Q(approved_for=user) | Q(interviewer__holder=user)
        left = ~Q(drafter__in=inner) | Q(interviewer__ended_on__isnull=False)
        left |= Q(approver__isnull=False) & ~Q(approver__in=inner)
        acting = Q(unit__in=posts.filter(holder__in=inner).values("unit"))
        return self.filter(named | left | acting)
