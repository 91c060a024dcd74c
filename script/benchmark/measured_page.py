"""A page that is measured, and the same rows by hand."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.template import engines

from benchmark.database import execute

# The least a page of rows can be: one template, no frame, no rights, no lights.
ROWS = """<!DOCTYPE html><html lang="zh"><body><table>{% for row in rows %}<tr>{% for cell in row %}<td>{{ cell }}</td>
{% endfor %}</tr>{% endfor %}</table></body></html>"""


@dataclass(frozen=True)
class MeasuredPage:
    """An address as somebody opens it, and the statements that give its rows by hand."""

    name: str
    who: str
    address: str
    by_hand: tuple[str, ...]
    values: tuple[object, ...] = ()

    def rows_by_hand(self) -> list[tuple[Any, ...]]:
        """One statement a table."""
        return [row for statement in self.by_hand for row in execute(statement, *self.values)]

    def rendered_by_hand(self) -> str:
        """The rows by hand, in a table by Django's template."""
        return str(_bare_table().render({"rows": self.rows_by_hand()}))


@cache
def _bare_table() -> object:
    return engines["django"].from_string(ROWS)
