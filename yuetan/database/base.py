"""The database engine of the settings: whatever commits is sealed first, in the same transaction."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, ClassVar

from django.db import transaction
from django.db.backends.postgresql import base
from psycopg2.extensions import cursor as Cursor  # noqa: N812 - the driver names its class like a variable

_WRITES = re.compile(r"\s*(?:/\* writes |(?:INSERT|UPDATE|DELETE|WITH)\b)", re.IGNORECASE)  # `last_writes` says so


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that calls `before_commit` with its cursor at the end of every transaction that is kept."""

    before_commit: ClassVar[Callable[[Cursor], None] | None] = None

    def __init__(self, settings_dict: dict[str, object], alias: str = "default") -> None:
        super().__init__(settings_dict, alias)
        self.execute_wrappers.append(self._in_a_transaction)
        self._prepared: dict[str, str] = {}

    def get_new_connection(self, conn_params: dict[str, object]) -> object:
        """A connection that has planned nothing yet."""
        self._prepared = {}
        return super().get_new_connection(conn_params)

    def prepared(self, statement: str, of: str, *types: str) -> str:
        """The name by which this connection executes a statement that it plans once; `$1` and so on are of these types.

        The name begins with `of`, for whoever watches the server. Effect: the statement is prepared, if it is not yet;
        that outlasts the transaction, even one that is rolled back.
        """
        if statement not in self._prepared or self.connection is None:
            self.ensure_connection()
            name = f"{of}_{len(self._prepared) + 1}"
            with self.wrap_database_errors, self.connection.cursor() as cursor:
                cursor.execute(f"PREPARE {name} ({', '.join(types)}) AS {statement}")
            self._prepared[statement] = name
        return self._prepared[statement]

    def commit(self) -> None:
        """Commit; raises what `before_commit` raises, and then nothing is kept."""
        hook = type(self).before_commit
        if hook is not None and self.connection is not None:
            # A cursor of the driver's own: this is no statement of a step, to be watched or counted.
            try:
                with self.wrap_database_errors, self.connection.cursor() as cursor:
                    hook(cursor)
            except BaseException:
                self.rollback()
                raise
        super().commit()

    def _in_a_transaction(
        self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]
    ) -> Any:
        """A statement that writes by itself is a transaction like any other."""
        if self.in_atomic_block or not self.get_autocommit() or not _WRITES.match(str(sql)):
            return execute(sql, params, many, context)
        with transaction.atomic(using=self.alias):
            return execute(sql, params, many, context)
