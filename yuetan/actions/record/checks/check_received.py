"""三书一函: which letter repeats an earlier one, and how each stands, is what letters, replies and 办结 say."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import F, Q

from yuetan.actions.record.disagreement import Disagreement
from yuetan.models import ReceivedLetter
from yuetan.models.received.repeats import last_before
from yuetan.vocabulary import RecordKind

CHUNK = 500
# The reply that stands, how many there are, by how much one came late, the day that counts as far as somebody set it
# (a return, or the organ: whatever came last), and the 办结 that stands, beside what the row says.
_OTHERWISE = """
    SELECT letter.* FROM yuetan_receivedletter AS letter
    CROSS JOIN LATERAL (
        SELECT count(*) AS number, COALESCE(max(each.late_days), 0) AS late,
            (array_agg(each.id ORDER BY each.version DESC) FILTER (WHERE each.returned_at IS NULL))[1] AS standing,
            (
                SELECT moved.day FROM (
                    SELECT version AS after_version, 0 AS place, again_by AS day FROM yuetan_receivedreply
                    WHERE letter_id = letter.id AND again_by IS NOT NULL
                    UNION ALL SELECT after_version, id, due_on FROM yuetan_receivedduechange
                    WHERE letter_id = letter.id
                ) AS moved ORDER BY moved.after_version DESC, moved.place DESC LIMIT 1
            ) AS again
        FROM yuetan_receivedreply AS each WHERE each.letter_id = letter.id
    ) AS kept
    WHERE (letter.reply_id, letter.reply_count, letter.late_days, letter.closing_id) IS DISTINCT FROM (
            kept.standing, kept.number, kept.late, (
                SELECT max(closing.id) FROM yuetan_receivedclosing AS closing
                WHERE closing.letter_id = letter.id AND closing.withdrawn_at IS NULL
            ))
        OR COALESCE(kept.again, letter.reply_due) <> letter.due_on
        OR (letter.due_on IS NULL AND COALESCE(kept.again, letter.reply_due) IS NOT NULL)
    ORDER BY letter.id
"""


def check_received() -> Iterator[Disagreement]:
    """Every letter that stands otherwise than its replies and 办结 say, or with another day of the last one before it
    than there is."""
    for letter in ReceivedLetter.objects.raw(_OTHERWISE):
        yield Disagreement(RecordKind.TALLY, str(letter), "回复、期限、办结情况与各版回复、办结不一致")
    in_force = ReceivedLetter.objects.in_force()
    known = in_force.annotate(wanted=last_before(in_force)).order_by("pk")
    lacks = Q(repeats_on__isnull=True, wanted__isnull=False) | Q(repeats_on__isnull=False, wanted__isnull=True)
    differs = Q(wanted__lt=F("repeats_on")) | Q(wanted__gt=F("repeats_on"))
    for letter in known.filter(lacks | differs).iterator(chunk_size=CHUNK):
        yield Disagreement(RecordKind.TALLY, str(letter), "所计的重复事项与登记的来函不一致")
