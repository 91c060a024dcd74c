"""Rectification tasks (整改任务), their reports and their dates."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from yuetan.models.case import Case
from yuetan.models.interview import Measure
from yuetan.models.task_flow import TaskFlow
from yuetan.rules import clock
from yuetan.rules.pauses import Span
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
    agreed_on = models.DateField("约定时限之日")
    runs_until = models.DateField("实际截止日", null=True, blank=True)

    class Meta:
        default_permissions = ()
        ordering = ("case", "number")
        constraints = (
            models.UniqueConstraint(fields=("case", "number"), name="one_task_per_number"),
            models.CheckConstraint(condition=Q(runs_until__gte=models.F("due_on")), name="a_pause_never_shortens"),
        )
        indexes = (models.Index(fields=("state", "runs_until", "id")),)

    def __str__(self) -> str:
        return f"{self.number}. {self.content}"

    @property
    def is_unreported(self) -> bool:
        """Whether the interviewed side still owes a report."""
        return self.state in (TaskState.ASSIGNED, TaskState.RETURNED)

    @property
    def is_overdue(self) -> bool:
        """Whether a report is owed and the limit, pauses given back, has passed."""
        return self.is_unreported and self.runs_until is not None and self.runs_until < clock.today()

    @property
    def open_pause(self) -> "Pause | None":
        """The pause under way."""
        return next((pause for pause in self.pauses.all() if pause.ended_on is None), None)

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
    due_on = models.DateField("报送时的期限", null=True, blank=True)
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

    @property
    def is_late(self) -> bool:
        """逾期报送: handed in after the day that was its limit then."""
        if self.handed_in_at is None or self.due_on is None:
            return False
        return timezone.localtime(self.handed_in_at).date() > self.due_on


class Extension(models.Model):
    """One request for a later date and the director's decision on it."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="extensions")
    reason = models.TextField("延期理由")
    old_due_on = models.DateField()
    new_due_on = models.DateField("申请延至")
    asked_by = models.ForeignKey("yuetan.User", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=clock.now)
    asked_late = models.BooleanField("逾期申请", default=False)
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


class Pause(models.Model):
    """One stretch of days that do not count towards a task's time limit (中止计时)."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="pauses")
    reason = models.TextField("中止原因")
    began_on = models.DateField("中止之日")
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
        )

    def __str__(self) -> str:
        return f"第{self.task.number}项中止计时"

    @property
    def span(self) -> Span:
        """The days as the rules count them."""
        return Span(self.began_on, self.ended_on)
