"""年度考核 of every year since everybody took office, played for all units at once: nothing of it is multiplied by SQL.

The real actions count, freeze, rank and publish any number of sheets in a few statements, and only they know what the
records of each unit are worth. Some units are scored by hand, some object.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time, timedelta
from decimal import Decimal
from functools import partial

from django.db import transaction
from django.utils import timezone

from yuetan.actions.assessment.closing import close_assessment, publish_assessment
from yuetan.actions.assessment.objections import decide_objection, raise_objection
from yuetan.actions.assessment.schemes import Planned, create_assessment
from yuetan.actions.assessment.scores import score_unit
from yuetan.actions.assessment.sheets import present_assessment
from yuetan.models import Assessment, AssessmentSheet, Unit
from yuetan.rules.assessment.scheme import Group
from yuetan.rules.dates import clock
from yuetan.scenarios.actors import in_office, liaison
from yuetan.scenarios.bulk import people
from yuetan.scenarios.bulk.story import at
from yuetan.scenarios.demo.assessment import LETTERS, RESULTS, indicators
from yuetan.scenarios.demo.people import IN_OFFICE_SINCE
from yuetan.scenarios.files import blank_scan
from yuetan.vocabulary import ObjectionOutcome, UnitKind

Progress = Callable[[str, int], None]

SHEETS = "assessmentsheet"
MORNING = time(9)
ONE_DAY = timedelta(days=1)
SENT_AGO, COUNTED_UNTIL = timedelta(days=2), timedelta(days=31)  # of the running year, before today
EVERY, MAX_OF_YEAR = 5, 40  # every fifth unit is scored, every fifth of the next ones objects; no more of a year
ON_PAPER = 4  # of so many objections one comes on paper
GRANTED = Decimal(8)


@transaction.atomic
def load_assessments(*, progress: Progress = lambda name, written: None) -> None:
    """Assess every year that has not been: what is over is published, of this one the sheets are with the units."""
    people.engage_everybody()
    today = clock.today()
    known = set(Assessment.objects.values_list("year", flat=True))
    for year in range(IN_OFFICE_SINCE.year, today.year):
        if year not in known:
            last = date(year, 12, 31)
            _publish(_sent(year, last, last + 9 * ONE_DAY))
            progress(SHEETS, AssessmentSheet.objects.count())
    counted = today - COUNTED_UNTIL
    if today.year not in known and counted.year == today.year:
        _object(_sent(today.year, counted, today - SENT_AGO), today - ONE_DAY, decided=2)
        progress(SHEETS, AssessmentSheet.objects.count())


def _sent(year: int, last: date, day: date) -> Assessment:
    """Planned at the end, scored, and sent to the units on a day."""
    with clock.at(at(last, MORNING)):
        assessment = create_assessment(by=in_office("officer"), year=year, planned=_planned(year, last))
    with clock.at(at(day, MORNING) - ONE_DAY):
        for number, unit in enumerate(people.units_apart()[::EVERY][:MAX_OF_YEAR]):
            _score(assessment, unit, Decimal(40 - number % 12))
    with clock.at(at(day, MORNING)):
        return present_assessment(assessment, by=in_office("officer"))


def _planned(year: int, last: date) -> Planned:
    kinds = (UnitKind.TOWN, UnitKind.COUNTY, UnitKind.MEMBER_UNIT)
    units = {kind: tuple(people.units_apart().filter(kind=kind).values_list("pk", flat=True)) for kind in kinds}
    return Planned(
        source="常态化扫黑除恶工作考核办法（测速）",
        first_day=date(year, 1, 1),
        last_day=last,
        groups=[Group("", str(kind.label), units=keys) for kind, keys in units.items() if keys],
        indicators=indicators(),
        excellent_from=Decimal(95),
        qualified_from=Decimal(75),
    )


def _score(assessment: Assessment, unit: Unit, points: Decimal) -> None:
    score_unit(
        assessment,
        by=in_office("supervisor"),
        unit=unit,
        indicator=RESULTS,
        points=points,
        reason="重点任务完成情况按台账核定。",
        proof=[blank_scan("评分依据")],
    )


def _publish(assessment: Assessment) -> None:
    assert assessment.presented_at is not None
    assert assessment.object_until is not None
    _object(assessment, timezone.localdate(assessment.presented_at) + ONE_DAY, decided=1)
    with clock.at(at(assessment.object_until + ONE_DAY, MORNING)):
        close_assessment(assessment, by=in_office("director"))
        publish_assessment(assessment, by=in_office("director"))


def _object(assessment: Assessment, day: date, *, decided: int) -> None:
    """Some units object to a line; of so many objections one is decided on, of all every other one for the unit."""
    sheets = AssessmentSheet.objects.standing_of(assessment).select_related("unit").order_by("unit__code")
    for number, sheet in enumerate(sheets[1::EVERY][:MAX_OF_YEAR]):
        with clock.at(at(day, MORNING)):
            words = "函件的回复因邮寄延误，发出日期在期限内。"
            proof = [blank_scan("邮寄凭据")]
            on_paper = number % ON_PAPER == 1
            by, came = (in_office("officer"), day) if on_paper else (liaison(sheet.unit), None)
            raised = partial(raise_objection, sheet, indicator=LETTERS, words=words, proof=proof)
            objection = raised(by=by, received_on=came)
        upheld = not number % 2
        outcome = ObjectionOutcome.UPHELD if upheld else ObjectionOutcome.DISMISSED
        with clock.at(at(day, MORNING) + timedelta(hours=2)):
            if number % decided == 0:
                decide_objection(
                    objection,
                    by=in_office("director"),
                    outcome=outcome,
                    points=GRANTED if upheld else None,
                    decision="经核对邮寄凭据，酌情处理。",
                )
