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
        (made.corrections, made.last, true) IS DISTINCT FROM
            (papers.replaced, visit.opinion_corrected_at, coalesce(made.says_so, true)) AS uncorrected,
        its.ended_at IS NOT NULL AND visit.informed_at IS NULL AND visit.dropped_at IS NULL AS open
    FROM yuetan_roundvisit AS visit
    JOIN yuetan_supervisionround AS its ON its.id = visit.round_id
    CROSS JOIN LATERAL (
        SELECT count(*) AS findings, count(*) FILTER (WHERE found.is_problem) AS problems
        FROM yuetan_roundfinding AS found WHERE found.visit_id = visit.id AND found.withdrawn_at IS NULL
    ) AS counted
    CROSS JOIN LATERAL (
        SELECT count(*) FILTER (WHERE paper.kind = 'round_opinion' AND paper.replaced_by_id IS NULL) AS opinions,
            count(*) FILTER (WHERE paper.kind = 'round_opinion' AND paper.replaced_by_id IS NOT NULL) AS replaced,
            count(*) FILTER (WHERE paper.kind = 'round_notice') AS notices
        FROM yuetan_document AS paper WHERE paper.visit_id = visit.id
    ) AS papers
    CROSS JOIN LATERAL (
        SELECT count(*) AS corrections, max(confirmed_at) AS last, bool_and(
            confirmed_at < visit.opinion_corrected_at
            OR (text -> 'visit' ->> 'conclusion', text -> 'visit' ->> 'demands') = (visit.conclusion, visit.demands)
        ) AS says_so
        FROM yuetan_opinioncorrection WHERE visit_id = visit.id AND confirmed_at IS NOT NULL
    ) AS made
    WHERE (visit.finding_count, visit.problem_count) IS DISTINCT FROM (counted.findings, counted.problems)
        OR (visit.informed_at IS NOT NULL) <> (papers.opinions = 1)
        OR (its.announced_at IS NOT NULL) <> (papers.notices = 1)
        OR (made.corrections, made.last, true) IS DISTINCT FROM
            (papers.replaced, visit.opinion_corrected_at, coalesce(made.says_so, true))
        OR (its.ended_at IS NOT NULL AND visit.informed_at IS NULL AND visit.dropped_at IS NULL)
    ORDER BY visit.id
"""
WORDS = {
    "miscounted": "督导情况的项数与登记的不一致",
    "untold": "反馈与印发的督导意见书不一致",
    "unannounced": "通知与印发的督导通知书不一致",
    "uncorrected": "督导意见书的更正与印发的文书或者现在的结论不一致",
    "open": "督导已结束，该单位还没有反馈",
}


def check_rounds() -> Iterator[Disagreement]:
    """Every visit that says otherwise than its findings, its papers or its round."""
    for visit in RoundVisit.objects.raw(_OTHERWISE):
        for name, words in WORDS.items():
            if getattr(visit, name):
                yield Disagreement(RecordKind.ROUND, f"督导 {str(visit.pk)[:8]}", words)
