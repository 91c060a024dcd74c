"""A table that the administrator brings in: read, checked, and taken whole or not at all."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from yuetan.rules.dates import clock
from yuetan.vocabulary import ImportKind, ImportState

WAITING = (ImportState.WAITING, ImportState.CONFIRMED)


class TableImportQuerySet(models.QuerySet["TableImport"]):
    """Questions about many imports."""

    def waiting(self) -> TableImportQuerySet:
        """To be checked or taken in, the earliest first."""
        return self.filter(status__in=WAITING).order_by("asked_at")


class TableImport(models.Model):
    """One table of one person. The row stays as the record; what stood in the table goes after some days.

    `rows` holds [number, cells], `letters` the letter of each column there; `outcomes` [number, outcome, problems], a
    problem being [letter, head, value, sentence]. `initial_passwords` holds [account, name, password] of accounts that
    were opened, until the administrator has read them.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField("种类", max_length=10, choices=ImportKind.choices)
    status = models.CharField("状态", max_length=10, choices=ImportState.choices, default=ImportState.WAITING)
    file_name = models.CharField("文件名", max_length=200)
    sha256 = models.CharField(max_length=64)
    rows = models.JSONField(default=list)
    letters = models.JSONField(default=dict)
    unused = models.JSONField("没有用到的列", default=list)
    outcomes = models.JSONField(default=list)
    initial_passwords = models.JSONField(default=list)
    asked_by = models.ForeignKey("yuetan.User", models.PROTECT, related_name="table_imports")
    asked_at = models.DateTimeField("提出时间", default=clock.now)
    ended_at = models.DateTimeField("完成时间", null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    done = models.PositiveIntegerField("已处理", default=0)

    objects = TableImportQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ("-asked_at", "-id")
        indexes = (
            models.Index(fields=("-asked_at", "-id"), name="import_newest_first"),
            models.Index(fields=("asked_at",), name="import_waiting", condition=Q(status__in=("waiting", "confirmed"))),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.file_name}"

    @property
    def is_waiting(self) -> bool:
        """Somebody has still to check it or to take it in."""
        return self.status in WAITING

    @property
    def counts(self) -> dict[str, int]:
        """How many rows are new, changed, as they were, and faulty."""
        outcomes = [outcome for _, outcome, _ in self.outcomes]
        return {name: outcomes.count(name) for name in ("new", "changed", "same", "faulty")}

    @property
    def has_faulty_rows(self) -> bool:
        """Whether any row stands against taking it in."""
        return bool(self.counts["faulty"])
