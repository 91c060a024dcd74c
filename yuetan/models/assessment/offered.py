"""What a proposal or a 通报 begins with about a unit that was assessed as 不合格: its sheet as the evidence."""

from __future__ import annotations

from decimal import Decimal

from yuetan.models.assessment.correction import AssessmentCorrection
from yuetan.models.assessment.sheet import AssessmentSheet
from yuetan.models.case.offered_facts import OfferedFacts
from yuetan.rules.text.official_text import joined
from yuetan.vocabulary import AssessmentGrade

MAX_LOST = 5  # lines named, those that lost the most


def offered_by_sheet(sheet: AssessmentSheet) -> OfferedFacts | None:
    """The facts, once the assessment is closed; none for a unit that is not 不合格, or a sheet that was withdrawn."""
    assessment = sheet.assessment
    if sheet.grade != AssessmentGrade.UNQUALIFIED or sheet.round != assessment.round or assessment.scheme is None:
        return None
    place = f"在{sheet.group_name}中列{sheet.rank_words}"
    facts = f"{sheet.unit.full_name}{assessment}总分{sheet.total}分，{place}，等次为不合格。{_lost(sheet)}"
    corrected = _newest_correction(sheet) if sheet.published_grade else None
    paper = corrected.document if corrected else assessment.result_paper
    source = f"《{paper.title}》（{paper.number}）" if paper else f"{assessment}得分表"
    return OfferedFacts(
        sheet.unit,
        f"{assessment}不合格",
        facts,
        "查明考核失分的原因，逐项制定整改措施并按期完成。",
        reference_number=paper.number if paper else f"{assessment}得分表",
        reference_summary=f"{source}：{sheet.unit_name}总分{sheet.total}分，{place}，不合格。",
        sheet=sheet.pk,
    )


def _newest_correction(sheet: AssessmentSheet) -> AssessmentCorrection | None:
    granted = AssessmentCorrection.objects.granted().filter(sheet=sheet)
    return granted.select_related("document").last()


def _lost(sheet: AssessmentSheet) -> str:
    """失分较多的：来函办理（15分，满分20分）."""
    changed = sheet.upheld.points
    points = {line["key"]: changed.get(line["key"], Decimal(line["points"])) for line in sheet.lines}
    lost = {line["key"]: Decimal(line["most"]) - points[line["key"]] for line in sheet.lines if not line["adds"]}
    worst = sorted((line for line in sheet.lines if lost.get(line["key"])), key=lambda line: -lost[line["key"]])
    named = [f"{line['name']}（{points[line['key']]}分，满分{line['most']}分）" for line in worst[:MAX_LOST]]
    return f"失分较多的：{joined(named)}。" if named else ""
