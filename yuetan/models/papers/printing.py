"""打印记录: who took which paper out of the system, when and how; append-only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from yuetan import permissions
from yuetan.models.papers.document import Document
from yuetan.rules.dates import clock
from yuetan.vocabulary import PrintMethod

if TYPE_CHECKING:
    from yuetan.models.people.user import User


class PrintingQuerySet(models.QuerySet["Printing"]):
    """Questions about the whole log."""

    def visible_to(self, user: User) -> PrintingQuerySet:
        """Of the papers this person may see."""
        if Document.objects.shows_all_to(user):
            return self.all()
        return self.filter(document__in=Document.objects.visible_to(user))


class Printing(models.Model):
    """One paper taken out once."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="printings")
    method = models.CharField("方式", max_length=20, choices=PrintMethod.choices)
    by = models.ForeignKey("yuetan.User", models.PROTECT, related_name="+")
    by_title = models.CharField(max_length=200)
    at = models.DateTimeField("时间", default=clock.now)
    address = models.GenericIPAddressField("来源地址", null=True, blank=True)

    objects = PrintingQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        permissions = permissions.of_model("printing")
        ordering = ("-at", "-id")
        indexes = (
            models.Index(fields=("-at", "-id"), name="printing_newest"),
            models.Index(fields=("by", "-at", "-id"), name="printing_of_person"),
        )

    def __str__(self) -> str:
        return f"{self.document.number} {self.get_method_display()}"
