"""Standard paragraphs (标准段落): kept in versions, the last of which holds; issued papers keep theirs."""

from __future__ import annotations

from django.db import models

from yuetan import permissions
from yuetan.models.office.kept_rules import kept
from yuetan.rules.dates import clock
from yuetan.rules.text import variables
from yuetan.vocabulary import SLOT_OF, DocumentKind, StandardSlot


class StandardParagraphQuerySet(models.QuerySet["StandardParagraph"]):
    """Questions about all versions of all paragraphs."""

    def of(self, slot: StandardSlot) -> StandardParagraphQuerySet:
        """The versions of one paragraph, the one that holds first."""
        return self.filter(kind=slot.kind, key=slot.key).order_by("-version")

    def holding(self) -> StandardParagraphQuerySet:
        """The last version of every paragraph."""
        return self.order_by("kind", "key", "-version").distinct("kind", "key")


class StandardParagraph(models.Model):
    """One version of one paragraph; written once. A built-in version was kept by nobody."""

    kind = models.CharField("文种", max_length=24)
    key = models.SlugField(max_length=24)
    version = models.PositiveSmallIntegerField("版本")
    text = models.TextField("文字")
    kept_by = models.ForeignKey("yuetan.User", models.PROTECT, null=True, blank=True, related_name="+")
    kept_by_title = models.CharField(max_length=200, blank=True)
    kept_at = models.DateTimeField(default=clock.now)

    objects = StandardParagraphQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        permissions = permissions.of_model("standardparagraph")
        constraints = (
            models.UniqueConstraint(fields=("kind", "key", "version"), name="one_paragraph_per_version"),
            models.CheckConstraint(condition=models.Q(version__gte=1), name="paragraph_versions_count_from_one"),
        )

    def __str__(self) -> str:
        return f"{self.slot.name}（第 {self.version} 版）"

    @property
    def slot(self) -> StandardSlot:
        """The place it stands in."""
        return SLOT_OF[DocumentKind(self.kind), self.key]


def standard_paragraph(kind: DocumentKind, key: str, **values: str) -> str:
    """The paragraph that holds now, with the values of one paper in place.

    Raises KeyError for a paragraph that is not in the list, DoesNotExist if `manage.py load` has not been run.
    """
    slot, texts = SLOT_OF[kind, key], kept("standard paragraphs", _texts_that_hold)
    if (slot.kind, slot.key) not in texts:
        raise StandardParagraph.DoesNotExist(f"{slot.kind} {slot.key}")
    return variables.filled(texts[slot.kind, slot.key], values)


def _texts_that_hold() -> dict[tuple[str, str], str]:
    return {(row.kind, row.key): row.text for row in StandardParagraph.objects.holding()}
