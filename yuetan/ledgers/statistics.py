"""统计: every number is the count of what one address of a ledger lists, so the two never differ.

A number is never read off anything else than the filter of its ledger, with the rights that filter has.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from django.db.models import Avg, Count, F, Model, QuerySet
from django.db.models.functions import ExtractMonth

from yuetan.forms.frame.filters import CASE_OCCASIONS, LIGHTS
from yuetan.forms.frame.occasions import at_moments
from yuetan.forms.rectification.task_filter import TASK_OCCASIONS, TaskFilter
from yuetan.ledgers.cases import CaseLedger
from yuetan.ledgers.ledger import Ledger
from yuetan.ledgers.tasks import TaskLedger
from yuetan.models import CaseGround, Ground, OfficeWait, Unit, User
from yuetan.rules.dates.periods import Period, months_of
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
FIELDS_OF_MONTHS = {"registered": "created_at", "interviewed": "interviewed_on", "closed": "closed_on"}


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
        return Line(label, [self._number(ledger, _within(asked, period)) for period in (self.period, self.before)])

    def _number(self, ledger: Ledger, asked: Asked) -> Number:
        return Number(self._listed(ledger, asked).count(), ledger.url_of(asked))

    def _listed(self, ledger: Ledger, asked: Asked) -> QuerySet[Model]:
        rows: QuerySet[Model] = ledger.filtered(self.user, asked).qs.order_by()
        return rows

    def _months(self) -> Table:
        year, months = Period(self.period.kind.YEAR, self.period.year), months_of(self.period.year)
        labels = {each.key: each.label for each in CASE_OCCASIONS}
        counted = {key: self._by_month({**COUNTED, "dated": key}, FIELDS_OF_MONTHS[key], year) for key in MONTHLY}
        lines = [
            Line(
                f"{month.number}月",
                [
                    Number(
                        counted[key].get(month.number, 0),
                        self.cases.url_of(_within({**COUNTED, "dated": key}, month)),
                    )
                    for key in MONTHLY
                ],
            )
            for month in months
        ]
        columns = [labels[key] for key in MONTHLY]
        shown = MONTHLY.index("interviewed")
        title = f"{year.label}各月约谈（件）"
        return Table("months", title, "月份", columns, lines, compared=False, upright=True, shown=shown)

    def _by_month(self, asked: Asked, day: str, year: Period) -> dict[int, int]:
        rows = self._listed(self.cases, _within(asked, year)).annotate(month=ExtractMonth(day))
        return dict(rows.values_list("month").annotate(number=Count("pk")))

    def _areas(self) -> Table:
        periods = [self._by_area(_within(INTERVIEWED, period)) for period in (self.period, self.before)]
        units = {unit.pk: unit for counted in periods for unit in counted}
        named = [(unit.full_name, unit.pk, {"area": unit.code}) for unit in units.values()]
        counts = [{unit.pk: number for unit, number in counted.items()} for counted in periods]
        return self._grouped("areas", "各地、各单位被约谈（件）", "市（区）、成员单位", named, counts)

    def _by_area(self, asked: Asked) -> dict[Unit, int]:
        """Of each 市（区） with its 镇（街）, and of each unit that lies in none."""
        by_unit = dict(self._listed(self.cases, asked).values_list("unit").annotate(number=Count("pk")))
        counted: dict[Unit, int] = {}
        for unit in Unit.objects.filter(pk__in=by_unit).select_related("parent__parent"):
            above = _area_of(unit)
            counted[above] = counted.get(above, 0) + by_unit[unit.pk]
        return counted

    def _grounds(self) -> Table:
        counts = [self._by_ground(period) for period in (self.period, self.before)]
        keys = {key for counted in counts for key in counted}
        grounds = Ground.objects.filter(pk__in=keys).select_related("article__regulation")
        named = [(f"{ground.citation} {ground.text}", ground.pk, {"ground": str(ground.pk)}) for ground in grounds]
        note = "一件有几种情形的，各计一次；本人须回避的单位不计。"
        return self._grouped("grounds", "约谈情形（件）", "情形", named, counts, note=note)

    def _by_ground(self, period: Period) -> dict[int, int]:
        cases = self._listed(self.cases, _within(INTERVIEWED, period)).exclude(unit__in=self.user.interviewed_units)
        rows = CaseGround.objects.filter(case__in=cases.values("pk")).order_by()
        return dict(rows.values_list("ground").annotate(number=Count("case", distinct=True)))

    def _leaders(self) -> Table:
        counts = [self._by_leader(period) for period in (self.period, self.before)]
        people = User.objects.filter(pk__in={key for counted in counts for key in counted})
        named = [(person.name, person.pk, {"led_by": str(person.pk)}) for person in people]
        return self._grouped("leaders", "约谈人（件）", "约谈人", named, counts)

    def _by_leader(self, period: Period) -> dict[int, int]:
        rows = self._listed(self.cases, _within(INTERVIEWED, period)).exclude(interviewer=None)
        return dict(rows.values_list("interviewer__holder").annotate(number=Count("pk")))

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
        means = self._mean_days()
        lines = [Line(str(stage.label), self._of_stage(stage, means.get(stage.value))) for stage in OfficeStage]
        columns = ("办完", "超时办完", "平均天数", "现在待办", "将到期", "超时")
        counted = "时限由办公室设定，自进入该环节的次日起按工作日计算；核查按整改任务计项，其余按约谈事项计件。"
        title = f"{self.period.label}办公室办理"
        return Table("stages", title, "环节", columns, lines, compared=False, note=f"{counted}平均天数按自然日。")

    def _of_stage(self, stage: OfficeStage, mean: float | None) -> list[Number]:
        checked = stage == OfficeStage.CHECK
        ledger = self.tasks if checked else self.cases
        ended = [_within({**COUNTED, "dated": f"{stage.value}_{key}"}, self.period) for key in ("done", "late")]
        now = {**COUNTED, "state": stage.value}
        waiting = [now, {**now, "office": "yellow"}, {**now, "office": "red"}]
        numbers = [self._number(ledger, asked) for asked in (*ended, *waiting)]
        return [*numbers[:2], Number(0, "", "—" if mean is None else f"{mean:.1f}"), *numbers[2:]]

    def _mean_days(self) -> dict[str, float]:
        ended = OfficeWait.objects.filter(**at_moments("ended_at", self.period.first, self.period.last))
        own = ended.exclude(case__unit__in=self.user.interviewed_units).order_by()
        means = own.values_list("stage").annotate(mean=Avg(F("ended_at") - F("began_at")))
        return {stage: mean / ONE_DAY for stage, mean in means}

    def _standing_tasks(self) -> Table:
        asked = [(label, {**COUNTED, "light": light}) for light, label in TaskFilter.LIGHTS]
        lines = [Line(label, [self._number(self.tasks, each)]) for label, each in asked]
        return Table("task_lights", "现在未报告的整改任务（项）", "时限状态", ("现在",), lines, compared=False)

    def _standing_cases(self) -> Table:
        asked = [(label, {**COUNTED, "light": light}) for light, label in LIGHTS]
        lines = [Line(label, [self._number(self.cases, each)]) for label, each in asked]
        running = [state for state in CaseState if state not in ENDED_STATES]
        rows = self._listed(self.cases, COUNTED).filter(state__in=running)
        counted = dict(rows.values_list("state").annotate(number=Count("pk")))
        urls = {state: self.cases.url_of({**COUNTED, "state": state.value}) for state in running}
        lines += [Line(str(state.label), [Number(counted.get(state, 0), urls[state])]) for state in running]
        return Table("case_lights", "现在在办的约谈事项（件）", "时限、状态", ("现在",), lines, compared=False)


def _within(asked: Asked, period: Period) -> Asked:
    return {**asked, "begin": period.first.isoformat(), "end": period.last.isoformat()}


def _area_of(unit: Unit) -> Unit:
    above = unit.parent
    return _area_of(above) if above and above.kind in INTERVIEWED_UNIT_KINDS else unit
