"""异议 of a round that was taken back: what was decided goes on where the line is the same, else it is named."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from yuetan.actions.assessment.assessment_rows import DECIDE, alert_role, alert_units
from yuetan.models import Assessment, AssessmentObjection, AssessmentSheet
from yuetan.rules.text.official_text import joined

RAISED = ("indicator", "words", "raised_by_id", "raised_at", "from_paper")
DECIDED = ("outcome", "decision", "points", "record_stands", "decided_by_id", "decided_at")


def carry_objections(assessment: Assessment) -> tuple[list[AssessmentObjection], list[AssessmentObjection]]:
    """Let the objections of the round before go on in the sheets just sent; those that did, and those that could not.

    A decision goes on where the line has the same records and points; what was undecided is decided now. Effects: the
    units and who decides are told of decisions that did not go on.
    """
    sheets = {sheet.unit_id: sheet for sheet in AssessmentSheet.objects.standing_of(assessment)}
    former = AssessmentObjection.objects.filter(sheet__assessment=assessment, sheet__round=assessment.round - 1)
    carried, left = [], []
    for one in former.select_related("sheet", "carried_from").order_by("raised_at", "pk"):
        if goes_on(one, sheets.get(one.sheet.unit_id)):
            carried.append(_carried(one, sheets[one.sheet.unit_id]))
        else:
            left.append(one)
    AssessmentObjection.objects.bulk_create(carried)
    _alert_of_left(assessment, left)
    return carried, left


def goes_on(objection: AssessmentObjection, sheet: AssessmentSheet | None) -> bool:
    """Whether it holds of the line of another sheet: undecided of any line there is, decided of the same one alone."""
    line = sheet.line_of(objection.indicator) if sheet else None
    if line is None or objection.decided_at is None:
        return line is not None
    before = objection.sheet.line_of(objection.indicator)
    return before is not None and all(line[name] == before[name] for name in ("records", "points", "most", "count"))


def _carried(one: AssessmentObjection, sheet: AssessmentSheet) -> AssessmentObjection:
    facts = {name: getattr(one, name) for name in (*RAISED, *DECIDED)}
    return AssessmentObjection(sheet=sheet, carried_from=one.carried_from or one, **facts)


def _alert_of_left(assessment: Assessment, left: Sequence[AssessmentObjection]) -> None:
    of_unit: dict[int, list[AssessmentObjection]] = {}
    for one in left:
        of_unit.setdefault(one.sheet.unit_id, []).append(one)
    for unit, ones in of_unit.items():
        why = "因该项记录或者得分有变没有沿用，仍有异议的请重新提出。"
        words = f"{assessment}重新送核，原来对{_names_of_lines(ones)}的异议{why}"
        alert_units([unit], key=f"assessment:{assessment.pk}:{assessment.round}:left:{unit}", words=words)
    if left:
        units = joined(dict.fromkeys(one.sheet.unit_name for one in left))
        words = f"{assessment}重新送核，{units}原来的异议处理有{len(left)}件因记录或者得分有变没有沿用，请核对得分表。"
        alert_role(DECIDE, set(of_unit), key=f"assessment:{assessment.pk}:{assessment.round}:left", words=words)


def _names_of_lines(ones: Iterable[AssessmentObjection]) -> str:
    return joined(dict.fromkeys(f"“{one.indicator_name}”" for one in ones))
