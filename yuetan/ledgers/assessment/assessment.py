"""考核结果台账: totals, ranks and grades; of a unit's own sheet, and for the office of every sheet, the points too."""

from __future__ import annotations

from collections.abc import Sequence

import django_filters

from yuetan.forms.assessment.sheet_filter import AssessmentSheetFilter
from yuetan.forms.frame.options import FormData
from yuetan.ledgers.ledger import Column, Ledger, Line
from yuetan.models import AssessmentSheet, User
from yuetan.models.assessment.sheet import Upheld, upheld_of
from yuetan.models.assessment.ties import note_ties
from yuetan.vocabulary import AssessmentGrade

GRADE_LIGHTS = {
    AssessmentGrade.EXCELLENT: "green",
    AssessmentGrade.QUALIFIED: "blue",
    AssessmentGrade.UNQUALIFIED: "red",
}


class AssessmentLedger(Ledger[AssessmentSheet]):
    """The sheets of which a person may see the total, year by year and group by group."""

    key, title, list_url = "assessment", "考核结果台账", "assessment_ranking"
    columns = (
        Column("年度", 8, lambda line: line["sheet"].year),
        Column("组别", 16, lambda line: line["sheet"].group_name),
        Column("名次", 8, lambda line: line["sheet"].rank or None),
        Column("单位", 30, lambda line: line["sheet"].unit_name),
        Column("得分", 10, lambda line: str(line["points"])),
        Column("等次", 10, lambda line: line["sheet"].get_grade_display()),
        Column("更正前", 24, lambda line: line["sheet"].published_words),
        Column("各项得分", 80, lambda line: line["details"]),
    )

    def unlimited(self, user: User, data: FormData) -> django_filters.FilterSet:
        """By year, group, grade, unit, and words."""
        return AssessmentSheetFilter(data, AssessmentSheet.objects.ranked_for(user).in_rank())

    def lines(self, rows: Sequence[AssessmentSheet], user: User) -> list[Line]:
        """The sheet, and what the person may open of it."""
        keys = [row.pk for row in rows]
        whole = set(AssessmentSheet.objects.visible_to(user).filter(pk__in=keys).values_list("pk", flat=True))
        upheld = upheld_of(row for row in rows if row.pk in whole)
        return [_line_of(row, upheld.get(row.pk)) for row in note_ties(rows)]


def _line_of(sheet: AssessmentSheet, upheld: Upheld | None) -> Line:
    """A line; with what was changed of its points for whoever may open it, and for nobody else."""
    changed = upheld.points if upheld else {}
    points = [(line["name"], changed.get(line["key"], line["points"])) for line in sheet.lines]
    details = "；".join(f"{name}{number}分" for name, number in points) if upheld else ""
    return {
        "sheet": sheet,
        "may_open": upheld is not None,
        "points": sheet.points if sheet.total is None else sheet.total,
        "details": details,
        "light": GRADE_LIGHTS.get(AssessmentGrade(sheet.grade)) if sheet.grade else "",
    }
