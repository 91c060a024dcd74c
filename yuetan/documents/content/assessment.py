"""考核结果通报: the ranks and grades of a closed assessment, group by group; of no unit more than is published."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from yuetan.documents.content.facts import PaperFacts
from yuetan.documents.content.paragraphs import Paragraph, section
from yuetan.documents.content.phrases import body_name, standard
from yuetan.models import Assessment, AssessmentSheet
from yuetan.rules.text.official_text import chinese_date
from yuetan.vocabulary import AssessmentGrade, DocumentKind, UnitKind

ALL_ASSESSED = "各被考核单位"


def assessment_paper(assessment: Assessment, *, number: str, dated: date) -> PaperFacts:
    """The facts of the paper by which the result of a closed assessment is made known."""
    kind, office, scheme = DocumentKind.ASSESSMENT_CIRCULAR, body_name(UnitKind.OFFICE), assessment.newest_scheme()
    words = {
        "领导小组": body_name(UnitKind.LEADING_GROUP),
        "办公室": office,
        "年度": str(assessment.year),
        "统计期间": scheme.days_words,
        "依据": scheme.source,
    }
    return {
        "title": f"关于{assessment}结果的通报",
        "addressee": ALL_ASSESSED,
        "organ": office,
        "mark": f"{office}文件",
        "body": [standard(kind, "opening", words), *_groups(assessment), standard(kind, "closing", words)],
        "number": number,
        "dated_words": chinese_date(dated),
    }


def _groups(assessment: Assessment) -> Iterator[Paragraph]:
    sheets = list(AssessmentSheet.objects.standing_of(assessment).order_by("group_place", "rank", "unit_name", "pk"))
    for number, name in enumerate(dict.fromkeys(sheet.group_name for sheet in sheets), start=1):
        lines = "\n".join(_line_of_sheet(sheet) for sheet in sheets if sheet.group_name == name)
        yield from section(number, f"{name}（共{sum(sheet.group_name == name for sheet in sheets)}个）", lines)


def _line_of_sheet(sheet: AssessmentSheet) -> str:
    return f"第{sheet.rank}名：{sheet.unit_name}，{sheet.total}分，{AssessmentGrade(sheet.grade).label}。"
