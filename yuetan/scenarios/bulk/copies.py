"""Writing the copies: one INSERT … SELECT a table, whatever their number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db import connection
from django.db.models import DateField, DateTimeField, Field, ForeignKey, JSONField, Model, UUIDField
from psycopg2 import sql

from yuetan.database.statements import execute
from yuetan.models import Case, Document, Invitation, Meeting, NumberEntry, PeriodicReport, ReceivedLetter
from yuetan.scenarios.bulk.received_stories import SERIAL
from yuetan.scenarios.bulk.room import Room
from yuetan.scenarios.bulk.rows import in_order
from yuetan.scenarios.bulk.templates import TEXTS, Template
from yuetan.scenarios.bulk.temporary_tables import make_table

INSERT = """
    INSERT INTO {table} ({columns}) SELECT {values}
    FROM bulk_filled AS copy JOIN {rows} AS row USING (template) ORDER BY copy.place, row.ordinal
"""
DIGEST = "encode(sha256(convert_to(format(row.html, VARIADIC copy.words), 'UTF8')), 'hex')"
# Its last part is the day of the letter.
PAPER_KEY = f"""regexp_replace(
    replace(row.paper_key, '{SERIAL}', ({SERIAL} + copy.index)::text), '[^ ]*$', (row.dated_on + copy.weeks * 7)::text
)"""
# What is neither as in the case that is copied nor follows from its kind of column.
DRAWN_ANEW: dict[tuple[type[Model], str], str] = {
    (Case, "register_year"): "copy.register_year",
    (Case, "register_serial"): "copy.register_serial",
    (Document, "year"): "copy.years[row.serial]",
    (Document, "serial"): "copy.serials[row.serial]",
    (Document, "sha256"): DIGEST,
    (Invitation, "public_id"): "md5(copy.id || 'invitation' || row.ordinal)::uuid",
    (Meeting, "year"): "copy.meeting_years[row.serial]",
    (Meeting, "serial"): "copy.meeting_serials[row.serial]",
    (NumberEntry, "year"): "copy.years[row.serial]",
    (NumberEntry, "serial"): "copy.serials[row.serial]",
    (PeriodicReport, "public_id"): "copy.id",
    (ReceivedLetter, "number"): f"replace(row.number, '{SERIAL}', ({SERIAL} + copy.index)::text)",
    (ReceivedLetter, "paper_key"): PAPER_KEY,
    (ReceivedLetter, "matter_key"): "translate(copy.matter, '“”', '')",
}


@dataclass(frozen=True)
class CopiedTable:
    """A table with the rows of every template in it; `first` is the key before those of its copies."""

    room: Room
    model: type[Model]
    rows: list[dict[str, object]]
    longest: int
    first: int

    @property
    def name(self) -> str:
        """In the database."""
        return self.model._meta.db_table

    def write_rows(self) -> None:
        """Write the rows of the templates where SQL finds them."""
        kinds = {"template": "int", "ordinal": "int"}
        kinds |= {column.attname: self._kind(column) for column in self.model._meta.concrete_fields}
        make_table(f"bulk_{self.name}", kinds, self.rows)

    @cached_property
    def patterns(self) -> set[str]:
        """The columns in which a text is another in each copy."""
        texts = [column.attname for column in self.model._meta.concrete_fields if isinstance(column, TEXTS)]
        return {name for name in texts if any("%" in str(row[name]) for row in self.rows)}

    def insert(self, others: Mapping[type[Model], CopiedTable]) -> None:
        """Write the rows of all copies that are filled."""
        if not self.rows:
            return
        columns = [column for column in self.model._meta.concrete_fields if not column.generated]
        execute(
            INSERT,
            table=sql.Identifier(self.name),
            rows=sql.Identifier(f"bulk_{self.name}"),
            columns=sql.SQL(", ").join(sql.Identifier(column.column) for column in columns),
            values=sql.SQL(", ").join(self._value(column, others) for column in columns),
        )

    def _value(self, column: Field, others: Mapping[type[Model], CopiedTable]) -> sql.Composable:
        anew, name = DRAWN_ANEW.get((self.model, column.name)), sql.SQL("row.{}").format(sql.Identifier(column.attname))
        if anew:
            return sql.SQL(anew)
        if column.primary_key:
            return self.key(sql.SQL("row.ordinal"))
        if isinstance(column, ForeignKey) and not self._leads_out(column):
            target = others.get(column.related_model)
            return (
                target.key(name)
                if target
                else sql.SQL("CASE WHEN {0} < 0 THEN copy.keys[-{0}] ELSE {0} END").format(name)
            )
        if isinstance(column, DateField):
            later = (
                "{} + copy.weeks * interval '7 days'" if isinstance(column, DateTimeField) else "{} + copy.weeks * 7"
            )
            return sql.SQL(later).format(name)
        if column.attname in self.patterns:
            name = sql.SQL("format({}, VARIADIC copy.words)").format(name)
        return sql.SQL("({})::jsonb").format(name) if isinstance(column, JSONField) else name

    def key(self, ordinal: sql.Composable) -> sql.Composable:
        """The key of a copy's row with this ordinal."""
        if self.model is self.room.root and isinstance(self.model._meta.pk, UUIDField):
            return sql.SQL("CASE WHEN {} IS NOT NULL THEN copy.id END").format(ordinal)
        if isinstance(self.model._meta.pk, UUIDField):
            return sql.SQL("md5(copy.id || {} || {})::uuid").format(sql.Literal(self.name), ordinal)
        numbered = "{} + (copy.place - 1) * {} + {}"
        return sql.SQL(numbered).format(sql.Literal(self.first + 1), sql.Literal(self.longest), ordinal)

    def _kind(self, column: Field) -> str:
        if isinstance(column, TEXTS):
            return "text"
        # The key of a row that is copied too is its ordinal.
        if isinstance(column, ForeignKey) and not self._leads_out(column):
            return "bigint"
        return str(column.db_type(connection))

    def _leads_out(self, column: ForeignKey) -> bool:
        """Whether it leads to what is not copied and has a key that is no number: every copy has the same."""
        model = column.related_model
        return model not in self.room.models and isinstance(model._meta.pk, UUIDField)


