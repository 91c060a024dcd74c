"""Reading 站内消息."""

from __future__ import annotations

from yuetan.models import Alert, User
from yuetan.rules.dates import clock


def read_alert(alert: Alert, *, by: User) -> Alert:
    """Open one message; the time of the first opening stays."""
    Alert.objects.visible_to(by).unread().filter(pk=alert.pk).update(read_at=clock.now())
    return alert


def read_all(*, by: User) -> int:
    """Mark everything read that the person can see; returns how many."""
    return Alert.objects.visible_to(by).unread().update(read_at=clock.now())
