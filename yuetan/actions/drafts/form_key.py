"""A form is carried out once: its key is written with what it does, so that sending it again changes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from yuetan.models import FormKey, User
from yuetan.rules.dates import clock

KEPT_DAYS = 7  # nobody sends a page again that was opened a week ago


@dataclass(frozen=True)
class SentForm:
    """What identifies one sending: the key its page was given, where it goes, and what is in it."""

    key: UUID
    path: str
    content_sha256: str
    sender: User


def claim_key(sent: SentForm, led_to: str = "") -> FormKey | None:
    """Write the key; returns the earlier row if the form was sent before, else None.

    In a transaction a second sending waits here until the first is kept or undone.
    """
    row = FormKey(
        key=sent.key,
        path=sent.path,
        content_sha256=sent.content_sha256,
        sender=sent.sender,
        led_to=led_to,
        sent_at=clock.now(),
    )
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        return FormKey.objects.get(key=sent.key, path=sent.path)
    return None


def keep_key(sent: SentForm, led_to: str) -> None:
    """The form was carried out: remember where its sender was led."""
    FormKey.objects.filter(key=sent.key, path=sent.path).update(led_to=led_to)


def release_key(sent: SentForm) -> None:
    """The form came back to its sender: it may be sent again."""
    FormKey.objects.filter(key=sent.key, path=sent.path).delete()


def purge_form_keys(today: date) -> dict[str, int]:
    """每日任务: keys of forms sent more than some days ago."""
    old = FormKey.objects.filter(sent_at__lt=clock.day_begins(today - timedelta(days=KEPT_DAYS)))
    return {"删除": old.delete()[0]}
