"""考核结果通报: ranks and grades of a closed assessment, group by group; and 更正通报, which puts one of these right.

Of no unit they say more than is published.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from yuetan.documents.content.facts import PaperFacts
from yuetan.documents.content.paragraphs import Paragraph, section
from yuetan.documents.content.phrases import body_name, paper_cited, source_cited, standard
from yuetan.models import Assessment, AssessmentCorrection, AssessmentSheet
from yuetan.rules.assessment.scoring import rank_words
from yuetan.rules.text.official_text import chinese_date, joined
from yuetan.vocabulary import AssessmentGrade, DocumentKind, UnitKind

ALL_ASSESSED = "各被考核单位"
FAILED = "；考核不合格的单位要认真查找原因，落实整改"
KIND = DocumentKind.ASSESSMENT_CIRCULAR


@dataclass(frozen=True)
class Moved:
    """A unit whose rank follows from a correction of another one, with both its ranks in words."""

    unit: str
    rank: str
    former: str


def assessment_paper(assessment: Assessment, *, number: str, dated: date) -> PaperFacts:
    """The facts of the paper by which the result of a closed assessment is made known."""
    words = _words_of_year(assessment)
    body = [standard(KIND, "opening", words), *_groups(assessment), standard(KIND, "closing", words)]
    return _facts_of_circular(f"关于{assessment}结果的通报", body, number, dated)


def correction_paper(
    correction: AssessmentCorrection, moved: Sequence[Moved], *, number: str, dated: date
) -> PaperFacts:
    """The facts of a 更正通报; `moved` are the others whose ranks follow."""
    sheet = correction.sheet
    original = _circulars_until(correction)
    words = {**_words_of_year(sheet.assessment), "单位": sheet.unit_name, "原通报": original}
    change = f"由{correction.former_words}，更正为{correction.result_words}"
    result = f"{sheet.unit_name}在{sheet.group_name}中的结果，{change}。"
    ranked = "\n".join(f"{one.rank}：{one.unit}（原{one.former}）。" for one in moved)
    follows = ranked or f"{sheet.group_name}其他单位的名次不变。"
    body = [
        standard(KIND, "opening_corrected", words),
        *section(1, "更正的结果", result),
        *section(2, "更正的原因", correction.reason),
        *section(3, f"{sheet.group_name}名次的变动", follows),
        standard(KIND, "closing_corrected", words),
    ]
    return _facts_of_circular(f"关于更正{sheet.unit_name}{sheet.assessment}结果的通报", body, number, dated)


def _circulars_until(correction: AssessmentCorrection) -> str:
    """The 通报 that a correction is about, with the 更正通报 by which it was put right before: both stand together."""
    assessment = correction.sheet.assessment
    paper = assessment.result_paper
    assert paper is not None
    granted = AssessmentCorrection.objects.granted().filter(sheet__assessment=assessment).select_related("document")
    before = granted.filter(decided_at__lt=correction.decided_at)
    corrected = [paper_cited(one.document.title, one.document.number) for one in before if one.document]
    further = f"及其更正通报{joined(corrected)}" if corrected else ""
    return f"{paper_cited(paper.title, paper.number)}{further}"


def _words_of_year(assessment: Assessment) -> dict[str, str]:
    scheme, sheets = assessment.newest_scheme(), AssessmentSheet.objects.standing_of(assessment)
    return {
        "领导小组": body_name(UnitKind.LEADING_GROUP),
        "办公室": body_name(UnitKind.OFFICE),
        "年度": str(assessment.year),
        "统计期间": scheme.days_words,
        "不合格要求": FAILED if sheets.filter(grade=AssessmentGrade.UNQUALIFIED).exists() else "",
        "依据": source_cited(scheme.source),
    }


def _facts_of_circular(title: str, body: list[Paragraph], number: str, dated: date) -> PaperFacts:
    office = body_name(UnitKind.OFFICE)
    return {
        "title": title,
        "addressee": ALL_ASSESSED,
        "organ": office,
        "mark": f"{office}文件",
        "body": body,
        "number": number,
        "dated_words": chinese_date(dated),
    }


def _groups(assessment: Assessment) -> Iterator[Paragraph]:
    sheets = list(AssessmentSheet.objects.standing_of(assessment).order_by("group_place", "rank", "unit_name", "pk"))
    for number, name in enumerate(dict.fromkeys(sheet.group_name for sheet in sheets), start=1):
        group = [sheet for sheet in sheets if sheet.group_name == name]
        ranks = Counter(sheet.rank for sheet in group)
        lines = "\n".join(_line_of_sheet(sheet, shared=ranks[sheet.rank] > 1) for sheet in group)
        yield from section(number, f"{name}（共{len(group)}个）", lines)


def _line_of_sheet(sheet: AssessmentSheet, *, shared: bool) -> str:
    rank = rank_words(sheet.rank, shared=shared)
    return f"{rank}：{sheet.unit_name}，{sheet.total}分，{AssessmentGrade(sheet.grade).label}。"
