"""Any number of lawful cases, written in bulk: to measure with, never to work in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from itertools import count, groupby
from random import Random

from django.conf import settings
from django.db import transaction

from yuetan.actions import demo, seed_people
from yuetan.actions.demo_people import IN_OFFICE_SINCE
from yuetan.actions.proposal.proposal import REGISTER
from yuetan.actions.seed_plan import FIRST_HOUR, Days, Plan, at, drawn
from yuetan.actions.seed_rows import Footing, Rows
from yuetan.actions.seed_steps import UNTIL_MINUTES
from yuetan.actions.seed_tasks import AFTER_MINUTES
from yuetan.actions.seed_writing import write
from yuetan.documents.issue import take_number
from yuetan.errors import Reason, Refused
from yuetan.models import CalendarDay, Case, Event, Ground, OfficeSetting, Post, Regulation
from yuetan.rules.dates import clock
from yuetan.vocabulary import PostKind, Verb

MARK = "load_seed"
BATCH = 500
LEFT_BEHIND = UNTIL_MINUTES | AFTER_MINUTES


def seed(cases: int, seed: int, *, told: Callable[[int], None] = lambda written: None) -> None:
    """Write so many cases drawn by a seed, the oldest first; raises Refused on a database that is worked in.

    `told` hears how many are written. A batch is written whole or not at all.
    """
    _refuse_if_worked_in()
    with transaction.atomic():
        seed_people.populate(settings.FIXTURES / "demo" / "people.csv")
        keeper = seed_people.office().everyone(PostKind.SYSTEM_ADMINISTRATOR)[0]
        facts = {"cases": cases, "seed": seed}
        Event.objects.create(verb=MARK, actor=keeper.user, actor_title=keeper.title, data=facts, created_at=clock.now())
    footing, begun = _footing(), Case.objects.count()
    oldest_first = sorted(range(begun, begun + cases), key=lambda index: -_drawn(seed, index, footing)[0].begins)
    for written in range(0, cases, BATCH):
        _write_batch([_drawn(seed, index, footing) for index in oldest_first[written : written + BATCH]], footing)
        told(min(written + BATCH, cases))


def _refuse_if_worked_in() -> None:
    if Case.objects.exists() and not Event.objects.filter(verb__in=(MARK, demo.MARK)).exists():
        raise Refused(Reason("本库已有约谈事项，不能装入生成的事项。"))


def _footing() -> Footing:
    today = clock.today()
    regulation, office, sides = Regulation.objects.in_force(today), seed_people.office(), seed_people.sides()
    return Footing(
        regulation=regulation,
        grounds=list(Ground.objects.select_related("article").filter(is_other=False)),
        office=office,
        sides=sides,
        interviewers={side.unit.pk: _interviewer(regulation, office, side) for side in sides},
        days=Days(IN_OFFICE_SINCE + timedelta(days=30), today, CalendarDay.objects.calendar()),
        settings=dict(OfficeSetting.objects.values_list("key", "value")),
    )


def _interviewer(regulation: Regulation, office: seed_people.Office, side: seed_people.Side) -> Post:
    rule = regulation.interviewer_post(unit_kind=side.unit.kind, rank=side.heads[0].rank)
    return office.post(PostKind(rule.interviewer))


def _drawn(seed: int, index: int, footing: Footing) -> tuple[Plan, Random]:
    return drawn(seed, index, footing.settings["notice_lead_days"], footing.days.since_first)


@transaction.atomic
def _write_batch(batch: Sequence[tuple[Plan, Random]], footing: Footing) -> None:
    cases = []
    for year, plans in groupby(batch, key=lambda drawn: footing.days.ago(drawn[0].begins).year):
        of_year = list(plans)
        last = take_number(REGISTER, year, len(of_year))
        serials = count(last - len(of_year) + 1)
        cases += [_told(Rows(plan, lots, footing, (year, next(serials)))) for plan, lots in of_year]
    write(cases)


def _told(rows: Rows) -> Rows:
    for verb, number in _moments(rows):
        LEFT_BEHIND[verb](rows, number)
    rows.case.due_on = rows.next_due_on()
    return rows


def _moments(rows: Rows) -> Iterator[tuple[Verb, int]]:
    """Each step, once the rows know its time: a little later on the same day, or some time in the next morning."""
    plan = rows.plan
    for (verb, number), offset in zip(plan.way, plan.offsets, strict=True):
        rows.days_ago = plan.begins - offset
        day = rows.footing.days.ago(rows.days_ago)
        same_day = bool(rows.events) and rows.today == day
        begin = rows.at if same_day else at(day, FIRST_HOUR) + timedelta(minutes=rows.lots.randint(30, 90))
        rows.at = begin + timedelta(minutes=rows.lots.randint(5, 40))
        yield verb, number
