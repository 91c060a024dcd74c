"""Forms of 督查, of the end of a case and of what comes after it."""

from __future__ import annotations

from datetime import timedelta
from typing import Unpack

from django import forms
from django.db.models import QuerySet
from django.utils.functional import cached_property

from yuetan.forms.frame.fields import DayField, ParagraphsField, RowsField, SeveralFilesField, WordsField
from yuetan.forms.frame.options import FormData, FormFiles, FormOptions, StepOptions, mark
from yuetan.forms.frame.step import FILE_WORDS, StepForm
from yuetan.forms.rectification.task import TaskForm
from yuetan.forms.rectification.team import InspectorsField, SheetField, TeamForm
from yuetan.models import OfficeSetting, Task
from yuetan.rules.dates import clock
from yuetan.vocabulary import FindingOutcome, InspectionConclusion, RevisitOutcome


class BeginInspectionForm(TeamForm, StepForm):
    """启动督查: the plan."""

    planned_on = DayField(label="督查日期")
    inspectors = InspectorsField(label="督查人员")
    plan = ParagraphsField(label="督查方式和重点", rows=4, help_text="如查阅台账、实地核查、走访单位，重点看哪几项。")


class SiteCheckForm(TeamForm, TaskForm):
    """记录现场核查."""

    visited_on = DayField(label="核查日期")
    place = WordsField(label="核查地点")
    inspectors = InspectorsField(label="核查人员")
    findings = ParagraphsField(label="核查情况", rows=5, help_text="内部记录，单位看不到。")
    photos = SeveralFilesField(label="现场照片", help_text=FILE_WORDS)
    scan = SheetField()

    def tasks(self) -> QuerySet[Task]:
        """Any task of the case."""
        return self.case.tasks.all()


class TaskFindingRowForm(forms.Form):
    """What was found of one task."""

    use_required_attribute = False
    task = forms.ModelChoiceField(Task.objects.all(), label="整改任务", widget=forms.HiddenInput)
    outcome = forms.ChoiceField(label="核查结果", choices=[("", "请选择"), *FindingOutcome.choices])
    words = WordsField(label="看了什么、核了什么", max_length=2000)

    def __init__(self, data: FormData = None, files: FormFiles = None, **options: Unpack[FormOptions]) -> None:
        super().__init__(data, files, **options)
        mark(self, "words", wide=True)


class ConcludeInspectionForm(TeamForm, StepForm):
    """记录督查情况."""

    inspected_on = DayField(label="督查的实际日期")
    inspectors = InspectorsField(label="督查人员")
    task_findings = RowsField(TaskFindingRowForm, rows=1, fixed=True, label="逐项核查")
    findings = ParagraphsField(label="督查情况", rows=5)
    conclusion = forms.ChoiceField(label="督查结论", widget=forms.RadioSelect, choices=InspectionConclusion.choices)
    basis = ParagraphsField(label="结论依据", rows=4, help_text="查实有据、查否有据：写明看了什么、核了什么。")
    scan = SheetField()

    def __init__(self, data: FormData = None, files: FormFiles = None, **options: Unpack[StepOptions]) -> None:
        super().__init__(data, files, **options)
        captions = [f"第 {task.number} 项　{task.content}" for task in self.looked_at]
        self.fields["task_findings"].widget.captions = captions

    def prefilled(self) -> dict[str, object]:
        """Who was to go, and a row for each task."""
        inspection = self.case.current_inspection
        rows = [{"task": task.pk} for task in self.looked_at]
        planned = inspection.team.members.all() if inspection and inspection.team else ()
        return {"task_findings": rows, "inspectors": [{"post": member.post_id} for member in planned]}

    @cached_property
    def looked_at(self) -> list[Task]:
        """Every account is shown beside it, and found something of."""
        return list(self.case.tasks.order_by("number"))


class CloseForm(StepForm):
    """办结销号."""

    opinion = ParagraphsField(label="办结意见", rows=3, initial="同意办结销号。")
    revisit_on = DayField(label="回头看日期", help_text="办结后由督查员回头看，问题复发的重新整改。")

    def prefilled(self) -> dict[str, object]:
        """After as many days as the office has set."""
        days = OfficeSetting.objects.number("revisit_days")
        return {"revisit_on": clock.today() + timedelta(days=days)} if days else {}


class RecordRevisitForm(TeamForm, StepForm):
    """记录回头看."""

    visited_on = DayField(label="实际日期")
    inspectors = InspectorsField(label="回头看人员")
    findings = ParagraphsField(label="回头看情况", rows=5)
    outcome = forms.ChoiceField(label="结果", widget=forms.RadioSelect, choices=RevisitOutcome.choices)
    scan = SheetField()
