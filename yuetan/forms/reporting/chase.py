"""The form of 催报 of several units."""

from __future__ import annotations

from typing import Unpack

from django import forms

from yuetan.actions.reporting.chase_many import units_to_chase
from yuetan.forms.frame.options import FormData, FormFiles, FormOptions, field_of, mark
from yuetan.models import ReportPeriod, Unit, User

MAX_CHASED = 200  # at once; the others the next time


class ChaseUnitsForm(forms.Form):
    """催报: which of the units whose reports of a period are missed, all of them to begin with."""

    units = forms.MultipleChoiceField(
        label="催报的单位", required=False, widget=forms.CheckboxSelectMultiple, help_text="不催报的去掉勾选。"
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
        self.offered = {str(unit.pk): unit for unit in units_to_chase(period, by)[:MAX_CHASED]}
        field = field_of(self, "units", forms.MultipleChoiceField)
        field.choices = [(key, unit.full_name) for key, unit in self.offered.items()]
        field.initial = list(self.offered)
        mark(self, "units", needed=True)

    def clean_units(self) -> list[Unit]:
        """The units themselves."""
        return [self.offered[key] for key in self.cleaned_data["units"]]
