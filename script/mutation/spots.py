"""Where something can be changed: every node of a module but those whose change nobody could notice."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import accumulate
from pathlib import Path

Function = ast.FunctionDef | ast.AsyncFunctionDef
# They change how fast something is, or what a mistake of the programmer is told, and nothing else.
IDLE_KEYWORDS = {"batch_size", "chunk_size", "maxsize", "strict", "frozen", "slots", "verbose_name", "stacklevel"}
LOGGERS = {"logger", "logging", "log"}
TYPES = {"TypedDict", "TypeVar"}  # only a type checker reads what these are made of


@dataclass(frozen=True)
class Spot:
    """A node with what stands round it."""

    node: ast.AST
    source: bytes = field(repr=False)
    lines: tuple[int, int]
    """The first and last line of the statement that it is part of, without the body of that."""
    function: Function | None
    """The function in whose body it stands; None for what is run when the module is imported."""
    parent: ast.AST | None
    names: tuple[str, ...]
    """What is bound by the outermost statements round it: classes, and what is assigned."""

    def span(self, node: ast.AST) -> tuple[int, int]:
        """The first byte of a node and the one after its last."""
        return self._byte(node.lineno, node.col_offset), self._byte(node.end_lineno, node.end_col_offset)

    def text(self, node: ast.AST) -> str:
        """A node as it is written."""
        start, end = self.span(node)
        return self.source[start:end].decode()

    def _byte(self, line: int, column: int) -> int:
        return _line_starts(self.source)[line - 1] + column


@cache
def _line_starts(source: bytes) -> list[int]:
    return list(accumulate((len(line) + 1 for line in source.split(b"\n")), initial=0))


def spots_in(path: Path) -> Iterator[Spot]:
    """Every node of the module that may be changed.

    Raises SyntaxError where it is no Python.
    """
    source = path.read_bytes()
    tree = ast.parse(source)
    yield from _below(tree, Spot(tree, source, (1, 1), None, None, ()))


def _below(node: ast.AST, around: Spot) -> Iterator[Spot]:
    for name, child in _children(node):
        if _is_idle(node, name, child):
            continue
        spot = _spot(node, name, child, around)
        yield spot
        yield from _below(child, spot)


def _children(node: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    for name, value in ast.iter_fields(node):
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST):
                yield name, child


def _spot(node: ast.AST, name: str, child: ast.AST, around: Spot) -> Spot:
    function, names, lines = around.function, around.names, around.lines
    if isinstance(node, Function) and name == "body":
        function = node
    if isinstance(child, ast.stmt):
        lines = _own_lines(child)
        if function is None:
            names = (*names, *bound(child))
    return Spot(child, around.source, lines, function, node, names)


def _own_lines(statement: ast.stmt) -> tuple[int, int]:
    body = getattr(statement, "body", None) or getattr(statement, "cases", None)
    last = statement.end_lineno if not body else max(statement.lineno, _first_line(body[0]) - 1)
    return statement.lineno, last


def _first_line(node: ast.AST) -> int:
    return getattr(node, "lineno", None) or node.pattern.lineno


def bound(statement: ast.stmt) -> list[str]:
    """The names that a statement binds."""
    if isinstance(statement, ast.ClassDef | Function):
        return [statement.name]
    targets = getattr(statement, "targets", None) or [getattr(statement, "target", None)]
    return [each.id for target in targets if target for each in ast.walk(target) if isinstance(each, ast.Name)]


def _is_idle(parent: ast.AST, name: str, node: ast.AST) -> bool:
    return (
        name in {"annotation", "returns", "type_params"}
        or isinstance(node, ast.Assert | ast.JoinedStr | ast.Import | ast.ImportFrom)
        or (isinstance(parent, ast.Subscript) and name == "slice" and isinstance(node, ast.Tuple))
        or (isinstance(node, ast.keyword) and node.arg in IDLE_KEYWORDS)
        or (isinstance(node, ast.Expr) and (_is_docstring(node) or _is_log(node)))
        or _is_a_type(node)
        or (isinstance(parent, ast.ClassDef) and isinstance(node, ast.keyword) and node.arg == "total")
        or (isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test))
        or (isinstance(node, ast.Assign) and bound(node) in (["__all__"], ["__slots__"]))
    )


def has_fixed_length(spot: Spot) -> bool:
    """Whether it is a tuple that is taken apart at once, so that Python itself would notice a missing element."""
    parent = spot.parent
    unpacked = isinstance(parent, ast.Assign) and isinstance(parent.targets[0], ast.Tuple)
    promised = spot.function.returns if spot.function else None
    fixed = isinstance(parent, ast.Return) and promised is not None and "..." not in ast.unparse(promised)
    return isinstance(spot.node, ast.Tuple) and (unpacked or fixed)


def _is_docstring(node: ast.Expr) -> bool:
    return isinstance(node.value, ast.Constant)


def _is_a_type(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in TYPES


def _is_log(node: ast.Expr) -> bool:
    call = node.value
    return (
        isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and isinstance(call.func.value, ast.Name)
        and call.func.value.id.strip("_").lower() in LOGGERS
    )
