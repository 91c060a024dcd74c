"""统计 beside what it counts: each number, read off the counters, is how many rows its address lists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.http import QueryDict

from yuetan.ledgers.export import LEDGERS
from yuetan.ledgers.statistics import Number, Statistics, Table
from yuetan.models import User
from yuetan.rules.dates.periods import Period


def numbers_with_addresses(tables: Iterable[Table]) -> Iterator[tuple[str, Number]]:
    """Each number that leads to a ledger, named."""
    for table in tables:
        for line in table.lines:
            yield from ((f"{table.title} {line.label}", number) for number in line.numbers if number.url)


def assert_each_is_a_list_counted(user: User, period: Period) -> None:
    """Raise AssertionError for the first number that is another than the length of its list."""
    for label, number in numbers_with_addresses(Statistics(user, period).tables()):
        address, _, query = number.url.partition("?")
        ledger = LEDGERS[{"/cases/": "cases", "/tasks/": "tasks"}[address]]
        asked = ledger.filtered(user, QueryDict(query))
        assert asked.is_valid(), (label, number.url, asked.errors)
        assert asked.qs.count() == number.count, (label, number.url, user.username)
