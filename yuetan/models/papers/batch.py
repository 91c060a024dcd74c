"""A selection of papers made ready as one file, some at a request, so that the progress can be shown."""

from __future__ import annotations

import uuid

from django.db import models

from yuetan.models.papers.document import Document
from yuetan.rules.dates import clock
from yuetan.vocabulary import PrintMethod


class Batch(models.Model):
    """One selection; seen and fetched by its maker only."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    form = models.CharField("形式", max_length=20, choices=PrintMethod.choices)
    made_by = models.ForeignKey("yuetan.User", models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=clock.now)
    ready_at = models.DateTimeField(null=True, blank=True)
    file = models.FileField(upload_to="batches/%Y/", blank=True)

    class Meta:
        default_permissions = ()
        ordering = ("-made_at",)

    def __str__(self) -> str:
        return f"{self.get_form_display()} {self.made_at:%Y-%m-%d %H:%M}"


class BatchItem(models.Model):
    """One paper of a selection, and what stood against it if it could not be made ready."""

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="items")
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(max_length=300, blank=True)

    class Meta:
        default_permissions = ()
        ordering = ("document__prefix", "document__year", "document__serial")
        constraints = (models.UniqueConstraint(fields=("batch", "document"), name="one_item_per_document_of_a_batch"),)

    def __str__(self) -> str:
        return str(self.document)
