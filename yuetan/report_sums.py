"""The sums of 汇总, which triggers keep with each change of a report: compared with the reports, and made anew."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection, transaction

from yuetan.models import ReportPeriod

# As the triggers count (migration 0135).
_WANTED = """
    wanted AS (
        SELECT above_id, due_at, again_by, key, sum(value::numeric) AS number FROM (
            SELECT coalesce(unit.parent_id, unit.id) AS above_id, report.due_at,
                CASE WHEN report.released_at IS NULL AND report.accepted_id IS NULL THEN report.again_by END
                    AS again_by,
                report.figures || jsonb_build_object('reports', 1,
                    'awaited', (report.released_at IS NULL AND report.handed_in_at IS NULL)::int,
                    'handed_in', (report.handed_in_at IS NOT NULL)::int,
                    'accepted', (report.accepted_id IS NOT NULL)::int,
                    'late', coalesce(report.handed_in_at >= report.due_at + interval '1 minute', false)::int) AS numbers
            FROM yuetan_periodicreport AS report JOIN yuetan_unit AS unit ON unit.id = report.unit_id
            WHERE report.period_id = %(period)s
        ) AS counted CROSS JOIN LATERAL jsonb_each_text(numbers) GROUP BY 1, 2, 3, 4 HAVING sum(value::numeric) <> 0
    )
"""
_COUNTS = ("reports", "awaited", "handed_in", "accepted", "late")
# Counts are numbers by their names, too, while they are added up; fields are f1, f2 and so on.
_NAMED = ", ".join(f"'{name}', {name}" for name in _COUNTS)
_SPREAD = ", ".join(f"coalesce(sum(number) FILTER (WHERE key = '{name}'), 0)" for name in _COUNTS)
_DIFFERS = f"""
    WITH {_WANTED}, changed AS (
        SELECT FROM (SELECT * FROM wanted UNION ALL SELECT above_id, due_at, again_by, key, -value::numeric
            FROM yuetan_reportsum CROSS JOIN LATERAL jsonb_each_text(figures || jsonb_build_object({_NAMED}))
            WHERE period_id = %(period)s) AS either
        GROUP BY above_id, due_at, again_by, key HAVING sum(number) <> 0
    )
    SELECT EXISTS (SELECT FROM changed)
"""  # nosec B608 - made of what stands here
_ANEW = f"""
    WITH {_WANTED}
    INSERT INTO yuetan_reportsum (period_id, above_id, due_at, again_by, {", ".join(_COUNTS)}, figures)
    SELECT %(period)s, above_id, due_at, again_by,
        {_SPREAD}, coalesce(jsonb_object_agg(key, number) FILTER (WHERE key <> ALL (%(counts)s)), '{{}}')
    FROM wanted GROUP BY 1, 2, 3, 4
"""  # nosec B608 - made of what stands here


def different() -> Iterator[ReportPeriod]:
    """The periods whose sums are something else than what their reports come to."""
    for period in ReportPeriod.objects.order_by("pk"):
        with connection.cursor() as cursor:
            cursor.execute(_DIFFERS, {"period": period.pk})
            row = cursor.fetchone()
        if row and row[0]:
            yield period


def rebuild() -> int:
    """Add up the reports of every period anew, one after the other while the site goes on; how many periods it were."""
    keys = list(ReportPeriod.objects.order_by("pk").values_list("pk", flat=True))
    for key in keys:
        _add_up(key)
    return len(keys)


@transaction.atomic
def _add_up(period: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE yuetan_reportsum IN SHARE ROW EXCLUSIVE MODE")
        cursor.execute("DELETE FROM yuetan_reportsum WHERE period_id = %s", [period])
        cursor.execute(_ANEW, {"period": period, "counts": list(_COUNTS)})
