"""常用筛选: how one person likes to see a ledger, under a name."""

from __future__ import annotations

from django.db import models


class SavedFilter(models.Model):
    """What one person asks a ledger for again and again; `query` stands in its address behind the question mark."""

    person = models.ForeignKey("yuetan.User", models.CASCADE, related_name="saved_filters")
    ledger = models.CharField("台账", max_length=20)
    name = models.CharField("名称", max_length=20)
    query = models.CharField(max_length=1000)

    class Meta:
        default_permissions = ()
        ordering = ("name", "id")
        constraints = (models.UniqueConstraint(fields=("person", "ledger", "name"), name="one_filter_per_name"),)

    def __str__(self) -> str:
        return self.name
