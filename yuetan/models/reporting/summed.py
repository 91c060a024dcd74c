"""The figures of 汇总 as the database counts them: by the unit right above those that report first, and these by line.

Of all units they are kept (`ReportSum`); below one unit its few reports are counted.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

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
    WHERE report.period_id = ANY(%(shown)s::bigint[]) AND {which} AND report.unit_id = ANY(%(units)s::bigint[])
    GROUP BY {key}{each_period}
"""
# The same as triggers keep it. Of what is to be put right by a day that has passed nothing is reported.
_KEPT = """
    SELECT above_id AS key, period_id AS period, reports, awaited + handed_in AS expected,
        CASE WHEN again_by < %(today)s THEN 0 ELSE handed_in END AS handed_in, accepted,
        CASE WHEN again_by < %(today)s THEN 0 ELSE late END AS late,
        CASE WHEN again_by < %(today)s THEN reports WHEN due_at < %(at)s THEN awaited ELSE 0 END AS missed, figures
    FROM yuetan_reportsum WHERE period_id = ANY(%(shown)s::bigint[])
"""
# What `missed_now` and `reported_now` of report.py say of a row.
_MISSED = """report.released_at IS NULL AND (report.handed_in_at IS NULL AND report.due_at < %(at)s
            OR report.accepted_id IS NULL AND report.again_by < %(today)s)"""
_REPORTED = """report.handed_in_at IS NOT NULL AND (report.again_by IS NULL OR report.again_by >= %(today)s
            OR report.accepted_id IS NOT NULL OR report.released_at IS NOT NULL)"""
_REPORTS_NOW = "sum(reports) FILTER (WHERE period = ANY(%(now)s::bigint[])) > 0"
FEW = 3  # periods: by each whether it is this one; more are grouped by their key
_AT_END = " FILTER (WHERE is_last)"
_STANDING = ("expected", "handed_in", "accepted", "late", "missed")
# Above few reports each unit is looked up by its key (OFFSET 0): PostgreSQL takes the few for many, and would read all
# units instead; which it does where those of a whole country are climbed from.
_EACH_KEY = """SELECT key, unit.* FROM (SELECT DISTINCT key FROM counted) AS counted CROSS JOIN LATERAL (
            SELECT id, parent_id, code FROM yuetan_unit WHERE id = key OFFSET 0) AS unit"""
