"""The forms of what 挂牌督办 alone has: its work team (工作组), and its end by 摘牌."""

from __future__ import annotations

from typing import Unpack

from django import forms

from yuetan.forms.frame.fields import DayField, NameField, ParagraphsField, RowsField, SeveralFilesField, WordsField
from yuetan.forms.frame.handling import CopiedFields, PaperHandlingFields
from yuetan.forms.frame.options import FormData, FormFiles, FormOptions, mark
from yuetan.forms.frame.step import FILE_WORDS
from yuetan.forms.ladder.measure import TITLE_BREAK_WORDS, MeasureStepForm
from yuetan.models.ladder.listed_requirements import unit_has_asked
from yuetan.rules.dates import clock
from yuetan.rules.text.handling import Handling

ROWS = 3
PLACES = (("", "成员"), ("leads", "组长"))


class TeamRowForm(forms.Form):
    """One member."""

    use_required_attribute = False
    name = NameField(label="姓名", max_length=40)
    title = WordsField(label="单位和职务", max_length=100)
    leads = forms.TypedChoiceField(
        label="在组中", choices=PLACES, required=False, coerce=lambda chosen: chosen == "leads", empty_value=None
    )

    def __init__(self, data: FormData = None, files: FormFiles = None, **options: Unpack[FormOptions]) -> None:
        super().__init__(data, files, **options)
        mark(self, "title", wide=True)


class WorkTeamForm(MeasureStepForm):
    """组建、调整工作组: all who are to be of it from the day on."""

    since = DayField(label="从哪天起")
    members = RowsField(
        TeamRowForm,
        rows=ROWS,
        label="工作组成员",
        needed=False,
        help_text="写全从这天起的全部成员，组长一名；不再写的视为从这天起退出，全部不写即撤回工作组。该单位的人员应当回避。",
    )
    reason = ParagraphsField(
        label="说明", needed=False, rows=3, help_text="调整已有的工作组须写明原因；内部记录，单位看不到。"
    )

    def prepare(self) -> None:
        super().prepare()
        self.fields["members"].widget.add_label = "增加一人"
        now = [one for one in self.measure.team_members.all() if one.left_on is None]
        self.fields["since"].initial = clock.today()
        self.fields["members"].initial = [
            {"name": one.name, "title": one.title, "leads": "leads" if one.leads else ""} for one in now
        ]


class TeamReportForm(MeasureStepForm):
    """登记工作组报告."""

    reported_on = DayField(label="报告日期")
    words = ParagraphsField(label="报告内容", rows=6, help_text="写明看了什么、督促了什么、还有什么问题；单位看不到。")
    papers = SeveralFilesField(label="报告材料", help_text=FILE_WORDS)


class DelistingRequestForm(MeasureStepForm):
    """申请摘牌, 提请摘牌."""

    words = ParagraphsField(label="理由", rows=5, help_text="逐项写明整改完成的情况和依据。")
    papers = SeveralFilesField(label="材料", help_text=FILE_WORDS)


class RefuseDelistingForm(MeasureStepForm):
    """不同意摘牌: read by the unit if it had asked."""

    opinion = ParagraphsField(label="不同意摘牌的理由", rows=4)

    def prepare(self) -> None:
        super().prepare()
        reader = "单位看得到。" if unit_has_asked(self.measure) else "单位没有申请，看不到这次提请和决定。"
        self.fields["opinion"].help_text = f"写明还缺什么、怎样补齐；{reader}"


class GrantDelistingForm(CopiedFields, PaperHandlingFields, MeasureStepForm):
    """同意摘牌: the opinion, and what the 摘牌通知书 bears beside its text."""

    opinion = ParagraphsField(label="决定意见", rows=3, initial="同意摘牌。", help_text="单位看得到。")
    field_order = ("opinion",)

    def prepare(self) -> None:
        super().prepare()
        self.fold_up(Handling())
        self.fields["title_break"].help_text = TITLE_BREAK_WORDS
        self.offer_copies(self.measure.unit)
