"""Forms of 补录: where it begins, the day and the person of one step, its number and original, and its check."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Unpack

from django import forms

from yuetan.actions.rectification.earlier_step import day_problems, people_of_then
from yuetan.forms.frame.fields import DayField, NeededFileField, ParagraphsField, WordsField
from yuetan.forms.frame.options import FormData, FormFiles, FormOptions, choice_of, mark, mark_needed
from yuetan.forms.frame.step import StepForm
from yuetan.forms.frame.unit_search import UnitChoiceField
from yuetan.forms.frame.unit_select import UnitSelect, offer_units
from yuetan.models import Case, Unit, User
from yuetan.rules.refusals import Finding
from yuetan.vocabulary import PostKind, Verb
from yuetan.vocabulary.naming import in_names

NOBODY_THEN = "这一天没有人可以办理“{step}”：请核对日期，或者请系统管理员登记当时的任职。"


class FullNameField(UnitChoiceField):
    """One unit by its full name."""

    def label_from_instance(self, unit: Unit) -> str:
        """江海区外海街道."""
        return unit.shown_name


class EarlierCaseForm(forms.Form):
    """补录约谈事项."""

    unit = FullNameField(
        Unit.objects.none(), label="被约谈单位", required=False, empty_label="请选择", widget=UnitSelect
    )
    drafted_on = DayField(label="当时提出建议的日期")
    drafter = forms.ModelChoiceField(
        User.objects.none(),
        label="当时的拟稿人",
        required=False,
        empty_label="请选择",
        help_text="须在当日任承办人；名单里没有的，请系统管理员先登记其任职。",
    )
    reason = ParagraphsField(
        label="补录原因和原卷宗",
        rows=3,
        help_text="如“系统启用前已约谈，整改中；纸质卷宗2026年第3卷”。",
    )

    def __init__(self, data: FormData = None, files: FormFiles = None, **options: Unpack[FormOptions]) -> None:
        super().__init__(data, files, **options)
        offer_units(self, units=Unit.objects.interviewed())
        officers = User.objects.filter(posts__kind=PostKind.CASE_OFFICER).distinct().order_by("name", "pk")
        choice_of(self, "drafter").queryset = officers
        mark_needed(self, "unit", "drafter")


class EarlierDayForm(forms.Form):
    """The day of one step, and who took it then; by GET, so that it works without scripts and stays in the address."""

    day = DayField(label="当时的办理日期")
    person = forms.ModelChoiceField(User.objects.none(), label="当时的办理人", required=False, empty_label="请选择")

    def __init__(
        self, case: Case, verb: Verb, recorder: User, data: FormData = None, **options: Unpack[FormOptions]
    ) -> None:
        super().__init__(data, **options)
        self.case, self.verb, self.recorder = case, verb, recorder
        mark_needed(self, "person")
        self.people = self._people()
        field = choice_of(self, "person")
        field.queryset = User.objects.filter(pk__in=[person.pk for person in self.people])
        if len(self.people) == 1:
            field.empty_label = None

    @cached_property
    def asked_day(self) -> date | None:
        """The day as it was sent, whatever may be said against it."""
        try:
            return DayField().clean(self.data.get("day", "")) if self.is_bound else None
        except forms.ValidationError:
            return None

    @cached_property
    def findings(self) -> list[Finding]:
        """What stands against the day."""
        return list(day_problems(self.case, self.asked_day)) if self.is_bound else []

    def _people(self) -> list[User]:
        if self.asked_day is None or self.findings:
            return []
        return people_of_then(self.case, self.verb, self.asked_day, recorder=self.recorder)

    def clean(self) -> None:
        """A day that can be, and whoever could take the step then; where only one could, that one."""
        if self.asked_day is not None or "day" not in self.errors:
            for each in self.findings:
                self.add_error("day", self.case.reason(each).text)
        if not self.errors and not self.people:
            self.add_error("person", NOBODY_THEN.format(step=self.verb.label))

    def chosen(self) -> tuple[date | None, User | None]:
        """Day and person once both are known."""
        if not self.is_valid():
            return None, None
        return self.asked_day, self.cleaned_data["person"] or (self.people[0] if len(self.people) == 1 else None)


class EarlierEntryForm(forms.Form):
    """What is entered beside the form of the step itself."""

    number = WordsField(label="原件的发文字号", max_length=60, help_text=in_names("照原件填写，如“{sample_number}”。"))
    original = NeededFileField(
        label="这一步的原件扫描件",
        required=False,
        allow_empty_file=True,
        help_text="如呈批表、盖章的通知书、签到表和记录、盖章的纪要；PDF、JPG、PNG，须看得清。",
    )

    def __init__(
        self,
        data: FormData = None,
        files: FormFiles = None,
        *,
        numbered: bool,
        proven: bool,
        **options: Unpack[FormOptions],
    ) -> None:
        super().__init__(data, files, **options)
        self.prefix = "entry"
        mark(self, "original", needed=proven)
        if not numbered:
            del self.fields["number"]


class ConfirmEarlierForm(StepForm):
    """复核补录."""

    compared = forms.BooleanField(
        label="已打开各步的原件扫描件，日期、人员、文号、措施和时限逐项核对一致", required=False
    )


class ReturnEarlierForm(StepForm):
    """退回补录."""

    reason = ParagraphsField(label="退回原因", rows=3, help_text="写明哪一步与原件哪里不符。")


class DiscardEarlierForm(StepForm):
    """作废补录."""

    reason = ParagraphsField(label="作废原因", rows=3, help_text="写明录错了什么；可以另行重新补录。")
