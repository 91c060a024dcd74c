"""The form of the scheme of a year: groups and indicators, a row each."""

from __future__ import annotations

from datetime import date
from typing import Any, Unpack

from django import forms

from yuetan.actions.assessment.schemes import Planned
from yuetan.forms.frame.fields import DayField, ParagraphsField, RowsField, WordsField
from yuetan.forms.frame.options import FormData, FormFiles, FormOptions, mark_needed
from yuetan.forms.frame.units_field import RowOfUnits, UnitsField, keep_units
from yuetan.models import Assessment, AssessmentScheme, Unit
from yuetan.rules.assessment.scheme import NOTHING, Group, Indicator
from yuetan.vocabulary import INTERVIEWED_UNIT_KINDS, IndicatorRule, RecordSource, UnscoredPoints

CHOOSE = ("", "请选择")
ROWS_SHOWN = 3
MAX_POINTS = 999


class PointsField(forms.DecimalField):
    """Points with one decimal place; empty is 0."""

    def __init__(self, label: str, help_text: str = "", *, needed: bool = False) -> None:
        super().__init__(
            label=label,
            help_text=help_text,
            required=False,
            min_value=0,
            max_value=MAX_POINTS,
            max_digits=4,
            decimal_places=1,
        )
        self.needed = needed


class GroupRowForm(RowOfUnits):
    """One group: all units of a kind, or those named, or both."""

    name = WordsField(label="组别名称", max_length=40, needed=False)
    kind = forms.ChoiceField(
        label="单位类别",
        choices=[("", "不按类别"), *((kind.value, kind.label) for kind in INTERVIEWED_UNIT_KINDS)],
        required=False,
    )
    units = UnitsField(label="另行指定的单位", help_text="一行一个全称或者代码；指定到别的组的，不再算在本组的类别里。")


class IndicatorRowForm(forms.Form):
    """One indicator."""

    name = WordsField(label="指标名称", max_length=40, needed=False)
    rule = forms.ChoiceField(label="计分方式", choices=[CHOOSE, *IndicatorRule.choices], required=False)
    source = forms.ChoiceField(
        label="数据来源", choices=[("", "没有（人工评分）"), *RecordSource.choices], required=False
    )
    full = PointsField("分值", "扣分、评分的填；加分项不填。")
    each = PointsField("每次扣（加）分", "按记录计数的填。")
    cap = PointsField("最多扣（加）分", "不填的扣完为止；加分项必填。")
    floor = PointsField("最低得分", "不填的为 0 分。")
    unscored = forms.ChoiceField(label="没有评分时", choices=[CHOOSE, *UnscoredPoints.choices], required=False)
    group = WordsField(label="只用于哪个组别", max_length=40, needed=False, help_text="写组别名称；不填的各组都用。")
    fails = forms.BooleanField(label="有一次即为不合格", required=False)


class AssessmentSchemeForm(forms.Form):
    """设立年度考核; with `former` what changes its scheme, and why."""

    year = forms.IntegerField(label="年度", required=False, min_value=2000, max_value=9999)
    source = WordsField(label="依据", max_length=200, help_text="写文件名称和条款，或者写“办公室设定”。")
    first_day = DayField(label="统计起始日")
    last_day = DayField(label="统计截止日", help_text="过了这一天才能送单位核对。")
    groups = RowsField(GroupRowForm, rows=ROWS_SHOWN, label="组别", help_text="各组分别排名，一个单位只在一个组里。")
    indicators = RowsField(
        IndicatorRowForm,
        rows=ROWS_SHOWN,
        label="指标",
        help_text="扣分、评分的指标分值合计正好 100 分，加分项另加。",
    )
    excellent_from = PointsField("优秀的最低得分", "办公室设定。", needed=True)
    qualified_from = PointsField("合格的最低得分", "低于这个得分的为不合格。办公室设定。", needed=True)
    reason = ParagraphsField(label="修改原因", rows=2)
    after = forms.IntegerField(widget=forms.HiddenInput, required=False, initial=0)

    def __init__(
        self,
        data: FormData = None,
        files: FormFiles = None,
        *,
        former: AssessmentScheme | None = None,
        **options: Unpack[FormOptions],
    ) -> None:
        options["initial"] = _as_usual() if former is None else _as_it_is(former)
        super().__init__(data, files, **options)
        mark_needed(self, "year")
        self.fields["groups"].widget.add_label = "增加一个组别"
        self.fields["indicators"].widget.add_label = "增加一个指标"
        if former is None:
            del self.fields["reason"], self.fields["after"]
        else:
            del self.fields["year"]
            keep_units(self, "groups", [key for group in former.group_list for key in group.units])

    def clean(self) -> dict[str, object]:
        """The keywords of the action: what is planned in one, the rest as it is."""
        data = self.cleaned_data
        if self.errors:
            return data
        rest: dict[str, object] = {name: data[name] for name in ("year", "reason", "after") if name in data}
        plain = ("source", "first_day", "last_day", "excellent_from", "qualified_from")
        groups = [
            Group("", row["name"].strip(), row["kind"], tuple(unit.pk for unit in row["units"]))
            for row in data["groups"]
        ]
        indicators = [_indicator(row) for row in data["indicators"]]
        planned = Planned(**{name: data[name] for name in plain}, groups=groups, indicators=indicators)
        return {**rest, "planned": planned}


def _as_usual() -> dict[str, Any]:
    """The next year that has no assessment, from its first day to its last."""
    year = Assessment.objects.next_year()
    return {} if year is None else {"year": year, "first_day": date(year, 1, 1), "last_day": date(year, 12, 31)}


def _indicator(row: dict[str, Any]) -> Indicator:
    plain: dict[str, Any] = {name: row[name] for name in ("rule", "source", "unscored", "fails")}
    plain |= {name: row[name] or NOTHING for name in ("full", "each", "cap", "floor")}
    return Indicator("", row["name"].strip(), group=row["group"].strip(), **plain)


def _as_it_is(former: AssessmentScheme) -> dict[str, object]:
    plain = ("source", "first_day", "last_day", "excellent_from", "qualified_from")
    named = Unit.objects.select_related("parent").in_bulk([key for group in former.group_list for key in group.units])
    groups = [
        {"name": one.name, "kind": one.kind, "units": "\n".join(named[key].full_name for key in one.units)}
        for one in former.group_list
    ]
    return {
        **{name: getattr(former, name) for name in plain},
        "groups": groups,
        "indicators": [_row_of(one) for one in former.indicator_list],
        "after": former.version,
    }


def _row_of(one: Indicator) -> dict[str, object]:
    points = {name: getattr(one, name) or "" for name in ("full", "each", "cap", "floor")}
    words = {name: getattr(one, name) for name in ("name", "rule", "source", "unscored", "group", "fails")}
    return {**words, **points}
