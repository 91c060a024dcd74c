"""文号簿: every 发文字号 ever given, what it was given for and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.models import Q

from yuetan import permissions
from yuetan.models.case.case import Case
from yuetan.models.people.unit import Unit
from yuetan.models.subjects import SUBJECTS, Subject, known_of
from yuetan.rules.dates import clock
from yuetan.rules.text import official_text
from yuetan.vocabulary import DocumentKind, NumberState

if TYPE_CHECKING:
    from yuetan.models.people.user import User

VOIDED = Q(voided_at__isnull=False)
USED = Q(used_at__isnull=False)
ISSUED = Q(document__isnull=False) | Q(destroyed_paper__isnull=False)

BY_NUMBER = ("-year", "prefix", "serial", "id")
STATE_CONDITIONS = {
    NumberState.VOIDED: VOIDED,
    NumberState.ISSUED: ISSUED & ~VOIDED,
    NumberState.USED: USED & ~VOIDED,
    NumberState.RESERVED: ~ISSUED & ~USED & ~VOIDED,
}


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


class NumberEntryQuerySet(models.QuerySet["NumberEntry"]):
    """Questions about the whole book."""

    def in_state(self, state: NumberState) -> NumberEntryQuerySet:
        """The numbers of which this became."""
        return self.filter(STATE_CONDITIONS[state])

    def of(self, subject: Subject) -> NumberEntryQuerySet:
        """The numbers of its papers, and those reserved for it."""
        return self.of_all(type(subject), [subject.pk])

    def of_all(self, model: type[Subject], subjects: Sequence[UUID]) -> NumberEntryQuerySet:
        """The same of many of one kind.

        Either way has its index; asked for with OR, PostgreSQL reads the whole book.
        """
        papers = apps.get_model("yuetan", "document").objects.filter(**{f"{model.ABOUT}__in": subjects}).order_by()
        keys = papers.values("entry")
        if model is Case:
            keys = keys.union(self.model.objects.filter(case__in=subjects).order_by().values("pk"))
        return self.filter(pk__in=keys)

    def of_papers_known_to(self, user: User) -> NumberEntryQuerySet:
        """Those of papers of which this person may know (知悉范围), and those that have no paper."""
        return self.filter(known_of(SUBJECTS, user, "document__"))

    def in_order(self) -> NumberEntryQuerySet:
        """As the book is read: a series after the other, each number once and counted up."""
        return self.filter(copy_of=None).order_by(*BY_NUMBER)

    def with_line_relations(self) -> NumberEntryQuerySet:
        """With the paper and the people, in one query."""
        return self.select_related("document", "destroyed_paper", "given_by", "used_by", "voided_by").defer(
            "document__html"
        )


class NumberEntry(models.Model):
    """One number: issued with a paper, reserved for one, used for a paper made elsewhere, or voided."""

    prefix = models.CharField("机关代字", max_length=20)
    year = models.PositiveSmallIntegerField("年度")
    serial = models.PositiveIntegerField("序号")
    kind = models.CharField("文种", max_length=24, choices=DocumentKind.choices)
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="reserved_numbers")
    open_to = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", db_index=False)  # as of its paper
    copy_of = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="copies")  # of its paper
    is_earlier = models.BooleanField("补录", default=False)
    purpose = models.CharField("预留用途", max_length=200, blank=True)
    given_by = models.ForeignKey("yuetan.User", models.PROTECT, related_name="+")
    given_at = models.DateTimeField("取号时间", default=clock.now)
    used_for = models.CharField("用于", max_length=200, blank=True)
    used_by = models.ForeignKey("yuetan.User", models.PROTECT, null=True, blank=True, related_name="+")
    used_at = models.DateTimeField(null=True, blank=True)
    void_reason = models.CharField("作废原因", max_length=200, blank=True)
    voided_by = models.ForeignKey("yuetan.User", models.PROTECT, null=True, blank=True, related_name="+")
    voided_at = models.DateTimeField(null=True, blank=True)

    objects = NumberEntryQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        permissions = permissions.of_model("numberentry")
        indexes = (
            models.Index(fields=BY_NUMBER, name="number_in_order"),
            models.Index(fields=("given_at", "id"), name="number_by_day"),
            models.Index(fields=("kind", *BY_NUMBER), name="number_of_kind"),
            models.Index(fields=("open_to", *BY_NUMBER), name="number_of_unit"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("prefix", "year", "serial"),
                # a 补录 that was discarded may be entered anew
                condition=Q(copy_of=None) & (Q(is_earlier=False) | Q(voided_at=None)),
                name="one_entry_per_number",
            ),
            models.CheckConstraint(condition=Q(serial__gte=1), name="numbers_count_from_one"),
            models.CheckConstraint(
                condition=Q(used_at=None, used_by=None, used_for="")
                | (Q(used_at__isnull=False, used_by__isnull=False) & ~Q(used_for="")),
                name="used_number_says_by_whom_for_what",
            ),
            models.CheckConstraint(
                condition=Q(voided_at=None, voided_by=None, void_reason="")
                | (Q(voided_at__isnull=False, voided_by__isnull=False) & ~Q(void_reason="")),
                name="voided_number_says_by_whom_and_why",
            ),
        )

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """江扫黑办〔2026〕1号."""
        return official_text.document_number(self.prefix, self.year, self.serial)

    @property
    def state(self) -> NumberState:
        """What became of it."""
        if self.voided_at is not None:
            return NumberState.VOIDED
        if self.used_at is not None:
            return NumberState.USED
        is_issued = hasattr(self, "document") or hasattr(self, "destroyed_paper")
        return NumberState.ISSUED if is_issued else NumberState.RESERVED
