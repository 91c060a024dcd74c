"""Forms of 督办单: issued, signed for, answered."""

from __future__ import annotations

from typing import Unpack

from django import forms

from yuetan.forms.frame.fields import ParagraphsField
from yuetan.forms.frame.handling import CopiedFields, HandlingFields, LetterOfCaseForm
from yuetan.forms.frame.options import FormData, FormFiles, FormOptions, StepOptions, choice_of, field_of, mark_needed
from yuetan.forms.frame.step import StepForm
from yuetan.forms.rectification.task import SeveralTasksField
from yuetan.models import OfficeSetting, SupervisionLetter, Task
from yuetan.models.case.requirements.supervision import WITH_SUPERVISION, already_issued, grades
from yuetan.rules.text.handling import Handling
from yuetan.vocabulary import SupervisionGrade


class SupervisedTasksField(SeveralTasksField):
    """Tasks, each with the grade that its account gives."""

    given: dict[int, SupervisionGrade]

    def label_from_instance(self, task: Task) -> str:
        """第1项　……（按台账：黄色督办单；已有蓝色督办单（江扫黑办督〔2026〕1号），待回复）."""
        words = "；".join(filter(None, [f"按台账：{self.given[task.pk].short}", already_issued(task)]))
        return f"第 {task.number} 项　{task.content}（{words}）"


class SupervisionLetterForm(LetterOfCaseForm):
    """印发督办单: the heaviest grade and its tasks are preselected."""

    tasks = SupervisedTasksField(
        Task.objects.none(), label="督办的整改任务", required=False, widget=forms.CheckboxSelectMultiple
    )
    grade = forms.ChoiceField(label="等级", choices=SupervisionGrade.choices, widget=forms.RadioSelect)
    reason = ParagraphsField(printed=True, label="督办要求", needed=False, help_text="不填写的，用通用的要求。")

    def __init__(self, data: FormData = None, files: FormFiles = None, **options: Unpack[StepOptions]) -> None:
        super().__init__(data, files, **options)
        given = grades(self.case.tasks.prefetch_related(*WITH_SUPERVISION))
        named = {key: one for key, one in given.items() if str(key) == str(self.initial.get("task", ""))}
        heaviest = max((named or given).values(), key=lambda one: one.weight, default=SupervisionGrade.BLUE)
        mark_needed(self, "tasks")
        field = field_of(self, "tasks", SupervisedTasksField)
        field.given = given
        field.queryset = self.case.tasks.filter(pk__in=given).prefetch_related(*WITH_SUPERVISION)
        field.initial = list(named) or [key for key, one in given.items() if one == heaviest]
        self.fields["grade"].initial = heaviest
        self.fields["grade"].help_text = _other_grades()


def _other_grades() -> str:
    """What the office allows beside the grade of the accounts."""
    allowed = OfficeSetting.objects.flag
    lighter = "可以从轻" if allowed("supervision_lower") else "不得从轻"
    heavier = "可以从重" if allowed("supervision_higher") else "不得从重"
    return f"按台账得出；办公室设定：{lighter}，{heavier}。"


class SupervisionSelectionForm(CopiedFields, HandlingFields):
    """印发督办单 for tasks chosen on the board, of whichever cases: each with the grade of its account."""

    reason = ParagraphsField(
        printed=True, label="督办要求", needed=False, rows=3, help_text="不填写的，用各等级通用的要求。"
    )

    def __init__(self, data: FormData = None, files: FormFiles = None, **options: Unpack[FormOptions]) -> None:
        super().__init__(data, files, **options)
        self.fold_up(Handling())
        self.offer_copies(None)


class SupervisionField(forms.ModelChoiceField):
    """One 督办单."""

    def label_from_instance(self, paper: SupervisionLetter) -> str:
        """江扫黑办督〔2026〕1号　黄色督办单（警示）."""
        return f"{paper.document.number}　{paper.get_grade_display()}"


class AcknowledgeSupervisionForm(StepForm):
    """签收督办单."""

    signed = False
    supervision = SupervisionField(
        SupervisionLetter.objects.none(), label="督办单", empty_label=None, widget=forms.RadioSelect
    )

    def __init__(self, data: FormData = None, files: FormFiles = None, **options: Unpack[StepOptions]) -> None:
        super().__init__(data, files, **options)
        papers = SupervisionLetter.objects.filter(
            **{f"document__{self.case.ABOUT}": self.case}, document__entry__voided_at=None
        )
        waiting = papers.filter(answered_at=None, document__receipt__isnull=not self.signed)
        field, waiting = choice_of(self, "supervision"), waiting.select_related("document")
        field.queryset = waiting
        named = [one for one in waiting if str(one.pk) == str(self.initial.get("supervision", ""))]
        field.initial = next(iter(named), waiting.first())


class AnswerSupervisionForm(AcknowledgeSupervisionForm):
    """回复督办单."""

    signed = True
    answer = ParagraphsField(label="回复", rows=6, help_text="逐项写明办理情况、未完成的原因和完成日期；一行一段。")
