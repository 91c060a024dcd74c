"""现由谁办: of many cases at once whom each waits for, for what, and since when; read off the rows of 待办."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import Max

from yuetan.models import Case, Event, PendingStep
from yuetan.vocabulary import Role, Verb

MAX_NAMED = 2  # of those whom one case waits for


@dataclass
class Turn:
    """Whom a case waits for and for what; empty where it waits for nobody."""

    who: list[str] = field(default_factory=list)
    since: datetime | None = None

    @property
    def words(self) -> str:
        """办公室主任：核稿；the first of several, and how many there are."""
        more = len(self.who) - MAX_NAMED
        return "；".join(self.who[:MAX_NAMED]) + (f"，等 {len(self.who)} 项" if more > 0 else "")


def turns(cases: Sequence[Case]) -> dict[UUID, Turn]:
    """The turn of each case, by its key, in two queries however many there are."""
    by_case = {case.pk: Turn() for case in cases}
    if not by_case:
        return {}
    rows = PendingStep.objects.now().filter(case__in=by_case).select_related("person").order_by("listed_on", "pk")
    for row in rows:
        assert row.case_id is not None
        words = f"{_recipient(row)}：{Verb(row.verb).label}"
        if words not in by_case[row.case_id].who:
            by_case[row.case_id].who.append(words)
    for key, moment in _last_steps(by_case):
        by_case[key].since = moment
    return by_case


def _last_steps(cases: Iterable[UUID]) -> Iterable[tuple[UUID, datetime]]:
    events = Event.objects.filter(case__in=list(cases)).order_by()
    return events.values_list("case").annotate(last=Max("created_at"))


def _recipient(row: PendingStep) -> str:
    if row.person:
        return str(row.person.name)
    return str(Role(row.role).label) if row.role else "被约谈单位"
