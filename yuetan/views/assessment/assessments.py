"""考核: the years, one year with its scheme and its figures, a unit's figures as they are today, the result."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from yuetan import permissions
from yuetan.actions.assessment.schemes import SETTING_UP
from yuetan.actions.assessment.scores import SCORING, WITHDRAWING
from yuetan.actions.people.for_unit import require_as_office
from yuetan.documents.pdf_store import pdf_bytes
from yuetan.forms.frame.bounds import is_key
from yuetan.ledgers.assessment.assessment import AssessmentLedger
from yuetan.models import (
    Assessment,
    AssessmentCorrection,
    AssessmentObjection,
    AssessmentScheme,
    AssessmentSheet,
    Unit,
    User,
)
from yuetan.models.assessment.assessment import SEE_ASSESSMENT
from yuetan.models.assessment.counting import Counting
from yuetan.models.assessment.preview import Near, RankedUnit, ranked_page
from yuetan.models.assessment.ties import note_ties
from yuetan.rules.assessment.scheme import Group, Indicator
from yuetan.rules.dates import clock
from yuetan.rules.files.file_kind import safe_name
from yuetan.templatetags.official import day, moment
from yuetan.views.assessment.records import line_rows
from yuetan.views.assessment.result_book import result_book
from yuetan.views.assessment.sheets import merger_words
from yuetan.views.assessment.step_pages import steps_of
from yuetan.views.files.files import pdf_answer, spreadsheet_answer
from yuetan.views.frame.ledger_page import ledger_page
from yuetan.views.frame.pagination import shown_of
from yuetan.views.frame.request import Request

MAX_YEARS = 30
UNITS_SHOWN = 50
ROWS_SHOWN = 50  # objections, and corrections, on the page of a year


def sees_all(user: User) -> bool:
    """Whether the person reads the figures of every unit."""
    return bool(user.has_perm(permissions.name(SEE_ASSESSMENT)))


@require_safe
def assessment_list(request: Request) -> HttpResponse:
    """Every year that the person may see, and of each the sheets of their own units."""
    user = request.user
    shown = list(Assessment.objects.visible_to(user)[:MAX_YEARS])
    own: dict[UUID, list[AssessmentSheet]] = {}
    sheets = AssessmentSheet.objects.standing().filter(assessment__in=shown, unit__in=user.interviewed_units)
    for sheet in note_ties(sheets):
        own.setdefault(sheet.assessment_id, []).append(sheet)
    context = {
        "rows": [{"assessment": one, "sheets": own.get(one.pk, [])} for one in shown],
        "sees_all": sees_all(user),
        "may_keep": SETTING_UP.is_offered(None, user),
    }
    return render(request, "assessment/list.html", context)


@require_safe
def assessment_ranking(request: Request) -> HttpResponse:
    """考核结果台账."""
    facts = ledger_page(request, AssessmentLedger())
    rows = [row | {"url": f"../sheets/{row['sheet'].pk}/"} for row in facts["rows"]]  # relative to the list
    return render(request, "assessment/ranking.html", {**facts, "rows": rows})


@require_safe
def assessment_page(request: Request, pk: UUID) -> HttpResponse:
    """One year: its scheme, its figures as they stand, and what the person may do."""
    user, assessment = request.user, visible_assessment(request, pk)
    scheme, inner = assessment.newest_scheme(), sees_all(user)
    own = AssessmentSheet.objects.standing_of(assessment).filter(unit__in=user.interviewed_units)
    context: dict[str, object] = {
        "assessment": assessment,
        "scheme": scheme,
        "inner": inner,
        "facts": _facts_of_assessment(assessment, scheme),
        "indicators": scheme.indicator_list,
        "own": note_ties(own),
        "paper": assessment.result_paper,
    }
    context["corrections"], context["other_corrections"] = shown_of(_corrections_of_year(assessment, user), ROWS_SHOWN)
    if inner:
        context["objections"], context["other_objections"] = shown_of(_objections(assessment, user), ROWS_SHOWN)
        context |= {
            "groups": [(place, one, scheme.units_of(one).count()) for place, one in enumerate(scheme.group_list)],
            "versions": list(assessment.schemes.select_related("entered_by").order_by("-version")),
            "steps": steps_of(assessment, user),
        }
        if assessment.presented_at is None:
            context |= _group_preview(request, assessment, scheme)
    return render(request, "assessment/assessment.html", context)


def visible_assessment(request: Request, pk: UUID) -> Assessment:
    """The assessment, for whoever may see it. Raises Http404 for anybody else."""
    return get_object_or_404(Assessment.objects.visible_to(request.user), pk=pk)


def _facts_of_assessment(assessment: Assessment, scheme: AssessmentScheme) -> list[dict[str, str]]:
    facts = {
        "依据": scheme.source,
        "统计期间": scheme.days_words,
        "等次": f"优秀 {scheme.excellent_from} 分以上，合格 {scheme.qualified_from} 分以上，低于合格的为不合格",
        "送单位核对": moment(assessment.presented_at) if assessment.presented_at else "",
        "异议期限": day(assessment.object_until) if assessment.object_until else "",
        "关闭": moment(assessment.closed_at) if assessment.closed_at else "",
        "公布": moment(assessment.published_at) if assessment.published_at else "",
    }
    return [{"label": label, "value": value} for label, value in facts.items() if value]


def _objections(assessment: Assessment, user: User) -> QuerySet[AssessmentObjection]:
    """Those of the sheets that stand, the undecided first, without those of one's own unit (回避)."""
    rows = AssessmentObjection.objects.filter(sheet__assessment=assessment, sheet__round=assessment.round)
    shown = rows.exclude(sheet__unit__in=user.interviewed_units).select_related("sheet__assessment")
    return shown.order_by("outcome", "raised_at", "pk")


