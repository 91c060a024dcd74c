"""The form of 报送事项: who reports what, how often, and the fields of the report, a row each."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, Unpack

from django import forms

from yuetan.actions.reporting.schemes import Asked
from yuetan.forms.frame.fields import DayField, ParagraphsField, RowsField, TimeField, WordsField
from yuetan.forms.frame.options import FormData, FormFiles, FormOptions, mark, mark_needed
from yuetan.forms.frame.unit_search import UnitChoiceField
from yuetan.forms.frame.unit_select import UnitSelect, offer_units
from yuetan.forms.frame.units_field import UnitsField
from yuetan.models import SchemeVersion, Unit
from yuetan.models.reporting.scheme import NOON
from yuetan.rules.reporting.form_fields import FieldRow, described
from yuetan.rules.reporting.periods import MAX_DUE_DAYS
from yuetan.vocabulary import (
    INTERVIEWED_UNIT_KINDS,
    DayCount,
    ReportFieldCheck,
    ReportFieldKind,
    ReportingRhythm,
    Weekday,
)
from yuetan.vocabulary.naming import in_names

ROWS_SHOWN = 4


class FieldRowForm(forms.Form):
    """One field of the report."""

    label = WordsField(label="名称", max_length=40)
    kind = forms.ChoiceField(label="类型", choices=[("", "请选择"), *ReportFieldKind.choices], required=False)
    unit = WordsField(label="单位", max_length=10, needed=False, help_text="如“处”“条”；不是数字的不填。")
    optional = forms.BooleanField(label="可以不填", required=False)
    check = forms.ChoiceField(label="核对关系", choices=[("", "没有"), *ReportFieldCheck.choices], required=False)
    of = WordsField(label="核对的填报项", needed=False, help_text="写填报项的名称，几项的用顿号隔开。")


class _AreaField(UnitChoiceField):
    def label_from_instance(self, unit: Unit) -> str:
        """蓬江区及所属单位."""
        return f"{unit.full_name}及所属单位"


class SchemeForm(forms.Form):
    """设立报送事项; with `former` what changes it, from which period on, and why."""

    title = WordsField(label="名称", max_length=80, help_text="如“每周线索摸排情况”。")
    source = WordsField(label="依据", max_length=200, help_text="写文件名称和条款，或者写“办公室设定”。")
    receiver = WordsField(
        label="报送对象",
        max_length=100,
        needed=False,
        help_text=in_names(
            "不填的，报{the_office}。报上级机关、其他部门的，写明它的名称：表上写明报给谁，仍由{the_office}收下、汇总以后上报，"
            "该机关在本系统中看不到报表。"
        ),
    )
    kinds = forms.MultipleChoiceField(label="报送单位类别", required=False, widget=forms.CheckboxSelectMultiple)
    area = _AreaField(
        Unit.objects.none(),
        label="所属范围",
        required=False,
        empty_label="不限",
        widget=UnitSelect,
        to_field_name="code",
    )
    named_units = UnitsField(label="另行指定的单位", help_text="一行一个全称或者代码。")
    rhythm = forms.ChoiceField(label="周期", choices=[("", "请选择"), *ReportingRhythm.choices], required=False)
    weekday = forms.ChoiceField(
        label="每周截止日",
        choices=Weekday.choices,
        initial=Weekday.THURSDAY,
        help_text="按周报送的，一期至这一天为止。",
    )
    due_days = forms.IntegerField(
        label="期末后几天内报送", min_value=0, max_value=MAX_DUE_DAYS, initial=0, required=False
    )
    day_count = forms.ChoiceField(
        label="天数按", choices=DayCount.choices, initial=DayCount.WORKING, help_text="按工作日的，遇放假顺延。"
    )
    due_time = TimeField(label="截止时间", initial=NOON)
    open_days = forms.IntegerField(
        label="期末前几天开始填报",
        min_value=0,
        max_value=MAX_DUE_DAYS,
        initial=0,
        required=False,
        help_text="0 表示期末当天起；按周报送的填 6，即一期开始就可以填报。",
    )
    first_day = DayField(label="首期", help_text="填首期中的任何一天；一次性的，填起始日期。")
    last_day = DayField(label="末期", needed=False, help_text="不填的一直报下去；一次性的，填截止日期。")
    fields_asked = RowsField(
        FieldRowForm, rows=ROWS_SHOWN, label="填报项", help_text="只收数字、文字、是否和文件，不收群众个人的信息。"
    )
    reason = ParagraphsField(label="修改原因", rows=2)
    after = forms.IntegerField(widget=forms.HiddenInput, required=False, initial=0)

    def __init__(
        self,
        data: FormData = None,
        files: FormFiles = None,
        *,
        former: SchemeVersion | None = None,
        **options: Unpack[FormOptions],
    ) -> None:
        super().__init__(data, files, **(options if former is None else {**options, "initial": _as_it_is(former)}))
        self.former = former
        kinds = [(kind.value, kind.label) for kind in INTERVIEWED_UNIT_KINDS]
        self.fields["kinds"].choices = kinds  # type: ignore[attr-defined] # a field with choices
        offer_units(self, "area", Unit.objects.above_others())
        self.fields["fields_asked"].widget.add_label = "增加一个填报项"
        mark_needed(self, "rhythm", "kinds")
        mark(self, "kinds", "rhythm", needed=True)
        if former is None:
            del self.fields["reason"], self.fields["after"]
        else:
            del self.fields["title"]
            self.fields["first_day"].label = "自哪一期起施行"
            self.fields["first_day"].help_text = "填一期中的任何一天；已经开始的各期仍按原来的版本。"

    def clean(self) -> dict[str, object]:
        """The keywords of the action: what is asked in one, the rest as it is."""
        data = self.cleaned_data
        if self.errors:
            return data
        rest: dict[str, object] = {name: data[name] for name in ("title", "reason", "after") if name in data}
        rows = [
            FieldRow(row["label"], row["kind"], row["unit"], not row["optional"], row["check"], row["of"])
            for row in data["fields_asked"]
        ]
        plain: dict[str, Any] = {
            name: data[name] for name in ("source", "receiver", "kinds", "area", "named_units", "rhythm", "weekday")
        }
        plain |= {name: data[name] for name in ("day_count", "due_time", "first_day", "last_day")}
        plain |= {name: data[name] or 0 for name in ("due_days", "open_days")}
        return {**rest, "asked": Asked(**plain, fields=rows)}


def _as_it_is(former: SchemeVersion) -> dict[str, object]:
    plain = ("source", "receiver", "kinds", "rhythm", "weekday", "due_days", "day_count")
    days = ("due_time", "open_days", "last_day")
    units = Unit.objects.filter(pk__in=former.named_units).select_related("parent")
    rows = [{**asdict(row), "optional": not row.needed} for row in described(former.form_fields)]
    return {
        **{name: getattr(former, name) for name in (*plain, *days)},
        "area": former.area,
        "named_units": "\n".join(unit.full_name for unit in units),
        "fields_asked": rows,
        "after": former.version,
    }
