"""Any number of lawful cases, with the rooms beside them: to measure with, never to work in.

A few dozen of each are told by the real actions, each in a state and on a way of its own, and undone again; what
they left in the database is multiplied by SQL for other units, other weeks and other matters, under numbers of
their own. There is no second implementation of the process here: tests/consistency.py checks copies as any case.
Papers bear their check code without the picture of it, for SQL draws none; 站内消息 are left out.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import nullcontext
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from yuetan import search_index, tallies
from yuetan.actions.log_event import log_event
from yuetan.actions.received.repeats import rebuild_repeats
from yuetan.database.statements import execute
from yuetan.errors import Reason, Refused
from yuetan.models import CalendarDay, Case, Event, Meeting, OfficeSetting, Post, SearchEntry
from yuetan.rules.dates import clock
from yuetan.scenarios.bulk import drawing, meeting_numbers, people
from yuetan.scenarios.bulk.all_rooms import ROOMS
from yuetan.scenarios.bulk.copies import tables_of, write_copies
from yuetan.scenarios.bulk.measure_stories import carry_out_a_text
from yuetan.scenarios.bulk.plan import Plan
from yuetan.scenarios.bulk.room import Room
from yuetan.scenarios.bulk.shifts import WorkingDays
from yuetan.scenarios.bulk.templates import Template, template
from yuetan.scenarios.bulk.temporary_tables import drop_tables
from yuetan.scenarios.bulk.unchecked import unchecked, write_batches
from yuetan.scenarios.demo.load import MARK as DEMO_MARK
from yuetan.scenarios.demo.load import refuse_other_office
from yuetan.scenarios.demo.people import IN_OFFICE_SINCE
from yuetan.vocabulary import PostKind

MARK = "load_bulk"
FIRST_BATCH, BATCH = 200, 20_000
FIRST_CASE_AFTER = timedelta(days=30)  # since everybody took office


@transaction.atomic
def load_bulk(
    cases: int,
    seed: int,
    *,
    rooms: Sequence[Room] = ROOMS,
    is_checked: bool = True,
    progress: Callable[[str, int], None] = lambda name, written: None,
) -> None:
    """Write so many cases drawn by a seed, and what the other rooms hold beside so many, all or none.

    Without `is_checked` triggers and foreign keys are asked of the first batch of each room alone, which only a
    superuser may say. `progress` hears how many of a room are written. Raises Refused on a database that is worked in.
    """
    refuse_other_office()
    _refuse_if_worked_in()
    people.populate(settings.FIXTURES / "demo" / "people.csv")
    _mark(cases, seed)
    carry_out_a_text()
    for room in rooms:
        if copies := room.count(cases):
            _load_room(room, copies, seed, progress, is_checked=is_checked)
    execute("ANALYZE")
    with nullcontext() if is_checked else unchecked([SearchEntry._meta.db_table]):
        search_index.rebuild()
    rebuild_repeats()
    tallies.fill_missing()


def _load_room(room: Room, copies: int, seed: int, progress: Callable[[str, int], None], *, is_checked: bool) -> None:
    templates = _draw(room, copies, seed)
    tables = tables_of(room, templates, copies)
    drawing.number_papers(templates)
    meeting_numbers.number_meetings(has_meetings=Meeting in tables)

    def write(batch: tuple[int, int]) -> None:
        since, until = batch
        drawing.fill(since, until)
        write_copies(tables, is_first=since == 1)
        progress(room.name, until)

    write_batches([table.name for table in tables.values()], _batches(copies), write, is_checked=is_checked)
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


def _draw(room: Room, copies: int, seed: int) -> list[Template]:
    """Tell those of the plans that any copy follows, and draw who follows which, where and when."""
    drop_tables()
    lots = str(seed) if room.root is Case else f"{seed}:{room.name}"
    every_plan = room.plans(seed, OfficeSetting.objects.number("notice_lead_days"), copies)
    picked = set(drawing.pick(room, every_plan, copies, lots, QuerySet(room.root).count()))
    days = WorkingDays.of(CalendarDay.objects.calendar(), IN_OFFICE_SINCE + FIRST_CASE_AFTER, clock.today())
    excluded = room.excluded_units()
    sides = people.unit_sides(excluded=excluded)
    used = [plan for plan in every_plan if plan.number in picked]
    templates = [template(room, plan, _side(plan, sides, excluded), days, seed) for plan in used]
    drawing.draw(room, templates, sides, lots)
    return templates


def _side(plan: Plan, sides: people.Sides, excluded: Collection[int]) -> people.UnitSide:
    """Every other plan is of the most frequent units, the others by turns of all other kinds."""
    most_frequent, *others = sides.values()
    alike = others[(plan.number + plan.variant) // 2 % len(others)] if plan.variant % 2 and others else most_frequent
    return people.unmistakable(alike, excluded)
