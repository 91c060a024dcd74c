"""What becomes of units: renamed, merged into another or dissolved, each with its day and its paper."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import models
from django.db.models import Q
from django.utils import timezone

from yuetan.models.people.unit import Unit, UnitQuerySet
from yuetan.rules.dates import clock
from yuetan.rules.text.official_text import chinese_date
from yuetan.vocabulary import UnitChangeKind, UnitKind

ENDINGS = (UnitChangeKind.MERGED, UnitChangeKind.DISSOLVED)


class UnitChangeQuerySet(models.QuerySet["UnitChange"]):
    """Questions about many changes."""

    def undecided(self) -> UnitChangeQuerySet:
        """Ends of units with a successor, over whose matters the director has not decided yet."""
        return self.exclude(successor=None).filter(decided_at=None)


class UnitChange(models.Model):
    """One change of a unit, registered by the system administrator and kept as it was registered.

    Where the unit goes on in a `successor`, the director decides once that its matters go over: `decided_at`.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="changes")
    kind = models.CharField("变动", max_length=12, choices=UnitChangeKind.choices)
    former_name = models.CharField("原名称", max_length=80)
    new_name = models.CharField("新名称", max_length=80, blank=True)
    successor = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="taken_over", verbose_name="承接单位"
    )
    effective_on = models.DateField("生效日期")
    paper_number = models.CharField("依据文号", max_length=100)
    registered_by = models.ForeignKey("yuetan.User", models.PROTECT, related_name="+")
    registered_at = models.DateTimeField(default=clock.now)
    decided_by = models.ForeignKey("yuetan.User", models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    opinion = models.TextField("意见", blank=True)

    unit_id: int
    successor_id: int | None
    objects = UnitChangeQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ("effective_on", "pk")
        constraints = (
            models.CheckConstraint(
                condition=(Q(kind=UnitChangeKind.RENAMED, successor=None) & ~Q(new_name=""))
                | (Q(kind__in=ENDINGS) & Q(new_name="")),
                name="unit_change_is_a_new_name_or_an_end",
            ),
            models.CheckConstraint(
                condition=Q(decided_at=None, decided_by=None)
                | Q(decided_at__isnull=False, decided_by__isnull=False, successor__isnull=False),
                name="only_a_succession_is_decided",
            ),
            models.CheckConstraint(condition=~Q(decided_by=models.F("registered_by")), name="two_persons_carry_over"),
            models.UniqueConstraint(fields=("unit",), condition=Q(kind__in=ENDINGS), name="a_unit_ends_once"),
        )

    def __str__(self) -> str:
        return self.words

    @property
    def words(self) -> str:
        """2026年11月23日并入新会区会城街道（江民〔2026〕8号）."""
        day, paper = chinese_date(self.effective_on), f"（{self.paper_number}）"
        if self.kind == UnitChangeKind.RENAMED:
            return f"{day}由“{self.former_name}”更名为“{self.new_name}”{paper}"
        if self.kind == UnitChangeKind.MERGED and self.successor:
            return f"{day}并入{self.successor.full_name}{paper}"
        successor = f"，由{self.successor.full_name}承接" if self.successor else "，无承接单位"
        return f"{day}撤销{successor}{paper}"


def pending_succession(unit: Unit) -> UnitChange | None:
    """The end of a unit whose matters have not gone over yet; None for a unit in use, without a query."""
    if unit.retired_on is None:
        return None
    return UnitChange.objects.undecided().filter(unit=unit).select_related("successor__parent").first()


def is_without_successor(unit: Unit) -> bool:
    """Whether the unit has ended and nobody goes on for it."""
    return unit.retired_on is not None and pending_succession(unit) is None


def possible_successors(unit: Unit) -> UnitQuerySet:
    """Units in use that may go on for it: of its kind, or the 市（区） of a 镇（街）."""
    alike = Q(kind=unit.kind) | (Q(pk=unit.parent_id) if unit.kind == UnitKind.TOWN else Q(pk=None))
    return Unit.objects.in_use().interviewed().filter(alike).exclude(pk=unit.pk)


def last_successor(unit: Unit) -> Unit:
    """The unit that stands for this one now: a successor may itself have gone on in another since."""
    while unit.retired_on is not None:
        change = (
            UnitChange.objects.exclude(successor=None).filter(unit=unit).select_related("successor__parent").first()
        )
        if change is None or change.successor is None:
            return unit
        unit = change.successor
    return unit


def units_on(day: date) -> UnitQuerySet:
    """The units that the office may interview that stood on a day: founded by then, and not ended on it or before.

    What ended is dated by the paper that ended it, which may be registered later.
    """
    ended = UnitChange.objects.filter(kind__in=ENDINGS, effective_on__lte=day).order_by().values("unit")
    begun, standing = Q(began_on=None) | Q(began_on__lte=day), Q(retired_on=None) | Q(retired_on__gt=day)
    return Unit.objects.interviewed().filter(begun, standing).exclude(pk__in=ended)


def mergers_of(unit: Unit, since: date, until: date) -> list[UnitChange]:
    """The end of a unit, and of those that it goes on for, directly or through others: the earliest first.

    After the one day, on which none of `former_units` had anything any more, and no later than on the other.
    """
    ends = UnitChange.objects.filter(kind__in=ENDINGS, effective_on__gt=since, effective_on__lte=until)
    known = list(ends.select_related("unit__parent", "successor__parent"))
    next_of = {change.unit_id: change.successor_id for change in known}
    return [change for change in known if unit.pk in {change.unit_id, *_successors(change.unit_id, next_of)}]


def _successors(unit: int, next_of: Mapping[int, int | None]) -> Iterator[int]:
    while (after := next_of.get(unit)) is not None:
        yield after
        unit = after


@dataclass(frozen=True)
class FormerUnit:
    """What was begun about `first` was of `unit` until a day, which is no longer one of it."""

    first: int
    unit: int
    until: date


def former_units(since: date) -> list[FormerUnit]:
    """Which units had what has gone over to another: for each first one those after it, as far as they ended since."""
    ends = UnitChange.objects.exclude(successor=None).values_list("unit", "effective_on", "successor")
    next_of = {unit: (until, successor) for unit, until, successor in ends}
    return [one for first in sorted(next_of) for one in _units_from(first, next_of) if one.until > since]


def _units_from(first: int, next_of: dict[int, tuple[date, int]]) -> Iterator[FormerUnit]:
    unit = first
    while unit in next_of:
        until, successor = next_of[unit]
        yield FormerUnit(first, unit, until)
        unit = successor


class GoesOver(models.Model):
    """What is about one unit, and once that has ended about its successor; it keeps the first."""

    first_unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="原单位")

    unit: Unit
    unit_id: int
    first_unit_id: int | None

    class Meta:
        abstract = True

    @property
    def begun_at(self) -> datetime:
        """When it was begun."""
        raise NotImplementedError

    @property
    def proposed_unit(self) -> Unit:
        """The unit it was made about."""
        return self.first_unit or self.unit

    @property
    def unit_label(self) -> str:
        """As pages name it: 新会区圣堂镇（原××镇） where the name or the unit was another when it was begun."""
        begun = timezone.localtime(self.begun_at).date()
        former = self.proposed_unit.names_since(begun)
        former += [self.first_unit.name] if self.first_unit else []
        return f"{self.unit.full_name}（原{'、'.join(former)}）" if former else self.unit.full_name

    def go_over_to(self, successor: Unit) -> None:
        """Be about the successor from now on."""
        self.first_unit = self.first_unit or self.unit
        self.unit = successor


class AboutUnit(GoesOver):
    """A case or a letter of the office, which from a day on is open to its unit."""

    opened_on = models.DateField("向该单位开放之日", null=True, blank=True)

    created_at: datetime

    class Meta:
        abstract = True

    @property
    def begun_at(self) -> datetime:
        """When it was registered."""
        return self.created_at

    @property
    def is_open_to_unit(self) -> bool:
        """Whether the unit is a party to it."""
        raise NotImplementedError

    def follow_opening(self) -> bool:
        """Keep the day from which the unit sees it, and say whether it was just opened; what was opened stays open."""
        if self.opened_on is not None or not self.is_open_to_unit:
            return False
        self.opened_on = clock.today()
        return True
