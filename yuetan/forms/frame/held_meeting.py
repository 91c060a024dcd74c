"""A meeting that was held, where a form cites what was said or decided at it."""

from __future__ import annotations

from django import forms

from yuetan.models import AgendaItem
from yuetan.rules.text.official_text import chinese_date


class HeldMeetingField(forms.ModelChoiceField):
    """A meeting by its name and day."""

    def label_from_instance(self, item: AgendaItem) -> str:
        """领导小组2026年第3次会议，2026年11月23日."""
        return f"{item.meeting.title}，{chinese_date(item.meeting.local_begin)}"


class DecidedMeetingField(HeldMeetingField):
    """A meeting by its name and day, and what was decided at it by whom."""

    def label_from_instance(self, item: AgendaItem) -> str:
        """领导小组2026年第3次会议，2026年11月23日：审定同意（赵四）."""
        decider = item.decided_by.name if item.decided_by else ""
        return f"{super().label_from_instance(item)}：{item.decision_words}（{decider}）"
