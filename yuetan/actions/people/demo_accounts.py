"""The accounts of the demonstration, whose password many know: closed once the office works in the same database."""

from __future__ import annotations

import csv
from datetime import date

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from yuetan.actions.log_event import log_event
from yuetan.models import Event, Post, User
from yuetan.models.subjects import about_no_subject
from yuetan.vocabulary import DisabledFor, PostKind

MARK = "load_demo"  # an event stays for good, so a database that was ever a demonstration can be told
CLOSED = "close_demo_accounts"


def demo_accounts() -> QuerySet[User]:
    """The accounts that the demonstration opened here; none in a database that never was one."""
    if not Event.objects.filter(verb=MARK).exists():
        return User.objects.none()
    with (settings.FIXTURES / "demo" / "people.csv").open(newline="") as rows:
        names = [row["account"] for row in csv.DictReader(rows) if row["account"]]
    return User.objects.filter(username__in=names)


@transaction.atomic
def close_demo_accounts() -> int:
    """Close them once anybody else has taken a step on a case or letter: how many were closed.

    The administrator's stays until another holds that post, so that somebody can open accounts. Whoever is logged in
    with one is out at the next request.
    """
    demo = demo_accounts()
    still_open = demo.filter(is_active=True)
    if not still_open.exists() or not _is_in_use(demo):
        return 0
    administrators = Post.objects.current().filter(kind=PostKind.SYSTEM_ADMINISTRATOR, holder__is_active=True)
    if not administrators.exclude(holder__in=demo).exclude(holder__username=None).exists():
        still_open = still_open.exclude(pk__in=administrators.values("holder"))
    names = sorted(str(name) for name in still_open.values_list("username", flat=True))
    if names:
        User.objects.filter(username__in=names).update(is_active=False, disabled_for=DisabledFor.DEMONSTRATION)
        log_event(CLOSED, None, accounts="、".join(names))
    return len(names)


def _is_in_use(demo: QuerySet[User]) -> bool:
    subjects = Event.objects.exclude(about_no_subject())
    return subjects.exclude(actor=None).exclude(actor__in=demo).exists()


def close_daily(today: date) -> dict[str, int]:
    """每日任务: the accounts of the demonstration, where the office works by now."""
    return {"停用": closed} if (closed := close_demo_accounts()) else {}
