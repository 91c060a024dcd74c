"""The figures of 汇总 as the database counts them: by the unit right above those that report first, and these by line.

Of all units they are kept (`ReportSum`); below one unit its few reports are counted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import connection

from yuetan.rules.dates import clock

# Most units have none below them, so that to climb from those right above them is a sixteenth of the way. A unit right
# below the one that is asked for, and that one itself, is a line of its own. Grouped by a bare column and by whether it
# is this period or that one: so PostgreSQL foresees how few groups there are, and does not sort all reports on disk.
_REPORTS = """
    SELECT {key} AS key, min(report.period_id) AS period, count(*) AS reports,
        count(*) FILTER (WHERE report.released_at IS NULL OR report.handed_in_at IS NOT NULL) AS expected,
        count(*) FILTER (WHERE {reported}) AS handed_in, count(report.accepted_id) AS accepted,
        count(*) FILTER (WHERE {reported} AND report.handed_in_at >= report.due_at + interval '1 minute') AS late,
        count(*) FILTER (WHERE {missed}) AS missed{sums}
    FROM yuetan_periodicreport AS report JOIN yuetan_unit AS unit ON unit.id = report.unit_id
    WHERE report.period_id = ANY(%(periods)s::bigint[]) AND {which} AND report.unit_id = ANY(%(units)s::bigint[])
    GROUP BY {key}{each_period}
"""
# The same as triggers keep it. Of what is to be put right by a day that has passed nothing is reported.
_KEPT = """
    SELECT above_id AS key, period_id AS period, reports, awaited + handed_in AS expected,
        CASE WHEN again_by < %(today)s THEN 0 ELSE handed_in END AS handed_in, accepted,
        CASE WHEN again_by < %(today)s THEN 0 ELSE late END AS late,
        CASE WHEN again_by < %(today)s THEN reports WHEN due_at < %(now)s THEN awaited ELSE 0 END AS missed, figures
    FROM yuetan_reportsum WHERE period_id = ANY(%(periods)s::bigint[])
"""
# What `missed_now` and `reported_now` of report.py say of a row.
_MISSED = """report.released_at IS NULL AND (report.handed_in_at IS NULL AND report.due_at < %(now)s
            OR report.accepted_id IS NULL AND report.again_by < %(today)s)"""
_REPORTED = """report.handed_in_at IS NOT NULL AND (report.again_by IS NULL OR report.again_by >= %(today)s
            OR report.accepted_id IS NOT NULL OR report.released_at IS NOT NULL)"""
_REPORTS_NOW = "sum(reports) FILTER (WHERE period = (%(periods)s::bigint[])[1]) > 0"
_STANDING = ("expected", "handed_in", "accepted", "late", "missed")
# Above few reports each unit is looked up by its key (OFFSET 0): PostgreSQL takes the few for many, and would read all
# units instead; which it does where those of a whole country are climbed from.
_EACH_KEY = """SELECT key, unit.* FROM (SELECT DISTINCT key FROM counted) AS counted CROSS JOIN LATERAL (
            SELECT id, parent_id, code FROM yuetan_unit WHERE id = key OFFSET 0) AS unit"""
_ALL_KEYS = "SELECT id, id, parent_id, code FROM yuetan_unit WHERE id IN (SELECT key FROM counted)"
_LINES = """
    WITH RECURSIVE counted AS MATERIALIZED ({reports}), climb (key, at, above, code) AS (
        {first}
        UNION SELECT climb.key, unit.* FROM climb CROSS JOIN LATERAL (
            SELECT id, parent_id, code FROM yuetan_unit WHERE id = climb.above OFFSET 0) AS unit
    ), lined AS MATERIALIZED (
        SELECT key, at AS line, code FROM climb WHERE {is_line}
    ), ranked AS (
        SELECT line, dense_rank() OVER (ORDER BY code) AS rank FROM (
            SELECT line, code FROM counted JOIN lined USING (key) GROUP BY 1, 2 HAVING {shown}
        ) AS shown
    )
    SELECT CASE WHEN rank <= %(most)s THEN line END AS line, period, max(rank), {sums}
    FROM counted JOIN lined USING (key) JOIN ranked USING (line) GROUP BY 1, 2
