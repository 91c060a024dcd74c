"""资格限制查询: what another organ asked of the register in writing, about a unit or a person, and a day."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from yuetan import permissions
from yuetan.models.ladder.measure import AccountabilityMeasure
from yuetan.models.ladder.restriction import Restriction, RestrictionQuerySet
from yuetan.models.people.unit import Unit
from yuetan.rules.dates import clock

if TYPE_CHECKING:
    from yuetan.models.papers.document import Document
    from yuetan.models.people.user import User

SEE_INQUIRIES = "see_restriction_inquiries"
ASK, REPLY = "ask_restrictions", "reply_restrictions"  # permissions, and lines of the log


def knows_all_restrictions(user: User) -> bool:
    """Whether nothing on the register is kept from the person: an answer must be whole."""
    return AccountabilityMeasure.objects.all().shows_all_to(user)


class InquiryQuerySet(models.QuerySet["RestrictionInquiry"]):
    """Questions about many inquiries of who asked for 资格限制."""

    def visible_to(self, user: User) -> InquiryQuerySet:
        """The office sees all; from whom anything on the register is kept, none: answers are about all of it."""
        is_inner = user.has_perm(permissions.name(SEE_INQUIRIES))
        return self.all() if is_inner and knows_all_restrictions(user) else self.none()

    def with_relations(self) -> InquiryQuerySet:
        """Inquiries with all that a line of a list, or the page of one, shows."""
        related = ("unit__parent", "person", "asked_by", "document")
        return self.select_related(*related).defer("document__html", "document__facts")


class RestrictionInquiry(models.Model):
    """One asking: by which letter of which organ, for what purpose, about whom, and for which day.

    About a unit, or a person by name and post: `person` where they are on record, else `person_title` is the post by
    which the register knows them, and `is_unknown` says that it knows nobody so. Nothing of it changes but that it is
    replied to.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organ = models.CharField("来函机关", max_length=100)
    letter_number = models.CharField("来函文号", max_length=100)
    letter_on = models.DateField("来函日期")
    purpose = models.CharField("用途", max_length=200)
    day = models.DateField("查询的日期")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    person = models.ForeignKey("yuetan.User", models.PROTECT, null=True, blank=True, related_name="+")
    person_name = models.CharField("姓名", max_length=40, blank=True)
    asked_title = models.CharField("来函写明的职务", max_length=200, blank=True)
    person_title = models.CharField("登记的职务", max_length=200, blank=True)
    is_unknown = models.BooleanField(default=False)
    asked_by = models.ForeignKey("yuetan.User", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField("登记时间", default=clock.now)
    replied_at = models.DateTimeField("复函时间", null=True, blank=True)
    replied_by = models.ForeignKey("yuetan.User", models.PROTECT, null=True, blank=True, related_name="+")
    in_force_count = models.PositiveSmallIntegerField("复函所列的限制", null=True, blank=True)

    document: Document
    objects = InquiryQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        permissions = permissions.of_model("restrictioninquiry")
        ordering = ("-asked_at", "-id")
        constraints = (
            models.CheckConstraint(
                condition=Q(unit__isnull=False, person=None, person_name="", asked_title="", is_unknown=False)
                | Q(unit=None) & ~(Q(person_name="") | Q(asked_title="")),
                name="inquiry_about_unit_or_person",
            ),
            models.CheckConstraint(
                condition=Q(replied_at=None, replied_by=None, in_force_count=None)
                | Q(replied_at__isnull=False, replied_by__isnull=False, in_force_count__isnull=False),
                name="inquiry_is_replied_whole",
            ),
        )
        indexes = (
            models.Index(fields=("-asked_at", "-id"), name="inquiry_newest"),
            models.Index(fields=("-asked_at", "-id"), condition=Q(replied_at=None), name="inquiry_unreplied"),
        )

    def __str__(self) -> str:
        return f"{self.organ}（{self.letter_number}）查询{self.whom}"

    @property
    def whom(self) -> str:
        """The unit, or the person with the post that the letter named."""
        return self.unit.full_name if self.unit else f"{self.person_name}（{self.asked_title}）"

    @property
    def document_or_none(self) -> Document | None:
        """The 复函, once it is issued."""
        return self.document if hasattr(self, "document") else None

    def restrictions(self) -> RestrictionQuerySet:
        """All that the register ever held about whom it asks, the first first."""
        rows = Restriction.objects.with_relations().order_by("first_day", "effect", "pk")
        if self.unit is not None:
            return rows.filter(Q(unit=self.unit) | Q(open_to=self.unit), person_name="")
        if self.person is not None:
            return rows.filter(person=self.person)
        if self.is_unknown:
            return rows.none()
        return rows.filter(person=None, person_name=self.person_name, person_title=self.person_title)

    def in_force(self) -> RestrictionQuerySet:
        """Those that hold on the day it asks for."""
        return self.restrictions().on(self.day)
