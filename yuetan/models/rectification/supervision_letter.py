"""督办单: a graded paper that presses for tasks of one case; signed for and answered by the unit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils import timezone

from yuetan.models.case.requirements.requirement import Requirement
from yuetan.models.office.office import CalendarDay, OfficeSetting
from yuetan.models.papers.document import Document
from yuetan.models.rectification.task import Task
from yuetan.rules.dates import clock
from yuetan.rules.dates.supervision import Thresholds, grade
from yuetan.rules.refusals import Finding, finding
from yuetan.vocabulary import SupervisionGrade

if TYPE_CHECKING:
    from yuetan.models.case.case import Case

WITH_SUPERVISION = ("reports", "supervisions__document__entry")  # what a grade looks at


class SupervisionLetter(models.Model):
    """One 督办单: its grade, the tasks it is about, and the unit's answer."""

    document = models.OneToOneField(Document, models.PROTECT, related_name="supervision")
    grade = models.CharField("等级", max_length=10, choices=SupervisionGrade.choices)
    tasks = models.ManyToManyField(Task, related_name="supervisions", verbose_name="督办的整改任务")
    answer_until = models.DateField("回复期限", null=True, blank=True)
    answer = models.TextField("回复", blank=True)
    answered_by = models.ForeignKey("yuetan.User", models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

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
        if self.answered_at is None or self.answer_until is None:
            return False
        return timezone.localtime(self.answered_at).date() > self.answer_until


def supervisions_of(case: Case) -> list[SupervisionLetter]:
    """The 督办单 of a case, oldest first."""
    papers = sorted(case.documents.all(), key=lambda paper: paper.issued_at)
    return [paper.supervision for paper in papers if hasattr(paper, "supervision")]


def thresholds() -> Thresholds:
    """The office's days."""
    number = OfficeSetting.objects.number
    return Thresholds(
        blue_before=number("supervision_blue_days"),
        yellow_after=number("supervision_yellow_days"),
        red_after=number("supervision_red_days"),
        red_after_yellow=number("supervision_red_after_yellow"),
    )


def grades(tasks: Iterable[Task]) -> dict[int, SupervisionGrade]:
    """What the accounts give on this day, by the key of the task; a task that nothing presses for is left out."""
    days, calendar, today = thresholds(), CalendarDay.objects.calendar(), clock.today()
    given = {
        task.pk: grade(
            task.effective_due_on, today, days, calendar, yellow_on=_fruitless_yellow(task, task.effective_due_on)
        )
        for task in tasks
        if task.is_unreported and task.effective_due_on
    }
    return {key: one for key, one in given.items() if one}


def _fruitless_yellow(task: Task, due_on: date) -> date | None:
    """The day of the last yellow paper about this very date of the task, after which no report was handed in."""
    reported = max((report.handed_in_at for report in task.reports.all() if report.handed_in_at), default=None)
    days = [
        one.issued_on
        for one in task.supervisions.all()
        if one.grade == SupervisionGrade.YELLOW and one.is_in_force and one.issued_on > due_on
        if reported is None or one.document.issued_at > reported
    ]
    return max(days, default=None)


@Requirement
def has_task_to_supervise(case: Case) -> Iterator[Finding]:
    """Some task is near its date or past it, and not reported."""
    if not grades(case.tasks.prefetch_related(*WITH_SUPERVISION)):
        yield finding("no_task_to_press")


@Requirement
def has_supervision_unsigned(case: Case) -> Iterator[Finding]:
    """Some 督办单 waits to be signed for."""
    if not any(one.is_unsigned for one in supervisions_of(case)):
        yield finding("no_supervision_unsigned")


@Requirement
def has_supervision_to_answer(case: Case) -> Iterator[Finding]:
    """Some 督办单 that was signed for waits for its answer."""
    if not any(one.awaits_answer for one in supervisions_of(case)):
        yield finding("no_supervision_to_answer")


def supervision_due_on(case: Case) -> date | None:
    """By when the next 督办单 is to be answered."""
    open_ones = [one for one in supervisions_of(case) if one.is_in_force and one.answered_at is None]
    return min((one.answer_until for one in open_ones if one.answer_until), default=None)