"""


@dataclass
class Standing:
    """How many units owed, handed in, had accepted, were late, and handed in nothing though it was due."""

    expected: int = 0
    handed_in: int = 0
    accepted: int = 0
    late: int = 0
    missed: int = 0

    @property
    def lacking(self) -> int:
        """Of how many that owed nothing is in the sums: not reported, or not accepted."""
        return self.expected - self.accepted

    def add(self, other: Standing) -> None:
        """Add those of another line."""
        for name, number in vars(other).items():
            setattr(self, name, getattr(self, name) + number)


@dataclass
class Counted:
    """Of each period, how many units of a line stand how, and the sums by the key of the field.

    `last` is the place of the last unit in it, in the order of codes.
    """

    standings: list[Standing] = field(default_factory=list)
    sums: list[dict[str, int]] = field(default_factory=list)
    last: int = 0


def counted_by_line(
    periods: Sequence[int | None],
    keys: Sequence[str],
    under: int | None,
    units: Sequence[int] | None,
    most: int,
) -> dict[int | None, Counted]:
    """What the reports of a period come to, beside those of others, by the unit right below the one asked for.

    That unit itself is a line too; what is beyond `most` lines, in the order of codes, is one of nobody (None).
    `units` are all within the one asked for; None for those at the top, below which everything lies.
    """
    shown = list(dict.fromkeys(key for key in periods if key is not None))
    moment = {"now": clock.now(), "today": clock.today()}
    asked = {**moment, "under": under, "units": list(units or ()), "most": most, "periods": shown}
    named = {f"key_{number}": key for number, key in enumerate(keys)}
    each = {f"period_{number}": key for number, key in enumerate(shown[:-1])}
    lines: dict[int | None, Counted] = {}
    with connection.cursor() as cursor:
        cursor.execute(_statement(list(named), list(each), under), {**asked, **named, **each})
        for line, period, last, *counts in cursor.fetchall():
            counted = lines.setdefault(line, Counted([Standing() for _ in periods], [{} for _ in periods]))
            counted.last = max(counted.last, last)
            for place in (place for place, key in enumerate(periods) if key == period):
                counted.standings[place] = Standing(*counts[: len(_STANDING)])
                sums = zip(keys, counts[len(_STANDING) :], strict=True)
                counted.sums[place] = {key: number for key, number in sums if number is not None}
    return lines


def _statement(keys: Sequence[str], periods: Sequence[str], under: int | None) -> str:
    """The statement, with the places at which the keys of fields and those of all periods but the last will stand."""
    is_kept = under is None
    fields = [f"(figures ->> %({key})s)::bigint" if is_kept else f"sum_{key}" for key in keys]
    return _LINES.format(
        reports=_KEPT if is_kept else _counted_reports(keys, periods),
        first=_ALL_KEYS if is_kept else _EACH_KEY,
        is_line="above IS NULL" if is_kept else "above = %(under)s OR (at = %(under)s AND key = at)",
        sums=", ".join(f"sum({each})::bigint" for each in (*_STANDING, *fields)),
        shown=" OR ".join([_REPORTS_NOW, *(["sum(accepted) > 0"] if keys else [])]),
    )


def _counted_reports(keys: Sequence[str], periods: Sequence[str]) -> str:
    """By the unit right above, or of units that are lines of their own by these."""
    parts = {
        "sums": "".join(f", sum((report.figures ->> %({key})s)::bigint) AS sum_{key}" for key in keys),
        "each_period": "".join(f", (report.period_id = %({period})s)" for period in periods),
        "missed": _MISSED,
        "reported": _REPORTED,
    }
    by_above = ("unit.parent_id", "unit.parent_id <> %(under)s AND unit.id <> %(under)s")
    by_unit = ("unit.id", "(unit.parent_id = %(under)s OR unit.id = %(under)s)")
    return " UNION ALL ".join(_REPORTS.format(key=key, which=which, **parts) for key, which in (by_above, by_unit))
