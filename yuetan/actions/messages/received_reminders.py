"""Reminders of 三书一函: units of the replies that they have to give by a day."""

from __future__ import annotations

from datetime import date

from yuetan.actions.messages.reminder_engine import Obligation, remind

REPLIES = Obligation(
    rows="""
        SELECT 'received:' || letter.id, letter.due_on, NULL, NULL::uuid, letter.unit_id,
            letter.organ
                || COALESCE(NULLIF(letter.number, ''), to_char(letter.dated_on, 'YYYY"年"FMMM"月"FMDD"日来函"')),
            '：' || letter.matter
        FROM yuetan_receivedletter AS letter
        JOIN yuetan_unit AS unit ON unit.id = letter.unit_id AND unit.retired_on IS NULL
        WHERE letter.reply_id IS NULL AND letter.closing_id IS NULL
            AND letter.withdrawn_at IS NULL AND letter.due_on IS NOT NULL
    """,
    action="回复",
)


def remind_of_received(today: date) -> dict[str, int]:
    """Remind the units of the letters to which they have not replied."""
    return remind(REPLIES, today)
