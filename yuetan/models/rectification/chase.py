"""催办: the office asks for an unreported task, and the unit answers."""

from django.db import models
from django.db.models import Q

from yuetan.models.papers.paper_filing import PaperFiling
from yuetan.models.rectification.task import Task
from yuetan.rules.dates import clock


class Chase(models.Model):
    """One asking-after of one task, and its answer."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="chases")
    words = models.TextField("催办内容")
    sent_by = models.ForeignKey("yuetan.User", models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(default=clock.now)
    reply = models.TextField("回复", blank=True)
    replied_by = models.ForeignKey("yuetan.User", models.PROTECT, null=True, blank=True, related_name="+")
    replied_at = models.DateTimeField(null=True, blank=True)
    paper_filing = models.ForeignKey(PaperFiling, models.PROTECT, null=True, blank=True, related_name="chases")

    paper_filing_id: int | None

    class Meta:
        default_permissions = ()
        ordering = ("sent_at", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(replied_at=None, replied_by=None, reply="")
                | (Q(replied_at__isnull=False, replied_by__isnull=False) & ~Q(reply="")),
                name="chase_answer_is_whole",
            ),
        )

    def __str__(self) -> str:
        return f"第{self.task.number}项催办"
