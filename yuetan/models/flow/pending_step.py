"""待办 as rows: who is awaited for which step of which case or letter, by when; a cache of the table of steps."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING
from uuid import UUID

from django.apps import apps
from django.contrib.auth.models import Group
from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from django.db.models import Exists, F, OuterRef, Q, Value
from django.db.models.functions import Coalesce

from yuetan.models.flow.awaiting import Awaited, Pending, Recipient
from yuetan.models.office.own_label_field import OwnLabelField
from yuetan.rules.dates import clock
from yuetan.vocabulary import ROLE_OF_POST, PostKind, Role, Verb

if TYPE_CHECKING:
    from yuetan.models.people.user import User

FAR = date(9999, 12, 31)  # behind every date: what has none is listed last
ORDER = ("listed_on", "pk")
# As in `models/subjects.py`, which lies above: a test compares them.
SUBJECT_COLUMNS = ("case", "letter", "measure_laid", "assignment")


class PendingStepQuerySet(models.QuerySet["PendingStep"]):
    """Questions about many rows."""

    def now(self) -> PendingStepQuerySet:
        """Those whose time it is."""
        moment = clock.now()
        begun = self.filter(Q(from_at=None) | Q(from_at__lte=moment))
        return begun.filter(Q(until_at=None) | Q(until_at__gt=moment))

    def of(self, user: User) -> list[PendingStepQuerySet]:
        """The person's own by role and in person: a query for each part, never an OR between them.

        回避: nothing about a unit in which they hold a post.
        """
        roles = [ROLE_OF_POST[PostKind(post.kind)].value for post in user.current_posts if not post.party]
        own_units = [post.unit_id for post in user.current_posts]
        others = self.now().exclude(unit__in=own_units).exclude(barred__contains=[user.pk])
        if user.interviewed_units:
            measures = apps.get_model("yuetan", "accountabilitymeasure").objects.all()
            others = others.filter(measures.known_to(user, "measure_laid__"))
        parts = [others.filter(role=role, person=None) for role in dict.fromkeys(roles)]
        return [*parts, others.filter(person=user, role__in=["", *roles])]

    def of_groups(self, groups: Iterable[int]) -> PendingStepQuerySet:
        """Those that wait for a unit's groups."""
        return self.now().filter(group__in=groups)

    def of_units(self, units: Iterable[int]) -> PendingStepQuerySet:
        """Those about cases that wait for the heads or the liaisons of these units."""
        return self.now().filter(unit__in=units).exclude(group=None).exclude(case=None)

    def first_of_each(self, user: User) -> list[PendingStepQuerySet]:
        """What waits for a person, of each case or letter the soonest alone: what a list has one line for."""
        parts = self.of(user)
        earlier = [~Exists(part.filter(_same_subject(), _earlier())) for part in PendingStep.objects.of(user)]
        return [part.filter(*earlier) for part in parts]

    def after(self, listed_on: date, key: int) -> PendingStepQuerySet:
        """What comes behind a row in the order of lists."""
        behind = Q(listed_on__gt=listed_on) | Q(pk__gt=key)
        return self.filter(behind, listed_on__gte=listed_on)


def _same_subject() -> Q:
    return reduce(or_, (Q(**{name: OuterRef(name)}) for name in SUBJECT_COLUMNS))


def _of_exactly_one_subject() -> Q:
    conditions = ({f"{one}__isnull": one != chosen for one in SUBJECT_COLUMNS} for chosen in SUBJECT_COLUMNS)
    return reduce(or_, (Q(**each) for each in conditions))


def _earlier() -> Q:
    same_day = Q(listed_on=OuterRef("listed_on"), pk__lt=OuterRef("pk"))
    return Q(listed_on__lt=OuterRef("listed_on")) | same_day


