"""Who was there: the interviewees, of whom each comes in person, and the others at the table."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yuetan.models.interview.interview import Interview
from yuetan.models.people.unit import Post
from yuetan.vocabulary import Attendance, ParticipantKind


class IntervieweeAttendance(models.Model):
    """Whether one interviewee came in person; nobody comes for them."""

    interview = models.ForeignKey(Interview, models.PROTECT, related_name="attendances")
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    attendance = models.CharField(max_length=10, choices=Attendance.choices)
    absence_reason = models.CharField(max_length=200, blank=True)
    arrived_at = models.TimeField("到会时间", null=True)

    class Meta:
        default_permissions = ()
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("interview", "post"), name="one_attendance_per_interviewee"),
            models.CheckConstraint(
                condition=Q(attendance=Attendance.PRESENT) | ~Q(absence_reason=""), name="absence_has_a_reason"
            ),
        )

    def __str__(self) -> str:
        return f"{self.post.holder.name} {self.get_attendance_display()}"

    @property
    def words(self) -> str:
        """冯十：到会（08:55到）；陈十一：缺席（因病住院）."""
        words = f"{self.post.holder.name}：{self.get_attendance_display()}"
        if self.attendance != Attendance.PRESENT:
            return f"{words}（{self.absence_reason}）"
        return f"{words}（{self.arrived_at:%H:%M}到）" if self.arrived_at else words


class Participant(models.Model):
    """Somebody else at the table: of the interviewer's side, or an observer; nobody here stands for an interviewee."""

    interview = models.ForeignKey(Interview, models.PROTECT, related_name="participants")
    kind = models.CharField(max_length=20, choices=ParticipantKind.choices)
    number = models.PositiveSmallIntegerField()
    name = models.CharField("姓名", max_length=500)
    title = models.CharField("单位及职务", max_length=200, blank=True)

    class Meta:
        default_permissions = ()
        ordering = ("kind", "number")
        constraints = (
            models.UniqueConstraint(fields=("interview", "kind", "number"), name="one_participant_per_number"),
        )

    def __str__(self) -> str:
        return f"{self.title}{self.name}"

    @property
    def words(self) -> str:
        """列席人员：棠下镇联络员褚十二."""
        return f"{ParticipantKind(self.kind).label}：{self}"
