"""A measure not met in time opens an interview: a draft of a proposal, filled with what is known, bound both ways."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from yuetan.actions.proposal.proposal import draft
from yuetan.actions.step import step
from yuetan.alerts import recipients, send_alert
from yuetan.models import AccountabilityMeasure, Case, Reminder, User
from yuetan.models.ladder.laid_rungs import fault_of_next_door
from yuetan.permissions import DIRECTOR, OFFICER
from yuetan.rules.dates import clock
from yuetan.vocabulary import RungKind, Verb

MOST_AT_ONCE = 200


@transaction.atomic
def open_interview(measure: AccountabilityMeasure, *, by: User) -> AccountabilityMeasure:
    """据通报提出约谈建议: a draft about the same unit and matter, with its heads; nothing is decided by it.

    The officer still chooses the 情形 of the 约谈办法. Raises Refused while the door does not stand.
    Effects: the event of the measure, and the case with its own.
    """
    with step(measure, Verb.OPEN_INTERVIEW, by=by) as measure:
        unit, matter = measure.unit, measure.matter
    case = draft(
        by=by,
        unit=unit,
        interviewees=list(unit.heads()),
        matter=matter,
        grounds=[],
        other_words="",
        interviewer=None,
        distinct_from=[],
    )
    Case.objects.filter(pk=case.pk).update(rung_laid=measure)
    return measure


def offer_interviews(today: date) -> dict[str, int]:
    """每日任务: tell the office once of each measure that was not met in time and has a door to an interview."""
    rows = AccountabilityMeasure.objects.in_force().filter(limit__lt=today).order_by("-limit", "pk")
    offered = sum(_offered(measure) for measure in rows.with_step_relations()[:MOST_AT_ONCE])
    return {"提示": offered}


@transaction.atomic
def _offered(measure: AccountabilityMeasure) -> bool:
    key = f"door:{measure.pk}"
    if Reminder.objects.filter(key=key).exists():
        return False
    known = fault_of_next_door(measure, RungKind.INTERVIEW)
    if known is None or known.fault is not None:
        return False
    Reminder.objects.create(key=key, created_at=clock.now())
    words = f"{measure.unit.name}“{measure.matter}”可以据责任制约谈：{known.facts}"
    send_alert(recipients(measure, (OFFICER, DIRECTOR)), key=key, words=words, about=measure)
    return True
