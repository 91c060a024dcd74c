"""The parties of a case today: who was named, and once they have left their post, who holds it now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q

from yuetan.models.people.delegation import LEADING_POSTS
from yuetan.models.people.unit import Post
from yuetan.vocabulary import ROLE_OF_POST, Party, PostKind

if TYPE_CHECKING:
    from yuetan.models.case.case import Case


class CurrentParties:
    """The posts of the leading group ever held, and all that its people and the office hold today: one query."""

    def __init__(self) -> None:
        current = Post.objects.current()
        inner = current.filter(kind__in=ROLE_OF_POST).values("holder")
        known = Q(kind__in=LEADING_POSTS) | Q(pk__in=current.filter(holder__in=inner).values("pk"))
        self._posts = list(Post.objects.filter(known).select_related("holder").order_by("began_on", "pk"))
        self._of: dict[int, list[Post]] = defaultdict(list)
        for post in self._posts:
            self._of[post.holder_id].append(post)

    def parties(self, case: Case) -> dict[Party, list[int]]:
        """Keys of the people who are what to a case now; nobody who holds a post in its unit (回避)."""
        return {
            Party.DRAFTER: self._drafters(case),
            Party.APPROVER: self._approvers(case),
            Party.INTERVIEWER: [post.holder_id for post in self.interviewers(case)],
        }

    def interviewers(self, case: Case) -> list[Post]:
        """The interviewer's post while it is held; then who holds it now; none where it is vacant."""
        named = next((post for post in self._posts if post.pk == case.interviewer_id), None)
        return self._eligible_posts(named, case) if named else []

    def _drafters(self, case: Case) -> list[int]:
        """The drafter; once they have left, every case officer, as for all other work on a case."""
        officers = [post.holder_id for post in self._posts if self._serves(post, case, PostKind.CASE_OFFICER)]
        return [case.drafter_id] if case.drafter_id in officers else officers

    def _approvers(self, case: Case) -> list[int]:
        """Who decided, and in whose stead; once none of them is a leader any more, who holds their posts now."""
        people = [person for person in (case.approver_id, case.approved_for_id) if person]
        leaders = {post.holder_id for post in self._posts if self._serves(post, case, *LEADING_POSTS)}
        if not people or leaders.intersection(people):
            return [person for person in people if person in leaders]
        then = [post for person in people for post in self._of[person] if _led_on(post, case.approved_on)]
        return sorted({now.holder_id for post in then for now in self._eligible_posts(post, case)})

    def _eligible_posts(self, post: Post, case: Case) -> list[Post]:
        """Who holds a post; who took it up when it was left; else who else holds a post like it."""
        alike = [one for one in self._posts if one.unit_id == post.unit_id and one.kind == post.kind]
        after = [one for one in alike if post.ended_on is not None and one.began_on >= post.ended_on]
        circles: Iterable[list[Post]] = ([post], after, alike)
        serving = ([one for one in circle if self._serves(one, case, post.kind)] for circle in circles)
        return next((circle for circle in serving if circle), [])

    def _serves(self, post: Post, case: Case, *kinds: str) -> bool:
        return post.kind in kinds and post.is_current and not self._is_recused(post.holder_id, case)

    def _is_recused(self, person: int, case: Case) -> bool:
        return any(post.unit_id == case.unit_id and post.is_current for post in self._of[person])


def _led_on(post: Post, day: date | None) -> bool:
    """Whether it was a leader's post then; who decided in the morning may have left by the evening."""
    if post.kind not in LEADING_POSTS or day is None:
        return False
    return post.began_on <= day and (post.ended_on is None or post.ended_on >= day)
