"""Series of numbers: from one up to the counter, none twice and none left out."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection

from yuetan.actions.record.disagreement import Disagreement
from yuetan.rules.text import official_text
from yuetan.vocabulary import REGISTER, RecordKind

# Every series of the register of cases and of the register of numbers, with the counter that gave it.
_SERIES = """
    WITH given AS (
        SELECT %(register)s::varchar AS prefix, register_year AS year, register_serial AS serial FROM yuetan_case
        UNION ALL SELECT DISTINCT %(register)s::varchar, register_year, register_serial FROM yuetan_destructionentry
        WHERE case_id IS NULL
        UNION ALL SELECT entry.prefix, entry.year, entry.serial FROM yuetan_numberentry AS entry
        LEFT JOIN yuetan_numbercounter AS counter USING (prefix, year)
        WHERE NOT entry.is_earlier OR entry.serial <= COALESCE(counter.last, 0)
    ), series AS (
        SELECT prefix, year, count(DISTINCT serial) AS number, max(serial) AS highest FROM given GROUP BY prefix, year
    )
    SELECT prefix, year, COALESCE(counter.last, 0), COALESCE(series.number, 0), COALESCE(series.highest, 0)
    FROM series FULL JOIN yuetan_numbercounter AS counter USING (prefix, year)
    WHERE (COALESCE(counter.last, 0), COALESCE(counter.last, 0))
        IS DISTINCT FROM (COALESCE(series.number, 0), COALESCE(series.highest, 0))
    ORDER BY prefix, year
"""
_MISSING = """
    SELECT serial FROM generate_series(1, %(last)s) AS serial
    WHERE NOT EXISTS (
        SELECT 1 FROM yuetan_numberentry AS entry
        WHERE entry.prefix = %(prefix)s AND entry.year = %(year)s AND entry.serial = serial.serial
    ) AND NOT EXISTS (
        SELECT 1 FROM yuetan_case AS one
        WHERE %(prefix)s = %(register)s AND one.register_year = %(year)s AND one.register_serial = serial.serial
    ) AND NOT EXISTS (
        SELECT 1 FROM yuetan_destructionentry AS gone
        WHERE %(prefix)s = %(register)s AND gone.register_year = %(year)s AND gone.register_serial = serial.serial
            AND gone.case_id IS NULL
    ) ORDER BY serial LIMIT 1
"""


def check_numbers() -> Iterator[Disagreement]:
    """Each series that has a gap, or goes on beyond its counter."""
    with connection.cursor() as cursor:
        cursor.execute(_SERIES, {"register": REGISTER})
        series = cursor.fetchall()
    for prefix, year, last, number, highest in series:
        named = f"{prefix}〔{year}〕"
        if highest > last:
            yield Disagreement(RecordKind.NUMBER, named, f"编到 {highest} 号，而取号只到 {last} 号")
        else:
            missing = official_text.document_number(prefix, year, _first_missing(prefix, year, last))
            yield Disagreement(RecordKind.NUMBER, named, f"取号到 {last} 号，簿上只有 {number} 个，缺{missing}")


def _first_missing(prefix: str, year: int, last: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(_MISSING, {"prefix": prefix, "year": year, "last": last, "register": REGISTER})
        row = cursor.fetchone()
    return int(row[0]) if row else 0
