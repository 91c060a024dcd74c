"""How long a case waits inside the office: a row for each stretch of 核稿, 审定, 通知, 交办 or 核查."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yuetan.models.case.case import Case
from yuetan.models.rectification.task import Task
from yuetan.vocabulary import OfficeStage


class OfficeWait(models.Model):
    """One stretch; `due_on` is the limit by the office's setting of the day it began, none where there was none.

    Of 核查 there is one for each report on a task, of the others one for the case.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="office_waits")
    task = models.ForeignKey(Task, models.PROTECT, null=True, blank=True, related_name="office_waits")
    stage = models.CharField("办公室环节", max_length=20, choices=OfficeStage.choices)
    began_at = models.DateTimeField()
    due_on = models.DateField("办理期限", null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        default_permissions = ()
        ordering = ("began_at", "id")
        indexes = (
            models.Index(fields=("stage", "ended_at"), name="office_wait_ended"),
            models.Index(fields=("stage", "due_on"), condition=Q(ended_at=None), name="office_wait_running"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("case", "stage"), condition=Q(ended_at=None, task=None), name="one_office_wait_a_case"
            ),
            models.UniqueConstraint(fields=("task",), condition=Q(ended_at=None), name="one_office_wait_a_task"),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=models.F("began_at")), name="office_wait_ends_later"
            ),
            models.CheckConstraint(
                condition=Q(stage=OfficeStage.CHECK, task__isnull=False) | (~Q(stage=OfficeStage.CHECK) & Q(task=None)),
                name="office_checks_a_task",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_stage_display()} {self.began_at:%Y-%m-%d}"
