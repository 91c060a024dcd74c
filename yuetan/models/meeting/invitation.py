"""会议通知 as one of those convened has it: signed for, and later how they took part, by themselves or by another."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from yuetan.models.flow.signed_for import SignedFor, signed_for, signed_whole
from yuetan.models.meeting.meeting import Meeting
from yuetan.models.people.same_posts import sent_to_posts
from yuetan.models.people.unit import Post, Unit
from yuetan.vocabulary import Presence

if TYPE_CHECKING:
    from yuetan.models.people.user import User


def person_named(key: int | None, name: str, title: str) -> tuple[object, ...]:
    """Who somebody is that came: by their account, or by name and post where they have none."""
    return (key,) if key is not None else (name, title)


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Questions about many invitations to meetings."""

    def of_person(self, user: User) -> InvitationQuerySet:
        """Those that were sent to a post of the person's, also to who held it before, or to a unit in which they hold
        one."""
        return self.filter(Q(unit__in=user.interviewed_units) | sent_to_posts(user))

    def not_of(self, user: User) -> InvitationQuerySet:
        """Those that were sent neither to the person nor to anybody of a unit in which they hold a post (回避)."""
        own = Invitation.objects.of_person(user).order_by().values("pk")
        return self.exclude(pk__in=own).exclude(post__unit__in=user.interviewed_units)

    def unsigned(self) -> InvitationQuerySet:
        """Those that wait to be signed for, as long as the meeting is ahead."""
        return self.filter(
            received_at=None,
            withdrawn_at=None,
            meeting__convened_at__isnull=False,
            meeting__held_at=None,
            meeting__cancelled_at=None,
        )

    def standing(self) -> InvitationQuerySet:
        """Those by which somebody is still expected."""
        return self.filter(withdrawn_at=None)

    def of_meeting(self, meeting: Meeting) -> InvitationQuerySet:
        """Those of a meeting by which somebody is still expected, with their names."""
        return self.sent_for(meeting).standing()

    def sent_for(self, meeting: Meeting) -> InvitationQuerySet:
        """All of a meeting, also those that were withdrawn, with their names."""
        return self.filter(meeting=meeting).with_names()

    def with_names(self) -> InvitationQuerySet:
        """With the unit or the post, and who signed and who came."""
        return self.select_related("unit__parent", "post__unit__parent", "post__holder", "received_by", "attended_by")


class Invitation(models.Model):
    """One unit, or one person by a post, to whom the notice goes.

    `attended_name` is who came, by `attended_title`; `instead_of` names whom they stood in for, empty for oneself.
    One of those who came `presided`: who was to chair, or another where that one did not come.
    A unit that was convened `only_for_items` is called for nothing once all of them left the agenda: its invitation is
    withdrawn, and stays as what it was sent.
    `public_id` names it on pages, because the number of the row would count those of others.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="invitations")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    received_by = models.ForeignKey("yuetan.User", models.PROTECT, null=True, blank=True, related_name="+")
    received_name = models.CharField("纸质回执的签收人", max_length=40, blank=True)
    received_title = models.CharField(max_length=200, blank=True)
    received_at = models.DateTimeField("签收时间", null=True, blank=True)
    presence = models.CharField("到会情况", max_length=10, choices=Presence.choices, blank=True)
    attended_by = models.ForeignKey("yuetan.User", models.PROTECT, null=True, blank=True, related_name="+")
    attended_name = models.CharField("到会人", max_length=40, blank=True)
    attended_title = models.CharField("职务", max_length=100, blank=True)
    instead_of = models.CharField("代", max_length=200, blank=True)
    presided = models.BooleanField("实际主持", default=False)
    only_for_items = models.BooleanField("只列席个别议题", default=False)
    withdrawn_at = models.DateTimeField("不用再参加会议", null=True, blank=True)

    unit_id: int | None
    post_id: int | None
    attended_by_id: int | None
    objects = InvitationQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ("meeting", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(unit__isnull=False, post=None) | Q(unit=None, post__isnull=False),
                name="invitation_of_a_unit_or_of_a_post",
            ),
            models.UniqueConstraint(fields=("meeting", "unit"), name="one_invitation_per_unit"),
            models.UniqueConstraint(fields=("meeting", "post"), name="one_invitation_per_post"),
            models.CheckConstraint(condition=signed_whole(), name="invitation_is_received_whole"),
            models.CheckConstraint(
                condition=Q(only_for_items=False) | Q(unit__isnull=False), name="units_alone_attend_for_items"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(only_for_items=True, presence=""),
                name="invitation_withdrawn_of_who_attends_for_items",
            ),
            models.UniqueConstraint(fields=("meeting",), condition=Q(presided=True), name="one_presides_at_a_meeting"),
            models.CheckConstraint(
                condition=Q(presided=False) | Q(presence__in=Presence.there()), name="whoever_presided_was_there"
            ),
            models.CheckConstraint(
                condition=Q(presence__in=Presence.there()) & ~Q(attended_name="")
                | ~Q(presence__in=Presence.there()) & Q(attended_name="", attended_by=None, instead_of=""),
                name="whoever_came_has_a_name",
            ),
        )

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """蓬江区棠下镇; 市领导小组组长赵四."""
        if self.unit is not None:
            return str(self.unit.full_name)
        assert self.post is not None
        return str(self.post)

    @property
    def receipt(self) -> SignedFor | None:
        """Who signed for the notice, if anybody did."""
        return signed_for(self)

    @property
    def receipt_words(self) -> str:
        """Who signed for the notice and when; 未签收, or that they were not to come any more."""
        signed = self.receipt.words if self.receipt is not None else "未签收"
        return f"{signed}；原列席的议题已移出议程，不用再参加" if self.withdrawn_at is not None else signed

    @property
    def was_there(self) -> bool:
        """Whether somebody came by it."""
        return self.presence in Presence.there()

    def say(self, came: Mapping[str, object]) -> None:
        """Let it say how they took part as a correction has it, by the names of its columns; it is not saved."""
        for name, value in came.items():
            setattr(self, name, value)

    @property
    def person(self) -> tuple[object, ...]:
        """Who came by it, the same where it was by another's invitation too; by which it was, where nobody did."""
        if not self.was_there:
            return (None, self.pk)
        return person_named(self.attended_by_id, self.attended_name, self.attended_title)

    @property
    def spoke_as(self) -> str:
        """棠下镇副镇长张三; empty where nobody came."""
        return f"{self.attended_title}{self.attended_name}"

    @property
    def came(self) -> str:
        """棠下镇副镇长张三（代党委书记冯十）; empty where nobody came."""
        if not self.was_there:
            return ""
        return f"{self.spoke_as}{f'（代{self.instead_of}）' if self.instead_of else ''}"

    @property
    def part(self) -> str:
        """出席，主持会议; 请假; empty before it is written down."""
        return f"{self.get_presence_display()}，主持会议" if self.presided else str(self.get_presence_display())
