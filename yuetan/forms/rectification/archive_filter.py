"""The filter of 归档台账."""

from __future__ import annotations

import django_filters
from django.db.models import QuerySet

from yuetan.forms.frame.filters import DayFilter, WordsFilter, of_cases_with_words
from yuetan.forms.frame.subject_filters import AreaFilter
from yuetan.models import Case, LegalHold
from yuetan.rules.dates import clock
from yuetan.vocabulary import Retention

STANDINGS = (("due", "保管期满"), ("held", "已冻结"))


class ArchiveFilter(django_filters.FilterSet):
    """归档台账: how it stands, 保管期限, unit with those below it, the day of the end, and words of unit or matter."""

    standing = django_filters.ChoiceFilter(
        choices=STANDINGS, label="保管状态", empty_label="全部", method="by_standing"
    )
    retention = django_filters.ChoiceFilter(choices=Retention.choices, label="保管期限", empty_label="全部")
    area = AreaFilter("unit")
    begin = DayFilter("办结从", "closed_on", "gte")
    end = DayFilter("到", "closed_on", "lte")
    q = WordsFilter("单位、事由、拼音", "by_words")

    class Meta:
        model = Case
        fields = ("standing", "retention", "area", "begin", "end", "q")

    def by_standing(self, cases: QuerySet[Case], name: str, wanted: str) -> QuerySet[Case]:
        """Those whose 保管期限 is over, the longest first; or those under a hold."""
        if wanted == "held":
            return cases.filter(pk__in=LegalHold.objects.filter(lifted_at=None).order_by().values("case"))
        return cases.filter(keep_until__lt=clock.today()).order_by("keep_until", "pk")

    def by_words(self, cases: QuerySet[Case], name: str, words: str) -> QuerySet[Case]:
        """As in 约谈台账."""
        return of_cases_with_words(cases, words)
