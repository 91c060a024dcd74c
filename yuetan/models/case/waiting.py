"""By which of its rows a case waits for somebody, whatever its state: what 待办 looks for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db.models import Model, Q

from yuetan.vocabulary import RevisitOutcome

if TYPE_CHECKING:
    Conditions = Mapping[str, Mapping[str, object]]

# Rows that wait for somebody, whatever the state of their case; and those that do once it is closed.
WAITING: Conditions = {
    "consequences": {"check_outcome": "", "is_without_paper": False},
    "inspection_teams": {"inspected_on__isnull": False, "members__signed_at": None},
}
WAITING_AFTER_THE_END: Conditions = {
    "revisits": {"outcome__in": ("", RevisitOutcome.RELAPSED)},
    "rework_requests": {"granted": None},
    "corrections": {"confirmed_at": None, "withdrawn_at": None},
}


def having_rows(model: type[Model], conditions: Conditions) -> Q:
    """The condition that some row of one of these relations is as it says."""
    keys = Q()
    for name, condition in conditions.items():
        related: Any = model._meta.get_field(name).related_model
        keys |= Q(pk__in=related.objects.filter(**condition).order_by().values("case"))
    return keys
