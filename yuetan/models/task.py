"""Rectification tasks (整改任务), their reports and their dates."""

from django.db import models
from django.db.models import Q

from yuetan.models.case import Case
from yuetan.models.interview import Measure
from yuetan.models.task_flow import TaskFlow
from yuetan.rules import clock
from yuetan.vocabulary import TaskState


class Task(TaskFlow):
    """One measure handed over to the interviewed unit, kept as an account of its own."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="tasks")
    measure = models.OneToOneField(Measure, models.PROTECT, related_name="task")
    number = models.PositiveSmallIntegerField()
    content = models.TextField("整改措施")
    responsible_person = models.CharField("责任人", max_length=60)
    proof_required = models.CharField("佐证要求", max_length=300)
    first_due_on = models.DateField("首次时限")
    due_on = models.DateField("时限")

    class Meta:
        default_permissions = ()
        ordering = ("case", "number")
        constraints = (models.UniqueConstraint(fields=("case", "number"), name="one_task_per_number"),)
        indexes = (models.Index(fields=("state", "due_on", "id")),)

    def __str__(self) -> str:
        return f"{self.number}. {self.content}"

    @property
    def is_unreported(self) -> bool:
        """Whether the interviewed side still owes a report."""
        return self.state in (TaskState.ASSIGNED, TaskState.RETURNED)

    @property
    def pending_extension(self) -> "Extension | None":
        """The extension asked for and not decided."""
        return next((extension for extension in self.extensions.all() if extension.decided_at is None), None)

    @property
    def report_is_prepared(self) -> bool:
        """Whether a draft of the report says something."""
        return any(report.handed_in_at is None and report.text.strip() for report in self.reports.all())

    @property
    def report_draft(self) -> "TaskReport | None":
        """The report being prepared, the interviewed side's own until handed in."""
        return self.reports.filter(handed_in_at=None).first()

    @property
    def handed_in_reports(self) -> models.QuerySet["TaskReport"]:
        """Reports handed in, newest first."""
        return self.reports.exclude(handed_in_at=None).order_by("-version")


class TaskReport(models.Model):
    """One version of what the interviewed side says it has done, and what became of it."""

    class Outcome(models.TextChoices):
        """What the supervisor made of it."""

        ACCEPTED = "accepted", "销号"
        RETURNED = "returned", "退回"

    task = models.ForeignKey(Task, models.PROTECT, related_name="reports")
    version = models.PositiveSmallIntegerField()
    text = models.TextField("落实情况", blank=True)
    prepared_by = models.ForeignKey("yuetan.User", models.PROTECT, related_name="+")
    handed_in_by = models.ForeignKey("yuetan.User", models.PROTECT, null=True, related_name="+")
    handed_in_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    outcome_note = models.TextField(blank=True)
    decided_by = models.ForeignKey("yuetan.User", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        ordering = ("task", "-version")
        constraints = (
            models.UniqueConstraint(fields=("task", "version"), name="one_report_per_version"),
            models.UniqueConstraint(fields=("task",), condition=Q(handed_in_at=None), name="one_report_draft_a_task"),
        )

    def __str__(self) -> str:
        return f"第{self.task.number}项第{self.version}次报告"


class Extension(models.Model):
    """One request for a later date and the director's decision on it."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="extensions")
    reason = models.TextField("延期理由")
    old_due_on = models.DateField()
    new_due_on = models.DateField("申请延至")
    asked_by = models.ForeignKey("yuetan.User", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=clock.now)
    granted = models.BooleanField(null=True)
    opinion = models.TextField(blank=True)
    decided_by = models.ForeignKey("yuetan.User", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        ordering = ("-asked_at",)
        constraints = (
            models.UniqueConstraint(
                fields=("task",), condition=Q(decided_at=None), name="one_pending_extension_a_task"
            ),
            models.CheckConstraint(condition=Q(new_due_on__gt=models.F("old_due_on")), name="extension_is_later"),
        )

    def __str__(self) -> str:
        return f"第{self.task.number}项延至{self.new_due_on:%Y-%m-%d}"
