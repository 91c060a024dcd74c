"""Issued papers: number, frozen wording, receipt."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils import timezone

from yuetan.models.case import Case
from yuetan.models.letter import Letter
from yuetan.rules import clock, official_text
from yuetan.vocabulary import DocumentKind, DocumentStatus

if TYPE_CHECKING:
    from yuetan.models.user import User


class NumberCounter(models.Model):
    """The last number given for a 机关代字 in a year; raised by one locked statement."""

    prefix = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField()

    class Meta:
        default_permissions = ()
        constraints = (models.UniqueConstraint(fields=("prefix", "year"), name="one_counter_per_prefix_and_year"),)

    def __str__(self) -> str:
        return official_text.document_number(self.prefix, self.year, self.last)


class DocumentQuerySet(models.QuerySet["Document"]):
    """Questions about many papers."""

    def visible_to(self, user: User) -> DocumentQuerySet:
        """Papers of the cases and of the letters this person may see."""
        of_cases = self.filter(case__in=Case.objects.visible_to(user)).order_by().values("pk")
        of_letters = self.filter(letter__in=Letter.objects.visible_to(user)).order_by().values("pk")
        return self.filter(pk__in=of_cases.union(of_letters))


class Document(models.Model):
    """One issued paper; its wording is frozen when its number is taken."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField("文种", max_length=24, choices=DocumentKind.choices)
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="documents")
    letter = models.OneToOneField(Letter, models.PROTECT, null=True, blank=True, related_name="document")
    prefix = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    serial = models.PositiveIntegerField()
    title = models.CharField("标题", max_length=300)
    addressee = models.CharField("主送", max_length=200)
    html = models.TextField()
    sha256 = models.CharField(max_length=64)
    issued_by = models.ForeignKey("yuetan.User", models.PROTECT, related_name="+")
    issued_at = models.DateTimeField("印发时间", default=clock.now)
    replaced_by = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="replaces")
    pdf = models.FileField(upload_to="documents/%Y/", blank=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ("-issued_at", "-serial")
        indexes = (models.Index(fields=("case", "kind")),)
        constraints = (
            models.UniqueConstraint(fields=("prefix", "year", "serial"), name="one_document_per_number"),
            models.CheckConstraint(condition=Q(case=None) ^ Q(letter=None), name="document_of_a_case_or_of_a_letter"),
        )

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def number(self) -> str:
        """江扫黑办〔2026〕1号."""
        return official_text.document_number(self.prefix, self.year, self.serial)

    @property
    def status(self) -> DocumentStatus:
        """Whether it still holds."""
        return DocumentStatus.REPLACED if self.replaced_by_id else DocumentStatus.VALID

    @property
    def receipt_or_none(self) -> Receipt | None:
        """Who signed for it, if anybody did."""
        try:
            return self.receipt
        except Receipt.DoesNotExist:
            return None


class Receipt(models.Model):
    """签收: a named person of the addressee took the paper."""

    document = models.OneToOneField(Document, models.PROTECT, related_name="receipt")
    signed_by = models.ForeignKey("yuetan.User", models.PROTECT, related_name="+")
    signed_title = models.CharField(max_length=200)
    signed_at = models.DateTimeField(default=clock.now)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.signed_by.name} {self.signed_at_words}"

    @property
    def signed_at_words(self) -> str:
        """2026年11月23日（星期一）上午9:30."""
        return official_text.chinese_datetime(timezone.localtime(self.signed_at))
