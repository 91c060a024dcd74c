"""What is being typed into a form and not handed in yet: nothing of it is lost, and nothing of it is said yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from yuetan.models.case import Case
from yuetan.models.task import Task
from yuetan.models.unit import Unit
from yuetan.rules import clock
from yuetan.rules.typed import Cells
from yuetan.vocabulary import Verb

if TYPE_CHECKING:
    from yuetan.models.user import User

# Forms that several people of one side fill in together; any other form is its typist's own.
SHARED_FORMS = frozenset(
    {
        *(Verb.HOLD_INTERVIEW, Verb.REVISE_MINUTES, Verb.PREPARE_SUBMISSION),
        *(Verb.PREPARE_REPORT, Verb.PREPARE_PROGRESS),
    }
)


@dataclass(frozen=True)
class Sheet:
    """One form that is being filled in: of a step of a case (and one task of it), or of a new proposal about a unit."""

    verb: str
    owner: User | None
    case: Case | None = None
    unit: Unit | None = None
    task: Task | None = None

    @classmethod
    def of_step(cls, case: Case, verb: str, *, by: User, task: Task | None = None) -> Sheet:
        """The form of a step: shared, or this person's own."""
        return cls(verb, None if verb in SHARED_FORMS else by, case=case, task=task)

    @classmethod
    def of_proposal(cls, unit: Unit, *, by: User) -> Sheet:
        """The form of a proposal that is no draft yet."""
        return cls(Verb.DRAFT, by, unit=unit)

    @property
    def case_id(self) -> UUID | None:
        """The key of its case, if it is of one."""
        return self.case.pk if self.case else None

    @property
    def is_shared(self) -> bool:
        """Whether several people fill it in."""
        return self.owner is None

    @property
    def keys(self) -> dict[str, Any]:
        """What its rows have in common."""
        return {"verb": self.verb, "owner": self.owner, "case": self.case, "unit": self.unit, "task": self.task}


class TypedTextQuerySet(models.QuerySet["TypedText"]):
    """Questions about many typed texts."""

    def on(self, sheet: Sheet) -> TypedTextQuerySet:
        """What stands on one form."""
        return self.filter(**sheet.keys)

    def cells(self) -> Cells:
        """Values by the names of the fields."""
        return {text.name: text.value for text in self}


class TypedText(models.Model):
    """What was typed last into one field of one form, by whom and when."""

    verb = models.CharField(max_length=40)
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="typed_texts")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    task = models.ForeignKey(Task, models.PROTECT, null=True, blank=True, related_name="+")
    owner = models.ForeignKey("yuetan.User", models.PROTECT, null=True, blank=True, related_name="typed_texts")
    name = models.CharField(max_length=120)
    value = ArrayField(models.TextField(), default=list, blank=True)
    typed_by = models.ForeignKey("yuetan.User", models.PROTECT, related_name="+")
    typed_at = models.DateTimeField(default=clock.now)

    objects = TypedTextQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("case", "verb", "unit", "task", "owner", "name"),
                nulls_distinct=False,
                name="one_typed_text_per_field",
            ),
            models.CheckConstraint(
                condition=Q(case=None, unit__isnull=False, owner__isnull=False) | Q(case__isnull=False, unit=None),
                name="typed_text_is_of_a_case_or_of_a_new_proposal",
            ),
        )

    def __str__(self) -> str:
        return f"{self.verb} {self.name}"
