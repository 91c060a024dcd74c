"""The office's rules and the law, kept in memory for as long as nobody has changed them.

A trigger of the database gives them another version, which nothing ever had before, in the transaction that changes
them. Every process asks for the version, once in a step or a request, and reads anew what it has of no such version.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from django.db import connection

from yuetan.models.office.read_once import answer_once

Kept = TypeVar("Kept")
RULES = "officesetting", "calendarday", "calendaryear", "article", "citation", "interviewerrule", "standardparagraph"
RULE_TABLES = frozenset(f"yuetan_{table}" for table in RULES)
VERSIONS_AT_ONCE = 3  # that of a transaction which is not committed yet, beside the one that all others see

_kept: OrderedDict[str, dict[Hashable, Any]] = OrderedDict()


def kept(key: Hashable, read: Callable[[], Kept]) -> Kept:
    """What `read` finds in the tables of rules alone; whoever gets it must not change it."""
    version = answer_once("version of the rules", RULE_TABLES, _version)
    answers = _kept.setdefault(version, {})
    while len(_kept) > VERSIONS_AT_ONCE:
        _kept.popitem(last=False)
    if key not in answers:
        answers[key] = read()
    answer: Kept = answers[key]
    return answer


def _version() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT version FROM yuetan_ruleversion")
        row = cursor.fetchone()
    assert row is not None
    return str(row[0])
