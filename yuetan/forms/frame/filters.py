"""Filters of lists, by GET, so that an address can be passed on."""

from datetime import date, datetime, time, timedelta
from typing import TypeVar

import django_filters
from django import forms
from django.db.models import Max, Min, Model, Q, QuerySet
from django.utils import timezone

from yuetan.forms.frame.options import FormData
from yuetan.forms.frame.subject_filters import AreaFilter, GroundFilter
from yuetan.models import Case, Event, SearchEntry, Unit, User
from yuetan.models.case.case import CaseQuerySet
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
    """The same of moments, compared with the beginning and the end of the day, so that an index on them is used."""

    def filter(self, qs: QuerySet[Row], value: date | None) -> QuerySet[Row]:
        """From the day's first moment on, or to its last."""
        if value is None:
            return qs
        midnight = timezone.make_aware(datetime.combine(value, time.min))
        if self.lookup_expr == "gte":
            return qs.filter(**{f"{self.field_name}__gte": midnight})
        return qs.filter(**{f"{self.field_name}__lt": midnight + timedelta(days=1)})


class NameFilter(django_filters.CharFilter):
    """Part of a name that is written in the row itself, compared as names are kept."""

    def __init__(self, label: str, field_name: str) -> None:
        widget = forms.TextInput(attrs={"type": "search"})
        super().__init__(label=label, field_name=field_name, lookup_expr="contains", widget=widget)

    def filter(self, qs: QuerySet[Row], value: str) -> QuerySet[Row]:
        """Without the blanks and in the dot that a name is kept with."""
        return super().filter(qs, person_name(value) if value else value)


class PersonFilter(django_filters.CharFilter):
    """Part of the name of the person to whom a row leads: looked up among the people, whose rows an index finds."""

    def __init__(self, label: str, field_name: str) -> None:
        widget = forms.TextInput(attrs={"type": "search"})
        super().__init__(label=label, field_name=field_name, widget=widget)

    def filter(self, qs: QuerySet[Row], value: str) -> QuerySet[Row]:
        """Without the blanks and in the dot that a name is kept with."""
        if not value:
            return qs
        people = User.objects.filter(name__contains=person_name(value)).order_by()
        return qs.filter(**{f"{self.field_name}__in": list(people.values_list("pk", flat=True))})


class CaseFilter(django_filters.FilterSet):
    """约谈台账: year, state, unit with those below it, ground, people, days of the interview, and words."""

    year = django_filters.ChoiceFilter(field_name="register_year", label="年度", empty_label="全部")
    state = django_filters.ChoiceFilter(choices=CaseState.choices, label="状态", empty_label="全部")
    absent = django_filters.ChoiceFilter(
        choices=(("yes", "有人未经准假缺席"),), label="到会", empty_label="全部", method="by_absence"
    )
    area = AreaFilter("unit")
    ground = GroundFilter()
    interviewer = PersonFilter("约谈人", "interviewer__holder")
    begin = DayOfMomentFilter("约谈时间从", "scheduled_at", "gte")
    end = DayOfMomentFilter("到", "scheduled_at", "lte")
    person = WordsFilter("约谈对象", "by_person")
    q = WordsFilter("单位、事由、拼音首字母", "by_words")

    class Meta:
        model = Case
        fields = ("year", "state", "absent", "area", "ground", "interviewer", "begin", "end", "person", "q")

    def __init__(self, data: FormData, queryset: QuerySet[Case]) -> None:
        super().__init__(data, queryset)
        self.filters["year"].extra["choices"] = [(year, f"{year}年") for year in self._years()]

    def _years(self) -> range:
        """From the last year of these cases to the first, by the two ends of an index."""
        ends = self.queryset.order_by().aggregate(first=Min("register_year"), last=Max("register_year"))
        return range(ends["last"], ends["first"] - 1, -1) if ends["last"] else range(0)

    def by_absence(self, cases: CaseQuerySet, name: str, wanted: str) -> CaseQuerySet:
        """Those to whose interview somebody did not come without leave."""
        return cases.with_absence()

    def by_person(self, cases: CaseQuerySet, name: str, wanted: str) -> CaseQuerySet:
        """Those in which somebody of this name was to be interviewed."""
        return cases.of_interviewee(*User.objects.filter(name__contains=person_name(wanted)))

    def by_words(self, cases: QuerySet[Case], name: str, words: str) -> QuerySet[Case]:
        """Part of the matter, or a unit by a name it has or had, initials or code; also one that has ended since."""
        units = list(Unit.objects.matching(words.strip()).values_list("pk", flat=True))
        matter = Q(matter__contains=words.strip())
        candidates = SearchEntry.objects.cases_with(words)
        if candidates is not None:
            matter &= Q(pk__in=candidates)
        return cases.filter(matter | Q(unit__in=units) | Q(first_unit__in=units))


class DoneFilter(django_filters.FilterSet):
    """已办事项: the days of a step, and whether its case or letter has come to its end."""

    standing = django_filters.ChoiceFilter(
        choices=(("running", "办理中"), ("ended", "已办结")), label="事项", empty_label="全部", method="by_standing"
    )
    begin = DayOfMomentFilter("办理从", "created_at", "gte")
    end = DayOfMomentFilter("到", "created_at", "lte")

    class Meta:
        model = Event
        fields = ("standing", "begin", "end")

    def by_standing(self, events: QuerySet[Event], name: str, wanted: str) -> QuerySet[Event]:
        """Those of cases that have ended and of letters that were answered or cancelled; or the others."""
        answered = Q(letter__answered_at__isnull=False) | Q(letter__state=LetterState.CANCELLED)
        ended = Q(case__state__in=ENDED_STATES) | answered
        return events.filter(ended) if wanted == "ended" else events.exclude(ended)
