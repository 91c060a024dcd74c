"""The real holiday arrangements."""

from datetime import date, timedelta

import pytest

from yuetan.rules.dates.working_days import Calendar

# The arrangements as the 国务院办公厅 published them, written out so that no package can bend them:
# days off (weekends inside included), and weekend days worked instead.
# 2019 with the longer 劳动节 of March that year; 2020 with 春节 prolonged to 2 February, so that 1 February fell away.
ARRANGEMENTS = {
    2019: (
        "01-01 02-04/02-10 04-05/04-07 05-01/05-04 06-07/06-09 09-13/09-15 10-01/10-07",
        "02-02 02-03 04-28 05-05 09-29 10-12",
    ),
    2020: (
        "01-01 01-24/02-02 04-04/04-06 05-01/05-05 06-25/06-27 10-01/10-08",
        "01-19 04-26 05-09 06-28 09-27 10-10",
    ),
    2021: (
        "01-01/01-03 02-11/02-17 04-03/04-05 05-01/05-05 06-12/06-14 09-19/09-21 10-01/10-07",
        "02-07 02-20 04-25 05-08 09-18 09-26 10-09",
    ),
    2022: (
        "01-01/01-03 01-31/02-06 04-03/04-05 04-30/05-04 06-03/06-05 09-10/09-12 10-01/10-07 12-31",
        "01-29 01-30 04-02 04-24 05-07 10-08 10-09",
    ),
    2023: (
        "01-01/01-02 01-21/01-27 04-05 04-29/05-03 06-22/06-24 09-29/10-06 12-30/12-31",
        "01-28 01-29 04-23 05-06 06-25 10-07 10-08",
    ),
    2024: (
        "01-01 02-10/02-17 04-04/04-06 05-01/05-05 06-10 09-15/09-17 10-01/10-07",
        "02-04 02-18 04-07 04-28 05-11 09-14 09-29 10-12",
    ),
    2025: (
        "01-01 01-28/02-04 04-04/04-06 05-01/05-05 05-31/06-02 10-01/10-08",
        "01-26 02-08 04-27 09-28 10-11",
    ),
    2026: (
        "01-01/01-03 02-15/02-23 04-04/04-06 05-01/05-05 06-19/06-21 09-25/09-27 10-01/10-07",
        "01-04 02-14 02-28 05-09 09-20 10-10",
    ),
}


def days(year: int, span: str) -> list[date]:
    """Every day from one to another of a year; one day alone."""
    first, _, last = span.partition("/")
    start, end = (date.fromisoformat(f"{year}-{day}") for day in (first, last or first))
    return [start + timedelta(days=number) for number in range((end - start).days + 1)]


def written_out() -> Calendar:
    """The arrangements of all these years."""
    arranged = [
        (year, span, kind)
        for year, both in ARRANGEMENTS.items()
        for kind, spans in enumerate(both)
        for span in spans.split()
    ]
    return Calendar(
        holidays=frozenset(day for year, span, worked in arranged if not worked for day in days(year, span)),
        workdays=frozenset(day for year, span, worked in arranged if worked for day in days(year, span)),
        years=frozenset(ARRANGEMENTS),
    )


@pytest.fixture(scope="session")
def calendar() -> Calendar:
    return written_out()
