"""What a leader enters into their dossier for a year; corrected only by a new version."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from yuetan import permissions
from yuetan.models.people.unit import Post, Unit
from yuetan.rules.dates import clock
from yuetan.vocabulary.dossier import DOSSIER_POSTS, DossierState

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from yuetan.models.dossier.dossier_paper import DossierPaper
    from yuetan.models.people.user import User

SEE_DOSSIERS = "see_dossiers"


def posts_of_year(year: int) -> models.QuerySet[Post]:
    """The posts held in a year whose holders have a dossier; those registered by mistake were held on no day."""
    held = Q(ended_on=None) | Q(ended_on__gt=F("began_on"), ended_on__gte=date(year, 1, 1))
    return Post.objects.filter(held, kind__in=DOSSIER_POSTS, began_on__lt=date(year + 1, 1, 1))


def dossiers_of_year(user: User, year: int) -> models.QuerySet[Post]:
    """Those of a year whose dossiers a person may see: the office all, a unit its own, a leader their own."""
    posts = posts_of_year(year)
    if user.has_perm(permissions.name(SEE_DOSSIERS)):
        return posts
    return posts.filter(Q(unit__in=user.interviewed_units) | Q(holder=user))


class DossierEntryQuerySet(models.QuerySet["DossierEntry"]):
    """Questions about many entries of dossiers."""

    def visible_to(self, user: User) -> DossierEntryQuerySet:
        """A unit and the leader see all their versions; the office what the unit has confirmed, but none of its own."""
        own = Q(unit__in=user.interviewed_units) | Q(person=user)
        if not user.has_perm(permissions.name(SEE_DOSSIERS)):
            return self.filter(own)
        return self.filter(own | Q(confirmed_at__isnull=False))

    def newest(self) -> DossierEntryQuerySet:
        """Of each leader, unit and year the last version among these."""
        kept_apart = ("person_id", "unit_id", "year")
        return self.order_by(*kept_apart, "-version").distinct(*kept_apart)


class DossierEntry(models.Model):
    """One version of one year in one unit: main work and results, difficulties solved, and the 述职报告 as a file.

    A head of the unit confirms it or sends it back, once; then the office reads it, once. Nothing else changes.
    """

    person = models.ForeignKey("yuetan.User", models.PROTECT, related_name="dossier_entries")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="dossier_entries")
    title = models.CharField("职务", max_length=200)
    year = models.PositiveSmallIntegerField("年度")
    version = models.PositiveSmallIntegerField("版次")
    main_work = models.TextField("主要工作情况及成效")
    difficulties = models.TextField("协调解决困难和问题情况")
    reason = models.TextField("更正说明", blank=True)
    entered_by = models.ForeignKey("yuetan.User", models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(default=clock.now)
    confirmed_by = models.ForeignKey("yuetan.User", models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    returned_by = models.ForeignKey("yuetan.User", models.PROTECT, null=True, blank=True, related_name="+")
    returned_at = models.DateTimeField(null=True, blank=True)
    return_reason = models.TextField("退回原因", blank=True)
    read_by = models.ForeignKey("yuetan.User", models.PROTECT, null=True, blank=True, related_name="+")
    read_at = models.DateTimeField(null=True, blank=True)
    read_note = models.TextField("查阅意见", blank=True)

    person_id: int
    unit_id: int
    entered_by_id: int
    papers: RelatedManager[DossierPaper]
    objects = DossierEntryQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        permissions = permissions.of_model("dossierentry")
        ordering = ("-year", "-version")
        constraints = (
            models.UniqueConstraint(fields=("person", "unit", "year", "version"), name="one_dossier_entry_per_version"),
            models.CheckConstraint(
                condition=Q(version=1, reason="") | (Q(version__gt=1) & ~Q(reason="")),
                name="dossier_version_has_its_reason",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None, confirmed_at=None)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
                name="dossier_confirmation_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(returned_by=None, returned_at=None, return_reason="")
                | (Q(returned_by__isnull=False, returned_at__isnull=False, confirmed_at=None) & ~Q(return_reason="")),
                name="dossier_return_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(read_by=None, read_at=None, read_note="")
                | Q(read_by__isnull=False, read_at__isnull=False, confirmed_at__isnull=False),
                name="dossier_is_read_once_confirmed",
            ),
        )
        indexes = (models.Index(fields=("unit", "year"), name="dossier_of_unit"),)

    def __str__(self) -> str:
        return f"{self.person.name}{self.year}年度实绩材料（第{self.version}版）"

    @property
    def state(self) -> DossierState:
        """Where the entry of the dossier stands."""
        if self.read_at is not None:
            return DossierState.READ
        if self.confirmed_at is not None:
            return DossierState.CONFIRMED
        return DossierState.RETURNED if self.returned_at is not None else DossierState.AWAITS_CONFIRMATION

    @property
    def versions(self) -> models.QuerySet[DossierEntry]:
        """All versions of the same leader, unit and year, the newest first."""
        return DossierEntry.objects.filter(person=self.person_id, unit=self.unit_id, year=self.year)
