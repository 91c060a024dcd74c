"""第几次: every meeting of every copy takes the next number of its kind and year, in the order of their calling."""

from __future__ import annotations

from django.db.models import Max

from yuetan.database.statements import execute
from yuetan.models import Meeting
from yuetan.scenarios.bulk.temporary_tables import make_table

CALLED = """
    CREATE TEMP TABLE bulk_called ON COMMIT DROP AS
    SELECT copy.place AS copy, meeting.serial AS place, meeting.kind, meeting.cancelled_at IS NULL AS stands,
        meeting.called_at + later AS called_at,
        extract(year FROM (meeting.begins_at + later) AT TIME ZONE 'Asia/Shanghai')::int AS year
    FROM bulk_copy AS copy JOIN bulk_yuetan_meeting AS meeting USING (template)
    CROSS JOIN LATERAL (SELECT copy.weeks * interval '7 days') AS moved (later)
"""
# A meeting that was cancelled gave its number back: whichever was called next has the same.
MET = """
    CREATE TEMP TABLE bulk_met ON COMMIT DROP AS
    SELECT copy, array_agg(year ORDER BY place) AS meeting_years, array_agg(serial ORDER BY place) AS meeting_serials,
        array_agg(year || '年第' || serial || '次' ORDER BY place) AS titles
    FROM (
        SELECT called.*, 1 + coalesce(last, 0) + count(*) FILTER (WHERE stands) OVER (
            PARTITION BY kind, year ORDER BY called_at, copy, place
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS serial
        FROM bulk_called AS called LEFT JOIN bulk_last USING (kind, year)
    ) AS meeting GROUP BY copy
"""
NONE_MET = """
    CREATE TEMP TABLE bulk_met (copy bigint, meeting_years int[], meeting_serials int[], titles text[]) ON COMMIT DROP
"""


def number_meetings(*, has_meetings: bool) -> None:
    """Draw up the number of every meeting of every copy, in `bulk_met`; after those that are there."""
    if not has_meetings:
        execute(NONE_MET)
        return
    standing = Meeting.objects.filter(cancelled_at=None).order_by().values("kind", "year")
    make_table("bulk_last", {"kind": "text", "year": "int", "last": "int"}, list(standing.annotate(last=Max("serial"))))
    execute(CALLED)
    execute(MET)
