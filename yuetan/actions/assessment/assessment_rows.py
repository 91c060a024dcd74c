"""What every step on an assessment shares: how its rows are held, who may act on them, what stands against many, the
log, and who is alerted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from uuid import UUID

from yuetan import permissions
from yuetan.actions.people.for_unit import may_as_office, may_for_unit
from yuetan.actions.people.unit_people import people_of_units
from yuetan.actions.room_step import LogFacts, RoomRows, itself, may_by_role
from yuetan.alerts import alert_all, send_alert
from yuetan.models import (
    Assessment,
    AssessmentCorrection,
    AssessmentObjection,
    AssessmentScore,
    AssessmentSheet,
    User,
)
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.official_text import chinese_date

KEEP, SCORE, PRESENT = "keep_assessment_scheme", "score_assessment", "present_assessment"
TAKE_BACK, OBJECT, DECIDE = "withdraw_assessment_sheets", "raise_assessment_objection", "decide_assessment_objection"
CLOSE, PUBLISH = "close_assessment", "publish_assessment"
CORRECT, DECIDE_CORRECTION = "propose_assessment_correction", "decide_assessment_correction"
AT_ONCE = 500  # sheets in one statement
MAX_NAMED = 5  # units in one sentence


def _locked_assessment(key: UUID) -> Assessment:
    """It is locked before anything of it is read: in one statement what is joined would come as it was before."""
    return Assessment.objects.select_for_update(no_key=True).get(pk=key)


def _held_score(score: AssessmentScore) -> AssessmentScore:
    assessment = _locked_assessment(score.assessment_id)
    score = AssessmentScore.objects.select_related("withdrawn_by", "unit__parent").get(pk=score.pk)
    score.assessment = assessment
    return score


def _held_sheet(sheet: AssessmentSheet) -> AssessmentSheet:
    _locked_assessment(sheet.assessment_id)
    return AssessmentSheet.objects.select_related("assessment__scheme").get(pk=sheet.pk)


def _held_objection(objection: AssessmentObjection) -> AssessmentObjection:
    _locked_assessment(objection.sheet.assessment_id)
    related = AssessmentObjection.objects.select_related("sheet__assessment__scheme", "decided_by")
    return related.get(pk=objection.pk)


def _held_correction(correction: AssessmentCorrection) -> AssessmentCorrection:
    _locked_assessment(correction.sheet.assessment_id)
    related = AssessmentCorrection.objects.select_related("sheet__assessment__scheme", "proposed_by", "decided_by")
    return related.get(pk=correction.pk)


def _sheet_facts(sheet: AssessmentSheet) -> LogFacts:
    return {"assessment": str(sheet.assessment), "unit": sheet.unit_name}


ASSESSMENTS = RoomRows[Assessment](
    lambda assessment: _locked_assessment(assessment.pk),
    may_by_role,
    lambda assessment: {"assessment": str(assessment)},
    itself,
)
SCORES = RoomRows[AssessmentScore](
    _held_score,
    lambda score, by, codename: may_as_office(score.unit_id, by, codename),
    lambda score: {"assessment": str(score.assessment), "unit": score.unit.full_name},
    lambda score: score.assessment,
)
SHEETS = RoomRows[AssessmentSheet](
    _held_sheet, lambda sheet, by, codename: may_for_unit(sheet.unit_id, by, codename), _sheet_facts, itself
)
OBJECTIONS = RoomRows[AssessmentObjection](
    _held_objection,
    lambda objection, by, codename: may_as_office(objection.sheet.unit_id, by, codename),
    lambda objection: {**_sheet_facts(objection.sheet), "indicator": objection.indicator_name},
    lambda objection: objection.sheet,
)
CORRECTIONS = RoomRows[AssessmentCorrection](  # who of them keeps away from it is refused with the reason
    _held_correction,
    may_by_role,
    lambda correction: _sheet_facts(correction.sheet),
    lambda correction: correction.sheet,
)


def presented_words(assessment: Assessment) -> dict[str, object]:
    """The year, and the day on which the sheets were sent to the units, for a sentence; empty before."""
    if assessment.presented_at is None:
        return {}
    return {"year": assessment.year, "day": chinese_date(assessment.presented_at)}


def presented_problems(assessment: Assessment, what: str) -> Iterator[Finding]:
    """That units do not look at their sheets: these are not sent, or the assessment is closed."""
    if assessment.closed_at is not None:
        yield finding("assessment_closed", "", year=assessment.year, what=what)
    elif assessment.presented_at is None:
        yield finding("assessment_not_presented", "", year=assessment.year, what=what)


def standing_problems(sheet: AssessmentSheet, what: str) -> Iterator[Finding]:
    """That the unit does not look at this sheet: nor at any, or it was withdrawn and another one sent."""
    of_all = list(presented_problems(sheet.assessment, what))
    yield from of_all
    if not of_all and sheet.round != sheet.assessment.round:
        yield finding("assessment_not_presented", "", year=sheet.year, what=what)


def alert_units(units: Iterable[int], *, key: str, words: str) -> None:
    """Alert the heads and liaisons of these units, each person once: one statement, however many units."""
    alert_all(people_of_units(list(units)), key=key, words=words)


def alert_role(codename: str, units: set[int], *, key: str, words: str) -> None:
    """Alert everybody whose role may do a thing, but for who keeps away from one of these units (回避)."""
    people = User.objects.in_roles(*permissions.BY_CODENAME[codename].roles)
    send_alert([one for one in people if units.isdisjoint(one.interviewed_units)], key=key, words=words)
