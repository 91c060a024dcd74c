"""The replies of a unit to a letter it got, in versions, and the 办结 of the office; what stands is never edited."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.db import models
from django.db.models import Q

from yuetan.models.received.letter import UNREPLIED_KINDS, ReceivedLetter
from yuetan.rules.dates import clock
from yuetan.vocabulary import ReceivedClosingKind

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from yuetan.models.people.user import User
    from yuetan.models.received.received_paper import ReceivedPaper


class ReceivedReply(models.Model):
    """One version of the reply; `due_on` is the day that counted when it was entered. The office may return it once.

    The unit says itself on which day it replied. Where that is not the day on which the reply came, the office says
    when it returns it: `arrived_on`, by which it is late then; `replied_on` stays as it was entered.
    """

    letter = models.ForeignKey(ReceivedLetter, models.PROTECT, related_name="replies")
    version = models.PositiveSmallIntegerField("版次")
    replied_on = models.DateField("回复日期")
    number = models.CharField("回复文号", max_length=100, blank=True)
    words = models.TextField("办理和整改情况")
    due_on = models.DateField("当时的回复期限", null=True, blank=True)
    late_days = models.PositiveSmallIntegerField("逾期天数", default=0)
    entered_by = models.ForeignKey("yuetan.User", models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(default=clock.now)
    from_paper = models.BooleanField("办公室代录", default=False)
    returned_by = models.ForeignKey("yuetan.User", models.PROTECT, null=True, blank=True, related_name="+")
    returned_at = models.DateTimeField(null=True, blank=True)
    return_reason = models.TextField("退回原因", blank=True)
    arrived_on = models.DateField("实际收到回复之日", null=True, blank=True)
    again_by = models.DateField("重新回复的期限", null=True, blank=True)

    letter_id: UUID
    entered_by_id: int
    papers: RelatedManager[ReceivedPaper]
    objects = models.Manager["ReceivedReply"]()

    class Meta:
        default_permissions = ()
        ordering = ("letter", "version")
        constraints = (
            models.UniqueConstraint(fields=("letter", "version"), name="one_received_reply_per_version"),
            models.CheckConstraint(
                condition=Q(returned_by=None, returned_at=None, return_reason="", again_by=None)
                | (
                    Q(returned_by__isnull=False, returned_at__isnull=False, again_by__isnull=False)
                    & ~Q(return_reason="")
                ),
                name="received_reply_is_returned_whole",
            ),
            models.CheckConstraint(
                condition=Q(arrived_on=None) | Q(returned_at__isnull=False), name="arrival_is_put_right_by_a_return"
            ),
        )

    def __str__(self) -> str:
        return f"{self.letter}的回复（第{self.version}版）"

    def is_registered_by(self, user: User) -> bool:
        """Whether the person entered it for the unit from paper, and so does not decide on it."""
        return self.from_paper and self.entered_by_id == user.pk

    @property
    def late_words(self) -> str:
        """逾期 2 天; empty where it came in time."""
        return f"逾期 {self.late_days} 天" if self.late_days else ""


class ReceivedClosing(models.Model):
    """办结 of a letter with the opinion of the office; withdrawn with a reason where it was not right, never edited.

    Without a reply it is closed alone where the organ took the letter back, or nobody goes on for the unit.
    """

    kind = models.CharField(
        "办结方式", max_length=10, choices=ReceivedClosingKind.choices, default=ReceivedClosingKind.REPLIED
    )
    letter = models.ForeignKey(ReceivedLetter, models.PROTECT, related_name="closings")
    opinion = models.TextField("办结意见")
    closed_by = models.ForeignKey("yuetan.User", models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(default=clock.now)
    withdrawn_by = models.ForeignKey("yuetan.User", models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawal_reason = models.TextField("撤回原因", blank=True)

    letter_id: UUID
    papers: RelatedManager[ReceivedPaper]
    objects = models.Manager["ReceivedClosing"]()

    class Meta:
        default_permissions = ()
        ordering = ("letter", "closed_at", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(withdrawn_by=None, withdrawn_at=None, withdrawal_reason="")
                | (Q(withdrawn_by__isnull=False, withdrawn_at__isnull=False) & ~Q(withdrawal_reason="")),
                name="received_closing_is_withdrawn_whole",
            ),
        )
        indexes = (
            models.Index(
                fields=("id",),
                include=("kind",),
                condition=Q(kind__in=UNREPLIED_KINDS),
                name="received_closings_no_reply",
            ),
        )

    def __str__(self) -> str:
        return f"{self.letter}的办结"
