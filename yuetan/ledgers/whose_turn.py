"""现由谁办: of many cases at once whom each waits for, for what, and since when; read off the rows of 待办."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db.models import Max, Min

from yuetan.models import Case, Event, OfficeWait, PendingStep
from yuetan.vocabulary import Role, Verb

MAX_NAMED = 2  # things that one case waits for
# Where the name of the step would take the decision for granted.
UNDECIDED = {
    Verb.ENDORSE.value: "核稿",
    Verb.APPROVE.value: "审定",
    Verb.ACCEPT_TASK.value: "核查整改报告",
    Verb.SEND_BACK.value: "决定是否退回整改",
    Verb.REOPEN.value: "决定是否重启整改",
    Verb.RESUME_TASK.value: "中止期满，恢复计时",
}


@dataclass
class Turn:
    """What a case waits for and from whom; empty where it waits for nobody."""

    awaited: dict[str, list[str]] = field(default_factory=dict)
    since: datetime | None = None
    office_due_on: date | None = None  # the soonest limit inside the office that it waits under

    @property
    def words(self) -> str:
        """王三、赵四：审定；the first of several things, and how many there are."""
        more = len(self.awaited) > MAX_NAMED
        named = [f"{'、'.join(people)}：{task}" for task, people in list(self.awaited.items())[:MAX_NAMED]]
        return "；".join(named) + (f"，等 {len(self.awaited)} 项" if more else "")


def turns(cases: Sequence[Case]) -> dict[UUID, Turn]:
    """The turn of each case, by its key, in three queries however many there are."""
    by_case = {case.pk: Turn() for case in cases}
    if not by_case:
        return {}
    rows = PendingStep.objects.now().filter(case__in=by_case).select_related("person").order_by("listed_on", "pk")
    for row in rows:
        assert row.case_id is not None
        people = by_case[row.case_id].awaited.setdefault(task_words(row.verb), [])
        if _recipient(row) not in people:
            people.append(_recipient(row))
    waits = OfficeWait.objects.filter(case__in=by_case, ended_at=None).exclude(due_on=None).order_by()
    for key, due_on in waits.values_list("case").annotate(soonest=Min("due_on")):
        by_case[key].office_due_on = due_on
    for key, moment in _last_steps(by_case):
        by_case[key].since = moment
    return by_case


def task_words(verb: str) -> str:
    """What is to be done, whatever the decision is, by whoever does it."""
    return UNDECIDED.get(verb) or str(Verb(verb).label)


def _last_steps(cases: Iterable[UUID]) -> Iterable[tuple[UUID, datetime]]:
    events = Event.objects.filter(case__in=list(cases)).order_by()
    return events.values_list("case").annotate(last=Max("created_at"))


def _recipient(row: PendingStep) -> str:
    if row.person:
        return str(row.person.name)
    return str(Role(row.role).label) if row.role else "被约谈单位"
