"""督导: what a visit says of its findings is what they say; papers are there of what was announced and told."""

from __future__ import annotations

from collections.abc import Iterator

from yuetan.actions.record.disagreement import Disagreement
from yuetan.models import RoundVisit
from yuetan.vocabulary import RecordKind

_OTHERWISE = """
    SELECT visit.id,
        (visit.finding_count, visit.problem_count) IS DISTINCT FROM (counted.findings, counted.problems) AS miscounted,
        (visit.informed_at IS NOT NULL) <> (papers.opinions = 1) AS untold,
        (its.announced_at IS NOT NULL) <> (papers.notices = 1) AS unannounced,
        its.ended_at IS NOT NULL AND visit.informed_at IS NULL AND visit.dropped_at IS NULL AS open
    FROM yuetan_roundvisit AS visit
    JOIN yuetan_supervisionround AS its ON its.id = visit.round_id
    CROSS JOIN LATERAL (
        SELECT count(*) AS findings, count(*) FILTER (WHERE found.is_problem) AS problems
        FROM yuetan_roundfinding AS found WHERE found.visit_id = visit.id AND found.withdrawn_at IS NULL
    ) AS counted
    CROSS JOIN LATERAL (
        SELECT count(*) FILTER (WHERE paper.kind = 'round_opinion') AS opinions,
            count(*) FILTER (WHERE paper.kind = 'round_notice') AS notices
        FROM yuetan_document AS paper WHERE paper.visit_id = visit.id
    ) AS papers
    WHERE (visit.finding_count, visit.problem_count) IS DISTINCT FROM (counted.findings, counted.problems)
        OR (visit.informed_at IS NOT NULL) <> (papers.opinions = 1)
        OR (its.announced_at IS NOT NULL) <> (papers.notices = 1)
        OR (its.ended_at IS NOT NULL AND visit.informed_at IS NULL AND visit.dropped_at IS NULL)
    ORDER BY visit.id
"""
WORDS = {
    "miscounted": "督导情况的项数与登记的不一致",
    "untold": "反馈与印发的督导意见书不一致",
    "unannounced": "通知与印发的督导通知书不一致",
    "open": "督导已结束，该单位还没有反馈",
}


def check_rounds() -> Iterator[Disagreement]:
    """Every visit that says otherwise than its findings, its papers or its round."""
    for visit in RoundVisit.objects.raw(_OTHERWISE):
        for name, words in WORDS.items():
            if getattr(visit, name):
                yield Disagreement(RecordKind.ROUND, f"督导 {str(visit.pk)[:8]}", words)
