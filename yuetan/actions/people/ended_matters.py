"""What a unit that has ended leaves of matters that have ended, too: they go over all together, a statement each table.

Each has its line of the log, as by a step of its own. The successor's people are alerted once, of as many as are open
to them; nobody of the office is, for of what has ended nothing is left to do.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib.auth.models import Group
from django.db.models import F
from django.db.models.functions import Coalesce

from yuetan import grants, search_index, tallies
from yuetan.actions.people.people_rows import hold_ended
from yuetan.actions.people.unit_people import people_of_unit
from yuetan.actions.step import blocking_reasons, required_step
from yuetan.alerts import send_alert
from yuetan.errors import Refused
from yuetan.models import (
    AccountabilityMeasure,
    Assignment,
    Case,
    Event,
    Letter,
    Restriction,
    Subject,
    Task,
    Unit,
    UnitChange,
    User,
)
from yuetan.rules.dates import clock
from yuetan.vocabulary import Verb

CHUNK = 500
VERBS: Mapping[type[Subject], Verb] = {
    Case: Verb.CARRY_OVER,
    Letter: Verb.CARRY_OVER_LETTER,
    AccountabilityMeasure: Verb.CARRY_OVER_MEASURE,
    Assignment: Verb.CARRY_OVER_ASSIGNMENT,
}


def carry_over_ended(
    change: UnitChange, successor: Unit, *, by: User, opinion: str, facts: Mapping[str, object]
) -> int:
    """Let them go over, in the decision on all matters; returns how many.

    Raises what a step of each would: NotYours for one that is not this person's to decide, Refused without a successor.
    Effects: an event of each, grants and rows by which it is found and counted, one alert to the successor's
    people of those that are open to them.
    """
    number = open_to_them = 0
    for model in VERBS:
        subjects = hold_ended(model, change.unit)
        for start in range(0, len(subjects), CHUNK):
            some = subjects[start : start + CHUNK]
            _require(some, by)
            _move(model, some, successor)
            _log(some, by=by, opinion=opinion, facts=facts)
        number += len(subjects)
        open_to_them += sum(each.opened_on is not None for each in subjects)
    if open_to_them:
        words = f"{change.unit.full_name}已办结的 {open_to_them} 件事项因单位撤并，一并转由本单位承接，可供查阅。"
        send_alert(people_of_unit(successor), key=f"succession:{change.pk}", words=words)
    return number


def _require(subjects: Sequence[Subject], by: User) -> None:
    """Each is this person's to decide; what else a step asks is asked of their unit, which is one."""
    steps = [required_step(each, VERBS[type(each)], by) for each in subjects]
    if reasons := blocking_reasons(subjects[0], steps[0], by):
        raise Refused(*reasons)


def _move(model: type[Any], subjects: Sequence[Subject], successor: Unit) -> None:
    keys = [each.pk for each in subjects]
    before, of = subjects[0].unit, {f"{model.ABOUT}__in": keys}
    goes_over = {"first_unit": Coalesce(F("first_unit"), F("unit")), "unit": successor}
    model.objects.filter(pk__in=keys).update(**goes_over)
    if model is not Letter:
        Task.objects.filter(**of).update(**goes_over)
    if model is AccountabilityMeasure:
        Restriction.objects.filter(**of).update(open_to=successor)
    opened = [each.pk for each in subjects if each.opened_on]
    grants.open_all_to_unit(model, opened, successor.pk, with_tasks=model is not Letter)
    for party in grants.UNIT_PARTIES:
        held = subjects[0].group_grants.model.objects.filter(content_object__in=keys)
        group = Group.objects.get(name=successor.group_name(party))
        held.filter(group__name=before.group_name(party)).update(group=group)
    search_index.follow_keys(model, keys)
    if model is Case:
        tallies.follow(keys)


def _log(subjects: Sequence[Subject], *, by: User, opinion: str, facts: Mapping[str, object]) -> None:
    moment = clock.now()
    events = [
        Event(
            **{each.ABOUT: each},
            verb=VERBS[type(each)],
            actor=by,
            actor_title=by.title,
            from_state=each.state,
            to_state=each.state,
            opinion=opinion,
            data=dict(facts),
            is_outer=each.opened_on is not None,
            created_at=moment,
        )
        for each in subjects
    ]
    Event.objects.bulk_create(events, batch_size=CHUNK)
