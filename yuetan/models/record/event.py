"""The append-only record of what was done: the verb and the facts; the sentence is made when shown."""

from datetime import date

from django.db import models
from django.db.models import OuterRef, Q, Subquery

from yuetan import permissions
from yuetan.models.assignment.assignment import Assignment
from yuetan.models.case.case import Case, CaseQuerySet
from yuetan.models.ladder.measure import AccountabilityMeasure
from yuetan.models.letter.letter import Letter
from yuetan.models.record.request_address import current_address
from yuetan.models.subjects import SUBJECTS
from yuetan.rules import check_code
from yuetan.rules.text.official_text import chinese_date
from yuetan.vocabulary import LOG_LABELS, ApprovalMethod, Party, Verb
from yuetan.vocabulary.naming import NAMES

OUTER_BODY = NAMES["the_office"]  # what the interviewed side reads for the people of the office
BY_PROGRAM = "系统"  # who did what nobody did
# Steps of which the interviewed side reads the opinion or reason too.
WORDS_FOR_THE_UNIT = frozenset(
    step.verb for subject in SUBJECTS.values() for step in subject.STEPS if step.opinion_seen_by_unit
)


class EventQuerySet(models.QuerySet["Event"]):
    """Questions about many events."""

    def shown_outside(self) -> "EventQuerySet":
        """What the interviewed side may read of a case."""
        return self.filter(is_outer=True)

    def newest_first(self) -> "EventQuerySet":
        """As a timeline shows them."""
        return self.order_by("-created_at", "-id")


def with_last(cases: CaseQuerySet, verb: str) -> CaseQuerySet:
    """Cases, each with the moment at which a step was last taken: `last_step_at`."""
    events_of_verb = Event.objects.filter(case=OuterRef("pk"), verb=verb).newest_first()
    return cases.annotate(last_step_at=Subquery(events_of_verb.values("created_at")[:1]))


class Event(models.Model):
    """One thing done by one person, with the post held at that time.

    What was done in a room of the year names its row by `room` and one key (`models/rooms.py`), by no foreign key.
    """

    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="events", db_index=False)
    letter = models.ForeignKey(Letter, models.PROTECT, null=True, blank=True, related_name="events")
    measure_laid = models.ForeignKey(
        AccountabilityMeasure, models.PROTECT, null=True, blank=True, related_name="events"
    )
    assignment = models.ForeignKey(Assignment, models.PROTECT, null=True, blank=True, related_name="events")
    room = models.CharField(max_length=20, blank=True, default="", db_default="")
    room_uuid = models.UUIDField(null=True, blank=True)
    room_number = models.BigIntegerField(null=True, blank=True)
    verb = models.CharField(max_length=40)
    actor = models.ForeignKey("yuetan.User", models.PROTECT, null=True, related_name="+", db_index=False)
    actor_title = models.CharField(max_length=200)
    from_state = models.CharField(max_length=20, blank=True)
    to_state = models.CharField(max_length=20, blank=True)
    opinion = models.TextField(blank=True)
    data = models.JSONField(default=dict, blank=True)
    is_outer = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    address = models.GenericIPAddressField("来源地址", null=True, blank=True, default=current_address)

    objects = EventQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        permissions = permissions.of_model("event")
        indexes = (
            models.Index(fields=("case", "-created_at", "-id")),
            models.Index(fields=("-created_at", "-id")),
            models.Index(fields=("actor", "-created_at", "-id"), name="event_of_person"),
            models.Index(fields=("verb", "-created_at", "-id"), name="event_of_verb"),
        )
        constraints = (models.CheckConstraint(condition=~Q(verb=""), name="event_has_a_verb"),)

    def __str__(self) -> str:
        return f"{self.label} {self.created_at:%Y-%m-%d %H:%M}"

    @property
    def label(self) -> str:
        """The verb in the words of the field."""
        return Verb(self.verb).label if self.verb in Verb.values else LOG_LABELS.get(self.verb, self.verb)

    @property
    def is_of_the_unit(self) -> bool:
        """Whether the interviewed side did it, so that it may read the name."""
        permission = permissions.BY_CODENAME.get(self.verb)
        return permission is not None and Party.UNIT_HEAD in permission.parties

    @property
    def is_shown_to_unit(self) -> bool:
        """Whether the words beside the step are addressed to the interviewed side, or its own."""
        return self.is_of_the_unit or self.verb in WORDS_FOR_THE_UNIT

    @property
    def is_earlier(self) -> bool:
        """补录: whether it was done on paper on that day, and entered later."""
        return "recorded_on" in self.data

    @property
    def decision_method(self) -> str:
        """会议审定 or 签批件 where the office registered a decision; empty for anything else."""
        method = self.data.get("method", ApprovalMethod.ONLINE)
        return "" if method == ApprovalMethod.ONLINE else ApprovalMethod(method).label

    @property
    def decision_marks(self) -> list[str]:
        """How and in whose stead a decision was made: 会议审定（……会议），2026年11月22日；受组长赵四委托."""
        meeting = f"（{self.data['meeting']}）" if self.data.get("meeting") else ""
        given_on = self.data.get("given_on", "")
        dated = f"，{chinese_date(date.fromisoformat(given_on))}" if given_on else ""
        method = f"{self.decision_method}{meeting}{dated}" if self.decision_method else ""
        return [words for words in (method, self.data.get("delegated", ""), self.decided_text) if words]

    @property
    def decided_text(self) -> str:
        """内容校验 3F2A-9C01-77BD-E04A: which text a decision was made on."""
        return f"内容校验 {check_code.shortened(self.data['sha256'])}" if self.data.get("sha256") else ""

    def who(self, *, inner: bool) -> str:
        """Name and post for the inner side; the interviewed side reads its own people's names and else the body."""
        if inner or self.is_of_the_unit:
            return f"{self.actor.name}（{self.actor_title}）" if self.actor else self.actor_title
        return OUTER_BODY
