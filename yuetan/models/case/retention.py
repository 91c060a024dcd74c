"""保管期限: how long a closed case is kept, fixed when it is closed."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q

from yuetan.rules.dates.retention import kept_until
from yuetan.vocabulary import Retention


class CaseRetention(models.Model):
    """What a case keeps of it; nothing before its end."""

    retention = models.CharField("保管期限", max_length=10, choices=Retention.choices, blank=True)
    keep_until = models.DateField("保管期满日", null=True, blank=True)

    class Meta:
        abstract = True

    def set_retention(self, retention: Retention, closed_on: date) -> None:
        """Keep it for so long from its end."""
        self.retention, self.keep_until = retention, kept_until(closed_on, retention)

    def clear_retention(self) -> None:
        """A case that goes on has none."""
        self.retention, self.keep_until = "", None


RETENTION_CONSTRAINTS = (
    models.CheckConstraint(
        condition=Q(retention__in=("", Retention.PERMANENT), keep_until=None)
        | (Q(retention__in=(Retention.THIRTY, Retention.TEN)) & Q(keep_until__isnull=False)),
        name="retention_ends_on_a_day",
    ),
    models.CheckConstraint(condition=~Q(state="closed") | ~Q(retention=""), name="closed_case_has_its_retention"),
)
RETENTION_INDEXES = (
    models.Index(fields=("keep_until", "id"), condition=Q(keep_until__isnull=False), name="case_by_keep_until"),
)
