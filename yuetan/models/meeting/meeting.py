"""会议: called, convened by a notice, held, and written up in 会议纪要; or cancelled before it was held."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils import timezone

from yuetan import permissions
from yuetan.models.office.own_label_field import OwnLabelField
from yuetan.models.people.same_posts import sent_to_posts
from yuetan.rules.dates import clock
from yuetan.rules.text.official_text import chinese_datetime
from yuetan.vocabulary import DocumentKind, MeetingKind, MeetingState
from yuetan.vocabulary.naming import in_names

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from yuetan.models.meeting.agenda_item import AgendaItem
    from yuetan.models.meeting.correction import MeetingCorrection
    from yuetan.models.meeting.invitation import Invitation
    from yuetan.models.meeting.resolution import Resolution
    from yuetan.models.papers.document import Document
    from yuetan.models.people.user import User

SEE_MEETINGS = "see_meetings"
_STATES: dict[str, Q] = {
    MeetingState.CANCELLED: Q(cancelled_at__isnull=False),
    MeetingState.MINUTED: Q(minuted_at__isnull=False),
    MeetingState.HELD: Q(held_at__isnull=False, minuted_at=None),
    MeetingState.CONVENED: Q(convened_at__isnull=False, held_at=None, cancelled_at=None),
    MeetingState.PLANNED: Q(convened_at=None, cancelled_at=None),
}


class MeetingQuerySet(models.QuerySet["Meeting"]):
    """Questions about many meetings."""

    def visible_to(self, user: User) -> MeetingQuerySet:
        """The office and the leaders see all; a unit, or whoever else was sent a notice, those it was sent for; so does
        who holds the same post now."""
        if user.has_perm(permissions.name(SEE_MEETINGS)):
            return self.all()
        sent = Q(invitations__unit__in=user.interviewed_units) | Q(invitations__post__holder=user)
        sent |= sent_to_posts(user, "invitations__")
        keys = Meeting.objects.filter(sent, convened_at__isnull=False).order_by().values("pk")
        return self.filter(pk__in=keys)

    def in_state(self, state: str) -> MeetingQuerySet:
        """The meetings that stand in this state; none for what is no state."""
        return self.filter(_STATES[state]) if state in _STATES else self.none()

    def with_people(self) -> MeetingQuerySet:
        """With who chairs and who did what."""
        return self.select_related("chair__holder", "chair__unit", "called_by", "convened_by", "held_by", "minuted_by")


class Meeting(models.Model):
    """One meeting. `serial` counts those of its kind in a year, without the cancelled ones."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)  # a number would count them
    kind = OwnLabelField("会议类别", max_length=16, choices=MeetingKind.choices)
    year = models.PositiveSmallIntegerField("年度")
    serial = models.PositiveSmallIntegerField("第几次")
    topic = models.CharField("主题", max_length=60, blank=True)
    begins_at = models.DateTimeField("时间")
    place = models.CharField("地点", max_length=100)
    chair = models.ForeignKey("yuetan.Post", models.PROTECT, verbose_name="主持人", related_name="+")
    demands = models.TextField("参会要求", blank=True)
    called_by = models.ForeignKey("yuetan.User", models.PROTECT, related_name="+")
    called_at = models.DateTimeField(default=clock.now)
    convened_by = models.ForeignKey("yuetan.User", models.PROTECT, null=True, blank=True, related_name="+")
    convened_at = models.DateTimeField(null=True, blank=True)
    held_by = models.ForeignKey("yuetan.User", models.PROTECT, null=True, blank=True, related_name="+")
    held_at = models.DateTimeField("到会情况登记时间", null=True, blank=True)
    observers = models.TextField("其他列席人员", blank=True)
    minuted_by = models.ForeignKey("yuetan.User", models.PROTECT, null=True, blank=True, related_name="+")
    minuted_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.ForeignKey("yuetan.User", models.PROTECT, null=True, blank=True, related_name="+")
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancel_reason = models.TextField("取消原因", blank=True)

    chair_id: int
    items: RelatedManager[AgendaItem]
    invitations: RelatedManager[Invitation]
    resolutions: RelatedManager[Resolution]
    corrections: RelatedManager[MeetingCorrection]
    documents: RelatedManager[Document]
    objects = MeetingQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        permissions = permissions.of_model("meeting")
        ordering = ("-begins_at", "-pk")
        indexes = (models.Index(fields=("-begins_at", "-id"), name="meetings_newest"),)
        constraints = (
            models.UniqueConstraint(
                fields=("kind", "year", "serial"), condition=Q(cancelled_at=None), name="one_meeting_per_number"
            ),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{what}_by": None, f"{what}_at": None})
                    | Q(**{f"{what}_by__isnull": False, f"{what}_at__isnull": False}),
                    name=f"meeting_{what}_by_somebody",
                )
                for what in ("convened", "held", "minuted")
            ),
            models.CheckConstraint(
                condition=(Q(held_at=None) | Q(convened_at__isnull=False))
                & (Q(minuted_at=None) | Q(held_at__isnull=False)),
                name="meeting_goes_on_in_order",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_by=None, cancelled_at=None, cancel_reason="")
                | (Q(cancelled_by__isnull=False, cancelled_at__isnull=False, held_at=None) & ~Q(cancel_reason="")),
                name="meeting_is_cancelled_whole",
            ),
            models.CheckConstraint(
                condition=Q(held_at=None) | Q(held_at__gte=models.F("begins_at")), name="meeting_held_at_its_hour"
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """领导小组2026年第3次会议; 2026年第4次联席会议; 2026年第2次专题会议（……）."""
        number = f"{self.year}年第{self.serial}次"
        if self.kind == MeetingKind.LEADING_GROUP:
            named = in_names("{the_group}") + f"{number}会议"
        else:
            named = f"{number}{MeetingKind(self.kind).label}"
        return f"{named}（{self.topic}）" if self.topic else named

    @property
    def state(self) -> MeetingState:
        """Where the meeting stands."""
        if self.cancelled_at is not None:
            return MeetingState.CANCELLED
        if self.minuted_at is not None:
            return MeetingState.MINUTED
        if self.held_at is not None:
            return MeetingState.HELD
        return MeetingState.CONVENED if self.convened_at is not None else MeetingState.PLANNED

    @property
    def light(self) -> str:
        """The colour of its state: red where its hour has passed and nobody has written down who came."""
        late = self.has_begun and self.is_open
        colours = {
            MeetingState.PLANNED: "grey",
            MeetingState.CONVENED: "blue",
            MeetingState.HELD: "yellow",
            MeetingState.MINUTED: "green",
            MeetingState.CANCELLED: "grey",
        }
        return "red" if late else colours[self.state]

    @property
    def state_words(self) -> str:
        """Its state in words; where its hour has passed, what is left to be done instead."""
        if not (self.has_begun and self.is_open):
            return str(self.state.label)
        waits = "待登记到会情况" if self.state == MeetingState.CONVENED else "没有通知"
        return f"会议时间已过，{waits}"

    @property
    def local_begin(self) -> datetime:
        """Its hour, in China."""
        return timezone.localtime(self.begins_at)

    @property
    def when(self) -> str:
        """2026年11月30日（星期一）上午9:30."""
        return chinese_datetime(self.local_begin)

    @property
    def has_begun(self) -> bool:
        """Whether its hour has come."""
        return self.begins_at <= clock.now()

    @property
    def is_open(self) -> bool:
        """Whether something may still be put on its agenda."""
        return self.state in (MeetingState.PLANNED, MeetingState.CONVENED)

    @property
    def notice(self) -> Document:
        """The 会议通知; raises DoesNotExist before it is convened."""
        return self.documents.defer("html", "facts").select_related("entry").get(kind=DocumentKind.MEETING_NOTICE)

    @property
    def minutes(self) -> Document | None:
        """The 会议纪要 in force, once issued."""
        papers = self.documents.filter(kind=DocumentKind.MEETING_MINUTES, replaced_by=None)
        return papers.select_related("entry").defer("html", "facts").first()

    @property
    def presided_by(self) -> str:
        """Who presided, by post and name, once it is written down; not always who was to chair."""
        row = self.invitations.filter(presided=True).first()
        return f"{row.attended_title}{row.attended_name}" if row is not None else ""
