"""The form of 催报 of several units."""

from __future__ import annotations

from typing import Unpack

from django import forms
from django.utils.html import format_html

from yuetan.actions.reporting.chase_many import units_of_period, units_to_chase
from yuetan.forms.frame.options import FormData, FormFiles, FormOptions, choice_of, mark
from yuetan.models import ReportPeriod, Unit, User

MAX_CHASED = 200  # at once; the others on the next page


class ChaseUnitsForm(forms.Form):
    """催报: which of the units whose reports of a period are missed, all of them to begin with.

    So many are offered at once, of more those behind the unit whose code is `after`; how many others there are is said
    and linked. One that has reported since the page was shown is taken too: the action says why it is not pressed.
    """

    units = forms.ModelMultipleChoiceField(
        Unit.objects.none(),
        label="催报的单位",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="不催报的去掉勾选。",
    )

    def __init__(
        self,
        data: FormData = None,
        files: FormFiles = None,
        *,
        period: ReportPeriod,
        by: User,
        after: str = "",
        **options: Unpack[FormOptions],
    ) -> None:
        super().__init__(data, files, **options)
        waiting = units_to_chase(period, by).filter(code__gt=after)
        offered = list(waiting[: MAX_CHASED + 1])
        is_more, offered = len(offered) > MAX_CHASED, offered[:MAX_CHASED]
        field = choice_of(self, "units")
        field.queryset = units_of_period(period)
        field.choices = [(unit.pk, unit.full_name) for unit in offered]
        field.initial = [unit.pk for unit in offered]
        if is_more:
            words = '{}这里列出 {} 个单位，按代码在后的<a href="?after={}">另有 {} 个</a>，请先催报这些再打开。'
            others = waiting.count() - MAX_CHASED
            field.help_text = format_html(words, field.help_text, MAX_CHASED, offered[-1].code, others)
        mark(self, "units", needed=True)
