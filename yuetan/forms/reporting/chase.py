"""The form of 催报 of several units."""

from __future__ import annotations

from typing import Unpack

from django import forms

from yuetan.actions.reporting.chase_many import units_of_period, units_to_chase
from yuetan.forms.frame.options import FormData, FormFiles, FormOptions, choice_of, mark
from yuetan.models import ReportPeriod, Unit, User

MAX_CHASED = 200  # at once; the others the next time


class ChaseUnitsForm(forms.Form):
    """催报: which of the units whose reports of a period are missed, all of them to begin with.

    One that has reported since the page was shown is taken too: the action says of it why it is not pressed.
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
        **options: Unpack[FormOptions],
    ) -> None:
        super().__init__(data, files, **options)
        offered = units_to_chase(period, by)[:MAX_CHASED]
        field = choice_of(self, "units")
        field.queryset = units_of_period(period)
        field.choices = [(unit.pk, unit.full_name) for unit in offered]
        field.initial = [unit.pk for unit in offered]
        mark(self, "units", needed=True)
