"""现场核查 of a task: who went when and where, and what they found; the inner side's alone."""

from django.db import models
from django.db.models import Q

from yuetan.models.rectification.task import Task
from yuetan.models.rectification.team import HasTeam
from yuetan.rules.dates import clock


class SiteCheck(HasTeam):
    """One visit by at least two persons."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="site_checks")
    visited_on = models.DateField("核查日期")
    place = models.CharField("核查地点", max_length=200)
    inspectors = models.CharField("核查人员", max_length=600)
    findings = models.TextField("核查情况")
    recorded_by = models.ForeignKey("yuetan.User", models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now)

    class Meta:
        default_permissions = ()
        ordering = ("visited_on", "id")
        constraints = (
            models.CheckConstraint(
                condition=~Q(place="") & ~Q(inspectors="") & ~Q(findings=""), name="site_check_is_whole"
            ),
        )

    def __str__(self) -> str:
        return f"第{self.task.number}项现场核查"
