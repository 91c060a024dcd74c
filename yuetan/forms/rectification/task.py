"""Forms of rectification and inspection: tasks, extensions, findings, the end."""

from __future__ import annotations

from functools import cached_property
from typing import Unpack

from django import forms
from django.db.models import QuerySet

from yuetan.actions.rectification.task_dates import present_limit
from yuetan.forms.frame.fields import DayField, ParagraphsField
from yuetan.forms.frame.options import FormData, FormFiles, StepOptions, choice_of
from yuetan.forms.frame.step import StepForm
from yuetan.models import CalendarDay, Extension, OfficeSetting, Pause, Task
from yuetan.rules.dates import clock
from yuetan.rules.dates.provisional import count_on
from yuetan.rules.text import official_text
from yuetan.vocabulary import UNREPORTED_TASK_STATES, PauseAsker, TaskState


class TaskField(forms.ModelChoiceField):
    """One task of the case."""

    def label_from_instance(self, task: Task) -> str:
        """第1项　……（状态）."""
        return f"第 {task.number} 项　{task.content}（{task.get_state_display()}）"


class SeveralTasksField(forms.ModelMultipleChoiceField):
    """Several tasks of the case."""

    label_from_instance = TaskField.label_from_instance  # type: ignore[assignment] # asked of a task alone


class TaskForm(StepForm):
    """A step on one task."""

    states: tuple[TaskState, ...] = UNREPORTED_TASK_STATES
    task = TaskField(Task.objects.none(), label="整改任务", empty_label=None, widget=forms.RadioSelect)

    def __init__(self, data: FormData = None, files: FormFiles = None, **options: Unpack[StepOptions]) -> None:
        super().__init__(data, files, **options)
        choice_of(self, "task").queryset = self.tasks()
        self.fields["task"].initial = self.selected_task()

    @property
    def looked_at(self) -> list[Task]:
        """Whose accounts are shown beside it: the one it is about, or all that it could be about."""
        task = self.selected_task()
        return [task] if task else self.possible_tasks

    def selected_task(self) -> Task | None:
        """The task the address names, or the only one there is."""
        named = [task for task in self.possible_tasks if str(task.pk) == str(self.initial.get("task", ""))]
        return next(iter(named or self.possible_tasks[:1])) if named or len(self.possible_tasks) == 1 else None

    @cached_property
    def possible_tasks(self) -> list[Task]:
        """The tasks that could take this step when the form was made, read once."""
        return list(self.tasks())

    def tasks(self) -> QuerySet[Task]:
        """The tasks that can take this step now."""
        return self.case.tasks.filter(state__in=self.states)


class AcceptTaskForm(TaskForm):
    """销号."""

    states = (TaskState.REPORTED,)
    note = ParagraphsField(label="核查意见", rows=3, help_text="写明看了什么、核了什么，是否落实。")


class ReturnTaskForm(TaskForm):
    """退回整改报告."""

    states = (TaskState.REPORTED,)
    note = ParagraphsField(
        label="退回原因", rows=3, help_text="逐条写明缺哪项佐证、哪条验收标准没有达到，怎样补齐；该单位会原样看到。"
    )


class AskExtensionForm(TaskForm):
    """申请延期."""

    new_due_on = forms.DateField(label="申请延至", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    reason = ParagraphsField(label="延期理由")

    def __init__(self, data: FormData = None, files: FormFiles = None, **options: Unpack[StepOptions]) -> None:
        super().__init__(data, files, **options)
        self.fields["new_due_on"].help_text = _office_limits() + self._latest()

    def _latest(self) -> str:
        """Until when the task named may be extended, counted out; what rests on an unpublished year says so."""
        task, days = self.selected_task(), OfficeSetting.objects.number("extension_most_days")
        if task is None or not days:
            return ""
        latest = count_on(max(present_limit(task), clock.today()), days, CalendarDay.objects.calendar())
        note = f"（暂定：{latest.note}）" if latest.is_provisional else ""
        return f"第 {task.number} 项最晚延至{official_text.chinese_date(latest.day)}{note}。"


def _office_limits() -> str:
    """The office's own limits on later dates; 0 stands for none."""
    number = OfficeSetting.objects.number
    days, times = number("extension_most_days"), number("extension_most_times")
    limits = [f"一次最多延期 {days} 个工作日"] if days else []
    limits += [f"同一项任务最多延期 {times} 次"] if times else []
    return f"办公室设定：{'，'.join(limits)}。" if limits else ""


class DecideExtensionForm(TaskForm):
    """审批延期."""

    granted = forms.TypedChoiceField(
        label="决定",
        widget=forms.RadioSelect,
        choices=(("yes", "同意延期"), ("no", "不同意延期")),
        coerce=lambda value: value == "yes",
    )
    opinion = ParagraphsField(label="审批意见", rows=3)

    def tasks(self) -> QuerySet[Task]:
        """Tasks with a request waiting."""
        return self.case.tasks.filter(extensions__in=Extension.objects.filter(decided_at=None))


class PauseTaskForm(TaskForm):
    """中止计时."""

    asked_by = forms.ChoiceField(label="由谁提出", widget=forms.RadioSelect, choices=PauseAsker.choices)
    planned_end_on = DayField(label="计划恢复计时的日期")
    reason = ParagraphsField(label="中止原因", rows=3, help_text="该单位会原样看到。")

    def __init__(self, data: FormData = None, files: FormFiles = None, **options: Unpack[StepOptions]) -> None:
        super().__init__(data, files, **options)
        most = OfficeSetting.objects.number("pause_most_days")
        cap = f"办公室设定：同一项任务各次中止合计最多 {most} 个工作日。" if most else ""
        self.fields["planned_end_on"].help_text = f"到这一天自动恢复计时，也可以提前恢复。{cap}"

    def tasks(self) -> QuerySet[Task]:
        """Tasks whose limit is running."""
        return super().tasks().filter(effective_due_on__gte=clock.today())


class ResumeTaskForm(TaskForm):
    """恢复计时."""

    reason = ParagraphsField(label="恢复原因", rows=3, help_text="该单位会原样看到。")

    def tasks(self) -> QuerySet[Task]:
        """Tasks that are paused."""
        return self.case.tasks.filter(pauses__in=Pause.objects.filter(ended_on=None))
