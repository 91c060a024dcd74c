"""Rectification tasks (整改任务), their reports and their dates."""

import hashlib
import json
from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from yuetan.models.assignment.assignment import Assignment
from yuetan.models.case.case import Case
from yuetan.models.interview.interview import AgreedMeasure, Measure
from yuetan.models.ladder.measure import AccountabilityMeasure
from yuetan.models.office.written_words import grams
from yuetan.models.papers.paper_filing import PaperFiling
from yuetan.models.people.unit import Unit
from yuetan.models.rectification.counted_reports import EXTENSION_INDEXES, REPORT_INDEXES
from yuetan.models.rectification.task_flow import TaskFlow
from yuetan.models.rectification.task_origin import ORIGINS, HandsOutTasks, of_one_origin, origin_of
from yuetan.models.rectification.task_queries import TaskQuerySet
from yuetan.rules.dates import clock
from yuetan.rules.dates.pauses import Span
from yuetan.vocabulary import UNREPORTED_TASK_STATES, PauseAsker, ReportKind, ReportRhythm, TaskState


class Task(AgreedMeasure, TaskFlow):
    """One thing handed over to a unit to be done, kept as an account of its own.

    It comes from one origin. What lists ask of that (unit, drafter, year, whether its tasks run) it keeps itself:
    each step makes it equal.
    """

    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="tasks")
    measure_laid = models.ForeignKey(AccountabilityMeasure, models.PROTECT, null=True, blank=True, related_name="tasks")
    assignment = models.ForeignKey(Assignment, models.PROTECT, null=True, blank=True, related_name="tasks")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    first_unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    drafter = models.ForeignKey("yuetan.User", models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField("年度")
    runs = models.BooleanField("在整改期内", default=True)
    open_to = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", db_index=False)  # indexed below
    measure = models.OneToOneField(Measure, models.PROTECT, null=True, blank=True, related_name="task")
    assigned_on = models.DateField("交办之日")
    first_due_on = models.DateField("首次时限")
    agreed_due_on = models.DateField("时限")
    agreed_on = models.DateField("约定时限之日")
    effective_due_on = models.DateField("实际截止日", null=True, blank=True)
    progress_due_on = models.DateField("进展报告期限", null=True, blank=True)

    unit_id: int
    case_id: UUID | None
    objects = TaskQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = (*(f"{name}_id" for name in ORIGINS), "number")
        constraints = (
            models.UniqueConstraint(fields=(*ORIGINS, "number"), nulls_distinct=False, name="one_task_per_number"),
            models.CheckConstraint(condition=of_one_origin(), name="task_of_one_origin"),
            models.CheckConstraint(
                condition=Q(case=None, measure=None) | Q(case__isnull=False, measure__isnull=False),
                name="task_of_a_case_has_its_measure",
            ),
            models.CheckConstraint(condition=Q(state__in=TaskState.values), name="task_in_a_known_state"),
            models.CheckConstraint(
                condition=Q(effective_due_on__gte=models.F("agreed_due_on")), name="a_pause_never_shortens"
            ),
            models.CheckConstraint(
                condition=Q(progress_due_on=None)
                | (~Q(report_rhythm=ReportRhythm.NONE) & Q(state__in=UNREPORTED_TASK_STATES)),
                name="progress_is_owed_where_it_was_agreed",
            ),
        )
        indexes = (
            models.Index(fields=("state", "effective_due_on", "id")),
            models.Index(fields=("effective_due_on", "id"), name="task_by_limit"),
            models.Index(fields=("assigned_on",), name="task_by_assignment"),
            models.Index(fields=("open_to", "effective_due_on", "id"), name="task_of_unit"),
            models.Index(fields=("effective_due_on", "id"), condition=~Q(state="accepted"), name="task_open_by_limit"),
            models.Index(
                fields=("open_to", "effective_due_on", "id"), condition=~Q(state="accepted"), name="task_open_of_unit"
            ),
            models.Index(fields=("progress_due_on",), condition=~Q(progress_due_on=None), name="progress_owed"),
            GinIndex(grams("content"), name="task_by_words"),
        )

    @property
    def origin(self) -> HandsOutTasks:
        """What handed it over: whoever wants its title or its number asks here."""
        return origin_of(self)

    @property
    def is_unreported(self) -> bool:
        """Whether the report of the interviewed side is outstanding."""
        return self.state in UNREPORTED_TASK_STATES

    @property
    def is_overdue(self) -> bool:
        """Whether the report is outstanding after the deadline, which pauses extend."""
        return self.is_unreported and self.effective_due_on is not None and self.effective_due_on < clock.today()

    @property
    def open_pause(self) -> "Pause | None":
        """The pause under way."""
        return next((pause for pause in self.pauses.all() if pause.ended_on is None), None)

    @property
    def pending_extension(self) -> "Extension | None":
        """The extension asked for and not decided."""
        return next((extension for extension in self.extensions.all() if extension.decided_at is None), None)

    @property
    def next_progress_due_on(self) -> date | None:
        """The due day of the next progress report; None while the task is paused, and after its deadline."""
        running = self.is_unreported and self.effective_due_on is not None and not self.is_overdue
        return self.progress_due_on if running else None

    def reports_of(self, kind: str) -> "list[TaskReport]":
        """The versions of the one report, or the reports on the way, newest first."""
        if self._state.adding:
            return []
        return [report for report in self.reports.all() if report.kind == kind]

    def handed_in(self, kind: str) -> "list[TaskReport]":
        """Those handed in, newest first."""
        return [report for report in self.reports_of(kind) if report.handed_in_at is not None]

    def draft(self, kind: str) -> "TaskReport | None":
        """The one being prepared, the interviewed side's own until handed in."""
        return next((report for report in self.reports_of(kind) if report.handed_in_at is None), None)

    def is_prepared(self, kind: str) -> bool:
        """Whether a report is drafted."""
        draft = self.draft(kind)
        return draft is not None and bool(draft.text.strip())


class TaskReport(models.Model):
    """One version of what the interviewed side says it has done, or how far it is, and what became of it.

    `due_on` is the limit that it was to meet when it was handed in; a report on the way that nobody
    was waiting for has none.
    """

    class Outcome(models.TextChoices):
        """What the supervisor made of it."""

        ACCEPTED = "accepted", "销号"
        RETURNED = "returned", "退回"
        NOTED = "noted", "已阅"

    task = models.ForeignKey(Task, models.PROTECT, related_name="reports")
    kind = models.CharField(max_length=20, choices=ReportKind.choices, default=ReportKind.COMPLETION)
    version = models.PositiveSmallIntegerField()
    text = models.TextField("落实情况", blank=True)
    prepared_by = models.ForeignKey("yuetan.User", models.PROTECT, related_name="+")
    handed_in_by = models.ForeignKey("yuetan.User", models.PROTECT, null=True, related_name="+")
    handed_in_at = models.DateTimeField(null=True)
    due_on = models.DateField("报送时的期限", null=True, blank=True)
    paper_filing = models.ForeignKey(PaperFiling, models.PROTECT, null=True, blank=True, related_name="reports")
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    outcome_note = models.TextField(blank=True)
    decided_by = models.ForeignKey("yuetan.User", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        ordering = ("task", "kind", "-version")
        indexes = REPORT_INDEXES
        constraints = (
            models.UniqueConstraint(fields=("task", "kind", "version"), name="one_report_per_version"),
            models.UniqueConstraint(
                fields=("task", "kind"), condition=Q(handed_in_at=None), name="one_report_draft_a_task"
            ),
            models.CheckConstraint(
                condition=Q(kind=ReportKind.COMPLETION, outcome__in=("", "accepted", "returned"))
                | Q(kind=ReportKind.PROGRESS, outcome__in=("", "noted")),
                name="report_outcome_is_of_its_kind",
            ),
        )

    def __str__(self) -> str:
        return f"第{self.task.number}项第{self.version}次{self.get_kind_display()}"

    @property
    def ordinal(self) -> str:
        """第 2 次整改报告."""
        return f"第 {self.version} 次{self.get_kind_display()}"

    @property
    def is_late(self) -> bool:
        """逾期报送: handed in after the day that was its limit then."""
        return clock.came_after(self.handed_in_at, self.due_on)


def drafts_digest(tasks: Iterable[Task], kind: str) -> str:
    """A digest of all that is prepared, texts and files: who hands it in names by it what was read."""
    drafts = [(task.number, draft) for task in tasks if (draft := task.draft(kind))]
    drafts_by_number = [
        [number, draft.text, sorted(file.sha256 for file in draft.attachments.all())] for number, draft in drafts
    ]
    return hashlib.sha256(json.dumps(sorted(drafts_by_number), ensure_ascii=False).encode()).hexdigest()


class Extension(models.Model):
    """One request for a later date and the director's decision on it."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="extensions")
    reason = models.TextField("延期理由")
    old_due_on = models.DateField()
    new_due_on = models.DateField("申请延至")
    requested_by = models.ForeignKey("yuetan.User", models.PROTECT, related_name="+")
    requested_at = models.DateTimeField(default=clock.now)
    paper_filing = models.ForeignKey(PaperFiling, models.PROTECT, null=True, blank=True, related_name="extensions")
    requested_late = models.BooleanField("逾期申请", default=False)
    granted = models.BooleanField(null=True)
    opinion = models.TextField(blank=True)
    decided_by = models.ForeignKey("yuetan.User", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        ordering = ("-requested_at",)
        indexes = EXTENSION_INDEXES
        constraints = (
            models.UniqueConstraint(
                fields=("task",), condition=Q(decided_at=None), name="one_pending_extension_a_task"
            ),
            models.CheckConstraint(condition=Q(new_due_on__gt=models.F("old_due_on")), name="extension_is_later"),
        )

    def __str__(self) -> str:
        return f"第{self.task.number}项延至{self.new_due_on:%Y-%m-%d}"


class Pause(models.Model):
    """One stretch of days that do not count towards a task's time limit (中止计时)."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="pauses")
    reason = models.TextField("中止原因")
    asked_by = models.CharField("提出中止的", max_length=20, choices=PauseAsker.choices, blank=True)
    began_on = models.DateField("中止之日")
    planned_end_on = models.DateField("计划恢复之日", null=True, blank=True)
    due_on_before = models.DateField("中止前的截止日", null=True, blank=True)
    due_on_after = models.DateField("恢复后的截止日", null=True, blank=True)
    begun_by = models.ForeignKey("yuetan.User", models.PROTECT, related_name="+")
    ended_on = models.DateField("恢复之日", null=True, blank=True)
    ended_by = models.ForeignKey("yuetan.User", models.PROTECT, null=True, blank=True, related_name="+")
    end_reason = models.TextField("恢复原因", blank=True)

    class Meta:
        default_permissions = ()
        ordering = ("began_on", "id")
        constraints = (
            models.UniqueConstraint(fields=("task",), condition=Q(ended_on=None), name="one_open_pause_a_task"),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=models.F("began_on")), name="pause_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(planned_end_on=None) | Q(planned_end_on__gt=models.F("began_on")),
                name="pause_is_planned_to_end_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(planned_end_on=None) | Q(ended_on=None) | Q(ended_on__lte=models.F("planned_end_on")),
                name="pause_lasts_no_longer_than_planned",
            ),
        )

    def __str__(self) -> str:
        return f"第{self.task.number}项中止计时"

    @property
    def has_run_out(self) -> bool:
        """Whether it lasts though it was planned to end by now, or was begun without a planned end."""
        return self.ended_on is None and (self.planned_end_on is None or self.planned_end_on <= clock.today())

    @property
    def span(self) -> Span:
        """The days as the rules count them."""
        return Span(self.began_on, self.ended_on)
