"""未经准假缺席: an interviewee stayed away without leave from an announced interview to which nobody came."""

from django.db import models
from django.db.models import Q

from yuetan.models.case.case import Case
from yuetan.models.papers.document import Document
from yuetan.models.people.unit import Post
from yuetan.rules.dates import clock


class Absence(models.Model):
    """One interviewee who did not come, from the interview as one notice announced it, and what is known of why."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="absences")
    notice = models.ForeignKey(Document, models.PROTECT, related_name="absences")
    post = models.ForeignKey(Post, models.PROTECT, related_name="absences")
    cause = models.CharField("缺席情况", max_length=200)
    recorded_by = models.ForeignKey("yuetan.User", models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now)

    class Meta:
        default_permissions = ()
        ordering = ("recorded_at", "id")
        constraints = (
            models.UniqueConstraint(fields=("notice", "post"), name="one_absence_an_interviewee"),
            models.CheckConstraint(condition=~Q(cause=""), name="absence_has_a_cause"),
        )

    def __str__(self) -> str:
        return f"{self.post.holder.name}未经准假缺席（{self.cause}）"
