"""Which doors of the 责任制 stand open on a unit today, whether somebody asks for them or not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import chain
from typing import NamedTuple

from django.apps import apps
from django.db.models import Exists, F, Model, OuterRef, Q, QuerySet, Subquery

from yuetan.models.case.case import Case
from yuetan.models.ladder.laid_rungs import rungs_for
from yuetan.models.ladder.matters import NEVER_LAID, matters_of
from yuetan.models.ladder.measure import AccountabilityMeasure
from yuetan.models.ladder.text_rows import doors_not_in_time
from yuetan.models.law.accountability import Accountability
from yuetan.models.people.user import User
from yuetan.rules.dates import clock
from yuetan.rules.open_doors import OpenDoor, open_doors
from yuetan.vocabulary import CaseState, DocumentKind, ReportKind, TaskState

HANDED_IN = (TaskState.ACCEPTED, TaskState.REPORTED)
# Closed cases laid before that are not looked at: a unit may have had any number of them.
BACK = timedelta(days=365)
LOOKED_AT = 50  # of the measures, and of the cases, that are late on one unit, those begun last
MAX_DOORS = 10  # doors that are listed, the gravest rung first


class StandingDoors(NamedTuple):
    """Doors that stand, the gravest rung first; `are_all` where there may be no others."""

    doors: Sequence[OpenDoor]
    are_all: bool


def standing_doors(text: Accountability, unit: int, user: User) -> StandingDoors:
    """The doors that a 责任制 has for targets not met in time, behind what on the unit is late, was begun last
    and may be seen by this person."""
    today = clock.today()
    rows = (late.order_by("-created_at") for late in _late_on(unit, user, today))
    late = [list(each.values_list("pk", flat=True)[: LOOKED_AT + 1]) for each in rows]
    matters = matters_of(unit).of_keys(list(chain.from_iterable(keys[:LOOKED_AT] for keys in late)))
    doors = open_doors(doors_not_in_time(text.pk), rungs_for(unit, *matters).laid(), today)
    return StandingDoors(doors[:MAX_DOORS], len(doors) <= MAX_DOORS and all(len(keys) <= LOOKED_AT for keys in late))


def _late_on(unit: int, user: User, today: date) -> tuple[QuerySet[AccountabilityMeasure], QuerySet[Case]]:
    """What has a task, or a limit where it has none, that was not met by its day: behind nothing else a door stands."""
    without_tasks = ~Exists(_all_of("task").filter(measure_laid=OuterRef("pk")))
    measures = AccountabilityMeasure.objects.visible_to(user).in_force().filter(unit=unit, met_on=None)
    minutes = _all_of("document").filter(
        case=OuterRef("pk"), kind=DocumentKind.MINUTES, issued_at__gte=clock.day_begins(today - BACK)
    )
    laid_lately = Q(created_at__gte=clock.day_begins(today - BACK)) | Exists(minutes)
    cases = Case.objects.visible_to(user).filter(~Q(state=CaseState.CLOSED) | laid_lately, unit=unit)
    return (
        measures.filter(_has_late_task("measure_laid", today) | without_tasks & Q(limit__lt=today)),
        cases.exclude(state__in=NEVER_LAID).filter(_has_late_task("case", today)),
    )


def _has_late_task(origin: str, today: date) -> Exists:
    """As `TaskStanding.is_late` has it: what was handed in counts from its day on, before anybody has judged it."""
    reports = _all_of("taskreport").filter(task=OuterRef("pk"), kind=ReportKind.COMPLETION, handed_in_at__isnull=False)
    came = reports.order_by("-handed_in_at").values("handed_in_at__date")[:1]
    past = _all_of("task").filter(**{origin: OuterRef("pk")}, effective_due_on__lt=today).alias(came=Subquery(came))
    return Exists(past.filter(~Q(state__in=HANDED_IN) | Q(came__gt=F("effective_due_on"))))


def _all_of(name: str) -> QuerySet[Model]:
    return apps.get_model("yuetan", name).objects.all()