_ALL_KEYS = "SELECT id, id, parent_id, code FROM yuetan_unit WHERE id IN (SELECT key FROM counted)"
_LINES = """
    WITH RECURSIVE asked AS (
        SELECT * FROM unnest(%(periods)s::bigint[], %(spans)s::int[], %(ends)s::bool[]) AS asked (period, span, is_last)
    ), counted AS MATERIALIZED ({reports}), climb (key, at, above, code) AS (
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
    SELECT CASE WHEN rank <= %(most)s THEN line END AS line, span, max(rank), {sums}
    FROM counted JOIN asked USING (period) JOIN lined USING (key) JOIN ranked USING (line) GROUP BY 1, 2
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
    """Of each span, how many reports of a line stand how, those of its last period among them, and the sums by the key
    of the field. `last` is the place of the last unit in it, in the order of codes.
    """

    standings: list[Standing] = field(default_factory=list)
    ends: list[Standing] = field(default_factory=list)
    sums: list[dict[str, int]] = field(default_factory=list)
    last: int = 0

    @classmethod
    def nothing(cls, spans: int) -> Counted:
        """Of so many spans nothing."""
        standings, ends = ([Standing() for _ in range(spans)] for _ in range(2))
        return cls(standings, ends, [{} for _ in range(spans)])

    def take(self, span: int, keys: Sequence[str], counts: Sequence[int | None]) -> None:
        """What a row of the statement says of a span: how many stand how, so at its end, and the sums."""
        number = len(_STANDING)
        standings = [Standing(*(count or 0 for count in counts[at : at + number])) for at in (0, number)]
        self.standings[span], self.ends[span] = standings
        sums = zip(keys, counts[2 * number :], strict=True)
        self.sums[span] = {key: count for key, count in sums if count is not None}


def counted_by_line(
    spans: Sequence[Sequence[int]],
    keys: Sequence[str],
    at_end: Collection[str],
    under: int | None,
    units: Sequence[int] | None,
    most: int,
) -> dict[int | None, Counted]:
    """What the reports of some periods come to, beside those of others, by the unit right below the one asked for.

    A span is the keys of periods, the earliest first, and empty where there is none; of the fields `at_end` its last
    one counts. That unit itself is a line too; what is beyond `most` lines, in the order of codes, is one of nobody
    (None). `units` are all within the one asked for; None for those at the top, below which everything lies.
    """
    asked = _query_parameters(spans, keys) | {"under": under, "units": list(units or ()), "most": most}
    lines: dict[int | None, Counted] = {}
    with connection.cursor() as cursor:
        cursor.execute(_statement(keys, at_end, asked["shown"], under), asked)
        for line, span, last, *counts in cursor.fetchall():
            counted = lines.setdefault(line, Counted.nothing(len(spans)))
            counted.last = max(counted.last, last)
            counted.take(span, keys, counts)
    return lines


def _query_parameters(spans: Sequence[Sequence[int]], keys: Sequence[str]) -> dict[str, Any]:
    """The moment, each period with the place of its span and whether it is the last of it, the keys of the fields."""
    rows = [(key, place, key == span[-1]) for place, span in enumerate(spans) for key in span]
    periods, places, ends = (list(column) for column in zip(*rows, strict=True))
    shown = list(dict.fromkeys(periods))
    named = {f"key_{number}": key for number, key in enumerate(keys)}
    each = {f"period_{number}": key for number, key in enumerate(shown[:FEW])}
    moment = {"now": list(spans[0]), "at": clock.now(), "today": clock.today()}
    return {"periods": periods, "spans": places, "ends": ends, "shown": shown} | named | each | moment


def _statement(keys: Sequence[str], at_end: Collection[str], shown: Sequence[int], under: int | None) -> str:
    """The statement, with the places at which the keys of fields and those of few periods will stand."""
    is_kept = under is None
    fields = [f"(figures ->> %(key_{place})s)::bigint" if is_kept else f"sum_{place}" for place in range(len(keys))]
    sums = [*_sums_of(_STANDING), *_sums_of(_STANDING, _AT_END)]
    for key, each in zip(keys, fields, strict=True):
        sums += _sums_of([each], _AT_END if key in at_end else "")
    return _LINES.format(
        reports=_KEPT if is_kept else _counted_reports(len(keys), len(shown)),
        first=_ALL_KEYS if is_kept else _EACH_KEY,
        is_line="above IS NULL" if is_kept else "above = %(under)s OR (at = %(under)s AND key = at)",
        sums=", ".join(sums),
        shown=" OR ".join([_REPORTS_NOW, *(["sum(accepted) > 0"] if keys else [])]),
    )


def _sums_of(columns: Iterable[str], where: str = "") -> list[str]:
    return [f"(sum({each}){where})::bigint" for each in columns]


def _counted_reports(keys: int, periods: int) -> str:
    """By the unit right above, or of units that are lines of their own by these."""
    each = "".join(f", (report.period_id = %(period_{place})s)" for place in range(periods - 1))
    parts = {
        "sums": "".join(f", sum((report.figures ->> %(key_{key})s)::bigint) AS sum_{key}" for key in range(keys)),
        "each_period": each if periods <= FEW else ", report.period_id",
        "missed": _MISSED,
        "reported": _REPORTED,
    }
    by_above = ("unit.parent_id", "unit.parent_id <> %(under)s AND unit.id <> %(under)s")
    by_unit = ("unit.id", "(unit.parent_id = %(under)s OR unit.id = %(under)s)")
    return " UNION ALL ".join(_REPORTS.format(key=key, which=which, **parts) for key, which in (by_above, by_unit))
