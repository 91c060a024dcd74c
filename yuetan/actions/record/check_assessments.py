"""考核: the total of a closed sheet is that of its lines with what objections changed; rank and grade follow."""

from __future__ import annotations

from collections.abc import Iterator

from yuetan.actions.record.disagreement import Disagreement
from yuetan.models import AssessmentSheet
from yuetan.vocabulary import RecordKind

# The sum as sent, and the total with the last points that an objection gave each line, beside what the row says; the
# grade by the thresholds, or by a record that alone makes 不合格 unless the last decision on its line says none stands;
# whether one may do so its line says, and of lines frozen before they did, the scheme.
_OTHERWISE = """
    SELECT sheet.id, sheet.unit_name, sheet.year FROM yuetan_assessmentsheet AS sheet
    CROSS JOIN LATERAL (
        SELECT COALESCE(sum((line.value->>'points')::numeric), 0) AS points,
            COALESCE(sum(COALESCE(changed.points, (line.value->>'points')::numeric)), 0) AS total,
            bool_or((line.value->>'count')::int > 0 AND changed.record_stands IS NOT FALSE AND COALESCE(
                (line.value->>'fails')::boolean,
                EXISTS (
                    SELECT FROM yuetan_assessment AS year
                    JOIN yuetan_assessmentscheme AS scheme ON scheme.id = year.scheme_id
                    CROSS JOIN LATERAL jsonb_array_elements(scheme.indicators) AS indicator
                    WHERE year.id = sheet.assessment_id AND indicator->>'key' = line.value->>'key'
                        AND (indicator->>'fails')::boolean
                )
            )) AS fails
        FROM jsonb_array_elements(sheet.lines) AS line
        LEFT JOIN LATERAL (
            SELECT objection.points, objection.record_stands FROM yuetan_assessmentobjection AS objection
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
    LEFT JOIN LATERAL (
        SELECT CASE
            WHEN counted.fails OR sheet.total < scheme.qualified_from THEN 'unqualified'
            WHEN sheet.total >= scheme.excellent_from THEN 'excellent' ELSE 'qualified'
        END AS grade
        FROM yuetan_assessment AS year JOIN yuetan_assessmentscheme AS scheme ON scheme.id = year.scheme_id
        WHERE year.id = sheet.assessment_id AND year.round = sheet.round
    ) AS graded ON sheet.total IS NOT NULL
    WHERE sheet.points IS DISTINCT FROM counted.points
        OR (sheet.total IS NOT NULL AND (sheet.total <> counted.total OR sheet.rank <> ranked.rank))
        OR graded.grade <> sheet.grade
"""


def check_assessments() -> Iterator[Disagreement]:
    """Every sheet whose sum, total, rank or grade is not that of its lines."""
    for sheet in AssessmentSheet.objects.raw(_OTHERWISE):
        words = f"{sheet.year}年度考核的总分、名次、等次与各项得分不一致"
        yield Disagreement(RecordKind.ASSESSMENT, f"得分表 {sheet.pk}", words)
