"""The figures of 汇总 as the database counts them: reports by the unit right above them first, and these by line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import connection

from yuetan.rules.dates import clock

# Most units have none below them, so that to climb from those right above them is a sixteenth of the way. A unit right
# below the one that is asked for, and that one itself, is a line of its own.
_COUNTED = """
    WITH RECURSIVE counted AS MATERIALIZED (
        SELECT report.period_id, CASE WHEN unit.parent_id IS NOT DISTINCT FROM %(under)s::bigint
            OR unit.id = %(under)s::bigint THEN unit.id ELSE unit.parent_id END AS key, count(*) AS owed,
            count(report.handed_in_at) AS handed_in, count(report.accepted_id) AS accepted,
            count(*) FILTER (WHERE report.handed_in_at >= report.due_at + interval '1 minute') AS late,
            count(*) FILTER (WHERE report.handed_in_at IS NULL AND report.due_at < %(now)s) AS missed{sums}
        FROM yuetan_periodicreport AS report JOIN yuetan_unit AS unit ON unit.id = report.unit_id
        WHERE report.period_id = ANY(%(periods)s::bigint[]) {within} GROUP BY 1, 2
    ), climb (key, at) AS (
        SELECT key, key FROM counted
        UNION SELECT climb.key, unit.parent_id FROM climb JOIN yuetan_unit AS unit ON unit.id = climb.at
        WHERE unit.parent_id IS NOT NULL
    ), lined AS (
        SELECT climb.key, climb.at AS line FROM climb JOIN yuetan_unit AS unit ON unit.id = climb.at
        WHERE unit.parent_id IS NOT DISTINCT FROM %(under)s::bigint
            OR (climb.at = %(under)s::bigint AND climb.key = climb.at)
    )
    SELECT counted.period_id, lined.line, sum(owed), sum(handed_in), sum(accepted), sum(late), sum(missed){all_sums}
    FROM counted JOIN lined USING (key) GROUP BY 1, 2
"""
_WITHIN = "AND report.unit_id = ANY(%(units)s::bigint[])"


@dataclass
class Standing:
    """How many units owed, handed in, had accepted, were late, and handed in nothing though it was due."""

    expected: int = 0
    handed_in: int = 0
    accepted: int = 0
    late: int = 0
    missed: int = 0

    def add(self, other: Standing) -> None:
        """Add those of another line."""
        for name, number in vars(other).items():
            setattr(self, name, getattr(self, name) + number)


@dataclass
class Counted:
    """One line of one period: how many units stand how, and the sums by the key of the field."""

    standing: Standing = field(default_factory=Standing)
    sums: dict[str, int] = field(default_factory=dict)


def counted_by_line(
    periods: Sequence[int], keys: Sequence[str], under: int | None, units: Sequence[int] | None
) -> dict[tuple[int, int], Counted]:
    """What the reports of some periods come to, by period and by the unit right below the one asked for, or by itself.

    `units` are all within that one; None for those at the top, below which everything lies.
    """
    names = {f"sum_{number}": key for number, key in enumerate(keys)}
    sums = "".join(f", sum((report.figures ->> %({name})s)::bigint) AS {name}" for name in names)
    all_sums = "".join(f", sum({name})" for name in names)
    statement = _COUNTED.format(sums=sums, all_sums=all_sums, within="" if units is None else _WITHIN)
    asked = {"under": under, "now": clock.now(), "periods": list(periods), "units": list(units or ()), **names}
    with connection.cursor() as cursor:
        cursor.execute(statement, asked)
        return {(period, line): _counted_line(counts, keys) for period, line, *counts in cursor.fetchall()}


def _counted_line(counts: Sequence[int | None], keys: Sequence[str]) -> Counted:
    standing = Standing(*(int(each or 0) for each in counts[:5]))
    sums = {key: int(each) for key, each in zip(keys, counts[5:], strict=True) if each is not None}
    return Counted(standing, sums)
