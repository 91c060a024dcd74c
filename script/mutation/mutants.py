"""What can be changed in a module: one small change at one spot, as text, so that a diff can be shown."""

from __future__ import annotations

import ast
import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from mutation.spots import Spot, has_fixed_length, spots_in

OPERATORS: dict[type[ast.AST], tuple[str, str]] = {
    ast.Lt: ("<", "<="),
    ast.LtE: ("<=", "<"),
    ast.Gt: (">", ">="),
    ast.GtE: (">=", ">"),
    ast.Eq: ("==", "!="),
    ast.NotEq: ("!=", "=="),
    ast.Is: ("is", "is not"),
    ast.IsNot: ("is not", "is"),
    ast.In: ("in", "not in"),
    ast.NotIn: ("not in", "in"),
    ast.And: ("and", "or"),
    ast.Or: ("or", "and"),
    ast.Add: ("+", "-"),
    ast.Sub: ("-", "+"),
}
OPPOSITES = {
    "first": "last",
    "last": "first",
    "earliest": "latest",
    "latest": "earliest",
    "filter": "exclude",
    "exclude": "filter",
    "asc": "desc",
    "desc": "asc",
}
OPPOSITE_CALLS = {"min": "max", "max": "min", "any": "all", "all": "any"}
NOTHING = {"bool": "not ({})", "str": "''", "int": "0", "list": "[]", "dict": "{}", "set": "set()", "tuple": "()"}


@dataclass(frozen=True)
class Mutant:
    """One change of one module, and the lines by which its tests are found."""

    path: Path
    kind: str
    spot: Spot
    start: int
    end: int
    new: str

    @property
    def line(self) -> int:
        """Where it begins, counted from 1."""
        return self.spot.source[: self.start].count(b"\n") + 1

    def source(self) -> str:
        """The module with the change in it."""
        return (self.spot.source[: self.start] + self.new.encode() + self.spot.source[self.end :]).decode()

    def is_a_change(self) -> bool:
        """Whether it reads otherwise than before, and is Python."""
        try:
            return ast.dump(ast.parse(self.source())) != ast.dump(ast.parse(self.spot.source))
        except SyntaxError:
            return False

    def diff(self) -> str:
        """The changed lines, and one before and after."""
        old, new = self.spot.source.decode().splitlines(), self.source().splitlines()
        return "\n".join(list(difflib.unified_diff(old, new, lineterm="", n=1))[2:])


def mutants_of(path: Path) -> Iterator[Mutant]:
    """Every change of this module.

    Raises SyntaxError where it is no Python.
    """
    for spot in spots_in(path):
        for change in _changes(spot):
            yield Mutant(path, spot=spot, **change)


def _changes(spot: Spot) -> Iterator[dict[str, object]]:
    for base in type(spot.node).__mro__:
        yield from KINDS.get(base, _none)(spot)


def _none(spot: Spot) -> Iterator[dict[str, object]]:
    return iter(())


def _replaced(kind: str, spot: Spot, node: ast.AST, new: str) -> dict[str, object]:
    start, end = spot.span(node)
    return {"kind": kind, "start": start, "end": end, "new": new}


def _between(kind: str, spot: Spot, left: ast.AST, right: ast.AST, operator: ast.AST) -> Iterator[dict[str, object]]:
    """The operator between two operands, which may stand in brackets that belong to neither."""
    if type(operator) in OPERATORS:
        old, new = OPERATORS[type(operator)]
        start, end = spot.span(left)[1], spot.span(right)[0]
        gap = spot.source[start:end].decode()
        yield {"kind": kind, "start": start, "end": end, "new": gap.replace(old, new, 1)}


def _compare(spot: Spot) -> Iterator[dict[str, object]]:
    operands = [spot.node.left, *spot.node.comparators]
    for left, right, operator in zip(operands[:-1], operands[1:], spot.node.ops, strict=True):
        yield from _between("comparison turned", spot, left, right, operator)


def _both_or_either(spot: Spot) -> Iterator[dict[str, object]]:
    values = spot.node.values
    for left, right in pairwise(values):
        yield from _between("and/or turned", spot, left, right, spot.node.op)
    neutral = "True" if isinstance(spot.node.op, ast.And) else "False"
    for value in values:
        yield _replaced("condition dropped", spot, value, neutral)


def _not(spot: Spot) -> Iterator[dict[str, object]]:
    if isinstance(spot.node.op, ast.Not):
        yield _replaced("not dropped", spot, spot.node, f"({spot.text(spot.node)[3:]} )")


def _arithmetic(spot: Spot) -> Iterator[dict[str, object]]:
    sides = spot.node.left, spot.node.right
    if not any(isinstance(side, ast.JoinedStr | ast.List | ast.Tuple) or _is_text(side) for side in sides):
        yield from _between("+/- turned", spot, *sides, spot.node.op)


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str | bytes)