class PendingStep(models.Model):
    """One step that a case or a letter waits for, and from whom: derived by `awaiting.pending_of`, never entered.

    From everybody in a `role`; from one `person`, where a role is named only while they are in it; or from a `group`
    of a unit; from nobody who is `barred`. It holds from a moment until another, which time alone brings.
    """

    case = models.ForeignKey("yuetan.Case", models.CASCADE, null=True, related_name="pending_steps", db_index=False)
    letter = models.ForeignKey("yuetan.Letter", models.CASCADE, null=True, related_name="pending_steps")
    measure_laid = models.ForeignKey(
        "yuetan.AccountabilityMeasure", models.CASCADE, null=True, related_name="pending_steps"
    )
    assignment = models.ForeignKey("yuetan.Assignment", models.CASCADE, null=True, related_name="pending_steps")
    unit = models.ForeignKey("yuetan.Unit", models.PROTECT, related_name="+", db_index=False)
    verb = models.CharField(max_length=40, choices=Verb.choices)
    role = OwnLabelField(max_length=40, choices=Role.choices, blank=True)
    group = models.ForeignKey(Group, models.PROTECT, null=True, related_name="+", db_index=False)
    person = models.ForeignKey("yuetan.User", models.PROTECT, null=True, related_name="+", db_index=False)
    barred = ArrayField(models.BigIntegerField(), default=list)
    due_on = models.DateField(null=True)
    from_at = models.DateTimeField(null=True)
    until_at = models.DateTimeField(null=True)
    listed_on = models.GeneratedField(
        expression=Coalesce(F("due_on"), Value(FAR)), output_field=models.DateField(), db_persist=True
    )

    case_id: UUID | None
    letter_id: UUID | None
    measure_laid_id: UUID | None
    assignment_id: UUID | None
    unit_id: int
    group_id: int | None
    person_id: int | None
    objects = PendingStepQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ORDER
        constraints = (
            models.CheckConstraint(
                condition=_of_exactly_one_subject(),
                name="a_pending_step_is_of_one_subject",
            ),
            models.CheckConstraint(
                condition=Q(group__isnull=False, role="", person__isnull=True)
                | Q(group__isnull=True) & (~Q(role="") | Q(person__isnull=False)),
                name="a_pending_step_waits_for_a_role_a_person_or_a_group",
            ),
            models.UniqueConstraint(
                fields=(*SUBJECT_COLUMNS, "verb", "role", "group", "person", "from_at"),
                nulls_distinct=False,
                name="a_pending_step_once_for_each_recipient",
            ),
        )
        indexes = (
            models.Index(fields=("role", "listed_on", "id"), condition=Q(person=None), name="pending_of_role"),
            models.Index(fields=("unit", "listed_on", "id"), condition=~Q(group=None), name="pending_of_unit"),
            models.Index(fields=("person", "listed_on", "id"), condition=~Q(person=None), name="pending_of_person"),
            models.Index(fields=("listed_on", "id"), name="pending_by_day"),
        )

    def __str__(self) -> str:
        return str(Verb(self.verb).label)

    @property
    def subject_id(self) -> UUID:
        """The key of what it is of."""
        key = self.case_id or self.letter_id or self.measure_laid_id or self.assignment_id
        assert key is not None
        return key

    @property
    def pending(self) -> Pending:
        """As it is derived; a beginning that has passed is none, so that it compares with what is derived now."""
        recipient = Recipient(self.role, self.group_id, self.person_id)
        awaited = Awaited(self.verb, recipient, tuple(self.barred), self.due_on)
        began = self.from_at is None or self.from_at <= clock.now()
        return Pending(awaited, None if began else self.from_at, self.until_at)

    @property
    def is_past(self) -> bool:
        """Whether its time is over."""
        return self.until_at is not None and self.until_at <= clock.now()


class StalePendingManager(models.Manager["StalePending"]):
    """Marks many at a time."""

    def mark(self, of: str, keys: models.QuerySet[models.Model]) -> None:
        """Mark the subjects of one kind whose keys this query gives, by the database alone, however many there are.

        Each time anew, whatever mark there is: that one may be taken away by who has not seen what changes here.
        """
        wanted, values = keys.query.sql_with_params()
        marked = f"INSERT INTO yuetan_stalepending ({of}_id) {wanted}"  # nosec B608
        with connection.cursor() as cursor:
            cursor.execute(marked, values)


class StalePending(models.Model):
    """A case, a letter, a measure or a 交办事项 whose rows may be out of date: what has changed concerns more than one
    transaction can hold, or a new version has it wait for something else. One has a mark of each such change."""

    case = models.ForeignKey("yuetan.Case", models.CASCADE, null=True, related_name="+")
    letter = models.ForeignKey("yuetan.Letter", models.CASCADE, null=True, related_name="+")
    measure_laid = models.ForeignKey("yuetan.AccountabilityMeasure", models.CASCADE, null=True, related_name="+")
    assignment = models.ForeignKey("yuetan.Assignment", models.CASCADE, null=True, related_name="+")

    case_id: UUID | None
    letter_id: UUID | None
    measure_laid_id: UUID | None
    assignment_id: UUID | None

    objects = StalePendingManager()

    class Meta:
        default_permissions = ()
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(condition=_of_exactly_one_subject(), name="stale_pending_of_one_subject"),
        )

    def __str__(self) -> str:
        return str(self.case_id or self.letter_id or self.measure_laid_id or self.assignment_id)
