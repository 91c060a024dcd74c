"""The one door into 查阅记录: one statement for each sight, without a lock and without a row of anything else."""

from __future__ import annotations

from datetime import date

from django.db import connection

from yuetan.models import User
from yuetan.models.record.request_address import current_address
from yuetan.models.record.sight import KEY_LENGTH, PATH_LENGTH
from yuetan.rules.dates import clock
from yuetan.rules.dates.periods import Period, PeriodKind

MONTHS_AHEAD = 2  # of which the tables are there before anybody sees anything in them

_MAKE_MONTH = "SELECT yuetan_make_sight_month(%s)"


def record_sight(by: User, page: str, key: str, path: str, *, posted: bool, status: int) -> None:
    """Write down what a person was answered, with the post held now and the address it was asked from."""
    who = (clock.now(), by.pk, by.title, current_address())
    what = (page, key[:KEY_LENGTH], path[:PATH_LENGTH], posted, status)
    with connection.cursor() as cursor:
        cursor.execute("SELECT yuetan_record_sight(%s, %s, %s, %s::inet, %s, %s, %s, %s, %s)", [*who, *what])


def make_sight_months(today: date) -> dict[str, int]:
    """The tables of this month and of the next ones, where there is none: how many were made."""
    month = Period.around(PeriodKind.MONTH, today)
    with connection.cursor() as cursor:
        made = 0
        for ahead in range(MONTHS_AHEAD + 1):
            cursor.execute(_MAKE_MONTH, [month.moved(ahead).first])
            made += bool(cursor.fetchone()[0])
    return {"months": made}
