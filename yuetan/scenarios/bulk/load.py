"""Any number of lawful cases: to measure with, never to work in.

A few dozen cases are told by the real actions, each in a state and on a way of its own, and undone again; what
they left in the database is multiplied by SQL for other units, other weeks and other matters, under numbers of
their own. There is no second implementation of the process here: tests/consistency.py checks copies as any case.
Papers bear their check code without the picture of it, for SQL draws none; 站内消息 are left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

from django.conf import settings
from django.db import transaction

from yuetan import search_index, tallies
from yuetan.actions.log_event import log_event
from yuetan.database.statements import execute
from yuetan.errors import Reason, Refused
from yuetan.models import CalendarDay, Case, Event, OfficeSetting, Post
from yuetan.rules.dates import clock
from yuetan.scenarios.bulk import drawing, people
from yuetan.scenarios.bulk.copies import tables_of
from yuetan.scenarios.bulk.plan import Plan, plans
from yuetan.scenarios.bulk.shifts import WorkingDays
from yuetan.scenarios.bulk.templates import Template, template
from yuetan.scenarios.bulk.temporary_tables import drop_tables
from yuetan.scenarios.demo.load import MARK as DEMO_MARK
from yuetan.scenarios.demo.load import refuse_other_office
from yuetan.scenarios.demo.people import IN_OFFICE_SINCE
from yuetan.vocabulary import PostKind

MARK = "load_bulk"
FIRST_BATCH, BATCH = 200, 20_000
FIRST_CASE_AFTER = timedelta(days=30)  # since everybody took office


@transaction.atomic
def load_bulk(cases: int, seed: int, *, progress: Callable[[int], None] = lambda written: None) -> None:
    """Write so many cases drawn by a seed, all or none; raises Refused on a database that is worked in.

    `progress` hears how many are written.
    """
    refuse_other_office()
    _refuse_if_worked_in()
    begun = Case.objects.count()
    people.populate(settings.FIXTURES / "demo" / "people.csv")
    _mark(cases, seed)
    templates = _draw(cases, seed, begun)
    tables = tables_of(templates, cases)
    drawing.number_papers(templates)
    execute("SET CONSTRAINTS ALL IMMEDIATE")  # or every row written waits in memory to be checked at the end
    for since, until in _batches(cases):
        drawing.fill(since, until)
        for table in tables.values():
            table.insert(tables)
        if since == 1:
            execute("ANALYZE")  # or triggers keep the plans they made for empty tables, and read them from end to end
        progress(until)
    execute("ANALYZE")
    search_index.rebuild()
    tallies.fill_missing()
    execute("SET CONSTRAINTS ALL DEFERRED")


def _batches(cases: int) -> Iterator[tuple[int, int]]:
    """The places of the cases that are written together, a few of them first."""
    until = 0
    while until < cases:
        since, until = until + 1, min(until + (BATCH if until else FIRST_BATCH), cases)
        yield since, until


def _refuse_if_worked_in() -> None:
    if Case.objects.exists() and not Event.objects.filter(verb__in=(MARK, DEMO_MARK)).exists():
        raise Refused(Reason("本库已有约谈事项，不能装入生成的事项。"))


def _mark(cases: int, seed: int) -> None:
    keeper = Post.objects.current().filter(kind=PostKind.SYSTEM_ADMINISTRATOR).select_related("holder").earliest("pk")
    log_event(MARK, keeper.holder, cases=cases, seed=seed)


def _draw(cases: int, seed: int, begun: int) -> list[Template]:
    """Tell those of the plans that any case follows, and draw who follows which, where and when."""
    drop_tables()
    every_plan = plans(seed, OfficeSetting.objects.number("notice_lead_days"), cases)
    picked = set(drawing.pick(every_plan, cases, seed, begun))
    days = WorkingDays.of(CalendarDay.objects.calendar(), IN_OFFICE_SINCE + FIRST_CASE_AFTER, clock.today())
    sides = people.unit_sides()
    templates = [template(plan, _side(plan, sides), days, seed) for plan in every_plan if plan.number in picked]
    drawing.draw(templates, sides, seed)
    return templates


def _side(plan: Plan, sides: people.Sides) -> people.UnitSide:
    """Every other plan is of the most frequent units, the others by turns of all other kinds."""
    most_frequent, *others = sides.values()
    alike = others[(plan.number + plan.variant) // 2 % len(others)] if plan.variant % 2 and others else most_frequent
    return people.unmistakable(alike)
