"""The forms of 三书一函: registering one, its reply, and what the office decides on it."""

from __future__ import annotations

from typing import Unpack

from django import forms

from yuetan import permissions
from yuetan.actions.received.due_day import due_shown
from yuetan.actions.received.hand_out_tasks import StatedTask
from yuetan.forms.frame.begun_with import BegunWithField
from yuetan.forms.frame.fields import DayField, ParagraphsField, RowsField, SeveralFilesField, WordsField
from yuetan.forms.frame.matter_field import MatterField
from yuetan.forms.frame.options import FormData, FormFiles, FormOptions, choice_of, mark_needed
from yuetan.forms.frame.unit_search import UnitChoiceField
from yuetan.forms.frame.unit_select import UnitSelect, offer_units
from yuetan.forms.frame.units_field import UnitsField
from yuetan.models import ReceivedLetter, Unit, User
from yuetan.models.received.letter import SEE_RECEIVED
from yuetan.rules.dates import clock
from yuetan.vocabulary import ReceivedKind

SCAN_WORDS = "扫描件：PDF、OFD、JPG、PNG。"


class RegisterReceivedForm(forms.Form):
    """登记来函: of any unit by the office, of their own by its people."""

    unit = UnitChoiceField(Unit.objects.none(), label="收到的单位", required=False, widget=UnitSelect)
    also = UnitsField(
        label="同时收到的其他单位",
        help_text="同一文书发给几个单位的，其余的一行一个全称或者代码；每个单位各登记一件，各自看不到其他单位。",
    )
    kind = forms.ChoiceField(label="种类", choices=ReceivedKind.choices, widget=forms.RadioSelect, required=False)
    organ = WordsField(label="制发机关", max_length=100, help_text="写全称，如“某某市人民检察院”。")
    number = WordsField(label="文号", max_length=100, needed=False, help_text="来函没有文号的不填。")
    dated_on = DayField(label="成文日期")
    received_on = DayField(label="收到日期")
    matter = MatterField(
        label="事由", max_length=200, help_text="一句话写明来函指出的事项；不写群众个人的姓名和其他信息。"
    )
    asked = ParagraphsField(label="建议、提示的内容", rows=5, help_text="要求本单位做什么。")
    reply_due = DayField(label="来函写明的回复期限", needed=False, help_text="来函没有写明的不填，按办公室设定。")
    scan = SeveralFilesField(label="来函扫描件", help_text=SCAN_WORDS)

    def __init__(
        self, data: FormData = None, files: FormFiles = None, *, by: User, **options: Unpack[FormOptions]
    ) -> None:
        super().__init__(data, files, **options)
        if by.has_perm(permissions.name(SEE_RECEIVED)):
            offer_units(self)
        else:
            choice_of(self, "unit").empty_label = None
            del self.fields["also"]
            offer_units(self, units=Unit.objects.interviewed().in_use().filter(pk__in=by.interviewed_units))
        mark_needed(self, "unit", "kind", "scan")


class ReceivedReplyForm(forms.Form):
    """填报回复."""

    replied_on = DayField(label="回复日期", help_text="回复文书上的日期；按它计算是否逾期。")
    number = WordsField(label="回复文号", max_length=100, needed=False, help_text="没有文号的不填。")
    words = ParagraphsField(label="办理和整改情况", rows=6, help_text="照回复写明做了什么，不写群众个人的信息。")
    scan = SeveralFilesField(label="回复扫描件", help_text=SCAN_WORDS)

    def __init__(self, data: FormData = None, files: FormFiles = None, **options: Unpack[FormOptions]) -> None:
        super().__init__(data, files, **options)
        mark_needed(self, "scan")


