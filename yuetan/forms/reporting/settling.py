"""Forms of what the office settles: paper returns, 本期不报, 停止报送, incidents that a unit concealed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Unpack

from django import forms
from django.core.exceptions import ValidationError

from yuetan.actions.reporting.paper_returns import day_of_paper
from yuetan.forms.frame.fields import DayField, ParagraphsField, SeveralFilesField
from yuetan.forms.frame.options import FormData, FormFiles, FormOptions, mark_needed
from yuetan.forms.frame.paper_filing import PAPER_FIELDS, PaperFields
from yuetan.forms.frame.unit_search import UnitChoiceField
from yuetan.forms.frame.unit_select import UnitSelect, offer_units
from yuetan.forms.frame.units_field import UnitsField
from yuetan.forms.reporting.report import ReportForm
from yuetan.models import ReportScheme, ReportVersion, SchemeVersion, Unit
from yuetan.rules.dates import clock
from yuetan.rules.reporting.form_fields import ReportField


class PaperReportForm(ReportForm, PaperFields):
    """代录纸质报表: what the paper says, as the unit would fill it in, and the paper itself."""

    def __init__(
        self,
        data: FormData = None,
        files: FormFiles = None,
        *,
        unit: Unit,
        since: date,
        asked: Sequence[ReportField],
        newest: ReportVersion | None = None,
        before: Mapping[str, object] | None = None,
        at_any_time: bool = False,
        **options: Unpack[FormOptions],
    ) -> None:
        super().__init__(data, files, asked=asked, newest=newest, before=before, at_any_time=at_any_time, **options)
        self.offer_heads(unit, since)
        self.order_fields([field.key for field in asked])

    def clean(self) -> dict[str, object]:
        """The keywords of the action: what the paper says, and what is stated of it."""
        data = dict(self.cleaned_data)
        given = super().clean()
        return given if self.errors else {**given, **{name: data[name] for name in PAPER_FIELDS}}


class PaperIncidentForm(PaperReportForm):
    """代录 of what came at any time, by the form of the period in which the paper was received."""

    def __init__(
        self,
        data: FormData = None,
        files: FormFiles = None,
        *,
        scheme: ReportScheme,
        unit: Unit,
        **options: Unpack[FormOptions],
    ) -> None:
        version, since = _version_of_paper(scheme, data)
        facts = {"unit": unit, "since": since, "asked": version.form_fields}
        super().__init__(data, files, **facts, at_any_time=True, **options)  # type: ignore[arg-type] # of three types


def _version_of_paper(scheme: ReportScheme, data: FormData) -> tuple[SchemeVersion, date]:
    """What the period asks in which the paper came, by the moment that was sent, else the last; and since when the
    heads are offered who may have signed it: also those of the period before."""
    try:
        received_at = PaperFields.base_fields["received_at"].clean(data.get("received_at", "") if data else "")
    except ValidationError:
        received_at = None
    last = list(scheme.periods.select_related("version").order_by("-first")[:2])
    period = scheme.period_on(day_of_paper(scheme, received_at)) or (last[0] if last else None)
    version = period.version if period else scheme.newest_version()
    return version, last[-1].first if last else clock.today()


def _unit_field() -> UnitChoiceField:
    return UnitChoiceField(Unit.objects.none(), label="单位", required=False, widget=UnitSelect, to_field_name="code")


class UnitOfPaperForm(forms.Form):
    """Of which unit a paper is that came at any time."""

    unit = _unit_field()

    def __init__(self, data: FormData = None, **options: Unpack[FormOptions]) -> None:
        super().__init__(data, **options)
        offer_units(self)
        mark_needed(self, "unit")


class ConcealedForm(forms.Form):
    """标记瞒报 of what a unit did not report as it happened."""

    unit = _unit_field()
    occurred_on = DayField(label="发生日期")
    words = ParagraphsField(
        label="认定的事实", rows=4, help_text="写明发生了什么、怎样查明的；本单位看得到，不写群众个人的信息。"
    )
    proof = SeveralFilesField(label="依据材料", help_text="核查记录等；本单位看不到。")

    def __init__(self, data: FormData = None, files: FormFiles = None, **options: Unpack[FormOptions]) -> None:
        super().__init__(data, files, **options)
        offer_units(self)
        mark_needed(self, "unit", "proof")


class ExcuseForm(forms.Form):
    """本期不报."""

    everybody = forms.BooleanField(label="本期还没有报送的单位都不报", required=False)
    units = UnitsField(label="或者只是这些单位不报", help_text="一行一个全称或者代码。")
    reason = ParagraphsField(label="本期不报的原因", rows=3, help_text="这些单位都看得到。")


class EndSchemeForm(forms.Form):
    """停止报送."""

    at_once = forms.BooleanField(label="立即停止，还没有到时限的也不用再报", required=False)
    from_day = DayField(
        label="或者自哪一天起不再报送",
        needed=False,
        help_text="按期的须在已经开始的各期以后，那一天以后开始的各期不报；随时报送的填今天以后的任一天。",
    )
    reason = ParagraphsField(label="停止原因", rows=3, help_text="报送单位都看得到。")
