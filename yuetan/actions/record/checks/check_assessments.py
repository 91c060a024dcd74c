"""考核: the total of a closed sheet is that of its lines with what objections changed; rank and grade follow.

And where the year stands is what its sheets, its objections and its papers say.
"""

from __future__ import annotations

from collections.abc import Iterator

from yuetan.actions.record.disagreement import Disagreement
from yuetan.models import Assessment, AssessmentSheet
from yuetan.vocabulary import RecordKind

# Of a sheet its sum as sent, and its total with the last points that was decided for each line, beside what the row
# says; the grade by the thresholds, or by a record that alone makes 不合格 unless the last decision on its line says
# otherwise; whether one may do so its line says, and of lines frozen before they did, the scheme. Twice: as it stands,
# and as it was published, before anything was corrected.
_OF_OBJECTIONS = """
    SELECT objection.points, objection.record_stands AS stands, objection.decided_at
    FROM yuetan_assessmentobjection AS objection
    WHERE objection.sheet_id = sheet.id AND objection.indicator = line.value->>'key' AND objection.outcome = 'upheld'
"""
_OF_CORRECTIONS = """
    SELECT (each.value->>'points')::numeric, (each.value->>'stands')::boolean, correction.decided_at
    FROM yuetan_assessmentcorrection AS correction
    CROSS JOIN LATERAL jsonb_array_elements(correction.lines) AS each
    WHERE correction.sheet_id = sheet.id AND correction.granted AND each.value->>'key' = line.value->>'key'
"""
_RESULTS = """
    SELECT id, assessment_id, round, year, unit_name, group_place, lines, points, {total} AS total, {rank} AS rank,
        {grade} AS grade
    FROM yuetan_assessmentsheet
"""
_PUBLISHED = _RESULTS.format(
    total="COALESCE(published_total, total)",
    rank="CASE WHEN published_rank > 0 THEN published_rank ELSE rank END",
    grade="COALESCE(NULLIF(published_grade, ''), grade)",
)


# The sheets of which these results are not what follows from their lines with what was decided.
_OTHERWISE = """
    WITH sheet AS ({results})
    SELECT sheet.id, sheet.unit_name, sheet.year FROM sheet
    CROSS JOIN LATERAL (
        SELECT COALESCE(sum((line.value->>'points')::numeric), 0) AS points,
            COALESCE(sum(COALESCE(changed.points, (line.value->>'points')::numeric)), 0) AS total,
            bool_or(COALESCE(changed.stands, (line.value->>'count')::int > 0) AND COALESCE(
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
            SELECT * FROM ({decided}) AS decided ORDER BY decided.decided_at DESC LIMIT 1
        ) AS changed ON true
    ) AS counted
    LEFT JOIN LATERAL (
        SELECT count(*) + 1 AS rank FROM sheet AS better
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
_CHECKS = {
    "": _OTHERWISE.format(
        results=_RESULTS.format(total="total", rank="rank", grade="grade"),
        decided=f"{_OF_OBJECTIONS} UNION ALL {_OF_CORRECTIONS}",
    ),
    "公布的": _OTHERWISE.format(results=_PUBLISHED, decided=_OF_OBJECTIONS),
}
# Where a year stands, beside the sheets of its round, the objections against these, and the 考核结果通报; of each
# correction that was granted there is its own paper.
_YEARS = """
    SELECT * FROM (
        SELECT year.*,
            (year.presented_at IS NOT NULL) <> (sheets.number > 0) AS unsent,
            (year.closed_at IS NOT NULL) IS DISTINCT FROM (sheets.ranked = sheets.number AND sheets.number > 0)
                OR year.closed_at IS NOT NULL AND sheets.open > 0 AS unclosed,
            (year.published_at IS NOT NULL) <> (papers.results = 1) AS unpublished,
            papers.corrections <> sheets.corrected AS uncorrected
        FROM yuetan_assessment AS year
        CROSS JOIN LATERAL (
            SELECT count(*) AS number, count(*) FILTER (WHERE sheet.rank > 0) AS ranked,
                COALESCE(sum(raised.open), 0) AS open, COALESCE(sum(made.granted), 0) AS corrected
            FROM yuetan_assessmentsheet AS sheet
            CROSS JOIN LATERAL (
                SELECT count(*) AS open FROM yuetan_assessmentobjection
                WHERE sheet_id = sheet.id AND decided_at IS NULL
            ) AS raised
            CROSS JOIN LATERAL (
                SELECT count(*) AS granted FROM yuetan_assessmentcorrection WHERE sheet_id = sheet.id AND granted
            ) AS made
            WHERE sheet.assessment_id = year.id AND sheet.round = year.round AND year.presented_at IS NOT NULL
        ) AS sheets
        CROSS JOIN LATERAL (
            SELECT count(*) FILTER (WHERE correction.id IS NULL) AS results, count(correction.id) AS corrections
            FROM yuetan_document AS paper
            LEFT JOIN yuetan_assessmentcorrection AS correction ON correction.document_id = paper.id
            WHERE paper.assessment_id = year.id
        ) AS papers
    ) AS compared
    WHERE unsent OR unclosed OR unpublished OR uncorrected ORDER BY id
"""
_WORDS = {
    "unsent": "送核与各单位的得分表不一致",
    "unclosed": "关闭与各单位的名次、异议不一致",
    "unpublished": "公布与印发的考核结果通报不一致",
    "uncorrected": "更正与印发的更正通报不一致",
}


def check_assessments() -> Iterator[Disagreement]:
    """Every sheet whose sum, total, rank or grade is not that of its lines, as it stands or as it was published, and
    every year that stands otherwise than its sheets, its objections and its papers say."""
    for assessment in Assessment.objects.raw(_YEARS):
        for name, words in _WORDS.items():
            if getattr(assessment, name):
                yield Disagreement(RecordKind.ASSESSMENT, str(assessment), words)
    for which, statement in _CHECKS.items():
        for sheet in AssessmentSheet.objects.raw(statement):
            words = f"{sheet.year}年度考核{which}总分、名次、等次与各项得分不一致"
            yield Disagreement(RecordKind.ASSESSMENT, f"得分表 {sheet.pk}", words)
