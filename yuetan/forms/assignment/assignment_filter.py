"""The filter of the ledger of 交办事项."""

from __future__ import annotations

import django_filters
from django.db.models import Q, QuerySet

from yuetan.forms.frame.filters import WordsFilter, YearFilter
from yuetan.forms.frame.options import FormData
from yuetan.forms.frame.person_filters import OfficerFilter, TurnFilter
from yuetan.forms.frame.subject_filters import AreaFilter
from yuetan.models import Assignment, Unit
from yuetan.models.office.written_words import matching_any
from yuetan.vocabulary import AssignmentState

SOURCES = (("meeting", "会议"), ("received_letter", "三书一函"), ("round_visit", "督导"))


class AssignmentFilter(django_filters.FilterSet):
    """交办事项: source, state, year, whose turn, unit with those below it, who handed it out, and words."""

    source = django_filters.ChoiceFilter(choices=SOURCES, label="来自", empty_label="全部", method="by_source")
    state = django_filters.ChoiceFilter(choices=AssignmentState.choices, label="状态", empty_label="全部")
    turn = TurnFilter("assignment")
    year = YearFilter("created_at__year")
    area = AreaFilter("unit")
    officer = OfficerFilter("drafter", label="交办人")
    q = WordsFilter("单位、事由、拼音", "by_words")

    class Meta:
        model = Assignment
        fields = ("source", "state", "turn", "year", "area", "officer", "q")

    def __init__(self, data: FormData, queryset: QuerySet[Assignment]) -> None:
        super().__init__(data, queryset)

    def by_source(self, rows: QuerySet[Assignment], name: str, source: str) -> QuerySet[Assignment]:
        """Those of meetings, or of letters received."""
        return rows.filter(**{f"{source}__isnull": False})

    def by_words(self, rows: QuerySet[Assignment], name: str, words: str) -> QuerySet[Assignment]:
        """Part of what it comes from, or a unit by a name it has or had, initials or code."""
        part = words.strip()
        units = list(Unit.objects.matching(part).order_by().values_list("pk", flat=True))
        return matching_any(rows, part, ["matter"], Q(unit__in=units), Q(first_unit__in=units))
