"""The filter of the ledger of meetings: kind, year, where it stands, and words."""

from __future__ import annotations

import django_filters
from django.db.models import Q, QuerySet

from yuetan.forms.frame.filters import WordsFilter, YearFilter
from yuetan.models import Meeting
from yuetan.models.meeting.meeting import MeetingQuerySet
from yuetan.rules.text.official_text import normalise_text
from yuetan.vocabulary import MeetingKind, MeetingState


class MeetingFilter(django_filters.FilterSet):
    """会议台账."""

    kind = django_filters.ChoiceFilter(choices=MeetingKind.choices, label="会议类别", empty_label="全部")
    year = YearFilter("year")
    state = django_filters.ChoiceFilter(
        choices=MeetingState.choices, label="状态", empty_label="全部", method="by_state"
    )
    q = WordsFilter("主题、地点", "by_words")

    class Meta:
        model = Meeting
        fields = ("kind", "year", "state", "q")

    def by_state(self, meetings: MeetingQuerySet, name: str, state: str) -> MeetingQuerySet:
        """The meetings that stand in this state."""
        return meetings.in_state(state)

    def by_words(self, meetings: QuerySet[Meeting], name: str, words: str) -> QuerySet[Meeting]:
        """Part of the topic or the place."""
        text = normalise_text(words).strip()
        return meetings.filter(Q(topic__contains=text) | Q(place__contains=text))
