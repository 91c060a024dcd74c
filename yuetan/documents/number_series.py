"""Document numbers: the next of a series of a prefix and a year, without gap or double, and its line in the book."""

from __future__ import annotations

from django.db import connection

from yuetan.models import Case, NumberEntry, OfficeSetting, Subject, Unit, User
from yuetan.rules.dates import clock
from yuetan.rules.text.document_number import ParsedNumber
from yuetan.vocabulary import DocumentKind, NumberState

LAST_DAY = (12, 31)
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


def enter_number(
    kind: DocumentKind, *, by: User, purpose: str = "", case: Case | None = None, open_to: Unit | None = None
) -> NumberEntry:
    """Take the next number for a kind of paper and write it into the book; `open_to` as its paper will be."""
    prefix = OfficeSetting.objects.words(f"prefix_{kind.value}")
    year = _year_of_number(prefix)
    return NumberEntry.objects.create(
        prefix=prefix,
        year=year,
        serial=_next_free(prefix, year),
        kind=kind,
        given_by=by,
        purpose=purpose,
        case=case,
        open_to=open_to,
    )


def enter_copy(entry: NumberEntry) -> NumberEntry:
    """Enter a copy of a paper under the paper's number: no other is taken, and no line added to the book."""
    given = {name: getattr(entry, name) for name in ("prefix", "year", "serial", "kind", "given_by", "given_at")}
    return NumberEntry.objects.create(**given, copy_of=entry)


def reserved_number(kind: DocumentKind, subject: Subject) -> NumberEntry | None:
    """The number reserved this year for this kind of paper in this case."""
    if not isinstance(subject, Case):
        return None
    reserved = NumberEntry.objects.in_state(NumberState.RESERVED).filter(case=subject, kind=kind)
    this_year = reserved.filter(year=clock.today().year).order_by("serial")
    return this_year.select_for_update(of=("self",)).first()


def _year_of_number(prefix: str) -> int:
    """The year to which the next number belongs: on its last day asked again once nobody else takes one."""
    today = clock.today()
    if (today.month, today.day) != LAST_DAY:
        return today.year
    take_number(prefix, today.year, 0)
    return clock.today().year


def _next_free(prefix: str, year: int) -> int:
    """The next number that no paper of before bears: the running series passes over what 补录 has entered."""
    serial = take_number(prefix, year)
    while NumberEntry.objects.filter(prefix=prefix, year=year, serial=serial, voided_at=None).exists():
        serial = take_number(prefix, year)
    return serial


def enter_earlier_number(kind: DocumentKind, number: ParsedNumber, *, by: User, case: Case) -> NumberEntry:
    """Write the number that a paper of before bears into the book, for that paper; the running series stays.

    The counter is held, so that no paper of this moment takes the same number.
    """
    take_number(number.prefix, number.year, 0)
    return NumberEntry.objects.create(
        prefix=number.prefix,
        year=number.year,
        serial=number.serial,
        kind=kind,
        case=case,
        given_by=by,
        is_earlier=True,
        purpose="补录",
    )


def entry_in_force(number: ParsedNumber) -> NumberEntry | None:
    """The line of the book that holds this number; one that was voided by mistake of a 补录 holds none."""
    entries = NumberEntry.objects.filter(prefix=number.prefix, year=number.year, serial=number.serial)
    return entries.filter(copy_of=None).exclude(is_earlier=True, voided_at__isnull=False).first()
