"""A measure not met in time opens an interview: a draft of a proposal, filled with what is known, bound both ways."""

from __future__ import annotations

from django.db import transaction

from yuetan import pending_steps
from yuetan.actions.proposal.proposal import draft
from yuetan.actions.step import step
from yuetan.models import AccountabilityMeasure, Case, Post, Regulation, Unit, User
from yuetan.models.case.requirements.people import lawful_kinds
from yuetan.rules.dates import clock
from yuetan.vocabulary import Verb


@transaction.atomic
def open_interview(measure: AccountabilityMeasure, *, by: User) -> AccountabilityMeasure:
    """据通报提出约谈建议: a draft about the same unit and matter, with its heads; nothing is decided by it.

    Where different leaders interview the heads, with those who go with the first: the others are proposed apart.

    The officer still chooses the 情形 of the 约谈办法; what the measure says stands under each until then.
    Raises Refused while the door does not stand.
    Effects: the event of the measure, and the case with its own; 知悉范围 is that of the case the measure is about.
    """
    with step(measure, Verb.OPEN_INTERVIEW, by=by) as measure:
        unit, matter = measure.unit, measure.matter
    case = draft(
        by=by,
        unit=unit,
        interviewees=_heads_of_one_interviewer(unit),
        matter=matter,
        grounds=[],
        other_words="",
        interviewer=None,
        distinct_from=[],
    )
    Case.objects.filter(pk=case.pk).update(rung_laid=measure, readers=measure.readers)
    if measure.readers is not None:
        pending_steps.follow(Case.objects.get(pk=case.pk))
    return measure


def _heads_of_one_interviewer(unit: Unit) -> list[Post]:
    """The heads of a unit whom whoever interviews the first of them interviews too (Art. 6)."""
    case, heads = Case(regulation=Regulation.objects.in_force(clock.today()), unit=unit), list(unit.heads())
    return [head for head in heads if len(lawful_kinds(case, [heads[0], head])) == 1]
