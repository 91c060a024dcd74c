"""纸质回执 of 会议 and 督导: one scan for each that stands, and who signed as its last correction says."""

from __future__ import annotations

from collections.abc import Iterator

from yuetan.actions.record.disagreement import Disagreement
from yuetan.models import Document
from yuetan.vocabulary import RecordKind

# What was signed for by hand, by its paper: of a notice of a meeting a line for each that was convened. A correction
# says what stands unless it revoked the receipt, or somebody signed anew for what was revoked.
_OTHERWISE = """
    WITH kept AS (
        SELECT paper.id AS document_id, invited.id AS invitation_id, invited.received_by_id AS signed_by,
            invited.received_name AS signer, invited.received_title AS title, invited.received_at AS signed_at
        FROM yuetan_invitation AS invited
        JOIN yuetan_document AS paper ON paper.meeting_id = invited.meeting_id AND paper.kind = 'meeting_notice'
        UNION ALL
        SELECT paper.id, NULL, visit.received_by_id, visit.received_name, visit.received_title, visit.received_at
        FROM yuetan_roundvisit AS visit
        JOIN yuetan_document AS paper ON paper.visit_id = visit.id AND paper.kind = 'round_notice'
        UNION ALL
        SELECT paper.id, NULL, visit.opinion_received_by_id, visit.opinion_received_name,
            visit.opinion_received_title, visit.opinion_received_at
        FROM yuetan_roundvisit AS visit
        JOIN yuetan_document AS paper
            ON paper.visit_id = visit.id AND paper.kind = 'round_opinion' AND paper.replaced_by_id IS NULL
    ), compared AS (
        SELECT kept.*, scans.number <> CASE WHEN signer <> '' THEN 1 ELSE 0 END AS unscanned,
            COALESCE(made.after <> '{}' AND (made.after ->> 'signer', made.after ->> 'title', made.after ->> 'scan')
                IS DISTINCT FROM (kept.signer, kept.title, scans.digest), false) AS uncorrected
        FROM kept
        CROSS JOIN LATERAL (
            SELECT count(*) AS number, max(sha256) AS digest FROM yuetan_receiptscan AS scan
            WHERE scan.document_id = kept.document_id AND NOT scan.is_former
                AND scan.invitation_id IS NOT DISTINCT FROM kept.invitation_id
        ) AS scans
        LEFT JOIN LATERAL (
            SELECT after FROM yuetan_receiptcorrection AS one
            WHERE one.document_id = kept.document_id AND one.invitation_id IS NOT DISTINCT FROM kept.invitation_id
            ORDER BY corrected_at DESC, id DESC LIMIT 1
        ) AS made ON true
    )
    SELECT paper.*, unscanned, uncorrected FROM compared
    JOIN yuetan_document AS paper ON paper.id = compared.document_id
    WHERE unscanned OR uncorrected ORDER BY paper.id, compared.invitation_id
"""
_WORDS = {
    "unscanned": "的纸质回执与扫描件不一致",
    "uncorrected": "的签收与纸质回执的更正不一致",
}


def check_receipts() -> Iterator[Disagreement]:
    """Every receipt that stands otherwise than its scan and its corrections say."""
    for paper in Document.objects.raw(_OTHERWISE):
        for name, words in _WORDS.items():
            if getattr(paper, name):
                yield Disagreement(RecordKind.PAPER, paper.number, f"{paper.number}{words}")
