"""商有关部门: which departments were asked about a measure, what each answered, or why one did not."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from django.db import models
from django.db.models import Q

from yuetan.models.ladder.measure import AccountabilityMeasure
from yuetan.rules.dates import clock
from yuetan.rules.text.official_text import chinese_date

MAX_SIGNS = 60


class Asking(NamedTuple):
    """What is being asked while its 商请函 is made: which departments, and by when they are to answer."""

    departments: list[str]
    due_on: date


class Consultation(models.Model):
    """One department asked about one measure, of the office alone.

    `sha256` is the digest of the text that it was asked about; `answered_by` names who spoke for it, with the post.
    What proves an answer is its scan, or the `item` of a meeting at which the department gave it.
    `document` is the 商请函, one for all that were asked at once; those asked before there was one were asked outside.
    """

    measure_laid = models.ForeignKey(AccountabilityMeasure, models.PROTECT, related_name="consultations")
    department = models.CharField("部门", max_length=MAX_SIGNS)
    sha256 = models.CharField(max_length=64)
    asked_by = models.ForeignKey("yuetan.User", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField("商请时间", default=clock.now)
    document = models.ForeignKey("yuetan.Document", models.PROTECT, null=True, blank=True, related_name="consultations")
    due_on = models.DateField("答复期限", null=True, blank=True)
    opinion = models.TextField("部门意见", blank=True)
    answered_by = models.CharField("答复人及职务", max_length=140, blank=True)
    answered_on = models.DateField("答复日期", null=True, blank=True)
    scan = models.OneToOneField("yuetan.Attachment", models.PROTECT, null=True, blank=True, related_name="consultation")
    item = models.ForeignKey("yuetan.AgendaItem", models.PROTECT, null=True, blank=True, related_name="consultations")
    recorded_by = models.ForeignKey("yuetan.User", models.PROTECT, null=True, blank=True, related_name="+")
    excuse = models.TextField("未答复的原因", blank=True)
    excused_by = models.ForeignKey("yuetan.User", models.PROTECT, null=True, blank=True, related_name="+")
    excused_at = models.DateTimeField(null=True, blank=True)

    scan_id: object
    item_id: int | None

    class Meta:
        default_permissions = ()
        ordering = ("measure_laid", "id")
        constraints = (
            models.UniqueConstraint(fields=("measure_laid", "department"), name="a_department_is_asked_once"),
            models.CheckConstraint(
                condition=Q(opinion="", answered_by="", answered_on=None, scan=None, item=None, recorded_by=None)
                | Q(answered_on__isnull=False, recorded_by__isnull=False)
                & (Q(scan__isnull=False, item=None) | Q(scan=None, item__isnull=False))
                & ~Q(opinion="")
                & ~Q(answered_by=""),
                name="consultation_is_answered_whole",
            ),
            models.CheckConstraint(
                condition=Q(excuse="", excused_by=None, excused_at=None)
                | Q(excused_by__isnull=False, excused_at__isnull=False) & ~Q(excuse=""),
                name="consultation_is_excused_whole",
            ),
        )

    def __str__(self) -> str:
        return self.department

    @property
    def answered_words(self) -> str:
        """2026年11月23日某局副局长吴七; at a meeting also at which."""
        day = chinese_date(self.answered_on) if self.answered_on is not None else ""
        return f"{day}{f'在{self.item.meeting.title}上' if self.item is not None else ''}{self.answered_by}"

    @property
    def is_open(self) -> bool:
        """Neither answered nor excused."""
        return self.answered_on is None and self.excused_at is None
