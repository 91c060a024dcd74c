"""The scheme of a year as data: groups that are ranked apart, indicators with points, and what is amiss in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal

from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.empty_words import require_words
from yuetan.rules.text.official_text import joined
from yuetan.rules.text.personal_data import personal_data
from yuetan.vocabulary import IndicatorRule, RecordSource, UnscoredPoints

NOTHING = Decimal("0.0")
WHOLE = Decimal(100)
TENTH = Decimal("0.1")
GROUPS, INDICATORS = "groups", "indicators"
ADDING = (RecordSource.COMMENDATIONS,)  # of these a record is to a unit's credit, of all others it is not


@dataclass(frozen=True)
class Group:
    """Units that are ranked among themselves: all of a kind, and those named; `units` are keys."""

    key: str
    name: str
    kind: str = ""
    units: tuple[int, ...] = ()

    def as_json(self) -> dict[str, object]:
        """The group as a version of the scheme keeps it."""
        return {**asdict(self), "units": list(self.units)}


@dataclass(frozen=True)
class Indicator:
    """One indicator. With `full` points are taken off them, down to `floor`; without it points are added.

    Each record counts `each` points, all together no more than `cap`; 0 sets no limit. `group` is the name of the
    group for which it counts, empty for all; `fails`: a unit with any record of it is 不合格. `key` stays the same in
    every version that has an indicator of this name.
    """

    key: str
    name: str
    rule: str
    source: str = ""
    full: Decimal = NOTHING
    each: Decimal = NOTHING
    cap: Decimal = NOTHING
    floor: Decimal = NOTHING
    group: str = ""
    unscored: str = ""
    fails: bool = False

    @property
    def is_counted(self) -> bool:
        """Whether its figure is counted from the records."""
        return self.rule == IndicatorRule.COUNTED

    @property
    def must_be_scored(self) -> bool:
        """Whether every unit for which it counts needs a score before its sheet is sent."""
        return not self.is_counted and self.unscored != UnscoredPoints.FULL

    @property
    def adds(self) -> bool:
        """Whether it adds points to those of the others."""
        return not self.full

    @property
    def most(self) -> Decimal:
        """The most points that a unit can have of it."""
        return self.full or self.cap

    def as_json(self) -> dict[str, object]:
        """The indicator as a version of the scheme keeps it."""
        return {key: str(value) if isinstance(value, Decimal) else value for key, value in asdict(self).items()}

    @property
    def words(self) -> str:
        """20 分；报表逾期报送（次），每次扣 2 分，最多扣 10 分，最低 5 分."""
        whole = "加分项" if self.adds else f"{self.full} 分"
        if not self.is_counted:
            most = f"最多加 {self.cap} 分" if self.adds else "人工评分"
            left = UnscoredPoints(self.unscored).label if self.unscored else ""
            return "；".join(filter(None, (whole, most, left)))
        verb = "加" if self.adds else "扣"
        parts = [f"{RecordSource(self.source).label}，每次{verb} {self.each} 分"]
        parts += [f"最多{verb} {self.cap} 分"] if self.cap else []
        parts += [f"最低得 {self.floor} 分"] if self.floor else []
        parts += ["有一次即为不合格"] if self.fails else []
        return f"{whole}；{'，'.join(parts)}"


def groups_from(rows: Sequence[Mapping[str, object]]) -> list[Group]:
    """The groups as a version keeps them."""
    return [Group(**{**row, "units": tuple(row["units"])}) for row in rows]  # type: ignore[arg-type]


def indicators_from(rows: Sequence[Mapping[str, object]]) -> list[Indicator]:
    """The indicators as a version keeps them."""
    points = ("full", "each", "cap", "floor")
    return [Indicator(**{**row, **{key: Decimal(str(row[key])).quantize(TENTH) for key in points}}) for row in rows]  # type: ignore[arg-type]


def scheme_problems(groups: Sequence[Group], indicators: Sequence[Indicator], year: int) -> Iterator[Finding]:
    """What is amiss in groups and indicators, each named by its name or its place."""
    yield from _group_problems(groups)
    for place, indicator in enumerate(indicators, start=1):
        yield from _indicator_problems(indicator, indicator.name or f"第{place}项", groups)
        yield from personal_data(INDICATORS, f"“{indicator.name}”", indicator.name, year)
    for name, number in Counter(indicator.name for indicator in indicators if indicator.name).items():
        if number > 1:
            yield finding("indicator_twice", INDICATORS, name=name)
    for group in groups:
        whole = sum(one.full for one in indicators if one.group in ("", group.name))
        if whole != WHOLE:
            yield finding("assessment_weights", INDICATORS, group=group.name, sum=whole)


def _group_problems(groups: Sequence[Group]) -> Iterator[Finding]:
    for place, group in enumerate(groups, start=1):
        if not group.name.strip() or not (group.kind or group.units):
            yield finding("group_incomplete", GROUPS, place=place)
    for what, values in (
        ("名称", [group.name for group in groups]),
        ("单位类别", [group.kind for group in groups if group.kind]),
        ("单位", [unit for group in groups for unit in group.units]),
    ):
        if len(set(values)) < len(values):
            yield finding("group_twice", GROUPS, what=what)


def _indicator_problems(one: Indicator, name: str, groups: Sequence[Group]) -> Iterator[Finding]:
    if one.group and one.group not in {group.name for group in groups}:
        names = joined(group.name for group in groups)
        yield finding("indicator_group_unknown", INDICATORS, name=name, group=one.group, groups=names)
    yield from require_words(one.name, finding("indicator_incomplete", INDICATORS, name=name, missing="名称"))
    yield from _rule_problems(one, name)
    if one.adds and not one.cap:
        yield finding("indicator_without_points", INDICATORS, name=name)
    if one.floor > one.full or (one.full and one.cap > one.full):
        yield finding("indicator_limits", INDICATORS, name=name)


def _rule_problems(one: Indicator, name: str) -> Iterator[Finding]:
    if not one.rule:
        yield finding("indicator_incomplete", INDICATORS, name=name, missing="计分方式")
    elif one.is_counted and not one.source:
        yield finding("indicator_without_source", INDICATORS, name=name)
    elif not one.is_counted and one.source:
        yield finding("indicator_scored_with_source", INDICATORS, name=name)
    elif not one.is_counted and not one.unscored:
        yield finding("indicator_incomplete", INDICATORS, name=name, missing="没有评分时怎样计")
    elif one.is_counted:
        yield from _counted_problems(one, name)


def _counted_problems(one: Indicator, name: str) -> Iterator[Finding]:
    if not one.each:
        yield finding("indicator_incomplete", INDICATORS, name=name, missing="每次分值")
    if one.adds != (one.source in ADDING):
        words = {"name": name, "source": RecordSource(one.source).label}
        yield finding("indicator_adds" if one.adds else "indicator_takes_off", INDICATORS, **words)
