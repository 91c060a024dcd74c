"""封存: every row of the record chained by SM3, the heads of all chains anchored once a day, and what was verified."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from yuetan.rules.dates import clock
from yuetan.rules.text.canonical_row import entry_digest


class Seal(models.Model):
    """One entry of a chain: the digest of a row as a transaction left it, empty where it was deleted."""

    chain = models.CharField(max_length=60)
    number = models.PositiveIntegerField()
    table_name = models.CharField(max_length=40)
    row_key = models.CharField(max_length=40)
    row_digest = models.CharField(max_length=64, blank=True)
    sealed_at = models.DateTimeField(default=clock.now)
    digest = models.CharField(max_length=64)

    class Meta:
        default_permissions = ()
        constraints = (models.UniqueConstraint(fields=("chain", "number"), name="one_entry_at_each_place"),)
        indexes = (models.Index(fields=("table_name", "row_key", "-id"), name="seal_of_row"),)

    def __str__(self) -> str:
        return f"{self.chain} {self.number}"

    def computed_digest(self, previous: str) -> str:
        """What its digest must be after this one."""
        return entry_digest(
            previous, self.chain, self.number, (self.table_name, self.row_key, self.row_digest), self.sealed_at
        )


class ChangedRow(models.Model):
    """A row that its transaction changed and has not sealed yet; once that is committed none is left.

    Triggers write it. One that stays was changed by something other than this program.
    """

    transaction = models.BigIntegerField()
    table_name = models.CharField(max_length=40)
    row_key = models.CharField(max_length=40)

    class Meta:
        default_permissions = ()
        indexes = (models.Index(fields=("transaction", "id"), name="changed_row_of_transaction"),)

    def __str__(self) -> str:
        return f"{self.table_name} {self.row_key}"


class AnchorQuerySet(models.QuerySet["Anchor"]):
    """Questions about many anchors."""

    def newest_first(self) -> AnchorQuerySet:
        """As the page lists them."""
        return self.order_by("-number")


class Anchor(models.Model):
    """存证: one line a day over the heads of all chains that went on since the line before."""

    number = models.PositiveIntegerField(unique=True)
    made_at = models.DateTimeField(default=clock.now)
    chains = models.PositiveIntegerField("链数")
    last_entry = models.PositiveBigIntegerField("截至条目")
    previous = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)

    objects = AnchorQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ("-number",)

    def __str__(self) -> str:
        return f"第 {self.number} 号"

    @property
    def line(self) -> str:
        """All of it in one line, as the file says it."""
        moment = timezone.localtime(self.made_at).isoformat(timespec="microseconds")
        facts = f"记录存证 第{self.number}号 {moment} 链{self.chains} 截至条目{self.last_entry}"
        return f"{facts} 前值{self.previous or '无'} 存证值{self.digest}"

    @property
    def spaced_digest(self) -> str:
        """Its digest in groups of eight, to be read aloud and compared."""
        return _in_eights(self.digest)

    @property
    def spaced_previous(self) -> str:
        """The digest of the anchor before it, likewise; empty for the first."""
        return _in_eights(self.previous)


def _in_eights(digest: str) -> str:
    return " ".join(digest[place : place + 8] for place in range(0, len(digest), 8))


class AnchoredHead(models.Model):
    """The head of a chain at an anchor."""

    anchor = models.ForeignKey(Anchor, models.PROTECT, related_name="heads")
    chain = models.CharField(max_length=60)
    number = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)

    class Meta:
        default_permissions = ()
        constraints = (models.UniqueConstraint(fields=("anchor", "chain"), name="one_head_of_a_chain_at_an_anchor"),)

    def __str__(self) -> str:
        return f"{self.chain} {self.number}"


VERIFIED_PARTS = 7  # of a large record one is verified a day, beside what is new


class VerificationQuerySet(models.QuerySet["RecordVerification"]):
    """Questions about many verifications."""

    def newest_first(self) -> VerificationQuerySet:
        """The one that ended last first."""
        return self.order_by("-ended_at", "-id")


class RecordVerification(models.Model):
    """查验: what a verification of the record has found; no words where all was as sealed.

    `parts` names the parts of what was there before that it looked at, beside all that was new; empty: at everything.
    `last_entry` is up to where entries were known when it began.
    """

    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(default=clock.now)
    entries = models.PositiveBigIntegerField("条数")
    rows = models.PositiveBigIntegerField("行数")
    faults = models.PositiveIntegerField("不符处数")
    first_fault = models.TextField("第一处不符", blank=True)
    parts = models.CharField("查验了哪几份", max_length=40, blank=True, db_default="")
    last_entry = models.PositiveBigIntegerField("截至条目", default=0, db_default=0)

    objects = VerificationQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ("-ended_at", "-id")
        indexes = (models.Index(fields=("-ended_at", "-id"), name="verification_newest"),)

    def __str__(self) -> str:
        return f"{self.ended_at:%Y-%m-%d %H:%M}"

    @property
    def scope_words(self) -> str:
        """How much of the record it looked at: 全部, or what is new and which parts of what was there before."""
        return f"新增的，和原有的第 {self.parts} 份（共 {VERIFIED_PARTS} 份）" if self.parts else "全部"
