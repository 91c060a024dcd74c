"""人工评分 of a unit for an indicator that no record counts; withdrawn with a reason where it was a mistake."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from yuetan.actions.assessment.assessment_rows import ASSESSMENTS, SCORE, SCORES, presented_words
from yuetan.actions.files.attachment import ExaminedFile, Offer
from yuetan.actions.people.for_unit import require_as_office
from yuetan.actions.room_step import RoomStep, room_step
from yuetan.actions.step import refuse_uncited
from yuetan.models import Assessment, AssessmentPaper, AssessmentScore, Unit, User
from yuetan.rules.assessment.scheme import TENTH, Indicator
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.empty_words import missing_of
from yuetan.rules.text.written_text import needed_text_problems, reason_problems


def score_unit(
    assessment: Assessment,
    *,
    by: User,
    unit: Unit | None,
    indicator: str,
    points: Decimal | None,
    reason: str,
    proof: Sequence[Offer],
) -> AssessmentScore:
    """评分 with its reason and at least one file as its proof.

    Raises NotYours without the right, and for one's own unit (回避); Refused with what is missing, for points out of
    range, for an indicator that is counted, a second time, and once the sheets were sent to the units.
    """
    if unit is not None:
        require_as_office(unit.pk, by, SCORE)
    with room_step(SCORING, assessment, by=by, proof=proof) as held:
        assessment, facts = held.row, {"unit": unit, "indicator": indicator, "points": points, "reason": reason}
        refuse_uncited(_incomplete_score(facts, held.files["proof"]))
        assert unit is not None
        assert points is not None
        one = _scored_indicator(assessment, unit, indicator)
        refuse_uncited([*_score_problems(assessment, unit, one, points, reason)])
        score = AssessmentScore.objects.create(assessment=assessment, scored_by=by, scored_at=clock.now(), **facts)
        held.keep("proof", AssessmentPaper, score=score)
        held.facts |= {"unit": unit.full_name, "indicator": one.name, "points": str(points)}
    return score


def withdraw_score(score: AssessmentScore, *, by: User, reason: str) -> AssessmentScore:
    """撤销评分 with a reason; it stays for the office to see.

    Raises NotYours (also 回避), Refused without a reason, twice, and once the sheets were sent to the units.
    """
    with room_step(WITHDRAWING, score, by=by) as held:
        score = held.row
        refuse_uncited(reason_problems(reason, "撤销"))
        score.withdrawn_by, score.withdrawn_at, score.withdrawal_reason = by, clock.now(), reason
        score.save()
        held.facts["reason"] = reason
    return score


def _incomplete_score(facts: Mapping[str, object], files: Sequence[ExaminedFile]) -> list[Finding]:
    needed = {
        "unit": ("单位", facts["unit"]),
        "indicator": ("指标", facts["indicator"]),
        "points": ("得分", facts["points"] is not None),
        "reason": ("评分理由", facts["reason"]),
        "proof": ("评分依据的文件", files),
    }
    return missing_of("score_incomplete", needed)


def _settled(assessment: Assessment, *_by: User) -> Iterator[Finding]:
    if sent := presented_words(assessment):
        yield finding("assessment_settled", "", **sent)


def _settled_or_withdrawn(score: AssessmentScore, *_by: User) -> Iterator[Finding]:
    yield from _settled(score.assessment)
    if score.withdrawn_by is not None:
        yield finding("score_withdrawn", "", name=score.withdrawn_by.name)


def _scored_indicator(assessment: Assessment, unit: Unit, key: str) -> Indicator:
    """The indicator of that key for the group of the unit; raises Refused where there is none, or it is counted."""
    scheme = assessment.newest_scheme()
    group = scheme.group_of(unit)
    if group is None:
        refuse_uncited([finding("score_of_no_group", "unit", unit=unit.full_name, year=assessment.year)])
    assert group is not None
    one = scheme.indicator(key, group)
    if one is None:
        refuse_uncited([finding("score_incomplete", "indicator", missing=f"“{group.name}”的指标")])
    assert one is not None
    if one.is_counted:
        refuse_uncited([finding("score_not_asked", "indicator", name=one.name)])
    return one


def _score_problems(
    assessment: Assessment, unit: Unit, one: Indicator, points: Decimal, reason: str
) -> Iterator[Finding]:
    if not 0 <= points <= one.most or points % TENTH:
        yield finding("score_points", "points", name=one.name, most=one.most)
    yield from needed_text_problems("score_incomplete", "reason", "评分理由", reason)
    known = (
        AssessmentScore.objects.in_force()
        .filter(assessment=assessment, unit=unit, indicator=one.key)
        .select_related("scored_by")
        .first()
    )
    if known is not None:
        words = {"unit": unit.full_name, "name": one.name, "by": known.scored_by.name, "points": known.points}
        yield finding("score_known", "indicator", **words)


SCORING = RoomStep(SCORE, ASSESSMENTS, (_settled,))
WITHDRAWING = RoomStep("withdraw_score", SCORES, (_settled_or_withdrawn,), codename=SCORE)
