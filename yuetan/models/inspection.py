"""Inspections (督查) of a case, and what follows when rectification fails."""

from django.db import models
from django.db.models import Q

from yuetan.models.case import Case
from yuetan.rules import clock
from yuetan.vocabulary import ConsequenceKind, InspectionConclusion


class Inspection(models.Model):
    """One round of inspection; its notes are inner until it is concluded."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="inspections")
    number = models.PositiveSmallIntegerField()
    begun_by = models.ForeignKey("yuetan.User", models.PROTECT, related_name="+")
    begun_at = models.DateTimeField(default=clock.now)
    inspectors = models.CharField("督查人员", max_length=200, blank=True)
    findings = models.TextField("督查情况", blank=True)
    conclusion = models.CharField("督查结论", max_length=20, choices=InspectionConclusion.choices, blank=True)
    basis = models.TextField("结论依据", blank=True)
    concluded_by = models.ForeignKey("yuetan.User", models.PROTECT, null=True, related_name="+")
    concluded_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        ordering = ("case", "-number")
        constraints = (
            models.UniqueConstraint(fields=("case", "number"), name="one_inspection_per_number"),
            models.CheckConstraint(condition=Q(conclusion="") | ~Q(basis=""), name="conclusion_has_a_basis"),
        )

    def __str__(self) -> str:
        return f"第{self.number}次督查"


class Consequence(models.Model):
    """A measure beyond rectification, recorded with the paper it rests on."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="consequences")
    kind = models.CharField("处理方式", max_length=20, choices=ConsequenceKind.choices)
    basis = models.TextField("依据文书及内容")
    recorded_by = models.ForeignKey("yuetan.User", models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now)

    class Meta:
        default_permissions = ()
        ordering = ("recorded_at",)

    def __str__(self) -> str:
        return self.get_kind_display()