def _condition(spot: Spot) -> Iterator[dict[str, object]]:
    if not isinstance(spot.node.test, ast.Constant):
        yield _replaced("condition dropped", spot, spot.node.test, "True")
        yield _replaced("condition dropped", spot, spot.node.test, "False")


def _filter(spot: Spot) -> Iterator[dict[str, object]]:
    for condition in spot.node.ifs:
        yield _replaced("condition dropped", spot, condition, "True")


def _constant(spot: Spot) -> Iterator[dict[str, object]]:
    value = spot.node.value
    if isinstance(value, bool):
        yield _replaced("True/False turned", spot, spot.node, str(not value))
    elif isinstance(value, int):
        yield _replaced("constant + 1", spot, spot.node, str(value + 1))
        if value > 0:
            yield _replaced("constant - 1", spot, spot.node, str(value - 1))


def _subscript(spot: Spot) -> Iterator[dict[str, object]]:
    other = {"0": "-1", "-1": "0"}.get(spot.text(spot.node.slice))
    if other:
        yield _replaced("first/last turned", spot, spot.node.slice, other)


def _elements(spot: Spot) -> Iterator[dict[str, object]]:
    if isinstance(getattr(spot.node, "ctx", ast.Load()), ast.Load) and not has_fixed_length(spot):
        for element in spot.node.elts:
            yield _replaced("element left out", spot, element, "*()")


def _entries(spot: Spot) -> Iterator[dict[str, object]]:
    for key, value in zip(spot.node.keys, spot.node.values, strict=True):
        if key is not None:
            yield {**_replaced("element left out", spot, value, "**{}"), "start": spot.span(key)[0]}


def _call(spot: Spot) -> Iterator[dict[str, object]]:
    function = spot.node.func
    if isinstance(function, ast.Attribute):
        one, other = function.attr, OPPOSITES.get(function.attr)
        if other:
            change = _replaced(f"{one} turned {other}", spot, function, other)
            yield {**change, "start": spot.span(function)[1] - len(one)}
        if function.attr == "order_by":
            yield from _order(spot, spot.node.args)
    elif isinstance(function, ast.Name):
        yield from _builtin_call(spot, function)


def _builtin_call(spot: Spot, function: ast.Name) -> Iterator[dict[str, object]]:
    other = OPPOSITE_CALLS.get(function.id)
    if other:
        yield _replaced(f"{function.id} turned {other}", spot, function, other)
    if function.id == "sorted":
        yield _replaced("order dropped", spot, spot.node, f"list({spot.text(spot.node.args[0])})")


def _order(spot: Spot, keys: list[ast.expr]) -> Iterator[dict[str, object]]:
    for key in keys:
        if _is_text(key):
            turned = key.value[1:] if key.value.startswith("-") else f"-{key.value}"
            yield _replaced("order turned", spot, key, repr(turned))


def _return(spot: Spot) -> Iterator[dict[str, object]]:
    if spot.node.value is not None:
        promised = spot.function.returns if spot.function else None
        named = ast.unparse(promised).partition("[")[0] if promised else ""
        value = spot.text(spot.node.value)
        yield _replaced("return value", spot, spot.node.value, NOTHING.get(named, "None").replace("{}", value, 1))


def _statement(spot: Spot) -> Iterator[dict[str, object]]:
    if isinstance(spot.node.value, ast.Call):
        yield _replaced("call left out", spot, spot.node, "pass")


def _assignment(spot: Spot) -> Iterator[dict[str, object]]:
    if all(isinstance(target, ast.Attribute) for target in spot.node.targets):
        yield _replaced("assignment left out", spot, spot.node, "pass")
    if any(isinstance(target, ast.Name) and target.id == "ordering" for target in spot.node.targets):
        yield from _order(spot, getattr(spot.node.value, "elts", []))


def _step(spot: Spot) -> Iterator[dict[str, object]]:
    yield from _between("+/- turned", spot, spot.node.target, spot.node.value, spot.node.op)


KINDS = {
    ast.Compare: _compare,
    ast.BoolOp: _both_or_either,
    ast.UnaryOp: _not,
    ast.BinOp: _arithmetic,
    ast.AugAssign: _step,
    ast.If: _condition,
    ast.IfExp: _condition,
    ast.comprehension: _filter,
    ast.Constant: _constant,
    ast.Subscript: _subscript,
    ast.Tuple: _elements,
    ast.List: _elements,
    ast.Set: _elements,
    ast.Dict: _entries,
    ast.Call: _call,
    ast.Return: _return,
    ast.Expr: _statement,
    ast.Assign: _assignment,
}
