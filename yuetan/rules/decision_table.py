"""A decision table answers with its one matching row, and refuses to guess when there is none or more than one."""

from collections.abc import Mapping, Sequence
from typing import TypeVar

Row = TypeVar("Row", bound=Mapping[str, str | None])


class NoMatch(LookupError):  # noqa: N818 - a fact about the table, not a fault
    """No row of the table fits the facts."""


class SeveralMatch(LookupError):  # noqa: N818 - a fact about the table, not a fault
    """More than one row of the table fits the facts."""


def one_match(rows: Sequence[Row], **facts: str) -> Row:
    """Return the only row whose cells equal the facts; a cell of None fits any fact.

    Raises NoMatch or SeveralMatch if there is not exactly one.
    """
    matching = [row for row in rows if all(row[name] in (None, fact) for name, fact in facts.items())]
    if len(matching) == 1:
        return matching[0]
    described = "、".join(facts.values())
    if not matching:
        raise NoMatch(f"没有规则适用于：{described}")
    raise SeveralMatch(f"有 {len(matching)} 条规则同时适用于：{described}")
