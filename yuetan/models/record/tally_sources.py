"""What the counters of 统计 count, as rows of a fact, an item, a case and a day; `tallies.py` adds it up."""

from __future__ import annotations

from django.db.models import (
    BigIntegerField,
    CharField,
    DateField,
    DurationField,
    ExpressionWrapper,
    F,
    Func,
    Value,
)
from django.db.models.functions import Cast, Concat, Extract, TruncMonth
from django.db.models.sql import Query

from yuetan.models.case.case import Case
from yuetan.models.case.proposal import CaseGround
from yuetan.models.record.occasions import CASE_OCCASIONS
from yuetan.models.record.office_wait import OfficeWait
from yuetan.models.record.tally import DATED, GROUND, LEADER, SECONDS, STATE, UNREPORTED, WAITING, WAITS
from yuetan.models.rectification.task import Task
from yuetan.vocabulary import ENDED_STATES, UNREPORTED_TASK_STATES, TaskState


def dated_facts() -> list[Query]:
    """What happened to which row in which month: each occasion, and of an interview its 情形 and who led it."""
    interviewed = Case.objects.filter(interviewed_on__isnull=False).order_by()
    grounds = CaseGround.objects.filter(case__interviewed_on__isnull=False).order_by()
    month = TruncMonth("interviewed_on", output_field=DateField())
    of_ground = {"of_case": F("case"), "of_row": _varchar("case"), "of_item": Cast("ground", BigIntegerField())}
    of_leader = {
        "of_case": F("pk"),
        "of_row": _varchar("pk"),
        "of_item": Cast("interviewer__holder", BigIntegerField()),
    }
    led = interviewed.exclude(interviewer=None).annotate(of_fact=_word(LEADER), of_month=month, **of_leader)
    stated = grounds.annotate(
        of_fact=_word(GROUND), of_month=TruncMonth("case__interviewed_on", output_field=DateField()), **of_ground
    )
    columns = "of_fact", "of_item", "of_case", "of_row", "of_month"
    each = ((one.key, one.happened(Case if one in CASE_OCCASIONS else Task)) for one in DATED)
    occasions = [rows.annotate(of_fact=_word(key), of_item=_bigint(0)).values(*columns) for key, rows in each]
    return [rows.query for rows in (*occasions, led.values(*columns), stated.values(*columns))]


def added_facts() -> list[Query]:
    """What is added up: how long each stretch inside the office took, and what waits by which limit."""
    ended = OfficeWait.objects.filter(ended_at__isnull=False).order_by()
    lasted = ExpressionWrapper(F("ended_at") - F("began_at"), DurationField())
    took = Cast(Extract(lasted, "epoch"), BigIntegerField())
    month = TruncMonth("ended_at", output_field=DateField())
    of_wait = {"of_case": F("case"), "of_item": _bigint(0)}
    running = Case.objects.exclude(state__in=ENDED_STATES).order_by()
    tasks = Task.objects.order_by()
    rows = (
        ended.annotate(of_fact=_fact_of(WAITS, "stage"), of_day=month, adds=_bigint(1), first_of=_bigint(3), **of_wait),
        ended.annotate(of_fact=_fact_of(SECONDS, "stage"), of_day=month, adds=took, first_of=_bigint(3), **of_wait),
        OfficeWait.objects.filter(ended_at=None)
        .order_by()
        .annotate(
            of_fact=_fact_of(WAITING, "stage"), of_day=F("due_on"), adds=_bigint(1), first_of=_bigint(0), **of_wait
        ),
        running.annotate(of_fact=_fact_of(STATE, "state"), of_case=F("pk"), of_day=F("due_on"), **_one_of_each()),
        tasks.filter(state=TaskState.REPORTED).annotate(
            of_fact=_fact_of(STATE, "state"), of_case=F("case"), of_day=Cast(Value(None), DateField()), **_one_of_each()
        ),
        tasks.filter(state__in=UNREPORTED_TASK_STATES).annotate(
            of_fact=_word(UNREPORTED), of_case=F("case"), of_day=F("effective_due_on"), **_one_of_each()
        ),
    )
    return [each.values("of_fact", "of_item", "of_case", "of_day", "adds", "first_of").query for each in rows]


def _one_of_each() -> dict[str, Func]:
    return {"of_item": _bigint(0), "adds": _bigint(1), "first_of": _bigint(0)}


def _word(word: str) -> Func:
    return Cast(Value(word), CharField())


def _varchar(name: str) -> Func:
    return Cast(name, CharField())


def _bigint(number: int) -> Func:
    return Cast(Value(number), BigIntegerField())


def _fact_of(kind: str, name: str) -> Func:
    return Concat(Value(kind), F(name), output_field=CharField())
