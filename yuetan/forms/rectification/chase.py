"""Forms of 催办 and its answer."""

from __future__ import annotations

from typing import Unpack

from django import forms
from django.utils import timezone

from yuetan.forms.frame.fields import ParagraphsField
from yuetan.forms.frame.options import FormData, FormFiles, StepOptions, choice_of, mark_needed
from yuetan.forms.frame.step import StepForm
from yuetan.forms.rectification.task import SeveralTasksField
from yuetan.models import Chase, Task
from yuetan.models.rectification.task_queries import TaskQuerySet
from yuetan.rules.text import official_text
from yuetan.vocabulary import UNREPORTED_TASK_STATES

WORDS = "请尽快落实并书面报告落实情况；不能按时完成的，请说明原因和进展。"


def unreported_tasks() -> TaskQuerySet:
    """Tasks that can be chased: unreported, and their deadline running."""
    return Task.objects.filter(state__in=UNREPORTED_TASK_STATES).exclude(effective_due_on=None)


class ChaseForm(StepForm):
    """催办 of tasks of one case."""

    tasks = SeveralTasksField(
        Task.objects.none(), label="催办的整改任务", required=False, widget=forms.CheckboxSelectMultiple
    )
    words = ParagraphsField(label="催办内容", rows=3, initial=WORDS, help_text="该单位会原样看到，并须回复。")

    def __init__(self, data: FormData = None, files: FormFiles = None, **options: Unpack[StepOptions]) -> None:
        super().__init__(data, files, **options)
        tasks = unreported_tasks().of(self.case)
        named = [task.pk for task in tasks if str(task.pk) == str(self.initial.get("task", ""))]
        choice_of(self, "tasks").queryset = tasks
        self.fields["tasks"].initial = named or [task.pk for task in tasks if task.is_overdue]
        mark_needed(self, "tasks")


class ChaseSelectionForm(forms.Form):
    """催办 of tasks chosen on the board, of whichever cases."""

    words = ParagraphsField(label="催办内容", rows=3, initial=WORDS, help_text="各单位会原样看到，并须回复。")


class ChaseField(forms.ModelChoiceField):
    """One asking-after."""

    def label_from_instance(self, chase: Chase) -> str:
        """第1项，2026年11月23日催办：……"""
        day = official_text.chinese_date(timezone.localtime(chase.sent_at).date())
        return f"第 {chase.task.number} 项，{day}催办：{chase.words}"


class AnswerChaseForm(StepForm):
    """回复催办."""

    chase = ChaseField(Chase.objects.none(), label="催办", empty_label=None, widget=forms.RadioSelect)
    reply = ParagraphsField(label="回复", rows=4, help_text="写明进展、不能按时完成的原因和下一步安排。")

    def __init__(self, data: FormData = None, files: FormFiles = None, **options: Unpack[StepOptions]) -> None:
        super().__init__(data, files, **options)
        open_ones = Chase.objects.filter(**{f"task__{self.case.ABOUT}": self.case}, replied_at=None).select_related(
            "task"
        )
        choice_of(self, "chase").queryset = open_ones
        self.fields["chase"].initial = open_ones.first()
