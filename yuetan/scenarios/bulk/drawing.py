"""What is drawn for all copies at once: from which case, for which unit, when, about what, under which numbers."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count

from yuetan.database.statements import execute
from yuetan.documents.number_series import take_number
from yuetan.rules.check_code import ALPHABET
from yuetan.scenarios.bulk import words
from yuetan.scenarios.bulk.people import UnitSide
from yuetan.scenarios.bulk.plan import Plan
from yuetan.scenarios.bulk.room import Room
from yuetan.scenarios.bulk.templates import MAX_MEETINGS, MAX_PAPERS, MAX_VERSIONS, Template
from yuetan.scenarios.bulk.temporary_tables import make_table

# A number drawn by lot, the same for the same seed, case and purpose.
DRAW = """
    CREATE OR REPLACE FUNCTION pg_temp.bulk_draw(seed text, index bigint, purpose text) RETURNS bigint
    LANGUAGE sql IMMUTABLE AS $$
        SELECT ('x' || left(md5(seed || ':' || index || ':' || purpose), 8))::bit(32)::bigint
    $$
"""
# A check code as rules/check_code.py makes it, but the same for the same word.
CODE = """
    CREATE OR REPLACE FUNCTION pg_temp.bulk_code(word text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
        SELECT string_agg(substr({alphabet}, worth + 1, 1), '' ORDER BY place)
            || substr({alphabet}, 1 + (31 - (sum((place + 2) * worth) % 31)::int) % 31, 1)
        FROM (SELECT place, get_byte(decode(md5(word), 'hex'), place) % 31 AS worth
            FROM generate_series(0, 14) AS place) AS sign
    $$
"""
FILL_UP = """
    CREATE OR REPLACE FUNCTION pg_temp.bulk_fill_up(words text[], places int) RETURNS text[]
    LANGUAGE sql IMMUTABLE AS $$
        SELECT coalesce(words, '{{}}') || array_fill(''::text, ARRAY[places - coalesce(cardinality(words), 0)])
    $$
"""
PICK = """
    CREATE TEMP TABLE bulk_pick ON COMMIT DROP AS
    SELECT index, plans[1 + pg_temp.bulk_draw({seed}, index, 'plan') % cardinality(plans)] AS template
    FROM generate_series({begun}::bigint, {begun} + {copies} - 1) AS index
    JOIN bulk_state ON pg_temp.bulk_draw({seed}, index, 'state') % 100 BETWEEN since AND until - 1
"""
# The oldest comes first, as in a register. One matter is a unit's once: two measures for one would bar each other.
DRAWN = """
    CREATE TEMP TABLE bulk_drawn ON COMMIT DROP AS
    SELECT index, template, id, unit, weeks, created_at,
        matter || CASE WHEN times > 1 THEN '第' || times || '次' ELSE '' END AS matter,
        row_number() OVER (ORDER BY created_at, index) AS place,
        extract(year FROM created_at AT TIME ZONE 'Asia/Shanghai')::int AS register_year
    FROM (SELECT *, row_number() OVER (PARTITION BY unit, matter ORDER BY created_at, index) AS times FROM (
        SELECT index, template.number AS template, md5({seed} || ':' || index)::uuid AS id, unit.number AS unit,
            moved.weeks,
            template.created_at + moved.weeks * interval '7 days' AS created_at,
            ({matters})[1 + pg_temp.bulk_draw({seed}, index, 'matter') % cardinality({matters})] AS matter
        FROM bulk_pick JOIN bulk_template AS template ON template.number = bulk_pick.template
        CROSS JOIN LATERAL (
            SELECT template.weeks[1 + pg_temp.bulk_draw({seed}, index, 'weeks') % cardinality(template.weeks)] AS weeks
        ) AS moved
        JOIN bulk_unit AS unit ON unit.likeness = template.likeness
            AND unit.place = pg_temp.bulk_draw({seed}, index, 'unit') % template.units
    ) AS drawn) AS counted
"""
REGISTERED = """
    CREATE TEMP TABLE bulk_copy ON COMMIT DROP AS
    SELECT drawn.*, before + row_number() OVER (PARTITION BY register_year ORDER BY drawn.place) AS register_serial
    FROM bulk_drawn AS drawn JOIN bulk_register ON year = register_year
"""
ISSUED = """
    CREATE TEMP TABLE bulk_issued ON COMMIT DROP AS
    SELECT copy.place AS copy, copy.id, document.serial AS place, document.prefix, issued.issued_at,
        extract(year FROM issued.issued_at AT TIME ZONE 'Asia/Shanghai')::int AS year
    FROM bulk_copy AS copy JOIN bulk_yuetan_document AS document USING (template)
    CROSS JOIN LATERAL (SELECT document.issued_at + copy.weeks * interval '7 days') AS issued (issued_at)
"""
NUMBERED = """
    CREATE TEMP TABLE bulk_numbered ON COMMIT DROP AS
    SELECT copy, array_agg(year ORDER BY place) AS years, array_agg(serial ORDER BY place) AS serials,
        array_agg(prefix || '〔' || year || '〕' || serial || '号' ORDER BY place) AS numbers,
        array_agg(code ORDER BY place) AS codes,
        array_agg(regexp_replace(code, '(.{{4}})(?=.)', '\\1-', 'g') ORDER BY place) AS grouped
    FROM (
        SELECT issued.*, pg_temp.bulk_code(id || ':' || place) AS code,
            before + row_number() OVER (PARTITION BY prefix, year ORDER BY issued_at, copy, place) AS serial
        FROM bulk_issued AS issued JOIN bulk_series USING (prefix, year)
    ) AS paper GROUP BY copy
"""
FILLED = """
    CREATE TEMP TABLE bulk_filled ON COMMIT DROP AS
    SELECT copy.*, unit.keys, paper.years, paper.serials, met.meeting_years, met.meeting_serials,
        unit.words || copy.matter
        || pg_temp.bulk_fill_up(numbers, {papers}) || pg_temp.bulk_fill_up(codes, {papers})
        || pg_temp.bulk_fill_up(grouped, {papers}) || pg_temp.bulk_fill_up(digests, {versions})
        || pg_temp.bulk_fill_up(met.titles, {meetings}) || dates.words AS words
    FROM bulk_copy AS copy JOIN bulk_unit AS unit ON unit.number = copy.unit
    JOIN bulk_dates AS dates USING (template, weeks)
    LEFT JOIN bulk_numbered AS paper ON paper.copy = copy.place
    LEFT JOIN bulk_met AS met ON met.copy = copy.place
    CROSS JOIN LATERAL (
        SELECT array_agg(encode(sha256(convert_to(format(bound.pattern, VARIADIC unit.words || copy.matter
            || pg_temp.bulk_fill_up('{{}}', 3 * {papers} + {versions} + {meetings}) || dates.words), 'UTF8')), 'hex')
            ORDER BY bound.place) AS digests
        FROM bulk_bound AS bound WHERE bound.template = copy.template
    ) AS version
    WHERE copy.place BETWEEN {since} AND {until}
"""


def make_functions() -> None:
    """Make what the statements of this module ask, for this connection."""
    for function in (DRAW, CODE, FILL_UP):
        execute(function, alphabet=ALPHABET)


def pick(room: Room, plans: Sequence[Plan], copies: int, seed: str, begun: int) -> list[int]:
    """Draw for each copy the plan it follows; returns the numbers of those that any follows."""
    make_functions()
    states, since = [], 0
    for state, (share, _) in room.shares.items():
        of_state = [plan.number for plan in plans if plan.state == state]
        states.append({"since": since, "until": since + share, "plans": of_state})
        since += share
    make_table("bulk_state", {"since": "int", "until": "int", "plans": "int[]"}, states)
    execute(PICK, seed=seed, begun=begun, copies=copies)
    return [number for (number,) in execute("SELECT DISTINCT template FROM bulk_pick ORDER BY template")]


def draw(room: Room, templates: Sequence[Template], sides: dict[tuple[str, str], list[UnitSide]], seed: str) -> None:
    """Draw everything else, in `bulk_copy`; the numbers of the register are taken here, where the room has one."""
    numbers = count()
    units = [
        {"number": next(numbers), "likeness": "/".join(likeness), "place": place, **_words_and_keys(side)}
        for likeness, alike in sides.items()
        if likeness in {template.side.likeness for template in templates}
        for place, side in enumerate(alike)
    ]
    kinds = {"number": "int", "likeness": "text", "place": "int", "words": "text[]", "keys": "bigint[]"}
    make_table("bulk_unit", kinds, units)
    rows = [_template_row(template, len(sides[template.side.likeness])) for template in templates]
    kinds = {"number": "int", "likeness": "text", "created_at": "timestamptz", "weeks": "int[]", "units": "int"}
    make_table("bulk_template", kinds, rows)
    execute(DRAWN, seed=seed, matters=words.matters())
    counted = execute("SELECT register_year, count(*) FROM bulk_drawn GROUP BY register_year ORDER BY register_year")
    register = [{"year": year, "before": _registered_before(room, year, copies)} for year, copies in counted]
    make_table("bulk_register", {"year": "int", "before": "int"}, register)
    execute(REGISTERED)


def _registered_before(room: Room, year: int, copies: int) -> int:
    return take_number(room.prefix, year, copies) - copies if room.prefix else 0


def number_papers(templates: Sequence[Template]) -> None:
    """Take a number for every paper of every copy, in the order in which they are issued; and write down the dates."""
    execute(ISSUED)
    counted = execute("SELECT prefix, year, count(*) FROM bulk_issued GROUP BY prefix, year ORDER BY prefix, year")
    series = [
        {"prefix": prefix, "year": year, "before": take_number(prefix, year, papers) - papers}
        for prefix, year, papers in counted
    ]
    make_table("bulk_series", {"prefix": "text", "year": "int", "before": "int"}, series)
    execute(NUMBERED)
    dates = [
        {"template": template.plan.number, "weeks": weeks, "words": template.wording.dates_after(weeks)}
        for template in templates
        for weeks in template.weeks
    ]
    make_table("bulk_dates", {"template": "int", "weeks": "int", "words": "text[]"}, dates)
    bound = [
        {"template": template.plan.number, "place": place, "pattern": pattern}
        for template in templates
        for place, pattern in enumerate(template.bound_texts)
    ]
    make_table("bulk_bound", {"template": "int", "place": "int", "pattern": "text"}, bound)


def fill(since: int, until: int) -> None:
    """Draw up the words of the copies from one place to another, in `bulk_filled`."""
    execute("DROP TABLE IF EXISTS bulk_filled")
    execute(FILLED, since=since, until=until, papers=MAX_PAPERS, versions=MAX_VERSIONS, meetings=MAX_MEETINGS)


def _words_and_keys(side: UnitSide) -> dict[str, list[str] | list[int]]:
    return {"words": [*side.words(), str(side.unit.pk)], "keys": [row.pk for row in side.own_rows()]}


def _template_row(template: Template, units: int) -> dict[str, object]:
    likeness = "/".join(template.side.likeness)
    facts = {"number": template.plan.number, "likeness": likeness, "units": units}
    return facts | {"created_at": template.created_at, "weeks": template.weeks}
