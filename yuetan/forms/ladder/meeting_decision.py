"""Forms of what is decided together: which departments are asked, what they answered, and which meeting decided."""

from __future__ import annotations

from django import forms

from yuetan.forms.frame.fields import DayField, NeededFileField, ParagraphsField, SeenField, WordsField
from yuetan.forms.frame.held_meeting import DecidedMeetingField, HeldMeetingField
from yuetan.forms.frame.options import choice_of, mark, mark_needed
from yuetan.forms.ladder.measure import MeasureStepForm, ServeMeasureForm
from yuetan.models import AgendaItem, CalendarDay, Consultation, OfficeSetting
from yuetan.models.meeting.consultation_answers import items_heard
from yuetan.rules.dates import clock
from yuetan.rules.dates.working_days import add_working_days

ANSWER_DAYS = "consultation_days"
COMPARED = "已打开会议记录，与登记的会议、审定结果、领导、日期和结论逐项核对一致"
PAPER_COMPARED = "已打开签批件扫描件，与登记的审定结果、领导、日期和意见逐项核对一致"


class AskConsultationForm(ServeMeasureForm):
    """商有关部门: which, by when, and what the 商请函 bears beside its text."""

    departments = ParagraphsField(
        printed=True,
        label="部门",
        rows=4,
        help_text="一行写一个部门的全称，照此印作主送机关。已经商过的不用再写；函件和部门的意见单位看不到。",
    )
    due_on = DayField(label="请在哪天以前答复")
    field_order = ("departments", "due_on")

    def prefilled(self) -> dict[str, object]:
        """The day by the office's setting; none where it has none."""
        days = OfficeSetting.objects.number(ANSWER_DAYS)
        return {"due_on": add_working_days(clock.today(), days, CalendarDay.objects.calendar())} if days else {}


class _OfConsultationForm(MeasureStepForm):
    """A step about one of the departments that have not answered."""

    consultation = forms.ModelChoiceField(
        Consultation.objects.none(), label="部门", required=False, empty_label="请选择"
    )

    def prepare(self) -> None:
        super().prepare()
        rows = Consultation.objects.filter(measure_laid=self.measure, answered_on=None, excused_at=None)
        choice_of(self, "consultation").queryset = rows
        mark_needed(self, "consultation")


class RecordConsultationForm(_OfConsultationForm):
    """登记部门意见: by its letter, or at a meeting, of which the record says the rest."""

    item = HeldMeetingField(
        AgendaItem.objects.none(),
        label="在会上答复的，引用会议记录",
        required=False,
        empty_label="书面答复，不引用会议",
        help_text="列出研究这项责任措施、已登记到会情况的会议；部门须收到会议通知并到会。引用的，答复人、答复日期取自会议记录，"
        "签名页或者会议纪要代替扫描件，都不用填。",
    )
    opinion = ParagraphsField(label="部门意见", rows=4, help_text="照部门来文或者会议记录的文字填写，印入呈批表。")
    answered_by = WordsField(label="答复人及职务", max_length=140, needed=False, help_text="书面答复必须填写。")
    answered_on = DayField(label="答复日期", needed=False, help_text="书面答复必须填写。")
    scan = NeededFileField(
        label="部门意见扫描件",
        required=False,
        allow_empty_file=True,
        help_text="书面答复必须上传：PDF、OFD、JPG、PNG，须看得清。",
    )
    field_order = ("consultation", "item")

    def prepare(self) -> None:
        super().prepare()
        choice_of(self, "item").queryset = items_heard(self.measure)
        mark(self, "scan", needed=False)


class ExcuseConsultationForm(_OfConsultationForm):
    """记录部门未答复的原因."""

    reason = ParagraphsField(label="未答复的原因", rows=3, help_text="写明几次商请、为什么没有答复；印入呈批表。")


class RegisterMeasureDecisionForm(MeasureStepForm):
    """登记会议审定: which meeting; everything else is read off its record."""

    item = DecidedMeetingField(
        AgendaItem.objects.none(),
        label="引用会议记录",
        required=False,
        empty_label="请选择",
        help_text="列出对这项责任措施作出审定、已登记结论的会议；审定结果、领导、日期、意见和凭据都取自会议记录。",
    )

    def prepare(self) -> None:
        super().prepare()
        choice_of(self, "item").queryset = AgendaItem.objects.deciding(self.measure)
        mark_needed(self, "item")


class ConfirmMeasureDecisionForm(MeasureStepForm):
    """复核: the record of the meeting, or the scan of the 签批件, was opened and compared."""

    compared = forms.BooleanField(label=COMPARED, required=False)
    seen = SeenField()

    def prepare(self) -> None:
        super().prepare()
        paper = self.measure.paper_registration
        self.fields["seen"].initial = paper.shown_as if paper is not None else str(self.measure.decision_item_id or "")
        if paper is not None:
            self.fields["compared"].label = PAPER_COMPARED
        mark_needed(self, "compared")


class ReturnMeasureRegistrationForm(MeasureStepForm):
    """退回责任措施审定登记."""

    reason = ParagraphsField(label="退回原因", rows=3)
