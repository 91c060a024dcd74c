"""Filters of lists, by GET, so that an address can be passed on."""

from datetime import date
from functools import cached_property
from typing import Protocol, TypeVar

import django_filters
from django import forms
from django.db.models import Max, Min, Model, Q, QuerySet

from yuetan.forms.frame.occasions import OccasionDayFilter, OccasionFilter, OccasionFilterSet
from yuetan.forms.frame.office_filters import OfficeLightFilter, OfficeLights
from yuetan.forms.frame.options import FormData
from yuetan.forms.frame.person_filters import OfficerFilter, PersonFilter, TurnFilter
from yuetan.forms.frame.subject_filters import AreaFilter, EarlierFilter, GroundFilter, LeaderFilter
from yuetan.models import Case, Event, Follow, SearchEntry, Unit, User
from yuetan.models.assignment.queries import ENDED_ASSIGNMENTS
from yuetan.models.case.case import CaseQuerySet
from yuetan.models.ladder.queries import ENDED_MEASURES
from yuetan.models.record.occasions import CASE_OCCASIONS, at_moments
from yuetan.models.rooms import about_ended_rooms
from yuetan.rules.text.person_names import person_name
from yuetan.vocabulary import ENDED_STATES, CaseState, LetterState

Row = TypeVar("Row", bound=Model)


class WordsFilter(django_filters.CharFilter):
    """A search box."""

    def __init__(self, label: str, method: str) -> None:
        super().__init__(label=label, method=method, widget=forms.TextInput(attrs={"type": "search"}))


class DayFilter(django_filters.DateFilter):
    """The first or the last day ("gte", "lte") of what is listed, chosen in the browser's own calendar."""

    def __init__(self, label: str, field_name: str, lookup: str) -> None:
        widget = forms.DateInput(attrs={"type": "date"})
        super().__init__(label=label, field_name=field_name, lookup_expr=lookup, widget=widget)


class DayOfMomentFilter(DayFilter):
    """The first or the last day of moments, compared with where the day begins or ends, so that an index is used."""

    def filter(self, qs: QuerySet[Row], value: date | None) -> QuerySet[Row]:
        """From the day's first moment on, or to its last."""
        if value is None:
            return qs
        begin, end = (value, None) if self.lookup_expr == "gte" else (None, value)
        return qs.filter(**at_moments(self.field_name, begin, end))


NO_YEAR = "年份无法识别，请填写四位数字，如“2026”。"


class YearFilter(django_filters.NumberFilter):
    """A year of four digits."""

    def __init__(self, field_name: str) -> None:
        error_messages = dict.fromkeys(
            ("invalid", "min_value", "max_value", "max_digits", "max_decimal_places"), NO_YEAR
        )
        super().__init__(
            field_name=field_name, label="年度", min_value=2000, max_value=9999, error_messages=error_messages
        )

    def get_max_validator(self) -> None:
        """None beyond the year's own."""


class AnswerLights(Protocol):
    """Which 提醒函 and 督办单 show which light for the answer they await."""

    def unanswered_showing(self, papers: QuerySet[Row], light: str) -> QuerySet[Row]:
        """The papers still to be answered that show this light."""


class CaseLights(OfficeLights, Protocol):
    """Which cases show which light."""

    def cases_showing(self, cases: QuerySet[Case], light: str) -> QuerySet[Case]:
        """The cases that show this light while they run."""


LIGHTS = (("red", "已逾期"), ("yellow", "将到期"), ("green", "未到期"))
CASE_ORDERS = (("due", "时限，先到的在前"), ("scheduled", "约谈时间，早的在前"), ("-scheduled", "约谈时间，晚的在前"))
ORDERS_OF_CASES = {
    "due": ("due_on", "pk"),
    "scheduled": ("scheduled_at", "pk"),
    "-scheduled": ("-scheduled_at", "-pk"),
}


