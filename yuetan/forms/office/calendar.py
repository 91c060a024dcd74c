"""Forms of the working-day calendar: a day, a year, a count."""

from __future__ import annotations

from datetime import date

from django import forms

from yuetan.forms.frame.fields import DayField, ParagraphsField, WordsField
from yuetan.rules.dates.arrangement import SUM_TICK
from yuetan.vocabulary import DayKind

MAX_DAYS = 750


class CalendarDayForm(forms.Form):
    """What one day is."""

    day = DayField(label="日期")
    kind = forms.ChoiceField(label="安排", widget=forms.RadioSelect, choices=DayKind.choices)
    name = WordsField(label="名称", needed=False, max_length=60, help_text="如“国庆节”“国庆节调休”；按周历的不填。")


class CalendarYearForm(forms.Form):
    """The published arrangement of a year, as its notice prints it."""

    source = WordsField(label="依据", max_length=120, help_text="国务院办公厅关于该年部分节假日安排的通知的文号。")
    published_on = DayField(label="通知印发日期")
    text = ParagraphsField(
        label="放假安排",
        rows=12,
        max_length=8000,
        help_text="照通知填写，每个节日一行，可以整篇粘贴；已列出法定放假的日子，请补上调休的放假和上班。",
    )
    sum_accepted = forms.BooleanField(
        label=SUM_TICK, required=False, help_text="放假的天数与法定天数对不上的，核对后勾选；对得上的不必勾选。"
    )


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
