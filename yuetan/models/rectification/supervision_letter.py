"""督办单: a graded paper that presses for tasks of one case; signed for and answered by the unit."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils import timezone

from yuetan.models.papers.document import Document
from yuetan.models.papers.paper_filing import PaperFiling
from yuetan.models.rectification.task import Task
from yuetan.rules.dates import clock
from yuetan.vocabulary import SupervisionGrade

if TYPE_CHECKING:
    from yuetan.models.people.user import User


class SupervisionLetterQuerySet(models.QuerySet["SupervisionLetter"]):
    """Questions about many 督办单."""

    def visible_to(self, user: User) -> SupervisionLetterQuerySet:
        """Those whose paper the person may see."""
        if Document.objects.shows_all_to(user):
            return self.all()
        return self.filter(document__in=Document.objects.visible_to(user).order_by())

    def in_force(self) -> SupervisionLetterQuerySet:
        """Those whose paper was not voided."""
        return self.filter(document__entry__voided_at=None)


class SupervisionLetter(models.Model):
    """One 督办单: its grade, the tasks it is about, and the unit's answer."""

    document = models.OneToOneField(Document, models.PROTECT, related_name="supervision")
    grade = models.CharField("等级", max_length=10, choices=SupervisionGrade.choices)
    tasks = models.ManyToManyField(Task, related_name="supervisions", verbose_name="督办的整改任务")
    answer_until = models.DateField("回复期限", null=True, blank=True)
    answer = models.TextField("回复", blank=True)
    answered_by = models.ForeignKey("yuetan.User", models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    paper_filing = models.ForeignKey(PaperFiling, models.PROTECT, null=True, blank=True, related_name="supervisions")

    paper_filing_id: int | None
    objects = SupervisionLetterQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ("document__issued_at",)
        constraints = (
            models.CheckConstraint(
                condition=Q(answered_at=None, answered_by=None, answer="")
                | (Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(answer="")),
                name="supervision_answer_is_whole",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_grade_display()} {self.document.number}"

    @property
    def short(self) -> str:
        """黄色督办单."""
        return SupervisionGrade(self.grade).short

    @property
    def issued_on(self) -> date:
        """The day on the paper."""
        return timezone.localtime(self.document.issued_at).date()

    @property
    def is_in_force(self) -> bool:
        """Whether the paper was not voided."""
        return self.document.entry.voided_at is None

    @property
    def is_unsigned(self) -> bool:
        """In force, and nobody has signed for it."""
        return self.is_in_force and self.document.receipt_or_none is None

    @property
    def awaits_answer(self) -> bool:
        """In force, signed for, and not answered."""
        return self.is_in_force and self.document.receipt_or_none is not None and self.answered_at is None

    @property
    def is_answered_late(self) -> bool:
        """Whether the answer came after its date."""
        return clock.came_after(self.answered_at, self.answer_until)
