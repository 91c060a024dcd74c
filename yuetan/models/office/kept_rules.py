"""The office's rules and the law, kept in memory for as long as nobody has changed them.

A trigger of the database gives them another version, which nothing ever had before, in the transaction that changes
them. Every process asks for the version, once in a step or a request, and reads anew what it has of no such version.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from django.db import connection
from django.db.models import TextField
from django.db.models.expressions import RawSQL

from yuetan.models.office.read_once import answer_once, remember

Kept = TypeVar("Kept")
RULES = "officesetting", "calendarday", "calendaryear", "article", "citation", "interviewerrule", "standardparagraph"
RULE_TABLES = frozenset(f"yuetan_{table}" for table in RULES)
VERSION = "version of the rules"  # under which a scope keeps it
VERSIONS_AT_ONCE = 3  # that of a transaction which is not committed yet, beside the one that all others see

_READ = "SELECT version::text FROM yuetan_ruleversion"
_kept: OrderedDict[str, dict[Hashable, Any]] = OrderedDict()


def kept(key: Hashable, read: Callable[[], Kept]) -> Kept:
    """What `read` finds in the tables of rules alone; whoever gets it must not change it."""
    version = answer_once(VERSION, RULE_TABLES, _version)
    answers = _kept.setdefault(version, {})
    while len(_kept) > VERSIONS_AT_ONCE:
        _kept.popitem(last=False)
    if key not in answers:
        answers[key] = read()
    answer: Kept = answers[key]
    return answer


def version_column() -> RawSQL:
    """The version as a column of a query that reads something else; `know_version` takes it from there."""
    return RawSQL(_READ, (), output_field=TextField())  # nosec B611 - constant text of this module, without parameters


def know_version(version: str) -> None:
    """Spare the rest of a step or a request the question for the version."""
    remember(VERSION, RULE_TABLES, version)


def _version() -> str:
    with connection.cursor() as cursor:
        cursor.execute(_READ)
        row = cursor.fetchone()
    assert row is not None
    return str(row[0])
