"""关闭考核: totals, ranks and grades become final; and 公布: the result is made known in a numbered paper."""

from __future__ import annotations

from collections.abc import Iterator

from yuetan.actions.assessment.assessment_rows import (
    ASSESSMENTS,
    AT_ONCE,
    CLOSE,
    MAX_NAMED,
    PUBLISH,
    alert_role,
    alert_units,
    presented_problems,
)
from yuetan.actions.assessment.ranking import rank_sheets
from yuetan.actions.room_step import RoomStep, room_step
from yuetan.documents.issue import issue_of_assessment
from yuetan.models import Assessment, AssessmentObjection, AssessmentSheet, Document, User
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.official_text import chinese_date, first_named


def close_assessment(assessment: Assessment, *, by: User) -> Assessment:
    """关闭考核 once the days for objections are over: each total with what objections changed, its rank and its grade.

    Raises NotYours; Refused for who holds a post in a unit that is assessed (回避), before the sheets were sent, before
    the days are over, with open objections, and the second time. Effect: nothing of it changes any more.
    """
    with room_step(CLOSING, assessment, by=by) as held:
        assessment = held.row
        assessment.closed_by, assessment.closed_at = by, clock.now()
        for group in _sheets_by_group(assessment):
            rank_sheets(assessment, group)
            AssessmentSheet.objects.bulk_update(group, ("total", "rank", "grade"), batch_size=AT_ONCE)
        assessment.save()
        words = f"{assessment}已关闭，名次和等次已确定，请核对后印发考核结果通报。"
        alert_role(PUBLISH, set(), key=f"assessment:{assessment.pk}:closed", words=words)
    return assessment


def publish_assessment(assessment: Assessment, *, by: User) -> Document:
    """印发考核结果通报: from then on every unit sees the ranks and grades of all.

    Raises NotYours; Refused before it is closed, and the second time. Effects: a numbered paper; the units are alerted.
    """
    with room_step(PUBLISHING, assessment, by=by) as held:
        assessment = held.row
        assessment.published_by, assessment.published_at = by, clock.now()
        assessment.save()
        document = issue_of_assessment(assessment, by=by)
        held.facts["document"] = document.number
        units = AssessmentSheet.objects.standing_of(assessment).values_list("unit", flat=True)
        words = f"{assessment}结果已公布（{document.number}），请查看本单位的名次、等次和通报。"
        alert_units(units, key=f"assessment:{assessment.pk}:published", words=words)
    return document


def recusal_problems(assessment: Assessment, by: User, what: str) -> Iterator[Finding]:
    """That the person holds a post in a unit that is ranked (回避)."""
    own = AssessmentSheet.objects.standing_of(assessment).filter(unit__in=by.interviewed_units).first()
    if own is not None:
        yield finding("assessment_recused", "", name=by.name, unit=own.unit_name, what=what)


def _days_not_over(assessment: Assessment, *_by: User) -> Iterator[Finding]:
    if assessment.object_until is not None and clock.today() <= assessment.object_until:
        yield finding("assessment_days_not_over", "", day=chinese_date(assessment.object_until))


def _closing_problems(assessment: Assessment, by: User) -> Iterator[Finding]:
    """That the person keeps away from it, or objections wait."""
    yield from recusal_problems(assessment, by, "关闭考核")
    waiting = AssessmentObjection.objects.undecided().filter(sheet__assessment=assessment)
    names = list(waiting.order_by("raised_at", "pk").values_list("sheet__unit_name", flat=True))
    if names:
        units = first_named(list(dict.fromkeys(names)), MAX_NAMED)
        yield finding("assessment_objections_open", "", number=len(names), units=units)


def _publishing_problems(assessment: Assessment, *_by: User) -> Iterator[Finding]:
    """That there is nothing to make known yet, or it was made known."""
    if assessment.closed_at is None:
        yield finding("assessment_not_closed", "", year=assessment.year)
    if assessment.published_at is not None:
        paper = assessment.result_paper
        assert paper is not None
        yield finding("assessment_published", "", year=assessment.year, number=paper.number)


def _sheets_by_group(assessment: Assessment) -> list[list[AssessmentSheet]]:
    groups: dict[int, list[AssessmentSheet]] = {}
    for sheet in AssessmentSheet.objects.standing_of(assessment).order_by("group_place", "pk"):
        groups.setdefault(sheet.group_place, []).append(sheet)
    return list(groups.values())


CLOSING = RoomStep[Assessment](
    CLOSE,
    ASSESSMENTS,
    (lambda assessment, by: presented_problems(assessment, "关闭"), _days_not_over),
    (_closing_problems,),
)
PUBLISHING = RoomStep(PUBLISH, ASSESSMENTS, (_publishing_problems,))
