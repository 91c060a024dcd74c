"""Forms of 重新整改: what a supervisor asks for, and the director's decision on it."""

from __future__ import annotations

from typing import Unpack

from django import forms
from django.db.models import Q, QuerySet

from yuetan.actions.rectification.rework import not_borne_out, rework_limits
from yuetan.forms.frame.fields import DayField, ParagraphsField
from yuetan.forms.frame.options import FormData, FormFiles, StepOptions, choice_of, mark_needed
from yuetan.forms.frame.step import StepForm
from yuetan.forms.rectification.task import SeveralTasksField
from yuetan.models import Task
from yuetan.rules.text import official_text
from yuetan.vocabulary import TaskState


class RequestReopeningForm(StepForm):
    """提请重启整改: any task of the case."""

    tasks = SeveralTasksField(
        Task.objects.none(), label="重新整改的任务", required=False, widget=forms.CheckboxSelectMultiple
    )
    reason = ParagraphsField(label="原因", help_text="主任照准的，被约谈方会原样看到。")
    new_due_on = DayField(label="提请的新时限")

    def __init__(self, data: FormData = None, files: FormFiles = None, **options: Unpack[StepOptions]) -> None:
        super().__init__(data, files, **options)
        choice_of(self, "tasks").queryset = self.possible_tasks()
        self.fields["new_due_on"].help_text = self._limits()
        mark_needed(self, "tasks")

    def possible_tasks(self) -> QuerySet[Task]:
        """The tasks that may be asked for."""
        return self.case.tasks.all()

    def _limits(self) -> str:
        """The office's own rule, counted out for today."""
        allowed = rework_limits([])
        words = f"办公室设定：不早于所选任务现在的时限，最早为{official_text.chinese_date(allowed.earliest.day)}"
        words += f"；自现在的时限（已过的自今天）起最多后延 {allowed.most} 个工作日" if allowed.most else ""
        words += f"（暂定：{allowed.note}）" if allowed.note else ""
        return f"{words}。由办公室主任决定，决定以前时限不变。"


class RequestSendBackForm(RequestReopeningForm):
    """提请退回整改: tasks not struck off, and those the inspection found untrue."""

    def possible_tasks(self) -> QuerySet[Task]:
        """Not what was struck off and found as it was reported."""
        return self.case.tasks.filter(~Q(state=TaskState.ACCEPTED) | Q(pk__in=not_borne_out(self.case)))


class DecideReworkForm(StepForm):
    """退回整改, 复发重启: granted as it was asked for."""

    opinion = ParagraphsField(label="决定意见", rows=3, initial="同意。")


class RefuseReworkForm(StepForm):
    """不同意重新整改."""

    opinion = ParagraphsField(label="不同意的原因", rows=3, help_text="写明怎样办；督查员可以重新提请。")
