"""From which visit of a round a proposal, a letter or a measure came, on its own page."""

from __future__ import annotations

from django.urls import reverse

from yuetan.models import AccountabilityMeasure, Case, Letter, RoundVisit, User


def rounds_behind(subject: Case | Letter | AccountabilityMeasure, user: User) -> list[dict[str, str]]:
    """The visits from which it was drafted, as far as the person may see them as one of the office."""
    if not subject.is_inner_to(user) or not subject.round_links.all():
        return []
    visits = RoundVisit.objects.visible_to(user).with_relations().filter(**{f"follow_ups__{subject.ABOUT}": subject})
    return [{"url": reverse("round_visit", args=[visit.pk]), "label": str(visit)} for visit in visits]
