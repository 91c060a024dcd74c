"""请假: an interviewee asks to be let off an announced interview; the interviewer decides, nobody comes instead."""

from django.db import models
from django.db.models import Q

from yuetan.models.case.case import Case
from yuetan.models.papers.document import Document
from yuetan.models.papers.paper_filing import PaperFiling
from yuetan.models.people.unit import Post
from yuetan.rules.dates import clock


class Leave(models.Model):
    """One request of one interviewee, about the interview as one notice announces it."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="leaves")
    notice = models.ForeignKey(Document, models.PROTECT, related_name="leaves")
    post = models.ForeignKey(Post, models.PROTECT, related_name="leaves")
    reason = models.TextField("请假原因")
    requested_by = models.ForeignKey("yuetan.User", models.PROTECT, related_name="+")
    requested_at = models.DateTimeField(default=clock.now)
    paper_filing = models.ForeignKey(PaperFiling, models.PROTECT, null=True, blank=True, related_name="leaves")
    granted = models.BooleanField(null=True)
    opinion = models.TextField(blank=True)
    decided_by = models.ForeignKey("yuetan.User", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        ordering = ("requested_at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("notice", "post"),
                condition=Q(granted=None) | Q(granted=True),
                name="one_leave_an_interviewee",
            ),
            models.CheckConstraint(
                condition=Q(granted=None, decided_by=None, decided_at=None)
                | Q(granted__isnull=False, decided_by__isnull=False, decided_at__isnull=False),
                name="leave_is_decided_by_somebody",
            ),
        )

    def __str__(self) -> str:
        return f"{self.post.holder.name}请假（{self.outcome}）"

    @property
    def outcome(self) -> str:
        """How the request for leave stands, in a word."""
        return {None: "待审批", True: "获准", False: "未获准"}[self.granted]
