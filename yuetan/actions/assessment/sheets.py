"""送单位核对: every unit's sheet is frozen and shown to it; taken back as a whole where something was amiss."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db import transaction

from yuetan.actions.assessment.assessment_rows import (
    PRESENT,
    TAKE_BACK,
    alert_units,
    locked_assessment,
    note_assessment,
    presented_words,
    require_presented,
    words_problems,
)
from yuetan.actions.assessment.carried import carry_objections
from yuetan.actions.step import refuse_uncited, require_right
from yuetan.models import Assessment, AssessmentSheet, CalendarDay, OfficeSetting, Unit, User
from yuetan.models.assessment.assessment import OBJECTION_DAYS
from yuetan.models.assessment.counting import CountedUnit, Counting, CountingOfRecords
from yuetan.rules.assessment.scheme import Group
from yuetan.rules.dates import clock
from yuetan.rules.dates.working_days import add_working_days
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.official_text import chinese_date, joined

AT_ONCE = 500
MOST_NAMED = 5


@transaction.atomic
def present_assessment(assessment: Assessment, *, by: User) -> Assessment:
    """送单位核对: what was counted by the last day of the scheme is frozen, with the record behind every point.

    Raises NotYours; Refused before the last day is over, while a unit lacks a score, and the second time. Effects: the
    units are alerted, and may object for so many working days (办公室设定); objections of a round taken back go on.
    """
    require_right(by, PRESENT)
    assessment = locked_assessment(assessment.pk)
    if sent := presented_words(assessment):
        refuse_uncited([finding("assessment_presented", "", **sent)])
    refuse_uncited(_days_running(assessment))
    scheme = assessment.newest_scheme()
    counting = CountingOfRecords(assessment, scheme)
    groups = {group: counting.of_group(group) for group in scheme.group_list}
    refuse_uncited(_missing_scores(groups))
    days = OfficeSetting.objects.number(OBJECTION_DAYS)
    assessment.scheme, assessment.round = scheme, assessment.round + 1
    assessment.presented_by, assessment.presented_at = by, clock.now()
    assessment.object_until = add_working_days(clock.today(), days, CalendarDay.objects.calendar())
    assessment.save()
    units = _freeze(assessment, counting, groups)
    carried, left = carry_objections(assessment) if assessment.round > 1 else ([], [])
    facts = {"carried": len(carried), "left": len(left)} if carried or left else {}
    note_assessment(PRESENT, by, assessment, units=len(units), until=assessment.object_until.isoformat(), **facts)
    words = f"本单位{assessment}的得分已送核对，有异议的请在{chinese_date(assessment.object_until)}前提出。"
    alert_units(units, key=f"assessment:{assessment.pk}:presented:{assessment.round}", words=words)
    return assessment


@transaction.atomic
def withdraw_assessment_sheets(assessment: Assessment, *, by: User, reason: str) -> Assessment:
    """撤回送核 with a reason: scheme and scores may be changed again; sheets and objections of this round stay.

    Raises NotYours; Refused without a reason, before the sheets were sent, and once it is closed. Effect: the units
    are alerted.
    """
    require_right(by, TAKE_BACK)
    assessment = locked_assessment(assessment.pk)
    require_presented(assessment, "撤回送核")
    refuse_uncited(words_problems("reason", "撤回原因", reason, finding("reason_missing", "reason", what="撤回")))
    units = list(AssessmentSheet.objects.standing_of(assessment).values_list("unit", flat=True))
    assessment.presented_by = assessment.presented_at = assessment.object_until = assessment.scheme = None
    assessment.save()
    note_assessment(TAKE_BACK, by, assessment, reason=reason)
    words = f"办公室撤回了送核的{assessment}得分，将重新送核：{reason}"
    alert_units(units, key=f"assessment:{assessment.pk}:withdrawn:{assessment.round}", words=words)
    return assessment


def presenting_problems(assessment: Assessment) -> Iterator[Finding]:
    """What stands against 送单位核对 as the scores are now; nothing where the sheets were sent."""
    if assessment.presented_at is not None:
        return
    running = list(_days_running(assessment))
    yield from running
    if not running:  # until then scores are still being given, and all units would have to be counted
        scheme = assessment.newest_scheme()
        counting = Counting(assessment, scheme)
        yield from _missing_scores({group: counting.of_group(group) for group in scheme.group_list})


def _days_running(assessment: Assessment) -> Iterator[Finding]:
    last = assessment.newest_scheme().last_day
    if clock.today() <= last:
        yield finding("assessment_days_running", "", day=chinese_date(last))


def _missing_scores(groups: dict[Group, list[CountedUnit]]) -> Iterator[Finding]:
    for group, units in groups.items():
        missing = [one for one in units if one.missing]
        if missing:
            keys = [one.unit for one in missing[:MOST_NAMED]]
            named = Unit.objects.filter(pk__in=keys).select_related("parent").order_by("pk")
            others = "等" if len(missing) > MOST_NAMED else ""
            names = joined(dict.fromkeys(name for one in missing for name in one.missing))
            words = {"group": group.name, "number": len(missing), "names": names}
            units_named = f"{joined(unit.full_name for unit in named)}{others}"
            yield finding("assessment_score_missing", "", units=units_named, **words)


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
