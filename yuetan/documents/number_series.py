"""Document numbers: the next of a series of a prefix and a year, without gap or double, and its line in the book."""

from __future__ import annotations

from django.db import connection

from yuetan.models import Case, Letter, NumberEntry, OfficeSetting, User
from yuetan.rules.dates import clock
from yuetan.vocabulary import DocumentKind, NumberState

_TAKE = """
    INSERT INTO yuetan_numbercounter (prefix, year, last) VALUES (%s, %s, %s)
    ON CONFLICT (prefix, year) DO UPDATE SET last = yuetan_numbercounter.last + EXCLUDED.last RETURNING last
"""


def take_number(prefix: str, year: int, count: int = 1) -> int:
    """The next number of a 机关代字 in a year; the counter stays locked until the step commits, so there is no gap.

    Of several reserved in one call it is the last.
    """
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [prefix, year, count])
        row = cursor.fetchone()
    assert row is not None
    return int(row[0])


def enter_number(kind: DocumentKind, *, by: User, purpose: str = "", case: Case | None = None) -> NumberEntry:
    """Take the next number for a kind of paper and write it into the book."""
    prefix, year = OfficeSetting.objects.words(f"prefix_{kind.value}"), clock.today().year
    return NumberEntry.objects.create(
        prefix=prefix,
        year=year,
        serial=take_number(prefix, year),
        kind=kind,
        given_by=by,
        purpose=purpose,
        case=case,
    )


def reserved_number(kind: DocumentKind, subject: Case | Letter) -> NumberEntry | None:
    """The number reserved this year for this kind of paper in this case."""
    if not isinstance(subject, Case):
        return None
    reserved = NumberEntry.objects.in_state(NumberState.RESERVED).filter(case=subject, kind=kind)
    this_year = reserved.filter(year=clock.today().year).order_by("serial")
    return this_year.select_for_update(of=("self",)).first()
