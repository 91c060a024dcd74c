"""Counting attempts, so that nobody tries passwords, codes or papers by the thousand.

An attempt is counted before it is made, in a transaction of its own: however many come at once, no more pass than may.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection
from django.db.models import F
from django.utils.crypto import salted_hmac

from yuetan.models import AttemptCount
from yuetan.rules.dates import clock

# What began later than that was counted while the clock was wrong, and would keep people out until it is right again.
AHEAD = timedelta(minutes=1)
KEPT = timedelta(days=1)  # longer than any span within which attempts are counted

_COUNT = """
    INSERT INTO yuetan_attemptcount AS kept (kind, account, origin, began_at, number)
    VALUES (%(kind)s, %(account)s, %(origin)s, %(now)s, 1)
    ON CONFLICT (kind, account, origin) DO UPDATE SET
        began_at = CASE WHEN kept.began_at > %(over)s AND kept.began_at <= %(ahead)s
            THEN kept.began_at ELSE excluded.began_at END,
        number = CASE WHEN kept.began_at > %(over)s AND kept.began_at <= %(ahead)s THEN kept.number + 1 ELSE 1 END
    RETURNING began_at, number
"""


@dataclass(frozen=True)
class Limit:
    """So many attempts of a kind within a span that begins with the first of them; none is refused where `most` is 0.

    `account` and `origin` say whose attempts are counted together; what is empty is not told apart.
    """

    kind: str
    most: int
    span: timedelta
    account: str = ""
    origin: str = ""

    @property
    def keys(self) -> dict[str, str]:
        """By which its row is kept; a digest of an address could be guessed from, so it is keyed."""
        return {"kind": self.kind, "account": _keyed(self.account), "origin": _keyed(self.origin)}


def _keyed(value: str) -> str:
    return salted_hmac("yuetan.attempts", value, algorithm="sha256").hexdigest() if value else ""


def count_attempt(limit: Limit) -> timedelta | None:
    """Count one more attempt; None if it may be made, else how long to wait until one may be."""
    now = clock.now()
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, {**limit.keys, "now": now, "over": now - limit.span, "ahead": now + AHEAD})
        row: tuple[datetime, int] | None = cursor.fetchone()
    assert row is not None
    began_at, number = row
    return began_at + limit.span - now if limit.most and number > limit.most else None


def count_attempts(limits: list[Limit]) -> timedelta | None:
    """Count one attempt against several limits; None if all let it pass, else how long the first waits that does not.

    What one of them refuses is counted by no other: an attempt that is not made uses nothing up.
    """
    for number, limit in enumerate(limits):
        wait = count_attempt(limit)
        if wait is not None:
            for passed in limits[:number]:
                uncount(passed)
            return wait
    return None


def uncount(limit: Limit) -> None:
    """Take one attempt back, because it was none: it succeeded."""
    AttemptCount.objects.filter(**limit.keys, number__gt=0).update(number=F("number") - 1)


def forget_attempts(limit: Limit) -> None:
    """Begin anew with this limit."""
    AttemptCount.objects.filter(**limit.keys).delete()


def forget_attempts_on(account: str) -> None:
    """Begin anew with every attempt on an account, from wherever it was made."""
    AttemptCount.objects.filter(account=_keyed(account)).delete()


def purge_attempts(today: date) -> dict[str, int]:
    """每日任务: counts that no longer count."""
    return {"删除": AttemptCount.objects.exclude(began_at__range=(clock.now() - KEPT, clock.now() + AHEAD)).delete()[0]}