def _corrections_of_year(assessment: Assessment, user: User) -> QuerySet[AssessmentCorrection]:
    """What was put right, for everybody who sees the result; the office sees what waits too, but of its own unit."""
    rows = AssessmentCorrection.objects.filter(sheet__assessment=assessment)
    waiting = Q(decided_at=None, sheet__in=AssessmentSheet.objects.visible_to(user).order_by().values("pk"))
    shown = rows.filter(Q(granted=True) | (waiting & ~Q(sheet__unit__in=user.interviewed_units)))
    return shown.with_ties().select_related("sheet", "document").order_by("-proposed_at", "pk")


def _group_preview(request: Request, assessment: Assessment, scheme: AssessmentScheme) -> dict[str, object]:
    """The units of a group as they would be ranked today, a page of them; none of one's own unit (回避), and beside it
    no ranks: the one left out would be its."""
    place = _group_place(request, scheme)
    group, own = scheme.group_list[place], request.user.interviewed_units
    page = ranked_page(assessment, scheme, group, _near(request, own), UNITS_SHOWN)
    left_out = scheme.units_of(group).filter(pk__in=own).count()
    keys = [one.counted.unit for one in page.units]
    units = Unit.objects.select_related("parent").in_bulk(keys)
    rows = [_ranked_row(one, units[one.counted.unit], has_rank=not left_out) for one in page.units]
    return {
        "place": place,
        "group": group,
        "columns": scheme.indicators_of(group),
        "ranked": rows,
        "number": page.number + left_out,
        "before": keys[0] if page.has_earlier else None,
        "after": keys[-1] if page.has_later else None,
    }


def _near(request: Request, without: Sequence[int]) -> Near:
    """Near which unit the page begins that the address asks for."""
    after, before = (request.GET.get(name, "") for name in ("after", "before"))
    return Near(int(after) if is_key(after) else None, int(before) if is_key(before) else None, without)


def _group_place(request: Request, scheme: AssessmentScheme) -> int:
    asked = request.GET.get("group", "")
    return int(asked) if is_key(asked) and int(asked) < len(scheme.group_list) else 0


def _ranked_row(one: RankedUnit, unit: Unit, *, has_rank: bool) -> dict[str, object]:
    return {"unit": unit, "rank": one.rank if has_rank else "—", "grade": one.grade.label, "counted": one.counted}


@require_safe
def assessed_unit(request: Request, pk: UUID, unit: int) -> HttpResponse:
    """The figures of one unit as they are today, each with its records; for the office, not of one's own unit (回避).

    Raises NotYours for anybody else, whether there is such a unit or not; Http404 for a unit of no group.
    """
    require_as_office(unit, request.user, SEE_ASSESSMENT)
    about = get_object_or_404(Unit.objects.select_related("parent"), pk=unit)
    assessment = visible_assessment(request, pk)
    scheme = assessment.newest_scheme()
    group = scheme.group_of(about)
    if group is None:
        raise Http404
    context = {
        **_figures_of_unit(Counting(assessment, scheme, [about.pk]), group, about, request.user),
        "assessment": assessment,
        "unit": about,
        "group": group,
        "scores": _scores_of(assessment, about, scheme.indicators_of(group), request.user),
        "may_score": SCORING.is_offered(assessment, request.user),
    }
    return render(request, "assessment/unit.html", context)


def _figures_of_unit(counting: Counting, group: Group, unit: Unit, user: User) -> dict[str, object]:
    counted = counting.of_unit(unit.pk, group)
    return {
        "rows": line_rows(counting.frozen_lines(counted), user),
        "missing": counted.missing,
        "total": counted.total,
        "fails": counted.fails,
        "mergers": merger_words(unit, counting.days.first, clock.today(), named="该单位"),
    }


def _scores_of(
    assessment: Assessment, unit: Unit, indicators: Iterable[Indicator], user: User
) -> list[dict[str, object]]:
    """Every score that the unit was given, those withdrawn too."""
    names = {one.key: one.name for one in indicators}
    scores = assessment.scores.filter(unit=unit).select_related("scored_by", "withdrawn_by").order_by("-pk")
    return [
        {
            "score": one,
            "name": names.get(one.indicator, one.indicator),
            "may_withdraw": WITHDRAWING.is_offered(one, user),
        }
        for one in scores
    ]


@require_safe
def assessment_paper(request: Request, pk: UUID) -> HttpResponse:
    """考核结果通报 as it was printed, for everybody who may see the assessment. Raises Http404 before it is issued."""
    document = visible_assessment(request, pk).result_paper
    if document is None:
        raise Http404
    return pdf_answer(pdf_bytes(document), safe_name(f"{document}.pdf"))


@require_safe
def assessment_result_file(request: Request, pk: UUID) -> HttpResponseBase:
    """The result as an Excel file, as much of it as the person may see. Raises Http404 before the sheets are sent."""
    assessment = visible_assessment(request, pk)
    if assessment.presented_at is None:
        raise Http404
    return spreadsheet_answer(result_book(assessment, request.user), f"{assessment}结果")


@require_safe
def correction_paper(request: Request, pk: UUID) -> HttpResponse:
    """更正通报 as it was printed, for everybody who may see the assessment. Raises Http404 before it is issued."""
    assessments = Assessment.objects.visible_to(request.user).order_by().values("pk")
    granted = AssessmentCorrection.objects.granted().filter(sheet__assessment__in=assessments)
    document = get_object_or_404(granted.select_related("document"), pk=pk).document
    if document is None:
        raise Http404
    return pdf_answer(pdf_bytes(document), safe_name(f"{document}.pdf"))
