"""三书一函: a letter that a unit got from another organ, until its reply is closed."""

from __future__ import annotations

import uuid
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils.functional import cached_property

from yuetan import permissions
from yuetan.models.flow.visibility import role_or_unit_sees
from yuetan.models.people.unit import Unit
from yuetan.models.people.unit_change import GoesOver
from yuetan.models.received.repeats import is_repeat
from yuetan.rules.dates import clock
from yuetan.rules.text.official_text import chinese_date
from yuetan.vocabulary import (
    UNREPORTED_TASK_STATES,
    AssignmentState,
    ReceivedClosingKind,
    ReceivedKind,
    ReceivedStanding,
    TaskState,
)

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from yuetan.models.assignment.queries import AssignmentQuerySet
    from yuetan.models.people.user import User
    from yuetan.models.received.received_paper import ReceivedPaper
    from yuetan.models.received.reply import ReceivedClosing, ReceivedReply

SEE_RECEIVED = "see_received_letters"
REPLY_DAYS = "received_reply_days"  # a setting of the office
IN_FORCE = Q(withdrawn_at=None)
CLOSED_AS: dict[str, ReceivedStanding] = {ReceivedClosingKind.RECALLED: ReceivedStanding.RECALLED}
UNREPLIED = Q(withdrawn_at=None, reply=None, closing=None)
READABLE = IN_FORCE & Q(reply__isnull=False, closing=None)
TASKS_RUN = Q(assignments__state=AssignmentState.RUNNING)
OPEN_TASKS = (*UNREPORTED_TASK_STATES, TaskState.REPORTED)
OF_STANDING = {
    ReceivedStanding.OPEN: UNREPLIED & Q(reply_count=0),
    ReceivedStanding.RETURNED: UNREPLIED & Q(reply_count__gt=0),
    ReceivedStanding.REPLIED: READABLE & ~TASKS_RUN,
    ReceivedStanding.RECTIFYING: READABLE & TASKS_RUN,
    ReceivedStanding.CLOSED: Q(closing__isnull=False) & ~Q(closing__kind=ReceivedClosingKind.RECALLED),
    ReceivedStanding.RECALLED: Q(closing__kind=ReceivedClosingKind.RECALLED),
    ReceivedStanding.WITHDRAWN: Q(withdrawn_at__isnull=False),
}
LIGHTS = {
    ReceivedStanding.REPLIED: "blue",
    ReceivedStanding.RECTIFYING: "blue",
    ReceivedStanding.CLOSED: "green",
    ReceivedStanding.RECALLED: "grey",
    ReceivedStanding.WITHDRAWN: "grey",
}
IN_TIME = IN_FORCE & Q(reply__isnull=False, late_days=0)
LATE = IN_FORCE & Q(reply__isnull=False, late_days__gt=0)
WITHOUT_REPLY = IN_FORCE & Q(reply=None, closing__isnull=False)
UNREPLIED_KINDS = (ReceivedClosingKind.UNIT_ENDED, ReceivedClosingKind.RECALLED)
CLOSED_UNREPLIED = {kind.value: WITHOUT_REPLY & Q(closing__kind=kind) for kind in UNREPLIED_KINDS}
KEY_LENGTH = 200  # of the matter without signs; signs like ⑩ become several


def overdue() -> Q:
    """The condition that the day has passed without a reply that stands."""
    return UNREPLIED & Q(due_on__lt=clock.today())


