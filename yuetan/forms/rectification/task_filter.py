"""The filters of 整改台账."""

from typing import Protocol

import django_filters
from django.db.models import Q, QuerySet

from yuetan.forms.frame.filters import DayFilter, NameFilter, PersonFilter, WordsFilter
from yuetan.forms.frame.options import FormData
from yuetan.forms.frame.subject_filters import AreaFilter, GroundFilter
from yuetan.models import Task, Unit
from yuetan.models.office.written_words import matching_any
from yuetan.vocabulary import TaskState

OPEN = "open"


class Lights(Protocol):
    """Which tasks show which light."""

    def showing(self, tasks: QuerySet[Task], light: str) -> QuerySet[Task]:
        """Those that show it for their own limit."""

    def progress_showing(self, tasks: QuerySet[Task], light: str) -> QuerySet[Task]:
        """Those that show it for their report on the way."""


class TaskFilter(django_filters.FilterSet):
    """整改台账: state, light, dates, unit with those below it, ground, people, and words."""

    LIGHTS = (("red", "已逾期"), ("yellow", "将到期"), ("green", "未到期"), ("grey", "中止计时"))

    state = django_filters.ChoiceFilter(
        choices=[(OPEN, "未销号"), *TaskState.choices], label="状态", empty_label="全部", method="by_state"
    )
    light = django_filters.ChoiceFilter(choices=LIGHTS, label="时限状态", empty_label="全部", method="by_light")
    progress = django_filters.ChoiceFilter(
        choices=LIGHTS[:3], label="进展报告", empty_label="全部", method="by_progress"
    )
    begin = DayFilter("时限从", "effective_due_on", "gte")
    end = DayFilter("到", "effective_due_on", "lte")
    area = AreaFilter("case__unit")
    ground = GroundFilter("case__")
    interviewer = PersonFilter("约谈人", "case__interviewer__holder")
    person = NameFilter("责任人", "responsible_person")
    q = WordsFilter("单位、措施、拼音首字母", "by_words")

    class Meta:
        model = Task
        fields = ("state", "light", "progress", "begin", "end", "area", "ground", "interviewer", "person", "q")

    def __init__(self, data: FormData, queryset: QuerySet[Task], *, lights: Lights) -> None:
        super().__init__(data, queryset)
        self.lights = lights

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
