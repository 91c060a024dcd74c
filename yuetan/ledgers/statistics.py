"""统计: every number is the count of what one address of a ledger lists, read off the counters that steps keep.

What is counted is what the filter of the ledger lists, described once (`models/record/occasions.py`), with the rights
that filter has; `tests/views/home/test_statistics.py` holds that the two never differ.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property
from typing import ClassVar

from yuetan.documents.content.statistics_sheet import CountedTable
from yuetan.forms.frame.filters import LIGHTS
from yuetan.forms.rectification.task_filter import TaskFilter
from yuetan.ledgers.case.cases import CaseLedger
from yuetan.ledgers.deadline_lights import DeadlineLights
from yuetan.ledgers.ledger import Ledger
from yuetan.ledgers.rectification.tasks import TaskLedger
from yuetan.models import Ground, Unit, User
from yuetan.models.record.occasions import CASE_OCCASIONS, TASK_OCCASIONS
from yuetan.models.record.tally import (
    GROUND,
    LEADER,
    SECONDS,
    STATE,
    UNREPORTED,
    WAITING,
    WAITS,
    Happened,
    Standing,
    interviewed_by_unit,
)
from yuetan.rules.dates.periods import Period, PeriodKind, months_of
from yuetan.rules.dates.working_days import ONE_DAY
from yuetan.vocabulary import ENDED_STATES, INTERVIEWED_UNIT_KINDS, CaseState, OfficeStage

Asked = Mapping[str, str]
COUNTED: Asked = {"earlier": "counted"}
INTERVIEWED: Asked = {**COUNTED, "dated": "interviewed"}
MAX_LINES = 40  # of one table; what is left is said
CASES: tuple[tuple[str, Asked], ...] = (
    ("建档", {**COUNTED, "dated": "registered"}),
    ("审定同意", {**COUNTED, "dated": "approved"}),
    ("已约谈", INTERVIEWED),
    ("办结（销号）", {**COUNTED, "dated": "closed"}),
)
TASKS: tuple[tuple[str, Asked], ...] = tuple(
    (each.label, {**COUNTED, "dated": each.key}) for each in TASK_OCCASIONS if not each.inner and each.key != "due"
)
MONTHLY = ("registered", "interviewed", "closed")


@dataclass(frozen=True)
class Number:
    """One count and the address of the ledger that lists what was counted; a mean has `words` and no address."""

    count: int
    url: str
    words: str = ""

    @property
    def shown(self) -> str | int:
        """As a table shows it."""
        return self.words or self.count


@dataclass(frozen=True)
class Line:
    """What is counted and its numbers, this period's before the last one's."""

    label: str
    numbers: Sequence[Number]

    @property
    def change(self) -> str:
        """增减: +2、-1、0."""
        difference = self.numbers[0].count - self.numbers[1].count
        return f"{difference:+d}" if difference else "0"


@dataclass(frozen=True)
class Table:
    """Lines under one heading; `shown` is the number of each line that the chart shows."""

    key: str
    title: str
    head: str
    columns: Sequence[str]
    lines: Sequence[Line]
    compared: bool = True
    upright: bool = False
    shown: int = 0
    left_out: int = 0
    note: str = ""


def counted(table: Table) -> CountedTable:
    """The table as it is printed: whole, with 增减 as its last column where two periods are compared."""
    change = ["增减"] if table.compared else []
    lines = [
        [line.label, *(str(number.shown) for number in line.numbers), *([line.change] if change else [])]
        for line in table.lines
    ]
    left_out = [f"另有 {table.left_out} 行件数较少，没有列出。"] if table.left_out else []
    none = [["（本期和上期都没有）", *[""] * (len(table.columns) + len(change))]]
    return CountedTable(table.title, [*table.columns, *change], lines or none, "".join([*left_out, table.note]))


@dataclass
class Statistics:
    """All tables of one period as one person may see them."""

    user: User
    period: Period
    before: Period = field(init=False)
    cases: ClassVar[Ledger] = CaseLedger()
    tasks: ClassVar[Ledger] = TaskLedger()

    def __post_init__(self) -> None:
        self.before = self.period.moved(-1)

    @cached_property
    def _happened(self) -> Happened:
        """Of both periods and of the whole year, of which the months are shown."""
        year = Period(PeriodKind.YEAR, self.period.year)
        return Happened(self.user, min(self.before.first, year.first), max(self.period.last, year.last))

    @cached_property
    def _standing(self) -> Standing:
        lights = DeadlineLights.now()
        return Standing(self.user, lights.conditions("day"), lights.light_of)

    def tables(self) -> list[Table]:
        """In the order of the page."""
        return [self._case_totals(), self._months(), self._areas(), self._grounds(), self._leaders(), *self._rest()]

    def _rest(self) -> list[Table]:
        return [self._task_totals(), self._stages(), self._standing_tasks(), self._standing_cases()]

    @property
    def _columns(self) -> tuple[str, str]:
        return self.period.label, self.before.label

    def _case_totals(self) -> Table:
        lines = [self._compared(self.cases, label, asked) for label, asked in CASES]
        return Table("cases", "约谈事项（件）", "环节", self._columns, lines)

    def _task_totals(self) -> Table:
        lines = [self._compared(self.tasks, label, asked) for label, asked in TASKS]
        note = "同一项任务在一期内先后按期、逾期报送，或者先后退回、销号的，各计一项。"
        return Table("tasks", "整改任务（项）", "环节", self._columns, lines, note=note)

    def _compared(self, ledger: Ledger, label: str, asked: Asked) -> Line:
        return Line(label, [self._number(ledger, asked, period) for period in (self.period, self.before)])

    def _number(self, ledger: Ledger, asked: Asked, period: Period) -> Number:
        return Number(self._happened.count(asked["dated"], period), ledger.url_of(_within(asked, period)))

    def _months(self) -> Table:
        labels = {each.key: each.label for each in CASE_OCCASIONS}
        asked = [{**COUNTED, "dated": key} for key in MONTHLY]
        lines = [
            Line(f"{month.number}月", [self._number(self.cases, each, month) for each in asked])
            for month in months_of(self.period.year)
        ]
        columns, shown = [labels[key] for key in MONTHLY], MONTHLY.index("interviewed")
        title = f"{self.period.year}年各月约谈（件）"
        return Table("months", title, "月份", columns, lines, compared=False, upright=True, shown=shown)

    def _areas(self) -> Table:
        by_unit = [interviewed_by_unit(self.user, period) for period in (self.period, self.before)]
        units = Unit.objects.filter(pk__in={key for counted in by_unit for key in counted})
        areas = {unit.pk: _area_of(unit) for unit in units.select_related("parent__parent")}
        named = [(area.full_name, area.pk, {"area": area.code}) for area in {*areas.values()}]
        counts = [Counter[int]() for _ in by_unit]
        for counted, of_areas in zip(by_unit, counts, strict=True):
            for unit, number in counted.items():
                of_areas[areas[unit].pk] += number
        return self._grouped("areas", "各地、各单位被约谈（件）", "市（区）、成员单位", named, counts)

    def _grounds(self) -> Table:
        counts = self._by_item(GROUND)
        grounds = Ground.objects.filter(pk__in={key for counted in counts for key in counted})
        rows = grounds.select_related("article__regulation")
        named = [(f"{ground.citation} {ground.text}", ground.pk, {"ground": str(ground.pk)}) for ground in rows]
        note = f"一件有几种情形的，各计一次。{'本人须回避的单位不计。' if self.user.interviewed_units else ''}"
        return self._grouped("grounds", "约谈情形（件）", "情形", named, counts, note=note)

    def _leaders(self) -> Table:
        counts = self._by_item(LEADER)
        people = User.objects.filter(pk__in={key for counted in counts for key in counted})
        named = [(person.name, person.pk, {"led_by": str(person.pk)}) for person in people]
        return self._grouped("leaders", "约谈人（件）", "约谈人", named, counts)

    def _by_item(self, fact: str) -> list[Counter[int]]:
        return [self._happened.by_item(fact, period) for period in (self.period, self.before)]

    def _grouped(
        self,
        key: str,
        title: str,
        head: str,
        named: Iterable[tuple[str, int, Asked]],
        counts: Sequence[Mapping[int, int]],
        note: str = "",
    ) -> Table:
        """The groups with most cases first; of a great many the first ones."""
        lines = [
            Line(
                name,
                [
                    Number(counted.get(pk, 0), self.cases.url_of(_within({**INTERVIEWED, **asked}, period)))
                    for period, counted in zip((self.period, self.before), counts, strict=True)
                ],
            )
            for name, pk, asked in named
        ]
        lines.sort(key=lambda line: ([-number.count for number in line.numbers], line.label))
        left_out = max(len(lines) - MAX_LINES, 0)
        return Table(key, title, head, self._columns, lines[:MAX_LINES], left_out=left_out, note=note)

    def _stages(self) -> Table:
        """办公室办理: how many ended, how many of them late, after how long; what waits now, under which light."""
        lines = [Line(str(stage.label), self._of_stage(stage)) for stage in OfficeStage]
        columns = ("办完", "超时办完", "平均天数", "现在待办", "将到期", "超时")
        note = "时限由办公室设定，自进入该环节的次日起按工作日计算；核查按整改任务计项，其余按约谈事项计件。"
        title = f"{self.period.label}办公室办理"
        return Table("stages", title, "环节", columns, lines, compared=False, note=f"{note}平均天数按自然日。")

    def _of_stage(self, stage: OfficeStage) -> list[Number]:
        ledger = self.tasks if stage == OfficeStage.CHECK else self.cases
        ended = [{**COUNTED, "dated": f"{stage.value}_{key}"} for key in ("done", "late")]
        done, late = (self._number(ledger, asked, self.period) for asked in ended)
        now, lights = {**COUNTED, "state": stage.value}, ("yellow", "red")
        waiting = Number(self._standing.count(f"{STATE}{stage.value}"), ledger.url_of(now))
        near = [
            Number(self._standing.count(f"{WAITING}{stage.value}", light), ledger.url_of({**now, "office": light}))
            for light in lights
        ]
        return [done, late, Number(0, "", self._mean_days(stage)), waiting, *near]

    def _mean_days(self, stage: OfficeStage) -> str:
        waits, seconds = (self._happened.count(f"{kind}{stage.value}", self.period) for kind in (WAITS, SECONDS))
        return f"{timedelta(seconds=seconds) / waits / ONE_DAY:.1f}" if waits else "—"

    def _standing_tasks(self) -> Table:
        lines = [self._lit(self.tasks, label, light, UNREPORTED) for light, label in TaskFilter.LIGHTS]
        return Table("task_lights", "现在未报告的整改任务（项）", "时限状态", ("现在",), lines, compared=False)

    def _lit(self, ledger: Ledger, label: str, light: str, *facts: str) -> Line:
        count = sum(self._standing.count(fact, light) for fact in facts)
        return Line(label, [Number(count, ledger.url_of({**COUNTED, "light": light}))])

    def _standing_cases(self) -> Table:
        running = [state for state in CaseState if state not in ENDED_STATES]
        facts = [f"{STATE}{state.value}" for state in running]
        lines = [self._lit(self.cases, label, light, *facts) for light, label in LIGHTS]
        urls = [self.cases.url_of({**COUNTED, "state": state.value}) for state in running]
        counts = [self._standing.count(fact) for fact in facts]
        shown = zip(running, counts, urls, strict=True)
        lines += [Line(str(state.label), [Number(count, url)]) for state, count, url in shown]
        return Table("case_lights", "现在在办的约谈事项（件）", "时限、状态", ("现在",), lines, compared=False)


def _within(asked: Asked, period: Period) -> Asked:
    return {**asked, "begin": period.first.isoformat(), "end": period.last.isoformat()}


def _area_of(unit: Unit) -> Unit:
    above = unit.parent
    return _area_of(above) if above and above.kind in INTERVIEWED_UNIT_KINDS else unit
