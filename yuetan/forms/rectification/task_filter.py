"""The filters of 整改台账."""

from typing import Protocol

import django_filters
from django.db.models import Q, QuerySet

from yuetan.forms.frame.filters import WordsFilter, YearFilter
from yuetan.forms.frame.occasions import OccasionDayFilter, OccasionFilter, OccasionFilterSet
from yuetan.forms.frame.office_filters import OfficeLightFilter, OfficeLights
from yuetan.forms.frame.options import FormData
from yuetan.forms.frame.person_filters import NameFilter, OfficerFilter, PersonFilter
from yuetan.forms.frame.subject_filters import AreaFilter, EarlierFilter, GroundFilter, LeaderFilter
from yuetan.models import Extension, Task, Unit
from yuetan.models.office.written_words import matching_any
from yuetan.models.record.occasions import TASK_OCCASIONS
from yuetan.models.rectification.task_origin import ORIGIN_LABELS
from yuetan.models.rectification.task_queries import TaskQuerySet
from yuetan.vocabulary import UNREPORTED_TASK_STATES, TaskState
from yuetan.vocabulary.naming import in_names

OPEN = "open"
THEIRS = "unit"
TURNS = ((THEIRS, "责任单位（待报送）"), ("office", in_names("{the_office}（待核查、待审批延期）")))


class Lights(OfficeLights, Protocol):
    """Which tasks show which light."""

    def showing(self, tasks: QuerySet[Task], light: str) -> QuerySet[Task]:
        """The tasks that show this light for their own limit."""

    def progress_showing(self, tasks: QuerySet[Task], light: str) -> QuerySet[Task]:
        """The tasks that show this light for their report on the way."""


class TaskFilter(OccasionFilterSet):
    """整改台账: state, light, whose turn, year, days, unit with those below it, ground, people, and words."""

    LIGHTS = (("red", "已逾期"), ("yellow", "将到期"), ("green", "未到期"), ("grey", "中止计时"))

    state = django_filters.ChoiceFilter(
        choices=[(OPEN, "未销号"), *TaskState.choices], label="状态", empty_label="全部", method="by_state"
    )
    light = django_filters.ChoiceFilter(choices=LIGHTS, label="时限状态", empty_label="全部", method="by_light")
    progress = django_filters.ChoiceFilter(
        choices=LIGHTS[:3], label="进展报告", empty_label="全部", method="by_progress"
    )
    turn = django_filters.ChoiceFilter(choices=TURNS, label="现由谁办", empty_label="全部", method="by_turn")
    office = OfficeLightFilter("task")
    year = YearFilter("year")
    dated = OccasionFilter(TASK_OCCASIONS)
    begin = OccasionDayFilter("从")
    end = OccasionDayFilter("到")
    area = AreaFilter("unit")
    ground = GroundFilter("case__")
    led_by = LeaderFilter("case__")
    interviewer = PersonFilter("约谈人姓名", "case__interviewer__holder")
    officer = OfficerFilter("drafter", unit="unit")
    earlier = EarlierFilter("case__")
    origin = django_filters.ChoiceFilter(
        choices=tuple(ORIGIN_LABELS.items()), label="来自", empty_label="全部", method="by_origin"
    )
    sort = django_filters.ChoiceFilter(
        choices=(("-assigned", "交办，新的在前"), ("assigned", "交办，早的在前")),
        label="排序",
        empty_label="时限，先到的在前",
        method="by_sort",
    )
    person = NameFilter("责任人", "responsible_person")
    q = WordsFilter("单位、措施、拼音", "by_words")

    class Meta:
        model = Task
        fields = (
            *("state", "light", "turn", "progress", "area", "office", "year", "dated", "begin", "end", "ground"),
            *("led_by", "interviewer", "officer", "earlier", "origin", "sort", "person", "q"),
        )

    def __init__(self, data: FormData, queryset: QuerySet[Task], *, lights: Lights) -> None:
        super().__init__(data, queryset)
        self.lights = lights

    def by_sort(self, tasks: QuerySet[Task], name: str, order: str) -> QuerySet[Task]:
        """In another order than by limit."""
        return tasks.order_by(*(("-assigned_on", "-pk") if order == "-assigned" else ("assigned_on", "pk")))

    def by_state(self, tasks: TaskQuerySet, name: str, state: str) -> QuerySet[Task]:
        """One state, or all that are not accepted."""
        return tasks.unfinished() if state == OPEN else tasks.filter(state=state)

    def by_turn(self, tasks: QuerySet[Task], name: str, side: str) -> QuerySet[Task]:
        """Those that the unit has yet to report on; or that are reported, or of which an extension waits."""
        if side == THEIRS:
            return tasks.filter(state__in=UNREPORTED_TASK_STATES)
        waiting = Extension.objects.filter(decided_at=None).order_by().values("task")
        return tasks.filter(Q(state=TaskState.REPORTED) | Q(pk__in=waiting))

    def by_origin(self, tasks: QuerySet[Task], name: str, origin: str) -> QuerySet[Task]:
        """Those that one kind of matter handed over."""
        return tasks.exclude(**{origin: None})

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
        return matching_any(tasks, part, ["content"], Q(unit__in=units), Q(first_unit__in=units))