class ReturnReceivedReplyForm(forms.Form):
    """退回回复."""

    reason = ParagraphsField(label="退回原因", rows=3, help_text="写明要改什么，本单位会原样看到。")
    again_by = DayField(label="重新回复的期限")
    arrived_on = DayField(
        label="实际收到回复的日期",
        needed=False,
        help_text="只在填报的回复日期与实际收到的不符时填，逾期天数改按这一天计；在退回原因里写明依据。",
    )

    def __init__(
        self, data: FormData = None, files: FormFiles = None, *, letter: ReceivedLetter, **options: Unpack[FormOptions]
    ) -> None:
        super().__init__(data, files, **options)
        if letter.due_on and letter.due_on >= clock.today():
            self.fields["again_by"].initial = letter.due_on


class CloseReceivedForm(forms.Form):
    """办结."""

    opinion = ParagraphsField(label="办结意见", rows=3, help_text="本单位会原样看到。")


class CloseUnansweredForm(forms.Form):
    """办结 of what nobody is left to reply to."""

    reason = ParagraphsField(label="办结原因", rows=3, help_text="写明单位何时停用、来函如何处理。")


class RecordRecallForm(forms.Form):
    """登记来函机关撤回."""

    reason = ParagraphsField(label="撤回的情况", rows=3, help_text="写明来函机关何时、为什么撤回，本单位会原样看到。")
    scan = SeveralFilesField(label="来函机关的文书", help_text=SCAN_WORDS)

    def __init__(self, data: FormData = None, files: FormFiles = None, **options: Unpack[FormOptions]) -> None:
        super().__init__(data, files, **options)
        mark_needed(self, "scan")


class AddReceivedScanForm(forms.Form):
    """补传来函扫描件."""

    scan = SeveralFilesField(label="来函扫描件", help_text=f"清楚、完整的一份。{SCAN_WORDS}")
    reason = ParagraphsField(label="原因", rows=2, help_text="如“原扫描件缺第2页”。本单位会原样看到。")

    def __init__(self, data: FormData = None, files: FormFiles = None, **options: Unpack[FormOptions]) -> None:
        super().__init__(data, files, **options)
        mark_needed(self, "scan")


class SetReceivedDueForm(forms.Form):
    """改定回复期限."""

    due_on = DayField(label="改定的回复期限", help_text="来函机关同意的日期。")
    ground = ParagraphsField(
        label="依据", rows=3, help_text="写明来函机关何时、以什么文书或者方式同意，本单位会原样看到。"
    )
    scan = SeveralFilesField(label="来函机关的文书", help_text=f"同意改定的复函、记录等。{SCAN_WORDS}")
    seen = BegunWithField()

    def __init__(
        self, data: FormData = None, files: FormFiles = None, *, letter: ReceivedLetter, **options: Unpack[FormOptions]
    ) -> None:
        super().__init__(data, files, **options)
        self.fields["seen"].initial = due_shown(letter)
        mark_needed(self, "scan")


class StatedTaskForm(forms.Form):
    """One thing to be put right."""

    content = WordsField(printed=True, label="整改任务", max_length=500)
    responsible = WordsField(label="责任人", max_length=60, needed=False, help_text="不填的，是单位主要领导。")
    due_on = DayField(label="完成时限")


class HandOutReceivedForm(forms.Form):
    """交办整改."""

    tasks = RowsField(
        StatedTaskForm,
        rows=2,
        label="整改任务",
        help_text="照来函的建议、单位回复的措施逐项写明；单位逐项报告，督查人员核查、销号。",
    )

    def __init__(self, data: FormData = None, files: FormFiles = None, **options: Unpack[FormOptions]) -> None:
        super().__init__(data, files, **options)
        self.fields["tasks"].widget.add_label = "增加一项"

    def clean(self) -> dict[str, object]:
        """The keyword of the action that HandOutReceivedForm is for."""
        data = self.cleaned_data
        if self.errors:
            return data
        return {"tasks": [StatedTask(row["content"], row["responsible"], row["due_on"]) for row in data["tasks"]]}


class WithdrawReceivedForm(forms.Form):
    """撤销登记有误的来函."""

    reason = ParagraphsField(label="撤销原因", rows=3, help_text="本单位会原样看到。")


class WithdrawClosingForm(forms.Form):
    """撤回办结."""

    reason = ParagraphsField(label="撤回原因", rows=3, help_text="本单位会原样看到。")
