"""What corrections of issued papers share: drafted by one person and issued by another, with what stood beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self, TypeVar

from django.db import models

from yuetan.rules.dates import clock
from yuetan.rules.text.digests import digest_of_words

if TYPE_CHECKING:
    from yuetan.models.people.user import User


Row = TypeVar("Row", bound=models.Model)


class PaperCorrectionQuerySet(models.QuerySet[Row]):
    """Questions about many corrections of one kind of paper."""

    def not_issued(self) -> Self:
        """Those that wait to be issued."""
        return self.filter(confirmed_at=None, withdrawn_at=None)

    def issued(self) -> Self:
        """Those in force once, the first one first."""
        made = self.filter(confirmed_at__isnull=False).order_by("confirmed_at")
        return made.select_related("drafted_by", "confirmed_by")


class PaperCorrection(models.Model):
    """One correction. `text` is what the paper shall say, `stood` what it said when the correction was issued."""

    reason = models.TextField("更正原因")
    text = models.JSONField("更正后的内容")
    stood = models.JSONField("更正前的内容", default=dict, blank=True)
    drafted_by = models.ForeignKey("yuetan.User", models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField("拟定时间", default=clock.now)
    confirmed_by = models.ForeignKey("yuetan.User", models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_at = models.DateTimeField("印发时间", null=True, blank=True)
    withdrawn_by = models.ForeignKey("yuetan.User", models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField("放弃时间", null=True, blank=True)
    withdrawal_reason = models.TextField("放弃原因", blank=True)

    drafted_by_id: int

    class Meta:
        abstract = True

    @property
    def digest(self) -> str:
        """The SHA-256 of what it says and why."""
        return digest_of_words({"text": self.text, "reason": self.reason})

    @property
    def waits(self) -> bool:
        """Whether it waits to be issued."""
        return self.confirmed_at is None and self.withdrawn_at is None

    def is_by(self, user: User) -> bool:
        """Whether the person drafted it, so that another one issues it."""
        return self.drafted_by_id == user.pk
