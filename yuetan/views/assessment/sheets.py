"""考核得分表: one unit's sheet as it was frozen, each point with its record; objections; what it is a ground of."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from yuetan import permissions
from yuetan.actions.assessment.carried import CHANGED, why_left
from yuetan.actions.assessment.corrections import PROPOSING
from yuetan.actions.assessment.objections import OBJECTING
from yuetan.models import AssessmentObjection, AssessmentSheet, FollowUp, Unit, User
from yuetan.models.assessment.assessment import SEE_ASSESSMENT
from yuetan.models.assessment.offered import offered_by_sheet
from yuetan.models.people.unit_change import mergers_of
from yuetan.views.assessment.correction_rows import corrected_keys, correction_rows
from yuetan.views.assessment.records import line_rows
from yuetan.views.assessment.step_pages import DECIDE, asked_of
from yuetan.views.frame.file_links import file_links
from yuetan.views.frame.follow_ups import follow_up_rows
from yuetan.views.frame.next_steps import NextStepsOf, offered_next
from yuetan.views.frame.offered_facts import ASSESSED
from yuetan.views.frame.request import Request
from yuetan.vocabulary import AssessmentStanding


@require_safe
def assessment_sheet(request: Request, pk: UUID) -> HttpResponse:
    """One sheet, for the office and its unit."""
    visible = AssessmentSheet.objects.visible_to(request.user)
    sheet = get_object_or_404(visible.select_related("assessment__scheme", "unit__parent"), pk=pk)
    stands, corrections = sheet.round == sheet.assessment.round, correction_rows(sheet, request.user)
    left = AssessmentObjection.objects.left_behind(sheet).select_related("sheet") if stands else []
    is_open = sheet.assessment.standing == AssessmentStanding.PRESENTED
    may, why = OBJECTING.is_offered(sheet, request.user), {one: why_left(one, sheet) for one in left}
    context = {
        "sheet": sheet,
        "assessment": sheet.assessment,
        "rows": _changed_rows(sheet, corrected_keys(corrections), request.user),
        "total": _total(sheet),
        "mergers": merger_words(sheet.unit, sheet.assessment.first_day, sheet.assessment.known_until),
        "failing": sheet.failing_lines(),
        "stands": stands and sheet.assessment.presented_at is not None,
        "left": [{"objection": one, "why": why[one]} for one in why],
        "may_object_again": may and is_open and CHANGED in why.values(),
        "objections": _objection_rows(sheet, request.user),
        "may_object": may,
        "corrections": corrections,
        "inner": request.user.has_perm(permissions.name(SEE_ASSESSMENT)),
        "may_correct": PROPOSING.is_offered(sheet, request.user),
        **_offers(sheet, request.user),
        "followed": _followed(sheet, request.user),
    }
    return render(request, "assessment/sheet.html", context)


def _changed_rows(sheet: AssessmentSheet, corrected: Container[object], user: User) -> list[dict[str, object]]:
    """Its lines with their records, and what objections and corrections changed of them."""
    rows, changed = line_rows(sheet.lines, user), sheet.upheld.points
    for row, line in zip(rows, sheet.lines, strict=True):
        row["changed"] = changed.get(line["key"])
        row["was"] = "送核时" if line["key"] in corrected else "异议处理前"
    return rows


def merger_words(unit: Unit, since: date, until: date, *, named: str = "本单位") -> list[str]:
    """What became of the unit, and of those that it goes on for, after the first day that counts and until a day."""
    return [
        f"{named}已于{change.words}。" if change.unit == unit else f"{change.unit.full_name}于{change.words}。"
        for change in mergers_of(unit, since, until)
    ]


def _total(sheet: AssessmentSheet) -> Decimal:
    return sheet.total_now() if sheet.total is None else sheet.total


def _objection_rows(sheet: AssessmentSheet, user: User) -> list[dict[str, object]]:
    """Each with what was said and decided; who of the office decided is the office's to know."""
    related = sheet.objections.select_related("raised_by", "decided_by", "carried_from")
    return [
        {
            "objection": one,
            "name": one.indicator_name,
            "files": file_links(one.original.papers.all()),
            **asked_of(DECIDE, one, user),
        }
        for one in related.prefetch_related("papers", "carried_from__papers")
    ]


def _followed(sheet: AssessmentSheet, user: User) -> list[dict[str, str]]:
    """What was drafted on it, for the office (回避)."""
    inner = user.has_perm(permissions.name(SEE_ASSESSMENT)) and not user.is_recused_from(sheet.unit_id)
    return follow_up_rows(FollowUp.objects.filter(sheet=sheet), user) if inner else []


def _offers(sheet: AssessmentSheet, user: User) -> dict[str, object]:
    """What a sheet of 不合格 may be the ground of, for whoever proposes such a thing; it is past a 提醒函."""
    steps = replace(NextStepsOf(user).about(sheet.unit, f"{ASSESSED}={sheet.pk}"), letter_url="")
    return offered_next(offered_by_sheet(sheet) if steps else None, steps)
