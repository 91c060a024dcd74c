"""查阅记录: who saw or took out what, and what was refused; lighter than an event, in a table of each month."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yuetan.rules.dates import clock

REFUSED, FAILED = 400, 500  # from which answers on somebody was refused, or the program failed
KEY_LENGTH, PATH_LENGTH = 40, 120
NEWEST_FIRST = ("-at", "-id")


class SightQuerySet(models.QuerySet["Sight"]):
    """Questions about the whole record of sights."""

    def newest_first(self) -> SightQuerySet:
        """As the auditor reads them."""
        return self.order_by(*NEWEST_FIRST)

    def that_ended(self, result: str) -> SightQuerySet:
        """Those that were `done`, `refused` or `failed`."""
        asked = {"done": Q(status__lt=REFUSED), "refused": Q(status__gte=REFUSED, status__lt=FAILED)}
        return self.filter(asked.get(result, Q(status__gte=FAILED)))


class Sight(models.Model):
    """One answer to one person: `page` is the name of the address, `key` of what it asked for, `status` how it went.

    Rows are written by `yuetan_record_sight` of the database alone, which makes the table of a month that has none;
    PostgreSQL wants the moment in the primary key. What a case or paper says is never in here.
    """

    at = models.DateTimeField("时间", default=clock.now)
    by = models.ForeignKey("yuetan.User", models.PROTECT, related_name="+", db_constraint=False, db_index=False)
    by_title = models.CharField(max_length=200)
    address = models.GenericIPAddressField("来源地址", null=True, blank=True)
    page = models.CharField(max_length=40, blank=True)
    key = models.CharField(max_length=KEY_LENGTH, blank=True)
    path = models.CharField(max_length=PATH_LENGTH, blank=True)
    posted = models.BooleanField(default=False)
    status = models.PositiveSmallIntegerField()

    objects = SightQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        indexes = (
            models.Index(fields=NEWEST_FIRST, name="sight_newest"),
            models.Index(fields=("by", *NEWEST_FIRST), name="sight_of_person"),
            models.Index(fields=("key", *NEWEST_FIRST), name="sight_of_thing"),
        )

    def __str__(self) -> str:
        return f"{self.page} {self.at:%Y-%m-%d %H:%M}"

    @property
    def was_refused(self) -> bool:
        """Whether the person was not let, or could not be answered."""
        return self.status >= REFUSED
