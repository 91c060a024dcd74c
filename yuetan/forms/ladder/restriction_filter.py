"""The filter of the register of restrictions (资格限制)."""

from __future__ import annotations

from datetime import timedelta

import django_filters
from django.db.models import Q, QuerySet

from yuetan.forms.frame.filters import DayFilter, WordsFilter
from yuetan.forms.frame.subject_filters import AreaFilter
from yuetan.models import Restriction, Unit
from yuetan.models.ladder.restriction import OF_UNIT
from yuetan.rules.dates import clock
from yuetan.rules.text.official_text import normalise_text
from yuetan.vocabulary import ClosedTo
from yuetan.vocabulary.restriction import RestrictionStanding

ENDING_WITHIN = 30  # days, of those that are about to end
ENDING = "ending"
STANDINGS = (
    (RestrictionStanding.IN_FORCE.value, RestrictionStanding.IN_FORCE.label),
    (ENDING, f"{ENDING_WITHIN}天内期满"),
    (RestrictionStanding.ENDED.value, RestrictionStanding.ENDED.label),
    (RestrictionStanding.ENDED_EARLY.value, RestrictionStanding.ENDED_EARLY.label),
)
UNIT, PERSON = "unit", "person"
SORTS = {"until": ("until", "pk"), "unit": ("unit", "-first_day", "-pk")}


def condition_of(standing: str) -> Q:
    """Which restrictions stand so today."""
    today = clock.today()
    in_force = Q(ended_on=None, until__gte=today)
    return {
        RestrictionStanding.IN_FORCE.value: in_force,
        ENDING: in_force & Q(until__lte=today + timedelta(days=ENDING_WITHIN)),
        RestrictionStanding.ENDED.value: Q(ended_on=None, until__lt=today),
        RestrictionStanding.ENDED_EARLY.value: Q(ended_on__isnull=False),
    }[standing]


class RestrictionFilter(django_filters.FilterSet):
    """资格限制: where it stands, unit with those below it, whose, what is closed, a day on which it holds, words."""

    standing = django_filters.ChoiceFilter(choices=STANDINGS, label="状态", empty_label="全部", method="by_standing")
    area = AreaFilter("unit")
    whose = django_filters.ChoiceFilter(
        choices=((UNIT, "单位"), (PERSON, "领导干部")), label="对象", empty_label="全部", method="by_whose"
    )
    closed = django_filters.ChoiceFilter(
        field_name="effect__closed", choices=ClosedTo.choices, label="限制的资格", empty_label="全部"
    )
    on = DayFilter("这一天受限制", "first_day", "lte")
    sort = django_filters.ChoiceFilter(
        choices=(("until", "先期满的在前"), ("unit", "按单位")),
        label="排序",
        empty_label="新的在前",
        method="by_sort",
    )
    q = WordsFilter("单位、姓名、职务、拼音", "by_words")

    class Meta:
        model = Restriction
        fields = ("standing", "area", "whose", "closed", "on", "sort", "q")

    def filter_queryset(self, queryset: QuerySet[Restriction]) -> QuerySet[Restriction]:
        """What holds on a day has begun by it and has not ended before."""
        rows = super().filter_queryset(queryset)
        day = self.form.cleaned_data.get("on")
        return rows.filter(until__gte=day) if day else rows

    def by_standing(self, rows: QuerySet[Restriction], name: str, standing: str) -> QuerySet[Restriction]:
        """Where it stands today."""
        return rows.filter(condition_of(standing))

    def by_whose(self, rows: QuerySet[Restriction], name: str, whose: str) -> QuerySet[Restriction]:
        """Of units or of people."""
        return rows.filter(OF_UNIT if whose == UNIT else ~OF_UNIT)

    def by_sort(self, rows: QuerySet[Restriction], name: str, order: str) -> QuerySet[Restriction]:
        """By the last day, or by the unit."""
        return rows.order_by(*SORTS[order])

    def by_words(self, rows: QuerySet[Restriction], name: str, words: str) -> QuerySet[Restriction]:
        """Part of a name or post, or the unit by its name, code or pinyin."""
        part = normalise_text(words).strip()
        units = list(Unit.objects.matching(part).order_by().values_list("pk", flat=True))
        return rows.filter(Q(person_name__contains=part) | Q(person_title__contains=part) | Q(unit__in=units))
