"""Log-ins that are ended before their time: by their owner, with a new password, with the last post."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction

from yuetan.actions.log_event import log_event
from yuetan.models import Session, User


@transaction.atomic
def end_own_session(public_id: UUID, *, by: User) -> bool:
    """结束一次登录: of one's own; whether it was there. Effect: whoever uses it must log in again."""
    ended = Session.objects.of(by).filter(public_id=public_id).first()
    if ended is None:
        return False
    log_event("end_session", by, address=ended.address, browser=ended.browser)
    ended.delete()
    return True


@transaction.atomic
def end_other_sessions(*, by: User, keep: str) -> int:
    """结束其他登录: all of one's own but the one with this key; how many there were."""
    number = end_sessions(by, keep=keep)
    if number:
        log_event("end_other_sessions", by, number=str(number))
    return number


def end_sessions(person: User, *, keep: str = "") -> int:
    """End every log-in of a person but one; how many there were."""
    return Session.objects.filter(person=person).exclude(session_key=keep).delete()[0]


def purge_sessions(today: date) -> dict[str, int]:
    """每日任务: log-ins whose time is over."""
    return {"删除": Session.objects.ended().delete()[0]}
