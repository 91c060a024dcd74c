"""Many models made at once by one operation of a migration."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db.migrations.operations.base import Operation

if TYPE_CHECKING:
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor
    from django.db.migrations.state import ProjectState


class CreateTables(Operation):
    """What these operations make, which may name each other in any order.

    Django renders the models anew after each operation, with all that are related to them: of a hundred and fifty
    models in turn that took a minute. Here they are rendered once, when all of them are known.
    """

    reversible = False

    def __init__(self, operations: Sequence[Operation]) -> None:
        """Of CreateModel, or of the state of a table that SQL makes."""
        self.operations = operations

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Every model is known before the first is rendered."""
        state.__dict__.pop("apps", None)
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Tables first, then the keys between them and the indexes: what follows in the migration finds them all."""
        for operation in self.operations:
            operation.database_forwards(app_label, schema_editor, from_state, to_state)
        for statement in schema_editor.deferred_sql:
            schema_editor.execute(statement)
        schema_editor.deferred_sql.clear()

    def describe(self) -> str:
        """For whoever reads what `migrate` does."""
        return f"Create {len(self.operations)} tables"