class ReceivedLetterQuerySet(models.QuerySet["ReceivedLetter"]):
    """Questions about many received letters (三书一函)."""

    def in_force(self) -> ReceivedLetterQuerySet:
        """Those not withdrawn as registered by mistake."""
        return self.filter(IN_FORCE)

    def visible_to(self, user: User) -> ReceivedLetterQuerySet:
        """The office sees all, a unit its own; what was withdrawn the office alone, but for who is of the unit."""
        return self.filter(role_or_unit_sees(user, SEE_RECEIVED, IN_FORCE))

    def of_same_paper(self, letter: ReceivedLetter) -> ReceivedLetterQuerySet:
        """The letters by which other units got its paper: of one organ, number (or matter) and day."""
        return self.in_force().filter(paper_key=letter.paper_key).exclude(pk=letter.pk)

    def of_unit_people(self, user: User) -> ReceivedLetterQuerySet:
        """Those of the units in which the person holds a post."""
        return self.filter(unit__in=user.interviewed_units)

    def unreplied(self) -> ReceivedLetterQuerySet:
        """Those that the unit has to reply to."""
        return self.filter(UNREPLIED)

    def to_read(self) -> ReceivedLetterQuerySet:
        """Those of which a reply waits for the office; while tasks of one run, they are what it waits for."""
        return self.filter(OF_STANDING[ReceivedStanding.REPLIED])

    def with_open_tasks(self) -> ReceivedLetterQuerySet:
        """Those of which a task is neither struck off nor revoked."""
        waiting = ReceivedLetter.objects.filter(assignments__tasks__state__in=OPEN_TASKS, pk=OuterRef("pk"))
        return self.filter(Exists(waiting))

    def repeating(self) -> ReceivedLetterQuerySet:
        """Those whose matter the unit had been written to about before."""
        return self.in_force().filter(is_repeat())

    def with_relations(self) -> ReceivedLetterQuerySet:
        """Received letters with all that a line of a list, or the page of one, shows."""
        return self.with_standing().select_related("unit__parent", "first_unit", "reply")

    def with_standing(self) -> ReceivedLetterQuerySet:
        """With what `standing` asks beside the row itself."""
        running = ReceivedLetter.objects.filter(TASKS_RUN, pk=OuterRef("pk"))
        return self.annotate(is_rectifying=Exists(running)).select_related("closing")


