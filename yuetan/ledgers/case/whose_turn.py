"""现由谁办: of many subjects at once whom each waits for, for what, since when; read off 待办."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache, reduce
from operator import or_
from uuid import UUID

from django.db.models import Max, Min, Q
from django.db.models.functions import Coalesce

from yuetan.forms.frame.person_filters import OTHER_SIDE
from yuetan.models import SUBJECTS, Event, OfficeWait, PendingStep, Subject
from yuetan.vocabulary import Role, Verb

MAX_NAMED = 2  # things that one case waits for


@dataclass
class Turn:
    """What a subject waits for and from whom; empty where it waits for nobody."""

    awaited: dict[str, list[str]] = field(default_factory=dict)
    since: datetime | None = None
    office_due_on: date | None = None  # the soonest limit inside the office that it waits under

    @property
    def words(self) -> str:
        """王三、赵四：审定；the first of several things, and how many there are."""
        more = len(self.awaited) > MAX_NAMED
        named = [f"{'、'.join(people)}：{task}" for task, people in list(self.awaited.items())[:MAX_NAMED]]
        return "；".join(named) + (f"，等 {len(self.awaited)} 项" if more else "")


def turns(subjects: Iterable[Subject]) -> dict[UUID, Turn]:
    """The turn of each, by its key, in as many queries however many there are."""
    listed = list(subjects)
    by_subject = {subject.pk: Turn() for subject in listed}
    if not by_subject:
        return {}
    keys = {name: [one.pk for one in listed if name == one.ABOUT] for name in SUBJECTS}
    about = reduce(or_, (Q(**{f"{name}__in": those}) for name, those in keys.items()))
    rows = PendingStep.objects.now().filter(about).select_related("person").order_by("listed_on", "pk")
    for row in rows:
        other_side = next(words for name, words in OTHER_SIDE.items() if getattr(row, f"{name}_id"))
        people = by_subject[row.subject_id].awaited.setdefault(task_words(row.verb), [])
        if (recipient := _recipient(row, other_side)) not in people:
            people.append(recipient)
    waits = OfficeWait.objects.filter(case__in=by_subject, ended_at=None).exclude(due_on=None).order_by()
    for key, due_on in waits.values_list("case").annotate(soonest=Min("due_on")):
        by_subject[key].office_due_on = due_on
    for key, moment in _last_steps(about):
        by_subject[key].since = moment
    return by_subject


def task_words(verb: str) -> str:
    """What is to be done, whatever the decision is, by whoever does it."""
    return _words_of_steps("task").get(verb) or str(Verb(verb).label)


def why_now(verb: str) -> str:
    """What is to be done, and where the name of the step would not say it, why."""
    return _words_of_steps("why").get(verb) or task_words(verb)


@cache
def _words_of_steps(name: str) -> dict[str, str]:
    """What the rows of the steps say in this column, by verb."""
    steps = [step for subject in SUBJECTS.values() for step in subject.STEPS]
    return {step.verb: words for step in steps if (words := getattr(step, name))}


def _last_steps(about: Q) -> Iterable[tuple[UUID, datetime]]:
    events = Event.objects.filter(about).order_by().annotate(subject=Coalesce(*SUBJECTS))
    return events.values_list("subject").annotate(last=Max("created_at"))


def _recipient(row: PendingStep, other_side: str) -> str:
    if row.person:
        return str(row.person.name)
    return str(Role(row.role).label) if row.role else other_side
