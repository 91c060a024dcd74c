"""What tests of 考核 begin with: the assessment of the year of the cast, a score, the sheets as sent, an objection."""

from datetime import date
from decimal import Decimal
from typing import Any

from tests import cast
from tests.factories import later, pdf
from tests.nothing_sent_twice import copied, copied_if_again
from yuetan.actions.assessment.closing import close_assessment, publish_assessment
from yuetan.actions.assessment.corrections import CorrectedLine, decide_correction, propose_correction
from yuetan.actions.assessment.objections import decide_objection, raise_objection
from yuetan.actions.assessment.schemes import Planned, create_assessment
from yuetan.actions.assessment.scores import score_unit
from yuetan.actions.assessment.sheets import present_assessment
from yuetan.actions.people.for_unit import is_of_unit
from yuetan.actions.proposal.proposal import draft
from yuetan.models import Assessment, AssessmentCorrection, AssessmentObjection, AssessmentScore, AssessmentSheet, Case
from yuetan.rules.assessment.scheme import Group, Indicator
from yuetan.rules.dates import clock
from yuetan.scenarios import keywords
from yuetan.vocabulary import IndicatorRule, ObjectionOutcome, RecordSource, UnitKind, UnscoredPoints

COUNTED, SCORED = IndicatorRule
TOWNS, MEMBERS = Group("", "镇（街）", UnitKind.TOWN), Group("", "成员单位", UnitKind.MEMBER_UNIT)


def counted(name: str, source: str, full: int = 0, each: int = 2, **more: Any) -> Indicator:
    """An indicator that counts records."""
    points = {key: Decimal(value) if key in ("cap", "floor") else value for key, value in more.items()}
    return Indicator("", name, COUNTED, source, Decimal(full), Decimal(each), **points)


INDICATORS = (
    counted("信息报送", RecordSource.MISSED_RETURNS, 20, 2, cap=10),
    counted("来函办理", RecordSource.LATE_REPLIES, 20, 5),
    counted("约谈", RecordSource.INTERVIEWS, 20, 20),
    counted("表彰", RecordSource.COMMENDATIONS, 0, 3, cap=5),
    Indicator("", "工作实绩", SCORED, full=Decimal(40), unscored=UnscoredPoints.FULL),
)
LETTERS, RESULTS = "i2", "i5"  # the keys of 来函办理 and 工作实绩


def planned(**changed: Any) -> Planned:
    """A scheme: towns and member units, 100 points, until the day before the cast's Monday."""
    usual: dict[str, Any] = {
        "source": "办公室设定",
        "first_day": date(2026, 1, 1),
        "last_day": date(2026, 11, 22),
        "groups": [TOWNS, MEMBERS],
        "indicators": INDICATORS,
        "excellent_from": Decimal(95),
        "qualified_from": Decimal(80),
    }
    return Planned(**usual | changed)


@copied
def assessment_of(year: int | None = 2026, *, by: str = "officer", **changed: Any) -> Assessment:
    """The assessment of a year."""
    return create_assessment(by=cast.person(by), year=year, planned=planned(**changed))


@copied_if_again
def scored(assessment: Assessment, code: str = cast.TOWN, *, by: str = "supervisor", **changed: Any) -> AssessmentScore:
    """A score for the results of a unit."""
    facts: dict[str, Any] = {
        "unit": cast.unit(code),
        "indicator": RESULTS,
        "points": Decimal("30.5"),
        "reason": "两项重点任务没有完成。",
        "proof": [pdf("评分依据.pdf")],
    }
    return score_unit(assessment, by=cast.person(by), **facts | changed)


@copied
def presented(assessment: Assessment | None = None) -> Assessment:
    """With the sheets sent to the units."""
    return present_assessment(assessment or assessment_of(), by=cast.person("officer"))


def sheet_of(assessment: Assessment, code: str = cast.TOWN) -> AssessmentSheet:
    """The sheet of a unit that stands."""
    return AssessmentSheet.objects.standing_of(assessment).get(unit=cast.unit(code))


@copied_if_again
def objected(sheet: AssessmentSheet, *, by: str = f"head_{cast.TOWN}", **changed: Any) -> AssessmentObjection:
    """An objection of the town to the points for the letters it got; what the office enters came today."""
    facts: dict[str, Any] = {"indicator": LETTERS, "words": "来函的回复已按期寄出。", "proof": [pdf("回复凭据.pdf")]}
    if not is_of_unit(sheet.unit_id, cast.person(by)):
        facts["received_on"] = clock.today()
    return raise_objection(sheet, by=cast.person(by), **facts | changed)


@copied_if_again
def decided(objection: AssessmentObjection, *, by: str = "director", **changed: Any) -> AssessmentObjection:
    """Upheld, with other points."""
    facts: dict[str, Any] = {
        "outcome": ObjectionOutcome.UPHELD,
        "points": Decimal(18),
        "decision": "经核对，酌情改分。",
    }
    return decide_objection(objection, by=cast.person(by), **facts | changed)


@copied
def closed_assessment() -> Assessment:
    """Closed, with the town at 不合格."""
    assessment = assessment_of()
    scored(assessment, points=Decimal(10))
    objection = objected(sheet_of(presented(assessment)))
    decided(objection, outcome=ObjectionOutcome.DISMISSED, points=None)
    with later(days=10):
        return close_assessment(assessment, by=cast.person("director"))


def published_assessment(assessment: Assessment | None = None) -> Assessment:
    """Made known, ten days from now."""
    closed = assessment or closed_assessment()
    with later(days=10):
        publish_assessment(closed, by=cast.person("director"))
    return Assessment.objects.get(pk=closed.pk)


def correction_proposed(sheet: AssessmentSheet, *, by: str = "officer", **changed: Any) -> AssessmentCorrection:
    """The points for the results of a unit are to be put right."""
    facts: dict[str, Any] = {
        "lines": [CorrectedLine(RESULTS, Decimal(40))],
        "reason": "评分时误将另一单位的台账计入，现已查清。",
        "proof": [pdf("核查情况.pdf")],
    }
    return propose_correction(sheet, by=cast.person(by), **facts | changed)


def correction_decided(
    correction: AssessmentCorrection, *, by: str = "director", granted: bool | None = True, opinion: str = "同意更正。"
) -> AssessmentCorrection:
    """Granted, unless changed."""
    return decide_correction(correction, by=cast.person(by), granted=granted, opinion=opinion)


def corrected_assessment() -> AssessmentCorrection:
    """Published, and the result of the town put right."""
    sheet = sheet_of(published_assessment())
    with later(days=12):
        return correction_decided(correction_proposed(sheet))


def as_evidence(sheet: AssessmentSheet, **changed: Any) -> Case:
    """A proposal on the unit that the officer drafted, with its sheet among the evidence."""
    asked: dict[str, Any] = keywords.proposal(sheet.unit, **{"sheets": [sheet]} | changed)
    return draft(by=cast.person("officer"), **asked)
