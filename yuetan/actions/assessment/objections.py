"""异议: a unit objects to one line of its sheet, and the office decides on it in words, once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from django.utils import timezone

from yuetan.actions.assessment.assessment_rows import (
    DECIDE,
    OBJECT,
    OBJECTIONS,
    SHEETS,
    alert_role,
    alert_units,
    standing_problems,
)
from yuetan.actions.files.attachment import Offer
from yuetan.actions.people.for_unit import is_of_unit
from yuetan.actions.room_step import RoomStep, room_step
from yuetan.actions.step import refuse_uncited
from yuetan.models import AssessmentObjection, AssessmentPaper, AssessmentScore, AssessmentSheet, User
from yuetan.rules.assessment.scheme import TENTH
from yuetan.rules.assessment.scoring import failing_lines, points_of
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.empty_words import missing_of
from yuetan.rules.text.official_text import chinese_date
from yuetan.rules.text.written_text import needed_text_problems
from yuetan.vocabulary import ObjectionOutcome, RecordOfPoints


def raise_objection(
    sheet: AssessmentSheet,
    *,
    by: User,
    indicator: str,
    words: str,
    proof: Sequence[Offer],
    received_on: date | None = None,
) -> AssessmentObjection:
    """提出异议 to one line by a head or liaison of the unit; by the office from paper, with the day on which that came.

    A paper that came in time may be entered until the assessment is closed. Raises NotYours for anybody else; Refused
    with what is missing, where it is raised or the paper came after the days for it, for a paper that came ahead or
    before the sheets were sent, while another one to the same line is open, for sheets that were withdrawn, and once
    the assessment is closed. Effect: the director is alerted.
    """
    with room_step(OBJECTING, sheet, by=by, proof=proof) as held:
        sheet, from_paper = held.row, not is_of_unit(held.row.unit_id, by)
        day_problems = _paper_problems(sheet, received_on) if from_paper else _own_day_problems(received_on)
        refuse_uncited([*_objection_problems(sheet, indicator, words), *day_problems])
        facts = {"indicator": indicator, "words": words, "from_paper": from_paper, "received_on": received_on}
        objection = AssessmentObjection.objects.create(sheet=sheet, raised_by=by, raised_at=clock.now(), **facts)
        held.keep("proof", AssessmentPaper, objection=objection)
        held.facts |= {"indicator": objection.indicator_name, **_logged_day(received_on)}
        text = f"{sheet.unit_name}对{sheet.assessment}“{objection.indicator_name}”的得分提出异议，请处理。"
        alert_role(DECIDE, {sheet.unit_id}, key=f"objection:{objection.pk}", words=text)
    return objection


def decide_objection(
    objection: AssessmentObjection,
    *,
    by: User,
    outcome: str,
    points: Decimal | None,
    decision: str,
    record_stands: bool | None = None,
) -> AssessmentObjection:
    """处理异议 in words: dismissed, or upheld with the points that the line then has.

    Of a line of which one record makes a unit 不合格, an upheld objection says whether any record stands: where none
    does, the line has the points it has without records, whatever `points` say, and makes nobody 不合格.

    Raises NotYours (also 回避); Refused with what is missing, for points out of range, the second time, for whoever
    scored the line or entered the objection, and once the assessment is closed. Effect: the unit is alerted.
    """
    with room_step(DECIDING, objection, by=by) as held:
        objection, known = held.row, outcome in ObjectionOutcome.values
        needed = {"outcome": ("处理结果", known), "decision": ("处理意见", decision)}
        refuse_uncited(missing_of("objection_decision_missing", needed))
        refuse_uncited(_record_problems(objection, outcome, record_stands))
        if record_stands is False:
            points = _points_without_records(objection)
        refuse_uncited(_decision_problems(objection, outcome, points, decision, record_stands))
        objection.outcome, objection.points, objection.decision = outcome, points, decision
        objection.record_stands = record_stands
        objection.decided_by, objection.decided_at = by, clock.now()
        objection.save()
        held.facts |= {"outcome": outcome, "decision": decision}
        line = f"{objection.sheet.assessment}“{objection.indicator_name}”"
        text = f"本单位对{line}的异议已处理（{objection.outcome_words}）：{decision}"
        alert_units([objection.sheet.unit_id], key=f"objection:{objection.pk}:decided", words=text)
    return objection


def _logged_day(received_on: date | None) -> dict[str, str]:
    return {} if received_on is None else {"received_on": received_on.isoformat()}


def _objected_late(sheet: AssessmentSheet, by: User) -> Iterator[Finding]:
    """That the unit's own days are over; of a paper the day on which it came counts."""
    until = sheet.assessment.object_until
    if until is not None and clock.today() > until and is_of_unit(sheet.unit_id, by):
        yield finding("objection_late", "", day=chinese_date(until))


