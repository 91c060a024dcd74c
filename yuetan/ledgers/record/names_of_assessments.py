"""How the record of who saw what names assessments, sheets, objections, corrections, scores and their files."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from yuetan.models import (
    Assessment,
    AssessmentCorrection,
    AssessmentObjection,
    AssessmentPaper,
    AssessmentScore,
    AssessmentSheet,
)

Words = dict[str, str]


def _of_assessments(keys: set[str]) -> Words:
    return {str(each.pk): str(each) for each in Assessment.objects.filter(pk__in=keys)}


def _of_assessment_sheets(keys: set[str]) -> Words:
    sheets = AssessmentSheet.objects.filter(pk__in=keys).select_related("assessment").defer("lines")
    return {str(each.pk): str(each) for each in sheets}


def _of_assessment_objections(keys: set[str]) -> Words:
    rows = AssessmentObjection.objects.filter(pk__in=keys).select_related("sheet__assessment")
    return {str(each.pk): f"{each.sheet}的异议" for each in rows}


def _of_assessment_corrections(keys: set[str]) -> Words:
    rows = AssessmentCorrection.objects.filter(pk__in=keys).select_related("sheet__assessment")
    return {str(each.pk): str(each) for each in rows}


def _of_assessment_scores(keys: set[str]) -> Words:
    rows = AssessmentScore.objects.filter(pk__in=keys).select_related("unit__parent", "assessment")
    return {str(each.pk): str(each) for each in rows}


def _of_assessment_papers(keys: set[str]) -> Words:
    sheets = ("objection__sheet__assessment", "correction__sheet__assessment")
    related = ("score__unit__parent", "score__assessment", *sheets)
    papers = AssessmentPaper.objects.filter(pk__in=keys).select_related(*related)
    return {str(paper.pk): paper.used_for for paper in papers}


NAMES_OF_ASSESSMENTS: Mapping[str, Callable[[set[str]], Words]] = {
    "/assessment/sheets/": _of_assessment_sheets,
    "/assessment/objections/": _of_assessment_objections,
    "/assessment/corrections/": _of_assessment_corrections,
    "/assessment/scores/": _of_assessment_scores,
    "/assessment/papers/": _of_assessment_papers,
    "/assessment/": _of_assessments,
}
