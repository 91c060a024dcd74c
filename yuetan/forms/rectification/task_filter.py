"""The filters of 整改台账."""

from datetime import date
from functools import partial
from typing import Protocol

import django_filters
from django.db.models import F, Model, Q, QuerySet

from yuetan.forms.frame.filters import NameFilter, PersonFilter, WordsFilter
from yuetan.forms.frame.occasions import (
    Conditions,
    Occasion,
    OccasionDayFilter,
    OccasionFilter,
    OccasionFilterSet,
    at_moments,
    on_days,
)
from yuetan.forms.frame.office_filters import OfficeLightFilter, OfficeLights, office_occasions
from yuetan.forms.frame.options import FormData
from yuetan.forms.frame.subject_filters import AreaFilter, EarlierFilter, GroundFilter, LeaderFilter
from yuetan.models import Extension, ReworkRequest, Task, TaskReport, Unit
from yuetan.models.office.written_words import matching_any
from yuetan.vocabulary import OfficeStage, ReportKind, TaskState

OPEN = "open"


class Lights(OfficeLights, Protocol):
    """Which tasks show which light."""

    def showing(self, tasks: QuerySet[Task], light: str) -> QuerySet[Task]:
        """Those that show it for their own limit."""

    def progress_showing(self, tasks: QuerySet[Task], light: str) -> QuerySet[Task]:
        """Those that show it for their report on the way."""


REPORTS = TaskReport.objects.filter(kind=ReportKind.COMPLETION)
IN_TIME = Q(due_on=None) | Q(handed_in_at__date__lte=F("due_on"))


def _having(rows: QuerySet[Model], task: str, moment: str, begin: date | None, end: date | None) -> Conditions:
    """Of which a row was handed in or decided on these days."""
    return {"pk__in": rows.filter(**at_moments(moment, begin, end)).order_by().values(task)}


TASK_OCCASIONS = (
    Occasion("due", "时限", partial(on_days, "effective_due_on")),
    Occasion("assigned", "交办", partial(on_days, "assigned_on")),
    Occasion("in_time", "按期报送整改报告", partial(_having, REPORTS.filter(IN_TIME), "task", "handed_in_at")),
    Occasion("late", "逾期报送整改报告", partial(_having, REPORTS.exclude(IN_TIME), "task", "handed_in_at")),
    Occasion("returned", "退回整改报告", partial(_having, REPORTS.filter(outcome="returned"), "task", "decided_at")),
    Occasion("accepted", "销号", partial(_having, REPORTS.filter(outcome="accepted"), "task", "decided_at")),
    Occasion("extended", "同意延期", partial(_having, Extension.objects.filter(granted=True), "task", "decided_at")),
    Occasion("refused", "不同意延期", partial(_having, Extension.objects.filter(granted=False), "task", "decided_at")),
    Occasion("rework", "重新整改", partial(_having, ReworkRequest.objects.filter(granted=True), "tasks", "decided_at")),
    *office_occasions((OfficeStage.CHECK,), "task"),
)


class TaskFilter(OccasionFilterSet):
    """整改台账: state, light, one of its days, unit with those below it, ground, people, and words."""

    LIGHTS = (("red", "已逾期"), ("yellow", "将到期"), ("green", "未到期"), ("grey", "中止计时"))

    state = django_filters.ChoiceFilter(
        choices=[(OPEN, "未销号"), *TaskState.choices], label="状态", empty_label="全部", method="by_state"
    )
    light = django_filters.ChoiceFilter(choices=LIGHTS, label="时限状态", empty_label="全部", method="by_light")
    progress = django_filters.ChoiceFilter(
        choices=LIGHTS[:3], label="进展报告", empty_label="全部", method="by_progress"
    )
    office = OfficeLightFilter("task", "case__")
    dated = OccasionFilter(TASK_OCCASIONS, "case__")
    begin = OccasionDayFilter("从")
    end = OccasionDayFilter("到")
    area = AreaFilter("case__unit")
    ground = GroundFilter("case__")
    led_by = LeaderFilter("case__")
    interviewer = PersonFilter("约谈人姓名", "case__interviewer__holder")
    earlier = EarlierFilter("case__")
    sort = django_filters.ChoiceFilter(
        choices=(("-assigned", "交办，新的在前"), ("assigned", "交办，早的在前")),
        label="排序",
        empty_label="时限，先到的在前",
        method="by_sort",
    )
    person = NameFilter("责任人", "responsible_person")
    q = WordsFilter("单位、措施、拼音首字母", "by_words")

    class Meta:
        model = Task
        fields = (
            *("state", "light", "progress", "office", "dated", "begin", "end", "area", "ground"),
            *("led_by", "interviewer", "earlier", "sort", "person", "q"),
        )

    def __init__(self, data: FormData, queryset: QuerySet[Task], *, lights: Lights) -> None:
        super().__init__(data, queryset)
        self.lights = lights

    def by_sort(self, tasks: QuerySet[Task], name: str, order: str) -> QuerySet[Task]:
        """In another order than by limit."""
        return tasks.order_by(*(("-assigned_on", "-pk") if order == "-assigned" else ("assigned_on", "pk")))

    def by_state(self, tasks: QuerySet[Task], name: str, state: str) -> QuerySet[Task]:
        """One state, or all that are not accepted."""
        return tasks.exclude(state=TaskState.ACCEPTED) if state == OPEN else tasks.filter(state=state)

    def by_light(self, tasks: QuerySet[Task], name: str, light: str) -> QuerySet[Task]:
        """Those that show one light today."""
        return self.lights.showing(tasks, light)

    def by_progress(self, tasks: QuerySet[Task], name: str, light: str) -> QuerySet[Task]:
        """Those whose report on the way shows one light today."""
        return self.lights.progress_showing(tasks, light)

    def by_words(self, tasks: QuerySet[Task], name: str, words: str) -> QuerySet[Task]:
        """Part of the measure, or a unit by name, initials or code."""
        part = words.strip()
        units = list(Unit.objects.matching(part).order_by().values_list("pk", flat=True))
        return matching_any(tasks, part, ["content"], Q(case__unit__in=units), Q(case__first_unit__in=units))
