"""What the database itself holds of the record, made equal to the tables of the code: triggers, and known verbs."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection, transaction
from psycopg2 import sql

from yuetan.models import ChangedRow
from yuetan.models.record.sealed_tables import SEALED_TABLES, model_of
from yuetan.sealing import seal_rows_of, seal_table
from yuetan.vocabulary import LOG_LABELS, Verb

# Beside its name and function a trigger says which rows it hands over.
HANDED_OVER = {
    "INSERT": "NEW TABLE AS changed",
    "UPDATE": "OLD TABLE AS before NEW TABLE AS changed",
    "DELETE": "OLD TABLE AS changed",
}
_STANDING = """
    SELECT tgrelid::regclass::text, tgname FROM pg_trigger
    WHERE NOT tgisinternal AND tgname IN ('note_insert', 'note_update', 'note_delete')
"""
_PLACE = "CREATE TRIGGER {name} AFTER {event} ON {table} REFERENCING {rows} FOR EACH STATEMENT EXECUTE FUNCTION {call}"


def last_changed_row() -> int:
    """Up to which row of those changed something other than a migration has changed them; zero before the first."""
    if not _is_there():
        return 0
    newest = ChangedRow.objects.order_by("-pk").first()
    return newest.pk if newest else 0


def follow_sealed_tables(after: int) -> dict[str, int]:
    """Seal what migrations have changed since, and all of each table that is sealed from now on; how many rows of each.

    What stood among the changed rows before was changed by something else: it is left to be found.
    """
    if not _is_there():
        return {}
    with transaction.atomic():
        new = [table for table in SEALED_TABLES if _place_triggers(table)]
        seal_rows_of(ChangedRow.objects.filter(pk__gt=after).exclude(table_name__in=new))
        ChangedRow.objects.filter(pk__gt=after).delete()
        return {table: seal_table(table) for table in new}


def follow_verbs() -> None:
    """Every verb of the vocabulary is one that an event may have; none is taken away."""
    if "yuetan_eventverb" not in connection.introspection.table_names():
        return
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO yuetan_eventverb SELECT * FROM unnest(%s) ON CONFLICT DO NOTHING", [_verbs()])


def unknown_verbs() -> list[str]:
    """Verbs of this version that the database does not know yet."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT unnest(%s) EXCEPT SELECT name FROM yuetan_eventverb ORDER BY 1", [_verbs()])
        return [name for (name,) in cursor.fetchall()]


def _verbs() -> list[str]:
    return [*Verb.values, *LOG_LABELS]


def _is_there() -> bool:
    return ChangedRow._meta.db_table in connection.introspection.table_names()


def _place_triggers(table: str) -> bool:
    """Whether the table had none."""
    named = model_of(table)._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(_STANDING)
        standing = {name for of, name in cursor.fetchall() if of == named}
        for name, statement in _triggers(table):
            if name not in standing:
                cursor.execute(statement.as_string(cursor.connection))
    return not standing


def _triggers(table: str) -> Iterator[tuple[str, sql.Composed]]:
    model = model_of(table)
    unsealed = SEALED_TABLES[table].unsealed
    for event, rows in HANDED_OVER.items():
        name = f"note_{event.lower()}"
        arguments = [table, str(model._meta.pk.column)]
        function = "yuetan_note_changed"
        if event == "UPDATE" and unsealed:
            arguments.append("{" + ",".join(unsealed) + "}")
            function = "yuetan_note_changed_but"
        call = sql.SQL("{}({})").format(sql.Identifier(function), sql.SQL(", ").join(map(sql.Literal, arguments)))
        parts = {"name": sql.Identifier(name), "table": sql.Identifier(model._meta.db_table), "call": call}
        yield name, sql.SQL(_PLACE).format(event=sql.SQL(event), rows=sql.SQL(rows), **parts)
