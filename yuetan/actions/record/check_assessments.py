"""考核: the total of a closed sheet is that of its lines with what objections changed, and ranks follow the totals."""

from __future__ import annotations

from collections.abc import Iterator

from yuetan.actions.record.disagreement import Disagreement
from yuetan.models import AssessmentSheet
from yuetan.vocabulary import RecordKind

# The sum as sent, and the total with the last points that an objection gave each line, beside what the row says.
_OTHERWISE = """
    SELECT sheet.id, sheet.unit_name, sheet.year FROM yuetan_assessmentsheet AS sheet
    CROSS JOIN LATERAL (
        SELECT COALESCE(sum((line.value->>'points')::numeric), 0) AS points,
            COALESCE(sum(COALESCE(changed.points, (line.value->>'points')::numeric)), 0) AS total
        FROM jsonb_array_elements(sheet.lines) AS line
        LEFT JOIN LATERAL (
            SELECT objection.points FROM yuetan_assessmentobjection AS objection
            WHERE objection.sheet_id = sheet.id AND objection.indicator = line.value->>'key'
                AND objection.outcome = 'upheld'
            ORDER BY objection.decided_at DESC, objection.id DESC LIMIT 1
        ) AS changed ON true
    ) AS counted
    LEFT JOIN LATERAL (
        SELECT count(*) + 1 AS rank FROM yuetan_assessmentsheet AS better
        WHERE better.assessment_id = sheet.assessment_id AND better.round = sheet.round
            AND better.group_place = sheet.group_place AND better.total > sheet.total
    ) AS ranked ON sheet.total IS NOT NULL
    WHERE sheet.points IS DISTINCT FROM counted.points
        OR (sheet.total IS NOT NULL AND (sheet.total <> counted.total OR sheet.rank <> ranked.rank))
"""


def check_assessments() -> Iterator[Disagreement]:
    """Every sheet whose sum, total or rank is not that of its lines."""
    for sheet in AssessmentSheet.objects.raw(_OTHERWISE):
        words = f"{sheet.year}年度考核的总分、名次与各项得分不一致"
        yield Disagreement(RecordKind.ASSESSMENT, f"得分表 {sheet.pk}", words)
