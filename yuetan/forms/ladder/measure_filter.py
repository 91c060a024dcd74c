"""The filter of the ledger of 责任措施."""

from __future__ import annotations

from typing import Protocol

import django_filters
from django.db.models import Q, QuerySet

from yuetan.forms.frame.filters import LIGHTS, WordsFilter, YearFilter
from yuetan.forms.frame.occasions import OccasionDayFilter, OccasionFilter, OccasionFilterSet
from yuetan.forms.frame.options import FormData
from yuetan.forms.frame.person_filters import OfficerFilter, TurnFilter
from yuetan.forms.frame.subject_filters import AreaFilter
from yuetan.models import AccountabilityMeasure, NamedUnit, Unit
from yuetan.models.ladder.queries import MeasureQuerySet
from yuetan.models.ladder.rungs import PAPER_OF_RUNG
from yuetan.models.office.written_words import matching_any
from yuetan.models.record.occasions import Occasion, at_moments
from yuetan.rules.dates import clock
from yuetan.vocabulary import MeasureState, PleaOutcome, PleaStanding

MEASURE_OCCASIONS = (
    Occasion("drafted", "起草", "created_at", at_moments, inner=True),
    Occasion("served", "送达", "served_on"),
    Occasion("due", "整改期限", "limit"),
)


PLEAS: dict[str, dict[str, object]] = {
    PleaStanding.WAITING: {
        "plea__stated_at__isnull": False,
        "plea__withdrawn_at": None,
        "plea__decided_at": None,
        "state": MeasureState.SERVED,
        "paper__entry__voided_at": None,
    },
    PleaStanding.UPHELD: {"plea__decided_at__isnull": False, "plea__outcome": PleaOutcome.UPHELD},
    PleaStanding.REVOKED: {"plea__decided_at__isnull": False, "plea__outcome": PleaOutcome.REVOKED},
    PleaStanding.WITHDRAWN: {"plea__withdrawn_at__isnull": False},
}
RECEIPTS = (("unsigned", "有文书未签收"), ("overdue", "有文书逾期未签收"))


class LimitLights(Protocol):
    """Which measures show which light for their limit."""

    def limits_showing(self, measures: MeasureQuerySet, light: str) -> QuerySet[AccountabilityMeasure]:
        """The measures whose limit shows this light."""


class MeasureFilter(OccasionFilterSet):
    """责任措施: rung, state, receipt, light, year, whose turn, unit with those below it, people, days, and words."""

    year = YearFilter("paper__year")
    rung = django_filters.ChoiceFilter(
        field_name="rung__kind",
        choices=[(kind.value, kind.label) for kind in PAPER_OF_RUNG],
        label="责任措施",
        empty_label="全部",
    )
    state = django_filters.ChoiceFilter(choices=MeasureState.choices, label="状态", empty_label="全部")
    light = django_filters.ChoiceFilter(choices=LIGHTS, label="时限状态", empty_label="全部", method="by_light")
    receipt = django_filters.ChoiceFilter(choices=RECEIPTS, label="签收", empty_label="全部", method="by_receipt")
    plea = django_filters.ChoiceFilter(choices=PleaStanding.choices, label="申述", empty_label="全部", method="by_plea")
    turn = TurnFilter("measure_laid")
    area = AreaFilter("unit")
    officer = OfficerFilter("drafter", label="拟稿人")
    decider = OfficerFilter("decider", label="审定人")
    dated = OccasionFilter(MEASURE_OCCASIONS)
    begin = OccasionDayFilter("从")
    end = OccasionDayFilter("到")
    sort = django_filters.ChoiceFilter(
        choices=(("due", "整改期限，先到的在前"),), label="排序", empty_label="起草，新的在前", method="by_sort"
    )
    q = WordsFilter("单位、事由、拼音", "by_words")

    class Meta:
        model = AccountabilityMeasure
        fields = (
            *("rung", "state", "light", "receipt", "plea", "turn", "year", "area", "officer", "decider"),
            *("dated", "begin", "end", "sort", "q"),
        )

    def __init__(self, data: FormData, queryset: QuerySet[AccountabilityMeasure], *, lights: LimitLights) -> None:
        super().__init__(data, queryset)
        self.lights = lights

    def by_light(self, measures: MeasureQuerySet, name: str, light: str) -> QuerySet[AccountabilityMeasure]:
        """Those in force whose limit shows one light today."""
        return self.lights.limits_showing(measures.in_force(), light)

    def by_receipt(self, measures: MeasureQuerySet, name: str, wanted: str) -> QuerySet[AccountabilityMeasure]:
        """Those of which a paper waits to be signed for, in time or not."""
        return measures.unsigned(before=clock.today() if wanted == "overdue" else None)

    def by_plea(self, measures: MeasureQuerySet, name: str, standing: str) -> QuerySet[AccountabilityMeasure]:
        """Those whose plea stands so; a draft of the unit is none."""
        return measures.filter(**PLEAS[standing])

    def by_sort(
        self, measures: QuerySet[AccountabilityMeasure], name: str, order: str
    ) -> QuerySet[AccountabilityMeasure]:
        """By the day until which things are to be put right; those without one last."""
        return measures.order_by("limit", "pk")

    def by_words(
        self, measures: QuerySet[AccountabilityMeasure], name: str, words: str
    ) -> QuerySet[AccountabilityMeasure]:
        """Part of the matter, or a unit by a name it has or had, initials or code."""
        part = words.strip()
        units = list(Unit.objects.matching(part).order_by().values_list("pk", flat=True))
        named = Q(pk__in=NamedUnit.objects.filter(unit__in=units).order_by().values("measure_laid"))
        return matching_any(measures, part, ["matter"], Q(unit__in=units), Q(first_unit__in=units), named)
