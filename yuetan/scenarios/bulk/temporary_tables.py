"""Tables that are gone with the transaction."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from psycopg2 import sql

from yuetan.database.statements import execute


def make_table(name: str, columns: dict[str, str], rows: Sequence[Mapping[str, object]]) -> None:
    """Make a temporary table that holds these rows; columns are given with their types."""
    definitions = sql.SQL(", ").join(
        sql.SQL(" ").join((sql.Identifier(each), sql.SQL(kind))) for each, kind in columns.items()
    )
    table = sql.Identifier(name)
    execute("CREATE TEMP TABLE {table} ({definitions}) ON COMMIT DROP", table=table, definitions=definitions)
    written = json.dumps(rows, ensure_ascii=False, default=str)
    execute(
        "INSERT INTO {table} SELECT * FROM json_populate_recordset(NULL::{table}, {rows})", table=table, rows=written
    )


def drop_tables() -> None:
    """Drop what this connection made before in the same transaction."""
    made = execute(
        "SELECT relname FROM pg_class WHERE relnamespace = pg_my_temp_schema() AND relname ~ '^bulk_' AND relkind = 'r'"
    )
    for (name,) in made:
        execute("DROP TABLE {table}", table=sql.Identifier(name))
