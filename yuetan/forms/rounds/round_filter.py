"""The filter of the ledger of 督导."""

from __future__ import annotations

import django_filters
from django.db.models import Q, QuerySet

from yuetan.forms.frame.filters import WordsFilter, YearFilter
from yuetan.forms.frame.inner_filters import InnerChoiceFilter
from yuetan.forms.frame.options import FormData
from yuetan.forms.frame.subject_filters import AreaFilter
from yuetan.models import RoundVisit, Unit
from yuetan.models.rounds.visit import RoundVisitQuerySet
from yuetan.rules.text.official_text import normalise_text
from yuetan.vocabulary import RoundKind, VisitState

PROBLEMS = (("yes", "发现问题"), ("no", "没有发现问题"))


class RoundFilter(django_filters.FilterSet):
    """督导台账: form, year, where it stands, whether problems were found, unit with those below it, and words."""

    kind = django_filters.ChoiceFilter(
        field_name="round__kind", choices=RoundKind.choices, label="督导形式", empty_label="全部"
    )
    year = YearFilter("day__year")
    # How far the office is with a unit is not for the unit to find out.
    state = InnerChoiceFilter("状态", VisitState.choices, "by_state")
    problems = InnerChoiceFilter("问题", PROBLEMS, "by_problems")
    area = AreaFilter("unit")
    q = WordsFilter("督导名称、单位、拼音", "by_words")

    class Meta:
        model = RoundVisit
        fields = ("kind", "year", "state", "problems", "area", "q")

    def __init__(self, data: FormData, queryset: RoundVisitQuerySet) -> None:
        super().__init__(data or {}, queryset)

    def by_state(self, visits: RoundVisitQuerySet, name: str, state: str) -> RoundVisitQuerySet:
        """The visits that stand in this state."""
        return visits.in_state(state)

    def by_problems(self, visits: QuerySet[RoundVisit], name: str, which: str) -> QuerySet[RoundVisit]:
        """Those at which something was wrong, or all was found in order."""
        return (
            visits.filter(problem_count__gt=0)
            if which == "yes"
            else visits.filter(problem_count=0, finding_count__gt=0)
        )

    def by_words(self, visits: QuerySet[RoundVisit], name: str, words: str) -> QuerySet[RoundVisit]:
        """Part of the name of the round, or the unit by its name, code or pinyin."""
        return visits.filter(visits_named(words))


def visits_named(words: str) -> Q:
    """The condition that a visit is named so: by its round, or by its unit."""
    text = normalise_text(words).strip()
    units = list(Unit.objects.matching(text).order_by().values_list("pk", flat=True))
    return Q(round__title__contains=text) | Q(unit__in=units)
