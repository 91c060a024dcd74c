"""The report of a case, made from its tasks: a section for every task that waits, and what the head hands in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Unpack

from django import forms
from django.forms import BoundField
from django.utils import timezone

from yuetan.forms.frame.fields import ParagraphsField, SeenField, SeveralFilesField
from yuetan.forms.frame.options import FormData, FormFiles, StepOptions, choice_of, field_of, mark_needed
from yuetan.forms.frame.sections import SectionData, SectionForm, SectionOptions, SectionsField, SectionsWidget
from yuetan.forms.frame.step import FILE_WORDS, StepForm
from yuetan.forms.rectification.task import SeveralTasksField
from yuetan.models import Task, TaskReport
from yuetan.models.rectification.task import drafts_digest
from yuetan.models.rectification.task_origin import HandsOutTasks
from yuetan.rules.text import official_text
from yuetan.vocabulary import ReportKind

TEXTS = {ReportKind.COMPLETION: "落实情况", ReportKind.PROGRESS: "进展情况"}


class ReportSection(SectionForm):
    """What is said of one task."""

    text = ParagraphsField(label="落实情况", rows=5)
    files = SeveralFilesField(label="佐证材料", help_text=FILE_WORDS)  # type: ignore[assignment] # a declared field

    def __init__(
        self,
        data: FormData = None,
        files: FormFiles = None,
        *,
        task: Task,
        kind: str,
        **options: Unpack[SectionOptions],
    ) -> None:
        super().__init__(data, files, **options)
        self.task, self.kind, self.about = task, kind, f"第 {task.number} 项"
        self.fields["text"].label = TEXTS[ReportKind(kind)]

    @property
    def returned(self) -> TaskReport | None:
        """The report that was sent back last, if it was the last one handed in."""
        last = next(iter(self.task.handed_in(ReportKind.COMPLETION)), None)
        return last if last and last.outcome == TaskReport.Outcome.RETURNED else None

    @property
    def standing(self) -> dict[str, str]:
        """How far it is filled in."""
        text, draft = str(self["text"].value() or "").strip(), self.task.draft(self.kind)
        if self.returned and draft is None and text == self.returned.text.strip():
            return {"light": "red", "words": "已退回，待补正"}
        if text:
            count = f"，附件 {len(self.kept)} 个" if self.kept else ""
            return {"light": "green", "words": f"已填写{count}"}
        return {"light": "grey", "words": "未填写"}


class ReportsWidget(SectionsWidget[ReportSection]):
    """A section for every task that waits; and for one that waits no more, if something was typed into it."""

    section_form = ReportSection

    def __init__(self) -> None:
        super().__init__()
        self.tasks: list[Task] = []
        self.kind: str = ReportKind.COMPLETION
        self.named = ""  # the key of the task with which the writing begins

    def _section(self, name: str, task: Task, **given: Unpack[SectionData]) -> ReportSection:
        known = self._known(task)
        kept = known.attachments.all() if known else ()
        section = ReportSection(prefix=f"{name}-{task.number}", task=task, kind=self.kind, kept=kept, **given)
        if str(task.pk) == self.named:
            section.fields["text"].widget.attrs["autofocus"] = True
        return section

    def _known(self, task: Task) -> TaskReport | None:
        """The draft, or the version a draft would begin with."""
        handed_in = task.handed_in(self.kind) if self.kind == ReportKind.COMPLETION else []
        return task.draft(self.kind) or next(iter(handed_in), None)

    def sent(self, name: str, data: Mapping[str, str], files: FormFiles) -> list[ReportSection]:
        """The sections of tasks that wait, and of those into which something was typed."""
        filled = [
            task for task in self.tasks if task.is_unreported or data.get(f"{name}-{task.number}-text", "").strip()
        ]
        return [self._section(name, task, data=data, files=files) for task in filled]

    def untouched(self, name: str) -> list[ReportSection]:
        """Each with the text it has."""
        waiting = [task for task in self.tasks if task.is_unreported]
        return [self._section(name, task, initial=self._stored(task)) for task in waiting]

    def _stored(self, task: Task) -> dict[str, object]:
        known = self._known(task)
        return {"text": known.text if known else ""}


class ReportsField(SectionsField[ReportSection]):
    """What is said, task by task, as `actions.report` takes it."""

    widget: ReportsWidget
    widget_class = ReportsWidget

    def offer(self, case: HandsOutTasks, kind: str) -> None:
        """The tasks of one origin, and which report it is."""
        self.widget.tasks = list(case.tasks.order_by("number").prefetch_related("reports__attachments"))
        self.widget.kind = kind

    def row_data(self, row: ReportSection) -> dict[str, object]:
        """The task, and what is said of it."""
        return {"task": row.task, **row.cleaned_data}


class PrepareReportForm(StepForm):
    """填写整改报告."""

    kind = ReportKind.COMPLETION
    reports = ReportsField(label="逐项填写")

    def __init__(self, data: FormData = None, files: FormFiles = None, **options: Unpack[StepOptions]) -> None:
        super().__init__(data, files, **options)
        reports = field_of(self, "reports", ReportsField)
        reports.offer(self.case, self.kind)
        reports.widget.named = str(self.initial.get("task", ""))

    def checklist(self) -> list[dict[str, str]]:
        """The tasks that wait, and how far each is filled in."""
        return [
            {
                "label": f"第 {row.task.number} 项　{row.task.content}",
                "url": f"#section-{row.task.number}",
                **row.standing,
            }
            for row in self.sections
        ]

    @property
    def fields_before_sections(self) -> list[BoundField]:
        """What is asked besides the sections, above them."""
        return []

    @property
    def sections(self) -> list[ReportSection]:
        """The sections to be shown."""
        bound = self["reports"]
        return field_of(self, "reports", ReportsField).widget.rows(bound.html_name, bound.value())


class PrepareProgressForm(PrepareReportForm):
    """填写进展报告."""

    kind = ReportKind.PROGRESS


class HandInReportForm(StepForm):
    """报送整改报告: everything prepared is ticked."""

    kind = ReportKind.COMPLETION
    tasks = SeveralTasksField(
        Task.objects.none(), label="本次报送", required=False, widget=forms.CheckboxSelectMultiple
    )
    seen = SeenField()

    def __init__(self, data: FormData = None, files: FormFiles = None, **options: Unpack[StepOptions]) -> None:
        super().__init__(data, files, **options)
        waiting = self.case.tasks.order_by("number").prefetch_related("reports__attachments")
        prepared = self.looked_at = [task for task in waiting if task.is_unreported and task.is_prepared(self.kind)]
        named = [task.pk for task in prepared if str(task.pk) == str(self.initial.get("task", ""))]
        mark_needed(self, "tasks")
        field = choice_of(self, "tasks")
        field.queryset = waiting
        field.choices = [(task.pk, field.label_from_instance(task)) for task in prepared]
        field.initial = named or [task.pk for task in prepared]
        self.fields["seen"].initial = drafts_digest(waiting, self.kind)

    def spelled_out(self) -> list[tuple[str, str]]:
        """What is said of each task chosen, and with which files."""
        row_data = []
        for task in self.cleaned_data["tasks"]:
            draft = task.draft(self.kind)
            files = "、".join(file.name for file in draft.attachments.all()) if draft else ""
            words = [draft.text if draft else "", f"佐证材料：{files}" if files else ""]
            row_data.append((f"第 {task.number} 项", "\n".join(filter(None, words))))
        return row_data


class HandInProgressForm(HandInReportForm):
    """报送进展报告: everything prepared is ticked."""

    kind = ReportKind.PROGRESS


class ProgressField(forms.ModelChoiceField):
    """One report on the way."""

    def label_from_instance(self, report: TaskReport) -> str:
        """第 1 项，2026年12月15日报送."""
        assert report.handed_in_at is not None
        day = official_text.chinese_date(timezone.localtime(report.handed_in_at).date())
        return f"第 {report.task.number} 项，{day}报送：{report.text[:60]}"


class NoteProgressForm(StepForm):
    """批阅进展报告."""

    report = ProgressField(TaskReport.objects.none(), label="进展报告", empty_label=None, widget=forms.RadioSelect)
    note = ParagraphsField(label="批阅意见", needed=False, rows=3, help_text="不填写的，只标明已阅。该单位会原样看到。")

    def __init__(self, data: FormData = None, files: FormFiles = None, **options: Unpack[StepOptions]) -> None:
        super().__init__(data, files, **options)
        of_case = TaskReport.objects.filter(
            **{f"task__{self.case.ABOUT}": self.case}, kind=ReportKind.PROGRESS, decided_at=None
        )
        unread = of_case.exclude(handed_in_at=None).select_related("task").order_by("handed_in_at", "pk")
        self.looked_at = [report.task for report in unread]
        choice_of(self, "report").queryset = unread
        self.fields["report"].initial = unread.first()
