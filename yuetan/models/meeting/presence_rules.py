"""What a decision or a 集体结论 asks of who was there; asked when it is written down, and when it is cited."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.db.models import Q

from yuetan.models.case.current_parties import CurrentParties
from yuetan.models.meeting.invitation import Invitation
from yuetan.models.office.office import OfficeSetting
from yuetan.models.people.delegation import Delegation
from yuetan.models.people.unit import Post
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.official_text import joined
from yuetan.vocabulary import Presence

if TYPE_CHECKING:
    from yuetan.models.meeting.agenda_item import AgendaItem
    from yuetan.models.people.user import User

COLLECTIVE = "collective_conclusion_people"


def least_in_conclusion() -> int:
    """How many persons a 集体结论 needs at least."""
    return OfficeSetting.objects.number(COLLECTIVE)


def approvers_there(item: AgendaItem) -> list[User]:
    """Who attended in person and held an approving post that day, had it delegated, or acts for all who hold one."""
    day = item.meeting.local_begin.date()
    acting = [post.holder_id for post in _acting_there(item)]
    kinds = OfficeSetting.objects.posts("approving_posts")
    by_post = Post.objects.current(day).filter(kind__in=kinds).values("holder")
    by_delegation = Delegation.objects.in_force(day).values("delegate")
    rows = Invitation.objects.filter(meeting=item.meeting, presence=Presence.ATTENDED).select_related("attended_by")
    entitled = Q(attended_by__in=by_post) | Q(attended_by__in=by_delegation) | Q(attended_by__in=acting)
    rows = rows.filter(entitled).order_by("pk")
    return list({row.attended_by_id: row.attended_by for row in rows if row.attended_by is not None}.values())


def _acting_there(item: AgendaItem) -> list[Post]:
    if item.case is not None:
        return item.case.parties_today.acting_deciders(item.case, item.case.endorser_id)
    measure = item.measure_laid
    return CurrentParties.today().acting_deciders(measure, measure.endorser_id) if measure else []


def not_decided_there(item: AgendaItem, decided_by: User | None) -> Iterator[Finding]:
    """Why somebody did not decide on an item there: no approving post attended in person, or this one did not."""
    there = {person.pk for person in approvers_there(item)}
    if not there:
        posts = joined(kind.label for kind in OfficeSetting.objects.posts("approving_posts"))
        yield finding("meeting_without_decider", "decided_by", meeting=item.meeting.title, posts=posts)
    elif decided_by is None:
        yield finding("approver_missing", "decided_by")
    elif decided_by.pk not in there:
        yield finding("decider_not_at_meeting", "decided_by", name=decided_by.name, meeting=item.meeting.title)
