"""关闭考核: totals, ranks and grades become final; and 公布: the result is made known in a numbered paper."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import transaction

from yuetan.actions.assessment.assessment_rows import (
    CLOSE,
    PUBLISH,
    alert_role,
    alert_units,
    locked_assessment,
    note_assessment,
    require_presented,
)
from yuetan.actions.assessment.ranking import rank_sheets
from yuetan.actions.step import refuse_uncited, require_right
from yuetan.documents.issue import issue_of_assessment
from yuetan.models import Assessment, AssessmentObjection, AssessmentSheet, Document, User
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.official_text import chinese_date, joined

AT_ONCE = 500
MOST_NAMED = 5


@transaction.atomic
def close_assessment(assessment: Assessment, *, by: User) -> Assessment:
    """关闭考核 once the days for objections are over: each total with what objections changed, its rank and its grade.

    Raises NotYours; Refused for who holds a post in a unit that is assessed (回避), before the sheets were sent, before
    the days are over, with open objections, and the second time. Effect: nothing of it changes any more.
    """
    require_right(by, CLOSE)
    assessment = locked_assessment(assessment.pk)
    require_presented(assessment, "关闭")
    refuse_uncited(closing_problems(assessment, by))
    assessment.closed_by, assessment.closed_at = by, clock.now()
    for group in _sheets_by_group(assessment):
        rank_sheets(assessment, group)
        AssessmentSheet.objects.bulk_update(group, ("total", "rank", "grade"), batch_size=AT_ONCE)
    assessment.save()
    note_assessment(CLOSE, by, assessment)
    words = f"{assessment}已关闭，名次和等次已确定，请核对后印发考核结果通报。"
    alert_role(PUBLISH, set(), key=f"assessment:{assessment.pk}:closed", words=words)
    return assessment


@transaction.atomic
def publish_assessment(assessment: Assessment, *, by: User) -> Document:
    """印发考核结果通报: from then on every unit sees the ranks and grades of all.

    Raises NotYours; Refused before it is closed, and the second time. Effects: a numbered paper; the units are alerted.
    """
    require_right(by, PUBLISH)
    assessment = locked_assessment(assessment.pk)
    if assessment.closed_at is None:
        refuse_uncited([finding("assessment_not_closed", "", year=assessment.year)])
    if assessment.published_at is not None:
        paper = assessment.result_paper
        assert paper is not None
        refuse_uncited([finding("assessment_published", "", year=assessment.year, number=paper.number)])
    assessment.published_by, assessment.published_at = by, clock.now()
    assessment.save()
    document = issue_of_assessment(assessment, by=by)
    note_assessment(PUBLISH, by, assessment, document=document.number)
    units = AssessmentSheet.objects.standing_of(assessment).values_list("unit", flat=True)
    words = f"{assessment}结果已公布（{document.number}），请查看本单位的名次、等次和通报。"
    alert_units(units, key=f"assessment:{assessment.pk}:published", words=words)
    return document


def recusal_problems(assessment: Assessment, by: User, what: str) -> Iterator[Finding]:
    """That the person holds a post in a unit that is ranked (回避)."""
    own = AssessmentSheet.objects.standing_of(assessment).filter(unit__in=by.interviewed_units).first()
    if own is not None:
        yield finding("assessment_recused", "", name=by.name, unit=own.unit_name, what=what)


def closing_problems(assessment: Assessment, by: User) -> Iterator[Finding]:
    """What stands against 关闭考核 of sheets that were sent; nothing where none were."""
    if assessment.object_until is None:
        return
    yield from recusal_problems(assessment, by, "关闭考核")
    if clock.today() <= assessment.object_until:
        yield finding("assessment_days_not_over", "", day=chinese_date(assessment.object_until))
    waiting = AssessmentObjection.objects.undecided().filter(sheet__assessment=assessment)
    number = waiting.count()
    if number:
        names = list(waiting.order_by("raised_at", "pk").values_list("sheet__unit_name", flat=True)[:MOST_NAMED])
        units = joined(dict.fromkeys(names)) + ("等" if number > len(names) else "")
        yield finding("assessment_objections_open", "", number=number, units=units)


def _sheets_by_group(assessment: Assessment) -> list[list[AssessmentSheet]]:
    groups: dict[int, list[AssessmentSheet]] = {}
    for sheet in AssessmentSheet.objects.standing_of(assessment).order_by("group_place", "pk"):
        groups.setdefault(sheet.group_place, []).append(sheet)
    return list(groups.values())
