"""考核得分表 on paper: one unit's result and its lines, with how many records were counted, none of which is named.

What a record is about may be kept from whoever reads the paper (知悉范围); of no other unit does it say a word.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from yuetan.documents.content.facts import PaperFacts
from yuetan.documents.content.office_forms import Row
from yuetan.models import AssessmentCorrection, AssessmentSheet
from yuetan.rules.text.official_text import chinese_date


def sheet_facts(sheet: AssessmentSheet) -> PaperFacts:
    """The facts of the paper: the same for the same result, whoever prints it and whenever."""
    assessment, scheme = sheet.assessment, sheet.assessment.newest_scheme()
    corrections = [_correction_words(one) for one in _granted(sheet)]
    rows = [
        Row("单位", [sheet.unit_name]),
        Row("考核", [f"{assessment}（统计期间{scheme.days_words}；依据：{scheme.source}）"]),
        Row("结果", [f"总分{sheet.total}分，在{sheet.group_name}中列{sheet.rank_words}，{sheet.get_grade_display()}"]),
        *(Row(str(line["name"]), _line_words(sheet, line)) for line in sheet.lines),
        *([Row("直接不合格", [f"“{line['name']}”的记录" for line in failing])] if (failing := _failing(sheet)) else []),
        *([Row("更正", corrections)] if corrections else []),
        Row("说明", [_note(sheet)]),
    ]
    return {"title": str(sheet), "rows": rows}


def _failing(sheet: AssessmentSheet) -> list[Mapping[str, object]]:
    return list(sheet.failing_lines())


def _line_words(sheet: AssessmentSheet, line: Mapping[str, object]) -> list[str]:
    """得15.0分（20.0 分；……），记录1件; what was decided since the sheet was sent stands beside it."""
    sent = Decimal(str(line["points"]))
    now = sheet.upheld.points.get(str(line["key"]), sent)
    counted = f"，记录{line['count']}件" if line["count"] else "，没有记录"
    changed = f"（送核时{sent}分，经处理异议或者更正改定）" if now != sent else ""
    return [f"得{now}分{changed}{counted}", f"计分办法：{line['words']}"]


def _granted(sheet: AssessmentSheet) -> list[AssessmentCorrection]:
    return list(AssessmentCorrection.objects.granted().with_ties().filter(sheet=sheet).select_related("document"))


def _correction_words(correction: AssessmentCorrection) -> str:
    assert correction.document is not None
    return f"由{correction.former_words}，更正为{correction.result_words}（{correction.document.number}）"


def _note(sheet: AssessmentSheet) -> str:
    published = sheet.assessment.published_at
    made_known = f"，考核结果于{chinese_date(published)}公布" if published else ""
    return f"本表由系统按送单位核对并经关闭的得分表印出{made_known}；记录只列件数，内容在系统中按各人的知悉范围查阅。"
