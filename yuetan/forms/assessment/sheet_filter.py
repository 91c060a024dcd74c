"""The filter of the ledger of 考核: year, group, grade, unit, and words."""

from __future__ import annotations

import django_filters
from django.db.models import QuerySet

from yuetan.forms.frame.filters import WordsFilter, YearFilter
from yuetan.forms.frame.options import FormData
from yuetan.forms.frame.subject_filters import AreaFilter
from yuetan.models import AssessmentSheet
from yuetan.rules.text.official_text import normalise_text
from yuetan.vocabulary import AssessmentGrade

MAX_GROUPS = 50


class AssessmentSheetFilter(django_filters.FilterSet):
    """考核结果台账."""

    year = YearFilter("year")
    group = django_filters.ChoiceFilter(field_name="group_name", label="组别", empty_label="全部")
    grade = django_filters.ChoiceFilter(choices=AssessmentGrade.choices, label="等次", empty_label="全部")
    area = AreaFilter("unit")
    q = WordsFilter("单位名称", "by_words")

    class Meta:
        model = AssessmentSheet
        fields = ("year", "group", "grade", "area", "q")

    def __init__(self, data: FormData, queryset: QuerySet[AssessmentSheet]) -> None:
        super().__init__(data or {}, queryset)
        names = self.queryset.order_by("group_name").values_list("group_name", flat=True).distinct()
        self.filters["group"].extra["choices"] = lambda: [(name, name) for name in names[:MAX_GROUPS]]

    def by_words(self, sheets: QuerySet[AssessmentSheet], name: str, words: str) -> QuerySet[AssessmentSheet]:
        """Part of the name of the unit."""
        return sheets.filter(unit_name__contains=normalise_text(words).strip())