class ReceivedLetter(GoesOver):
    """One letter as it was registered; a wrong one is withdrawn, never edited.

    `reply_due` is what the letter sets, `due_on` the day that counts: that one, or the office's, or a later one set
    when a reply was returned. `reply` is the version that stands, `closing` the 办结 that stands; `late_days` is by how
    many days a reply came late at most. These follow from replies and closings and are written by their actions alone.
    `repeats_on` is the day on which the last letter before it about the same came, of those that stand.
    """

    ABOUT = "received_letter"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)  # a number would count the letters
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="received_letters")
    kind = models.CharField("种类", max_length=14, choices=ReceivedKind.choices)
    organ = models.CharField("制发机关", max_length=100)
    number = models.CharField("文号", max_length=100, blank=True)
    paper_key = models.CharField(max_length=320)  # organ, number or matter without signs, and day
    dated_on = models.DateField("成文日期")
    received_on = models.DateField("收到日期")
    matter = models.CharField("事由", max_length=200)
    matter_key = models.CharField(max_length=KEY_LENGTH)  # the matter without signs, to be compared
    repeats_on = models.DateField("此前同一事由的收到日期", null=True, blank=True)
    asked = models.TextField("建议、提示的内容")
    reply_due = models.DateField("来函写明的回复期限", null=True, blank=True)
    due_on = models.DateField("回复期限", null=True, blank=True)
    reply = models.ForeignKey("yuetan.ReceivedReply", models.PROTECT, null=True, blank=True, related_name="+")
    reply_count = models.PositiveSmallIntegerField(default=0)
    late_days = models.PositiveSmallIntegerField(default=0)
    closing = models.ForeignKey("yuetan.ReceivedClosing", models.PROTECT, null=True, blank=True, related_name="+")
    registered_by = models.ForeignKey("yuetan.User", models.PROTECT, related_name="+")
    registered_at = models.DateTimeField(default=clock.now)
    withdrawn_by = models.ForeignKey("yuetan.User", models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawal_reason = models.TextField("撤销原因", blank=True)

    unit_id: int
    reply_id: int | None
    closing_id: int | None
    assignments: AssignmentQuerySet
    papers: RelatedManager[ReceivedPaper]
    replies: RelatedManager[ReceivedReply]
    closings: RelatedManager[ReceivedClosing]
    objects = ReceivedLetterQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        permissions = permissions.of_model("receivedletter")
        ordering = ("-received_on", "-id")
        constraints = (
            models.CheckConstraint(
                condition=Q(withdrawn_by=None, withdrawn_at=None, withdrawal_reason="")
                | (Q(withdrawn_by__isnull=False, withdrawn_at__isnull=False, closing=None) & ~Q(withdrawal_reason="")),
                name="received_letter_is_withdrawn_whole",
            ),
            models.UniqueConstraint(
                Coalesce("first_unit", "unit"),
                "paper_key",
                condition=Q(withdrawn_at=None),
                name="one_received_letter_per_paper",
            ),
        )
        indexes = (
            models.Index(fields=("-received_on", "-id"), name="received_letters_newest"),
            models.Index(fields=("unit", "-received_on", "-id"), name="received_letters_of_unit"),
            models.Index(fields=("paper_key",), condition=IN_FORCE, name="received_letters_of_paper"),
            models.Index(fields=("due_on",), condition=UNREPLIED, name="received_letters_unreplied"),
            models.Index(
                fields=("received_on",),
                condition=Q(reply__isnull=False, closing=None, withdrawn_at=None),
                name="received_letters_to_read",
            ),
            models.Index(
                fields=("received_on",),
                include=("kind", "unit", "reply", "closing", "late_days", "due_on", "repeats_on", "withdrawn_at"),
                condition=IN_FORCE,
                name="received_letters_counted",
            ),
            models.Index(fields=("kind", "-received_on", "-id"), condition=IN_FORCE, name="received_letters_of_kind"),
            models.Index(
                fields=("received_on",),
                include=("kind", "unit", "closing"),
                condition=WITHOUT_REPLY,
                name="received_letters_no_reply",
            ),
        )

    def __str__(self) -> str:
        """检察建议书（江门市人民检察院江检建〔2026〕3号）."""
        return f"{self.get_kind_display()}（{self.paper}）"

    @property
    def paper(self) -> str:
        """江门市人民检察院江检建〔2026〕3号, or without a number 江门市人民检察院2026年11月2日来函."""
        return f"{self.organ}{self.number or f'{chinese_date(self.dated_on)}来函'}"

    @property
    def title(self) -> str:
        """As it is named where cases and measures stand beside it."""
        return str(self)

    @property
    def register_number(self) -> str:
        """The number of the paper, where it has one."""
        return self.number

    @property
    def task_year(self) -> int:
        """The year in which it came."""
        return self.received_on.year

    @property
    def begun_at(self) -> datetime:
        """When it was registered."""
        return self.registered_at

    @property
    def standing(self) -> ReceivedStanding:
        """Where the reply stands."""
        if self.withdrawn_at is not None:
            return ReceivedStanding.WITHDRAWN
        if self.closing is not None:
            return CLOSED_AS.get(self.closing.kind, ReceivedStanding.CLOSED)
        if self.reply_id is not None:
            return ReceivedStanding.RECTIFYING if self.is_rectifying else ReceivedStanding.REPLIED
        return ReceivedStanding.RETURNED if self.reply_count else ReceivedStanding.OPEN

    @cached_property
    def is_rectifying(self) -> bool:
        """Whether tasks of it run; asked of many at once by `with_standing`."""
        return self.assignments.running().exists()

    @property
    def is_unreplied(self) -> bool:
        """Whether the unit has to reply."""
        return self.withdrawn_at is None and self.reply_id is None and self.closing_id is None

    @property
    def days_overdue(self) -> int:
        """By how many days the reply that is still to come is late; 0 where none is, or there is no day."""
        if not self.is_unreplied or self.due_on is None:
            return 0
        return max((clock.today() - self.due_on) // timedelta(days=1), 0)

    @property
    def late_words(self) -> str:
        """逾期 3 天未回复, 逾期 2 天回复; empty where it is in time."""
        if self.days_overdue:
            return f"逾期 {self.days_overdue} 天未回复"
        return f"逾期 {self.late_days} 天回复" if self.late_days else ""

    def days_late_on(self, day: date) -> int:
        """By how many days a reply of a day is late."""
        return max((day - self.due_on) // timedelta(days=1), 0) if self.due_on else 0