class CaseFilter(OccasionFilterSet):
    """约谈台账: year, state, light, unit with those below it, ground, people, one of its days, and words."""

    year = django_filters.ChoiceFilter(field_name="register_year", label="年度", empty_label="全部")
    state = django_filters.ChoiceFilter(choices=CaseState.choices, label="状态", empty_label="全部")
    absent = django_filters.ChoiceFilter(
        choices=(("yes", "有人未经准假缺席"),), label="到会", empty_label="全部", method="by_absence"
    )
    light = django_filters.ChoiceFilter(choices=LIGHTS, label="时限状态", empty_label="全部", method="by_light")
    office = OfficeLightFilter("case")
    area = AreaFilter("unit")
    ground = GroundFilter()
    led_by = LeaderFilter()
    interviewer = PersonFilter("约谈人姓名", "interviewer__holder")
    officer = OfficerFilter("drafter")
    turn = TurnFilter("case")
    dated = OccasionFilter(CASE_OCCASIONS)
    begin = OccasionDayFilter("从")
    end = OccasionDayFilter("到")
    earlier = EarlierFilter()
    sort = django_filters.ChoiceFilter(
        choices=CASE_ORDERS, label="排序", empty_label="编号，新的在前", method="by_sort"
    )
    person = WordsFilter("约谈对象", "by_person")
    q = WordsFilter("单位、事由、拼音", "by_words")

    class Meta:
        model = Case
        fields = (
            *("year", "state", "light", "turn", "office", "absent", "area", "ground", "led_by", "interviewer"),
            *("officer", "dated", "begin", "end", "earlier", "sort", "person", "q"),
        )

    def __init__(self, data: FormData, queryset: QuerySet[Case], *, lights: CaseLights) -> None:
        super().__init__(data, queryset)
        self.lights = lights
        self.filters["year"].extra["choices"] = lambda: self._years

    @cached_property
    def _years(self) -> list[tuple[int, str]]:
        """From the last year of these cases to the first, by the two ends of an index; read where they are shown."""
        ends = self.queryset.order_by().aggregate(first=Min("register_year"), last=Max("register_year"))
        years = range(ends["last"], ends["first"] - 1, -1) if ends["last"] else range(0)
        return [(year, f"{year}年") for year in years]

    def by_light(self, cases: QuerySet[Case], name: str, light: str) -> QuerySet[Case]:
        """Those that show one light today."""
        return self.lights.cases_showing(cases, light)

    def by_sort(self, cases: QuerySet[Case], name: str, order: str) -> QuerySet[Case]:
        """In another order than by number."""
        return cases.order_by(*ORDERS_OF_CASES[order])

    def by_absence(self, cases: CaseQuerySet, name: str, wanted: str) -> CaseQuerySet:
        """Those to whose interview somebody did not come without leave."""
        return cases.with_absence()

    def by_person(self, cases: CaseQuerySet, name: str, wanted: str) -> CaseQuerySet:
        """Those in which somebody of this name was to be interviewed."""
        return cases.of_interviewee(*User.objects.filter(name__contains=person_name(wanted)))

    def by_words(self, cases: QuerySet[Case], name: str, words: str) -> QuerySet[Case]:
        """As `of_cases_with_words` finds them."""
        return of_cases_with_words(cases, words)


def of_cases_with_words(rows: QuerySet[Row], words: str, at: str = "") -> QuerySet[Row]:
    """Part of the matter, or a unit by a name it has or had, pinyin or code; also one that has ended since.

    `at` leads from a row to its case, as in `document__case__`.
    """
    part = words.strip()
    units = list(Unit.objects.matching(part).order_by().values_list("pk", flat=True))
    matter = Q(**{f"{at}matter__contains": part})
    candidates = SearchEntry.objects.cases_with_matter(words)
    if candidates is not None:
        matter &= Q(**{f"{at}pk__in": candidates})
    return rows.filter(matter | Q(**{f"{at}unit__in": units}) | Q(**{f"{at}first_unit__in": units}))


class StandingFilter(django_filters.ChoiceFilter):
    """Whether the case or letter behind a row has come to its end."""

    def __init__(self) -> None:
        choices = (("running", "办理中"), ("ended", "已办结"))
        super().__init__(choices=choices, label="事项", empty_label="全部")

    def filter(self, qs: QuerySet[Row], value: str) -> QuerySet[Row]:
        """Those of what asks for nothing more: ended cases, answered letters, signed measures …; or the others."""
        if not value:
            return qs
        answered = Q(letter__answered_at__isnull=False) | Q(letter__state=LetterState.CANCELLED)
        over = Q(measure_laid__state__in=ENDED_MEASURES) | Q(measure_laid__paper__receipt__isnull=False)
        given = Q(assignment__state__in=ENDED_ASSIGNMENTS)
        ended = Q(case__state__in=ENDED_STATES) | answered | over | given | self.besides()
        return qs.filter(ended) if value == "ended" else qs.exclude(ended)

    def besides(self) -> Q:
        """What else has come to its end; nothing but subjects."""
        return Q(pk=None)


class DoneStandingFilter(StandingFilter):
    """Whether what a step was taken on has come to its end, in the rooms of the year too."""

    def besides(self) -> Q:
        """What of a room has come to its end."""
        return about_ended_rooms()


class DoneFilter(django_filters.FilterSet):
    """已办事项: the days of a step, and whether what it was about has come to its end."""

    standing = DoneStandingFilter()
    begin = DayOfMomentFilter("办理从", "created_at", "gte")
    end = DayOfMomentFilter("到", "created_at", "lte")

    class Meta:
        model = Event
        fields = ("standing", "begin", "end")


class FollowFilter(django_filters.FilterSet):
    """我的关注: whether what is followed has come to its end."""

    standing = StandingFilter()

    class Meta:
        model = Follow
        fields = ("standing",)
