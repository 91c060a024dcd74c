"""Forms of the working-day calendar: a day, a year, a count."""

from __future__ import annotations

from datetime import date

from django import forms

from yuetan.forms.frame.fields import DayField, WordsField
from yuetan.vocabulary import DayKind

MAX_DAYS = 750


class CalendarDayForm(forms.Form):
    """What one day is."""

    day = DayField(label="日期")
    kind = forms.ChoiceField(label="安排", widget=forms.RadioSelect, choices=DayKind.choices)
    name = WordsField(label="名称", needed=False, max_length=60, help_text="如“国庆节”“国庆节调休”；按周历的不填。")


class CalendarYearForm(forms.Form):
    """On what paper a year's arrangement rests."""

    source = WordsField(label="依据", max_length=120, help_text="国务院办公厅关于该年部分节假日安排的通知的文号。")


class CountForm(forms.Form):
    """From one day to another, to be counted out."""

    begin = DayField(label="从（不计当天）", needed=False)
    until = DayField(label="到（计当天）", needed=False)

    def clean(self) -> dict[str, object]:
        """A span that can be shown."""
        cleaned = super().clean() or {}
        begin, until = cleaned.get("begin"), cleaned.get("until")
        if isinstance(begin, date) and isinstance(until, date) and not 0 < (until - begin).days <= MAX_DAYS:
            self.add_error("until", f"“到”须在“从”之后，相距不超过 {MAX_DAYS} 天。")
        return cleaned
