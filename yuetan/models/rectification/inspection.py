"""Inspections (督查) of a case while it is rectified, and 回头看 after its end."""

from django.db import models
from django.db.models import Q

from yuetan.models.case.case import Case
from yuetan.models.rectification.task import Task
from yuetan.models.rectification.team import HasTeam
from yuetan.rules.dates import clock
from yuetan.vocabulary import FindingOutcome, InspectionConclusion, RevisitOutcome


class Inspection(HasTeam):
    """One round of inspection; its notes are inner until it is concluded."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="inspections")
    number = models.PositiveSmallIntegerField()
    begun_by = models.ForeignKey("yuetan.User", models.PROTECT, related_name="+")
    begun_at = models.DateTimeField(default=clock.now)
    planned_on = models.DateField("督查日期", null=True, blank=True)
    plan = models.TextField("督查方式和重点", blank=True)
    inspectors = models.CharField("督查人员", max_length=600, blank=True)
    findings = models.TextField("督查情况", blank=True)
    conclusion = models.CharField("督查结论", max_length=20, choices=InspectionConclusion.choices, blank=True)
    basis = models.TextField("结论依据", blank=True)
    concluded_by = models.ForeignKey("yuetan.User", models.PROTECT, null=True, related_name="+")
    concluded_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        ordering = ("case", "-number")
        indexes = (models.Index(fields=("planned_on",), condition=Q(concluded_at=None), name="inspection_ahead"),)
        constraints = (
            models.UniqueConstraint(fields=("case", "number"), name="one_inspection_per_number"),
            models.CheckConstraint(condition=Q(conclusion="") | ~Q(basis=""), name="conclusion_has_a_basis"),
        )

    def __str__(self) -> str:
        return f"第{self.number}次督查"


class TaskFinding(models.Model):
    """What one inspection found of one task: borne out or not, and by what."""

    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="task_findings")
    task = models.ForeignKey(Task, models.PROTECT, related_name="findings")
    outcome = models.CharField("核查结果", max_length=20, choices=FindingOutcome.choices)
    words = models.TextField("依据")

    class Meta:
        default_permissions = ()
        ordering = ("task__number",)
        constraints = (
            models.UniqueConstraint(fields=("inspection", "task"), name="one_finding_a_task"),
            models.CheckConstraint(condition=~Q(words=""), name="finding_has_words"),
        )

    def __str__(self) -> str:
        return f"第{self.task.number}项：{self.get_outcome_display()}"


class Revisit(HasTeam):
    """One 回头看 after the end: planned at closing, and what it found."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="revisits")
    planned_on = models.DateField("回头看日期")
    visited_on = models.DateField("实际日期", null=True, blank=True)
    inspectors = models.CharField("回头看人员", max_length=600, blank=True)
    findings = models.TextField("回头看情况", blank=True)
    outcome = models.CharField("结果", max_length=20, choices=RevisitOutcome.choices, blank=True)
    recorded_by = models.ForeignKey("yuetan.User", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        default_permissions = ()
        ordering = ("planned_on", "id")
        indexes = (models.Index(fields=("planned_on",), condition=Q(outcome=""), name="revisit_ahead"),)
        constraints = (
            models.UniqueConstraint(fields=("case",), condition=Q(outcome=""), name="one_revisit_ahead_a_case"),
            models.CheckConstraint(
                condition=Q(outcome="") | (~Q(findings="") & Q(visited_on__isnull=False)), name="revisit_has_findings"
            ),
        )

    def __str__(self) -> str:
        return f"{self.case}回头看"