def _own_day_problems(received_on: date | None) -> Iterator[Finding]:
    if received_on is not None:
        yield finding("objection_day_unasked", "received_on")


def _paper_problems(sheet: AssessmentSheet, received_on: date | None) -> Iterator[Finding]:
    """That the day on which a paper came is missing or cannot be, or that it came late."""
    sent, until = sheet.assessment.presented_at, sheet.assessment.object_until
    assert sent is not None  # of sheets that stand
    assert until is not None
    if received_on is None:
        yield finding("objection_incomplete", "received_on", missing="收到日期")
    elif received_on > clock.today():
        yield finding("objection_ahead", "received_on")
    elif received_on < timezone.localdate(sent):
        yield finding("objection_before_sheets", "received_on", day=chinese_date(sent))
    elif received_on > until:
        yield finding("objection_paper_late", "received_on", came=chinese_date(received_on), day=chinese_date(until))


def _objection_problems(sheet: AssessmentSheet, indicator: str, words: str) -> Iterator[Finding]:
    line = sheet.line_of(indicator)
    if line is None:
        yield finding("objection_of_no_line", "indicator")
    elif sheet.objections.filter(indicator=indicator, decided_at=None).exists():
        yield finding("objection_open", "indicator", name=line["name"])
    yield from needed_text_problems("objection_incomplete", "words", "异议和理由", words)


def _objection_answered(objection: AssessmentObjection, *_by: User) -> Iterator[Finding]:
    if objection.decided_by is not None:
        yield finding("objection_answered", "", name=objection.decided_by.name)


def _same_person(objection: AssessmentObjection, by: User) -> Iterator[Finding]:
    """Whoever scored the line, or entered the objection, does not decide on it."""
    line = objection.sheet.line_of(objection.indicator)
    records = line["records"] if line else []
    assert isinstance(records, list)
    keys = [key for kind, key, _ in records if kind == RecordOfPoints.SCORE]
    if AssessmentScore.objects.filter(pk__in=keys, scored_by=by).exists():
        yield finding("objection_by_scorer", "", name=by.name, what="评了分")
    elif objection.raised_by_id == by.pk:
        yield finding("objection_by_scorer", "", name=by.name, what="登记了异议")


def is_of_failing_line(objection: AssessmentObjection) -> bool:
    """Whether one record of the line makes a unit 不合格, so that the decision says whether any stands."""
    scheme, line = objection.sheet.assessment.scheme, objection.sheet.line_of(objection.indicator)
    return bool(scheme and line and failing_lines([line], known=scheme.failing))


def _record_problems(objection: AssessmentObjection, outcome: str, record_stands: bool | None) -> Iterator[Finding]:
    is_asked = outcome == ObjectionOutcome.UPHELD and is_of_failing_line(objection)
    if is_asked and record_stands is None:
        yield finding("objection_record_missing", "record_stands", name=objection.indicator_name)
    if not is_asked and record_stands is not None:
        yield finding("objection_record_unasked", "record_stands")


def _points_without_records(objection: AssessmentObjection) -> Decimal:
    scheme = objection.sheet.assessment.scheme
    one = scheme.indicator(objection.indicator) if scheme else None
    assert one is not None  # of a sheet that stands
    return points_of(one, 0)


def _decision_problems(
    objection: AssessmentObjection, outcome: str, points: Decimal | None, decision: str, record_stands: bool | None
) -> Iterator[Finding]:
    yield from needed_text_problems("objection_decision_missing", "decision", "处理意见", decision)
    if record_stands is not False:
        yield from _points_problems(objection, outcome, points)


def _points_problems(objection: AssessmentObjection, outcome: str, points: Decimal | None) -> Iterator[Finding]:
    line = objection.sheet.line_of(objection.indicator)
    assert line is not None
    most = Decimal(str(line["most"]))
    now = objection.sheet.upheld.points.get(objection.indicator, Decimal(str(line["points"])))
    upheld = outcome == ObjectionOutcome.UPHELD
    fits = points is not None and 0 <= points <= most and not points % TENTH and points != now
    if (upheld and not fits) or (not upheld and points is not None):
        yield finding("objection_points", "points", most=most, points=now)


OBJECTING = RoomStep[AssessmentSheet](
    OBJECT, SHEETS, (lambda sheet, by: standing_problems(sheet, "提出异议"), _objected_late)
)
DECIDING = RoomStep[AssessmentObjection](
    DECIDE,
    OBJECTIONS,
    (lambda objection, by: standing_problems(objection.sheet, "处理异议"), _objection_answered),
    (_same_person,),
)
