"""送单位核对: every unit's sheet is frozen and shown to it; taken back as a whole where something was amiss."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from yuetan.actions.assessment.assessment_rows import (
    ASSESSMENTS,
    AT_ONCE,
    MAX_NAMED,
    PRESENT,
    TAKE_BACK,
    alert_units,
    presented_problems,
    presented_words,
)
from yuetan.actions.assessment.carried import carry_objections
from yuetan.actions.room_step import RoomStep, room_step
from yuetan.actions.step import refuse_uncited
from yuetan.models import Assessment, AssessmentScheme, AssessmentSheet, CalendarDay, OfficeSetting, Unit, User
from yuetan.models.assessment.assessment import OBJECTION_DAYS
from yuetan.models.assessment.counting import MAX_LACKING, CountedUnit, Counting, CountingOfRecords, Lacking
from yuetan.rules.assessment.scheme import Group
from yuetan.rules.dates import clock
from yuetan.rules.dates.working_days import add_working_days
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.official_text import chinese_date, first_named, joined
from yuetan.rules.text.written_text import reason_problems


def present_assessment(assessment: Assessment, *, by: User) -> Assessment:
    """送单位核对: what was counted by the last day of the scheme is frozen, with the record behind every point.

    Raises NotYours; Refused before the last day is over, while a unit lacks a score, and the second time. Effects: the
    units are alerted, and may object for so many working days (办公室设定); objections of a round taken back go on.
    """
    with room_step(PRESENTING, assessment, by=by) as held:
        assessment, scheme = held.row, held.row.newest_scheme()
        counting = CountingOfRecords(assessment, scheme)
        groups = {group: counting.of_group(group) for group in scheme.group_list}
        lacking = {group: Lacking.among(units, MAX_NAMED + 1) for group, units in groups.items()}
        refuse_uncited(_missing_scores(lacking))  # of whom came to a group since it was asked
        until = _give_days_to_object(assessment, scheme, by)
        units = _freeze(assessment, counting, groups)
        carried, left = carry_objections(assessment) if assessment.round > 1 else ([], [])
        held.facts |= {"units": len(units), "until": until.isoformat()}
        held.facts |= {"carried": len(carried), "left": len(left)} if carried or left else {}
        words = f"本单位{assessment}的得分已送核对，有异议的请在{chinese_date(until)}前提出。"
        alert_units(units, key=f"assessment:{assessment.pk}:presented:{assessment.round}", words=words)
    return assessment


def _give_days_to_object(assessment: Assessment, scheme: AssessmentScheme, by: User) -> date:
    """Begin a round by this version of the scheme, and return until when units may object."""
    until = add_working_days(
        clock.today(), OfficeSetting.objects.number(OBJECTION_DAYS), CalendarDay.objects.calendar()
    )
    assessment.scheme, assessment.round = scheme, assessment.round + 1
    assessment.presented_by, assessment.presented_at, assessment.object_until = by, clock.now(), until
    assessment.save()
    return until


def withdraw_assessment_sheets(assessment: Assessment, *, by: User, reason: str) -> Assessment:
    """撤回送核 with a reason: scheme and scores may be changed again; sheets and objections of this round stay.

    Raises NotYours; Refused without a reason, before the sheets were sent, and once it is closed. Effect: the units
    are alerted.
    """
    with room_step(TAKING_BACK, assessment, by=by) as held:
        assessment = held.row
        refuse_uncited(reason_problems(reason, "撤回"))
        units = list(AssessmentSheet.objects.standing_of(assessment).values_list("unit", flat=True))
        assessment.presented_by = assessment.presented_at = assessment.object_until = assessment.scheme = None
        assessment.save()
        held.facts["reason"] = reason
        words = f"办公室撤回了送核的{assessment}得分，将重新送核：{reason}"
        alert_units(units, key=f"assessment:{assessment.pk}:withdrawn:{assessment.round}", words=words)
    return assessment


def _sent_already(assessment: Assessment, *_by: User) -> Iterator[Finding]:
    if sent := presented_words(assessment):
        yield finding("assessment_presented", "", **sent)


def _unready(assessment: Assessment, *_by: User) -> Iterator[Finding]:
    """That days still count, or a unit lacks a score."""
    scheme = assessment.newest_scheme()
    if clock.today() <= scheme.last_day:  # until then scores are still being given
        yield finding("assessment_days_running", "", day=chinese_date(scheme.last_day))
    else:
        counting = Counting(assessment, scheme)
        yield from _missing_scores({group: counting.lacking(group, MAX_NAMED + 1) for group in scheme.group_list})


def _missing_scores(lacking: Mapping[Group, Lacking]) -> Iterator[Finding]:
    """A sentence for each group of which units lack scores."""
    for group, missing in lacking.items():
        if missing.units:
            units = Unit.objects.filter(pk__in=missing.units).select_related("parent").order_by("pk")
            number = f"{MAX_LACKING}多" if missing.number > MAX_LACKING else missing.number
            words = {"group": group.name, "number": number, "names": joined(missing.names)}
            named = first_named([unit.full_name for unit in units], MAX_NAMED)
            yield finding("assessment_score_missing", "", units=named, **words)


def _freeze(assessment: Assessment, counting: Counting, groups: dict[Group, list[CountedUnit]]) -> list[int]:
    """Keep a sheet for every unit, and return the keys of these."""
    for place, (group, units) in enumerate(groups.items()):
        for start in range(0, len(units), AT_ONCE):
            chunk = units[start : start + AT_ONCE]
            rows = _frozen_sheets(assessment, counting, group, place, chunk)
            AssessmentSheet.objects.bulk_create(rows)
    return [one.unit for units in groups.values() for one in units]


def _frozen_sheets(
    assessment: Assessment, counting: Counting, group: Group, place: int, units: Sequence[CountedUnit]
) -> list[AssessmentSheet]:
    named = Unit.objects.select_related("parent").in_bulk([one.unit for one in units])
    return [
        AssessmentSheet(
            assessment=assessment,
            year=assessment.year,
            round=assessment.round,
            unit=named[one.unit],
            unit_name=named[one.unit].full_name,
            group_place=place,
            group_name=group.name,
            lines=counting.frozen_lines(one),
            points=one.total,
            fails=one.fails,
        )
        for one in units
    ]


PRESENTING = RoomStep(PRESENT, ASSESSMENTS, (_sent_already,), (_unready,))
TAKING_BACK = RoomStep[Assessment](
    TAKE_BACK, ASSESSMENTS, (lambda assessment, by: presented_problems(assessment, "撤回送核"),)
)
