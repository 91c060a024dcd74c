"""Counters of 统计: how often what happened in which month, and how many wait for which day; kept by every step."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple, TypedDict

from django.db import models
from django.db.models import Q, Sum

from yuetan.models.case.case import Case
from yuetan.models.people.unit import Unit
from yuetan.models.record.occasions import CASE_OCCASIONS, TASK_OCCASIONS
from yuetan.rules.dates.deadlines import Light
from yuetan.rules.dates.periods import Period, PeriodKind
from yuetan.vocabulary import EarlierState, OfficeStage

if TYPE_CHECKING:
    from yuetan.models.people.user import User

COUNTED = ("", EarlierState.CONFIRMED.value)  # of 补录 what was confirmed, and not what was discarded
DATED = tuple(each for each in (*CASE_OCCASIONS, *TASK_OCCASIONS) if each.key not in ("scheduled", "due"))
GROUND, LEADER, UNREPORTED = "ground", "leader", "unreported"
STATE, WAITING, WAITS, SECONDS = "state:", "waiting:", "waits:", "seconds:"
# What a person reads nothing of from whose unit they must keep away (回避); of the rest, what is open to the unit.
INNER = frozenset(
    {GROUND, *(each.key for each in DATED if each.inner)}
    | {f"{kind}{stage.value}" for kind in (WAITING, WAITS, SECONDS) for stage in OfficeStage}
)
# A row that happened several times counts once in a month, a quarter and a year: of which it is the first.
FIRST_OF = {PeriodKind.YEAR: 3, PeriodKind.QUARTER: 2, PeriodKind.MONTH: 1}


class CaseTally(models.Model):
    """What one case adds to the counters now: from it a step knows what to add and what to take away."""

    case = models.OneToOneField(Case, models.PROTECT, primary_key=True, related_name="tally")
    lines = models.JSONField("计数", default=list)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.case}：{len(self.lines)}"


class TallyLine(TypedDict):
    """What one case adds to a counter, as `CaseTally` keeps it."""

    unit_id: int
    is_hidden: bool
    fact: str
    item: int
    day: str | None
    first_of: int
    number: int


def lines_without(user: User) -> list[TallyLine]:
    """What is counted of the cases narrowed without this person (知悉范围); there are few such."""
    if not Case.objects.leaves_out(user):
        return []
    kept = CaseTally.objects.filter(Case.objects.left_out(user, "case__")).values_list("lines", flat=True)
    return [line for lines in kept for line in lines]


def _day_of_line(line: TallyLine) -> date | None:
    return date.fromisoformat(line["day"]) if line["day"] else None


class TallyQuerySet(models.QuerySet["Tally"]):
    """Questions to the counters."""

    def of_the_city(self) -> TallyQuerySet:
        """Those of all units together."""
        return self.filter(unit=None)

    def kept_from(self, user: User) -> TallyQuerySet:
        """Of the units in which the person holds a post, what they may not read; no row for anybody else."""
        hidden = Q(fact__in=INNER) | Q(is_hidden=True)
        return self.filter(hidden, unit__in=user.interviewed_units) if user.interviewed_units else self.none()


class Tally(models.Model):
    """A number to be added up: of one fact in one month or by one day, of one unit or of all together.

    A step adds rows and changes none, so that no two steps wait for each other; the daily run adds them up.
    """

    fact = models.CharField(max_length=24)
    item = models.BigIntegerField(default=0)  # the key of the 情形 or of who leads
    day = models.DateField(null=True)  # the first of a month, or a limit; none where there is no limit
    first_of = models.PositiveSmallIntegerField()
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", db_index=False)
    is_hidden = models.BooleanField(default=False)  # the case is not open to its unit
    number = models.BigIntegerField()

    objects = TallyQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        indexes = (models.Index(fields=("unit", "fact", "day"), name="tally_of_unit"),)

    def __str__(self) -> str:
        return f"{self.fact} {self.day} {self.number:+d}"


def _summed(rows: TallyQuerySet, *by: str) -> Iterator[tuple[Any, ...]]:
    """Each group by these columns, its number behind them."""
    yield from rows.order_by().values_list(*by).annotate(sum=Sum("number"))


class _Month(NamedTuple):
    fact: str
    item: int
    day: date
    first_of: int


@dataclass
class Happened:
    """What happened from one day to another as one person may count it, by months; read in one query, or two."""

    user: User
    begin: date
    end: date
    _numbers: Counter[_Month] = field(init=False, default_factory=Counter)

    def __post_init__(self) -> None:
        dated = Tally.objects.filter(day__range=(self.begin, self.end)).exclude(first_of=0)
        for sign, rows in ((1, dated.of_the_city()), (-1, dated.kept_from(self.user))):
            for *group, number in _summed(rows, "fact", "item", "day", "first_of"):
                self._numbers[_Month(*group)] += sign * int(number)
        for line in lines_without(self.user):
            day = _day_of_line(line)
            if day and line["first_of"] and self.begin <= day <= self.end:
                self._numbers[_Month(line["fact"], line["item"], day, line["first_of"])] -= line["number"]

    def count(self, fact: str, period: Period) -> int:
        """How many rows it happened to within a period."""
        return sum(self.by_item(fact, period).values())

    def by_item(self, fact: str, period: Period) -> Counter[int]:
        """How many rows it happened to within a period, for each 情形 or each who leads."""
        counted: Counter[int] = Counter()
        for month, number in self._numbers.items():
            in_period = period.first <= month.day <= period.last and month.first_of >= FIRST_OF[period.kind]
            if month.fact == fact and in_period:
                counted[month.item] += number
        return +counted


def interviewed_by_unit(user: User, period: Period) -> Counter[int]:
    """How many interviews a person may count in a period, by the key of the unit."""
    of_units = Tally.objects.filter(fact="interviewed", day__range=(period.first, period.last)).exclude(unit=None)
    counted: Counter[int] = Counter()
    for sign, rows in ((1, of_units), (-1, of_units.kept_from(user))):
        for unit, number in _summed(rows, "unit"):
            counted[unit] += sign * int(number)
    for line in lines_without(user):
        day = _day_of_line(line)
        if line["fact"] == "interviewed" and day and period.first <= day <= period.last:
            counted[line["unit_id"]] -= line["number"]
    return +counted


@dataclass
class Standing:
    """How much waits now, as one person may count it; `lights` says which limits show which light, `light_of` the same
    of one limit."""

    user: User
    lights: Mapping[Light, Mapping[str, object]]
    light_of: Callable[[date | None], Light]
    _numbers: Counter[tuple[str, str]] = field(init=False, default_factory=Counter)

    def __post_init__(self) -> None:
        shown = [models.When(**conditions, then=models.Value(light.value)) for light, conditions in self.lights.items()]
        standing = Tally.objects.filter(first_of=0).annotate(light=models.Case(*shown, default=models.Value("")))
        for sign, rows in ((1, standing.of_the_city()), (-1, standing.kept_from(self.user))):
            for fact, light, number in _summed(rows, "fact", "light"):
                self._numbers[fact, light] += sign * int(number)
        for line in lines_without(self.user):
            if not line["first_of"]:
                self._numbers[line["fact"], self.light_of(_day_of_line(line)).value] -= line["number"]

    def count(self, fact: str, light: str = "") -> int:
        """How many wait, under one light or under any; `fact` may be the beginning of several."""
        return sum(
            number for (of, shown), number in self._numbers.items() if of.startswith(fact) and light in ("", shown)
        )
