"""考核 of the demonstration: one year of a few units, objected to, closed, made known and put right; one is 不合格."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal

from yuetan.actions.assessment.closing import close_assessment, publish_assessment
from yuetan.actions.assessment.corrections import CorrectedLine, decide_correction, propose_correction
from yuetan.actions.assessment.objections import decide_objection, raise_objection
from yuetan.actions.assessment.schemes import Planned, create_assessment
from yuetan.actions.assessment.scores import score_unit
from yuetan.actions.assessment.sheets import present_assessment
from yuetan.models import Assessment, AssessmentCorrection, AssessmentSheet, Unit, User
from yuetan.rules.assessment.scheme import Group, Indicator
from yuetan.rules.dates import clock
from yuetan.rules.text.official_text import CHINA_STANDARD_TIME
from yuetan.scenarios.files import blank_scan
from yuetan.vocabulary import IndicatorRule, ObjectionOutcome, PostKind, RecordSource, UnscoredPoints

TOWNS = ("440703101", "440705102", "440705104")
MEMBER_UNITS = ("440700-120", "440700-118")
COUNTED, SCORED = IndicatorRule
RESULTS = "i6"  # the keys of 工作实绩 and 来函办理
LETTERS = "i2"


def play_assessment() -> None:
    """Counted until a month ago, sent to the units, objected to, closed, and published."""
    last = clock.today() - timedelta(days=31)
    with clock.at(_morning(last - timedelta(days=10))):
        assessment = create_assessment(by=_played_by("officer"), year=last.year, planned=_planned(last))
    with clock.at(_morning(last)):
        _score(assessment, TOWNS[0], "6", "挂牌重点整治两项没有完成，群众安全感测评下降。（演示）")
        _score(assessment, TOWNS[1], "33.5", "重点任务基本完成，台账不齐。（演示）")
    with clock.at(_morning(last + timedelta(days=1))):
        present_assessment(assessment, by=_played_by("officer"))
    with clock.at(_morning(last + timedelta(days=3))):
        _object(assessment)
    with clock.at(_morning(last + timedelta(days=16))):
        close_assessment(Assessment.objects.get(pk=assessment.pk), by=_played_by("director"))
        publish_assessment(Assessment.objects.get(pk=assessment.pk), by=_played_by("director"))


def play_corrections() -> None:
    """Today the result of a town is put right, and that of a member unit is proposed to be."""
    sheets = AssessmentSheet.objects.filter(assessment__published_at__isnull=False)
    reason = "评分时误将一项已按期完成的重点任务计为未完成，经核对台账应予更正。（演示）"
    correction = _propose(sheets.get(unit__code=TOWNS[1]), RESULTS, "34.5", reason)
    decide_correction(correction, by=_played_by("director"), granted=True, opinion="台账属实，同意更正。（演示）")
    _propose(sheets.get(unit__code=MEMBER_UNITS[0]), LETTERS, "10", "来文机关复函确认回复在期限内寄达。（演示）")


def _propose(sheet: AssessmentSheet, indicator: str, points: str, reason: str) -> AssessmentCorrection:
    lines, proof = [CorrectedLine(indicator, Decimal(points))], [blank_scan("核对情况")]
    return propose_correction(sheet, by=_played_by("officer"), lines=lines, reason=reason, proof=proof)


def _planned(last: date) -> Planned:
    groups = [_group("镇（街）", TOWNS), _group("成员单位", MEMBER_UNITS)]
    return Planned(
        source="扫黑除恶常态化工作考核办法（演示）",
        first_day=date(last.year, 1, 1),
        last_day=last,
        groups=groups,
        indicators=indicators(),
        excellent_from=Decimal(95),
        qualified_from=Decimal(75),
    )


def indicators() -> list[Indicator]:
    """What a year is counted by: 100 points of every group, and what adds to them."""
    return [
        Indicator("", "信息报送", COUNTED, RecordSource.MISSED_RETURNS, Decimal(10), Decimal(2)),
        Indicator("", "来函办理", COUNTED, RecordSource.LATE_REPLIES, Decimal(10), Decimal(5)),
        Indicator("", "整改任务", COUNTED, RecordSource.LATE_REPORTS, Decimal(20), Decimal(5), cap=Decimal(15)),
        Indicator("", "约谈", COUNTED, RecordSource.INTERVIEWS, Decimal(10), Decimal(10)),
        Indicator("", "一票否决", COUNTED, RecordSource.VETOES, Decimal(10), Decimal(10), fails=True),
        Indicator("", "工作实绩", SCORED, full=Decimal(40), unscored=UnscoredPoints.FULL),
        Indicator("", "表彰奖励", COUNTED, RecordSource.COMMENDATIONS, each=Decimal(2), cap=Decimal(4)),
    ]


def _group(name: str, codes: tuple[str, ...]) -> Group:
    return Group(
        "", name, units=tuple(Unit.objects.filter(code__in=codes).order_by("code").values_list("pk", flat=True))
    )


def _score(assessment: Assessment, code: str, points: str, reason: str) -> None:
    score_unit(
        assessment,
        by=_played_by("supervisor"),
        unit=Unit.objects.get(code=code),
        indicator=RESULTS,
        points=Decimal(points),
        reason=reason,
        proof=[blank_scan("评分依据")],
    )


def _object(assessment: Assessment) -> None:
    """The liaison of a member unit objects to what its letters cost; the director grants a part of it."""
    sheet = AssessmentSheet.objects.get(assessment=assessment, unit__code=MEMBER_UNITS[0])
    liaison = sheet.unit.posts.current().filter(kind=PostKind.LIAISON).select_related("holder")[0].holder
    words = "司法建议书的回复因邮寄延误，发出日期在期限内。（演示）"
    objection = raise_objection(sheet, by=liaison, indicator=LETTERS, words=words, proof=[blank_scan("邮寄凭据")])
    decide_objection(
        objection,
        by=_played_by("director"),
        outcome=ObjectionOutcome.UPHELD,
        points=Decimal(8),
        decision="经核对邮寄凭据，逾期系邮寄延误，酌情减轻扣分。（演示）",
    )


def _played_by(username: str) -> User:
    return User.objects.get(username=username)


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(9), CHINA_STANDARD_TIME)
