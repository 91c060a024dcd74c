"""销毁: a list of cases whose 保管期限 is over, and what remains of each once it was destroyed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from yuetan import permissions
from yuetan.models.case.case import Case
from yuetan.models.papers.number import NumberEntry
from yuetan.models.people.unit import Unit
from yuetan.rules.dates import clock
from yuetan.rules.text.official_text import document_number
from yuetan.vocabulary import REGISTER, DestructionStanding, DocumentKind, Retention

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from yuetan.models.people.user import User

SEE_ARCHIVE = "see_archive"


class DestructionQuerySet(models.QuerySet["Destruction"]):
    """Questions about many registers of what is to be destroyed."""

    def visible_to(self, user: User) -> DestructionQuerySet:
        """The office's, without those that hold a case of a unit in which the person has a post (回避), or one
        narrowed without them (知悉范围)."""
        if not user.has_perm(permissions.name(SEE_ARCHIVE)):
            return self.none()
        entries = DestructionEntry.objects.filter(destruction=OuterRef("pk"))
        hidden = entries.filter(Q(unit__in=user.interviewed_units) | self._narrowed_without(user))
        return self.exclude(Exists(hidden))

    def _narrowed_without(self, user: User) -> Q:
        if not user.may_be_left_out:
            return Q(pk__in=())
        then = Q(readers__isnull=False) & ~Q(readers__contains=[user.pk])
        return then | (Q(case__readers__isnull=False) & ~Q(case__readers__contains=[user.pk]))

    def open(self) -> DestructionQuerySet:
        """Those on which something is still to be done."""
        return self.filter(withdrawn_at=None, carried_out_at=None).exclude(agreed=False)

    def with_people(self) -> DestructionQuerySet:
        """With who did what."""
        return self.select_related("drawn_up_by", "decided_by", "carried_out_by", "withdrawn_by")


class Destruction(models.Model):
    """销毁清册: cases proposed for destruction by one person, decided on by a leader, destroyed by a third."""

    opinion = models.TextField("鉴定意见")
    drawn_up_by = models.ForeignKey("yuetan.User", models.PROTECT, related_name="+")
    drawn_up_title = models.CharField(max_length=200)
    drawn_up_at = models.DateTimeField(default=clock.now)
    agreed = models.BooleanField("是否同意", null=True)
    decision_words = models.TextField("审批意见", blank=True)
    decided_by = models.ForeignKey("yuetan.User", models.PROTECT, null=True, blank=True, related_name="+")
    decided_title = models.CharField(max_length=200, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    carried_out_by = models.ForeignKey("yuetan.User", models.PROTECT, null=True, blank=True, related_name="+")
    carried_out_title = models.CharField(max_length=200, blank=True)
    carried_out_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey("yuetan.User", models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawal_reason = models.TextField("撤销原因", blank=True)

    entries: RelatedManager[DestructionEntry]
    objects = DestructionQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        permissions = permissions.of_model("destruction")
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(condition=~Q(opinion=""), name="destruction_has_its_opinion"),
            models.CheckConstraint(
                condition=Q(agreed=None, decided_by=None, decided_at=None)
                | Q(agreed__isnull=False, decided_by__isnull=False, decided_at__isnull=False),
                name="destruction_is_decided_whole",
            ),
            models.CheckConstraint(
                condition=Q(carried_out_by=None, carried_out_at=None)
                | Q(carried_out_by__isnull=False, carried_out_at__isnull=False, agreed=True, withdrawn_at=None),
                name="destruction_is_agreed_first",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_by=None, withdrawn_at=None, withdrawal_reason="")
                | (Q(withdrawn_by__isnull=False, withdrawn_at__isnull=False) & ~Q(withdrawal_reason="")),
                name="destruction_is_withdrawn_whole",
            ),
            models.CheckConstraint(
                condition=(Q(decided_by=None) | ~Q(decided_by=F("drawn_up_by")))
                & (Q(carried_out_by=None) | (~Q(carried_out_by=F("drawn_up_by")) & ~Q(carried_out_by=F("decided_by")))),
                name="three_persons_destroy",
            ),
        )

    def __str__(self) -> str:
        """销毁清册第3号."""
        return f"销毁清册第{self.pk}号"

    @property
    def standing(self) -> DestructionStanding:
        """How far it has come."""
        if self.carried_out_at is not None:
            return DestructionStanding.CARRIED_OUT
        if self.withdrawn_at is not None:
            return DestructionStanding.WITHDRAWN
        if self.agreed is None:
            return DestructionStanding.DRAWN_UP
        return DestructionStanding.APPROVED if self.agreed else DestructionStanding.REFUSED


class DestructionEntry(models.Model):
    """One case of such a list; once the case is gone, all that remains of it: number, title, dates, how much it was.

    `case` leads to it for as long as it is there; `case_key` names it for good, as the record does.
    """

    destruction = models.ForeignKey(Destruction, models.PROTECT, related_name="entries")
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="destruction_entries")
    case_key = models.UUIDField()
    register_year = models.PositiveSmallIntegerField()
    register_serial = models.PositiveIntegerField()
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    title = models.CharField("题名", max_length=300)
    closed_on = models.DateField("办结日期")
    retention = models.CharField("保管期限", max_length=10, choices=Retention.choices)
    keep_until = models.DateField("保管期满日")
    readers = ArrayField(models.BigIntegerField(), verbose_name="知悉范围", null=True, blank=True)
    paper_count = models.PositiveIntegerField("文书", default=0)
    file_count = models.PositiveIntegerField("文件", default=0)
    letter_count = models.PositiveIntegerField("提醒函", default=0)

    files: RelatedManager[DestroyedFile]
    papers: RelatedManager[DestroyedPaper]

    class Meta:
        default_permissions = ()
        ordering = ("register_year", "register_serial")
        indexes = (models.Index(fields=("case_key",), name="destruction_entry_of_case"),)
        constraints = (
            models.UniqueConstraint(fields=("destruction", "case_key"), name="one_entry_per_destruction_and_case"),
        )

    def __str__(self) -> str:
        return f"{self.register_number} {self.title}"

    @property
    def register_number(self) -> str:
        """约谈〔2026〕12号."""
        return document_number(REGISTER, self.register_year, self.register_serial)

    @property
    def kept_years(self) -> int:
        """已保管年限, in full years since the January after the end."""
        ended = self.destruction.carried_out_at or clock.now()
        return ended.year - self.closed_on.year - 1


class DestroyedPaper(models.Model):
    """What remains of an issued paper: its number in the book, and by what anybody may verify the copy they hold."""

    entry = models.ForeignKey(DestructionEntry, models.PROTECT, related_name="papers")
    document_key = models.UUIDField(unique=True)
    number_entry = models.OneToOneField(NumberEntry, models.PROTECT, related_name="destroyed_paper")
    kind = models.CharField("文种", max_length=24, choices=DocumentKind.choices)
    issued_at = models.DateTimeField("印发时间")
    is_replaced = models.BooleanField(default=False)
    check_code = models.CharField(max_length=16, null=True, unique=True)  # noqa: DJ001 - older papers bear none
    wording_sha256 = models.CharField(max_length=64, blank=True)
    pdf_sha256 = models.CharField(max_length=64, blank=True, db_index=True)
    page_count = models.PositiveSmallIntegerField(null=True)
    title_length = models.PositiveSmallIntegerField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.number_entry.number


class DestroyedFile(models.Model):
    """One file that goes with its case: kept by name and digest, and when its bytes were removed."""

    entry = models.ForeignKey(DestructionEntry, models.PROTECT, related_name="files")
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        default_permissions = ()
        indexes = (models.Index(fields=("id",), condition=Q(removed_at=None), name="destroyed_file_to_remove"),)

    def __str__(self) -> str:
        return self.name
