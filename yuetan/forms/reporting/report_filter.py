"""The filter of the board of one period: kind and place of the unit, where its report stands, and words."""

from __future__ import annotations

import django_filters
from django.db.models import F, Q, QuerySet

from yuetan.forms.frame.filters import WordsFilter
from yuetan.forms.frame.options import FormData
from yuetan.forms.frame.subject_filters import AreaFilter
from yuetan.models import PeriodicReport, Unit
from yuetan.models.reporting.missed import A_MINUTE
from yuetan.models.reporting.report import missed_now, reported_now
from yuetan.rules.text.official_text import normalise_text
from yuetan.vocabulary import INTERVIEWED_UNIT_KINDS, ReportState

MISSED, LATE, MARKED, ZERO = "missed", "late", "marked", "zero"
OTHERS = {
    MISSED: "未报（时限已过）",
    LATE: "逾期报送",
    ZERO: "零报告",
    MARKED: "已标记瞒报、谎报",
}


class _AboveFilter(AreaFilter):
    """Only units that have others below them: a single one is asked for by its name, however many there are."""

    def __init__(self, field_name: str) -> None:
        super().__init__(field_name)
        self.queryset = Unit.objects.above_others().select_related("parent")


class ReportFilter(django_filters.FilterSet):
    """信息报送表 of one period, which is asked for apart."""

    period = django_filters.ChoiceFilter(label="期", empty_label=None, method="by_period")
    kind = django_filters.ChoiceFilter(
        field_name="unit__kind",
        choices=[(kind.value, kind.label) for kind in INTERVIEWED_UNIT_KINDS],
        label="单位类别",
        empty_label="全部",
    )
    area = _AboveFilter("unit")
    state = django_filters.ChoiceFilter(
        choices=[*ReportState.choices, *OTHERS.items()], label="报送情况", empty_label="全部", method="by_state"
    )
    q = WordsFilter("单位、拼音", "by_words")

    class Meta:
        model = PeriodicReport
        fields = ("period", "kind", "area", "state", "q")

    def __init__(self, data: FormData, queryset: QuerySet[PeriodicReport], *, periods: list[tuple[str, str]]) -> None:
        super().__init__(data, queryset)
        self.filters["period"].extra["choices"] = periods

    def by_period(self, reports: QuerySet[PeriodicReport], name: str, period: str) -> QuerySet[PeriodicReport]:
        """The rows are those of the period already."""
        return reports

    def by_state(self, reports: QuerySet[PeriodicReport], name: str, state: str) -> QuerySet[PeriodicReport]:
        """By the newest version, or by what is late, missing, nothing or marked."""
        others = {
            MISSED: missed_now(),
            LATE: reported_now() & Q(handed_in_at__gte=F("due_at") + A_MINUTE),
            ZERO: Q(newest__is_zero=True),
            MARKED: Q(marks__isnull=False, marks__withdrawn_at=None),
        }
        return reports.filter(others[state]) if state in others else reports.filter(state=state)

    def by_words(self, reports: QuerySet[PeriodicReport], name: str, words: str) -> QuerySet[PeriodicReport]:
        """Part of the name of the unit, its code or its pinyin."""
        return reports.filter(unit__in=Unit.objects.matching(normalise_text(words).strip()).values("pk"))
