"""Autosaved drafts of forms: kept on the server, but without any effect until the form is submitted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from yuetan.errors import Reason
from yuetan.models.assignment.assignment import Assignment
from yuetan.models.case.case import Case
from yuetan.models.case.steps import CASE_STEPS
from yuetan.models.ladder.measure import AccountabilityMeasure
from yuetan.models.law.regulation import Regulation
from yuetan.models.letter.letter import Letter
from yuetan.models.people.unit import Unit
from yuetan.models.rectification.task import Task
from yuetan.models.rectification.task_origin import HandsOutTasks
from yuetan.models.subjects import SUBJECTS
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding
from yuetan.rules.three_way_merge import Cells
from yuetan.vocabulary import Verb

if TYPE_CHECKING:
    from yuetan.models.people.user import User

FORMS_OF_NO_SUBJECT = (Verb.DRAFT_LETTER, Verb.DRAFT_MEASURE)
FORMS_OF_A_LETTER = (Verb.PREPARE_LETTER_ANSWER, Verb.REVISE_LETTER)
# Forms that several people of one side fill in together; any other form is its typist's own.
SHARED_FORMS = frozenset(step.verb for step in CASE_STEPS if step.has_shared_form)


@dataclass(frozen=True)
class DraftKey:
    """One form that is being filled in: of a step of a case (and one task of it), a proposal, a letter, a measure."""

    verb: str
    owner: User | None
    case: Case | None = None
    unit: Unit | None = None
    task: Task | None = None
    letter: Letter | None = None
    measure_laid: AccountabilityMeasure | None = None
    assignment: Assignment | None = None

    @classmethod
    def of_step(cls, origin: HandsOutTasks, verb: str, *, by: User, task: Task | None = None) -> DraftKey:
        """The form of a step of a case, or of one about tasks: shared, or this person's own."""
        owner = None if verb in SHARED_FORMS else by
        return cls(verb, owner, task=task, **{origin.ABOUT: origin})  # type: ignore[arg-type] # of its own class

    @classmethod
    def of_proposal(cls, unit: Unit, *, by: User) -> DraftKey:
        """The form of a proposal that is no draft yet."""
        return cls(Verb.DRAFT, by, unit=unit)

    @classmethod
    def of_new_letter(cls, case: Case | None, *, by: User) -> DraftKey:
        """The form of a letter that is no draft yet, begun from a case or from nothing."""
        return cls(Verb.DRAFT_LETTER, by, case=case)

    @classmethod
    def of_answer(cls, letter: Letter, *, by: User) -> DraftKey:
        """The form of a unit's answer to a letter, its draft or the answer itself."""
        return cls(Verb.PREPARE_LETTER_ANSWER, by, letter=letter)

    @classmethod
    def of_revision(cls, letter: Letter, *, by: User) -> DraftKey:
        """The form in which a returned letter is put right."""
        return cls(Verb.REVISE_LETTER, by, letter=letter)

    @classmethod
    def of_new_measure(cls, case: Case | None = None, *, by: User) -> DraftKey:
        """The form of a measure that is no draft yet, begun from a case or from nothing."""
        return cls(Verb.DRAFT_MEASURE, by, case=case)

    @classmethod
    def of_measure(cls, measure: AccountabilityMeasure, verb: str, *, by: User) -> DraftKey:
        """The form of a step of a measure."""
        return cls(verb, by, measure_laid=measure)

    @property
    def held(self) -> HandsOutTasks | None:
        """What is held while it is kept, so that one person at a time types into it."""
        return self.case or ((self.measure_laid or self.assignment) if self.is_shared else None)

    @property
    def is_shared(self) -> bool:
        """Whether several people fill it in."""
        return self.owner is None

    def reasons(self, findings: Iterable[Finding]) -> list[Reason]:
        """Findings as sentences, under the version of the 办法 its case is pinned to, or the one in force."""
        about = self.case or self.letter or self.measure_laid or self.assignment
        unit = about.unit if about else self.unit
        regulation = about.regulation if about else Regulation.objects.in_force(clock.today())
        return [regulation.reason(finding, unit.kind if unit else "") for finding in findings]

    @property
    def keys(self) -> dict[str, str | models.Model | None]:
        """What its rows have in common."""
        belongs: dict[str, str | models.Model | None] = {
            "case": self.case,
            "unit": self.unit,
            "task": self.task,
            "letter": self.letter,
            "measure_laid": self.measure_laid,
            "assignment": self.assignment,
        }
        return belongs | {"verb": self.verb, "owner": self.owner}


def _of_subject(subject: str, **others: object) -> Q:
    """The condition for rows of one subject ("" for none) that meet others."""
    return Q(**{f"{name}__isnull": name != subject for name in SUBJECTS}, **others)


class DraftFieldQuerySet(models.QuerySet["DraftField"]):
    """Questions about many typed texts."""

    def on(self, draft_key: DraftKey) -> DraftFieldQuerySet:
        """What stands on one form."""
        return self.filter(**draft_key.keys)

    def cells(self) -> Cells:
        """Values by the names of the fields."""
        return {text.name: text.value for text in self}


class DraftField(models.Model):
    """What was typed last into one field of one form, by whom and when."""

    verb = models.CharField(max_length=40)
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="draft_fields")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    task = models.ForeignKey(Task, models.PROTECT, null=True, blank=True, related_name="+")
    letter = models.ForeignKey(Letter, models.PROTECT, null=True, blank=True, related_name="draft_fields")
    measure_laid = models.ForeignKey(
        AccountabilityMeasure, models.PROTECT, null=True, blank=True, related_name="draft_fields"
    )
    assignment = models.ForeignKey(Assignment, models.PROTECT, null=True, blank=True, related_name="draft_fields")
    owner = models.ForeignKey("yuetan.User", models.PROTECT, null=True, blank=True, related_name="draft_fields")
    name = models.CharField(max_length=120)
    value = ArrayField(models.TextField(), default=list, blank=True)
    written_by = models.ForeignKey("yuetan.User", models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=clock.now)

    objects = DraftFieldQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=(*SUBJECTS, "verb", "unit", "task", "owner", "name"),
                nulls_distinct=False,
                name="one_draft_field_per_name",
            ),
            models.CheckConstraint(
                condition=_of_subject("case", unit=None)
                | _of_subject("", verb=Verb.DRAFT, unit__isnull=False, owner__isnull=False)
                | _of_subject("", verb__in=FORMS_OF_NO_SUBJECT, unit=None, owner__isnull=False)
                | _of_subject("letter", verb__in=FORMS_OF_A_LETTER, unit=None, owner__isnull=False)
                | _of_subject("measure_laid", unit=None)
                | _of_subject("assignment", unit=None),
                name="draft_field_belongs_to_one_form",
            ),
        )

    def __str__(self) -> str:
        return f"{self.verb} {self.name}"