def tables_of(room: Room, templates: Sequence[Template], copies: int) -> dict[type[Model], CopiedTable]:
    """The tables to be copied, in the order in which they are written; keys for every copy are set aside."""
    tables = {}
    rows_of_all = {
        model: [{"template": t.plan.number, **row} for t in templates for row in t.rows[model]] for model in room.models
    }
    for model in in_order(rows_of_all):
        rows = rows_of_all[model]
        longest = max(len(template.rows[model]) for template in templates)
        tables[model] = CopiedTable(room, model, rows, longest, _set_aside(model, copies * longest))
        tables[model].write_rows()
    return tables


def _set_aside(model: type[Model], keys: int) -> int:
    """Take so many keys off a numbered table's sequence; returns the last that was taken before."""
    if not keys or isinstance(model._meta.pk, UUIDField):
        return 0
    table, key = model._meta.db_table, model._meta.pk.column
    ((sequence,),) = execute("SELECT pg_get_serial_sequence({table}, {key})", table=table, key=key)
    ((last,),) = execute("SELECT nextval({sequence})", sequence=sequence)
    execute("SELECT setval({sequence}, {last})", sequence=sequence, last=last + keys)
    return int(last)


def write_copies(tables: Mapping[type[Model], CopiedTable], *, is_first: bool) -> None:
    """Write the rows of all copies that are filled; what points to a row comes before it.

    After the first of them: or triggers keep the plans they made for empty tables, and read them from end to end.
    """
    execute("SET CONSTRAINTS ALL DEFERRED")
    for table in tables.values():
        table.insert(tables)
    if is_first:
        execute("ANALYZE")
    execute("SET CONSTRAINTS ALL IMMEDIATE")  # or every row written waits in memory to be checked at the end
