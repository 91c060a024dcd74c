"""The outbox: each message is sent once per channel, and retried only while it was certainly refused.

Who may not know any more gets nothing: whether they may is asked again each time, just before it goes out.
"""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from yuetan.actions.messages import channels
from yuetan.actions.step import require_right
from yuetan.models import Alert, Delivery, User
from yuetan.rules.dates import clock
from yuetan.rules.text.official_text import normalise_text
from yuetan.vocabulary import AlertChannel, DeliveryState

WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 360, 720))
STALE_AFTER = timedelta(minutes=10)
MAX_AT_ONCE = 500
MAX_PROBLEM_LENGTH = 300
MAYBE_THERE = "不知是否送达，不再自动重投"
NOT_THEIRS_NOW = "收件人的账号已经停用，或者已不能再看这件事项，没有投送"


def deliver() -> dict[str, int]:
    """Send what is due; returns how many became what. Each is marked before it goes, so that a crash is seen."""
    _resume_interrupted()
    became: dict[str, int] = {}
    for _ in range(MAX_AT_ONCE):
        delivery = _next()
        if delivery is None:
            break
        state = _try(delivery)
        became[state] = became.get(state, 0) + 1
    return became


def _resume_interrupted() -> None:
    """What was under way when a process died: a gateway tells repeats apart, a mailbox does not."""
    left = Delivery.objects.filter(state=DeliveryState.SENDING, changed_at__lt=clock.now() - STALE_AFTER)
    left.filter(channel=AlertChannel.WEBHOOK).update(state=DeliveryState.WAITING, changed_at=clock.now())
    problem = f"投送时中断，{MAYBE_THERE}"
    left.filter(channel=AlertChannel.MAIL).update(
        state=DeliveryState.UNCERTAIN, changed_at=clock.now(), problem=problem
    )


@transaction.atomic
def _next() -> Delivery | None:
    due = Delivery.objects.filter(state=DeliveryState.WAITING, next_attempt_at__lte=clock.now())
    waiting = due.select_for_update(skip_locked=True, of=("self",)).select_related("alert__recipient")
    delivery = waiting.order_by("next_attempt_at").first()
    if delivery is not None:
        delivery.state, delivery.changed_at = DeliveryState.SENDING, clock.now()
        delivery.attempts += 1
        delivery.save()
    return delivery


def _try(delivery: Delivery) -> DeliveryState:
    if not _may_know(delivery):
        return _set_state(delivery, DeliveryState.WITHHELD, NOT_THEIRS_NOW)
    try:
        channels.send(delivery)
    except channels.NotDelivered as why:
        return _retry_later(delivery, str(why))
    except (OSError, ValueError) as why:
        problem = f"{type(why).__name__} {why}"
        if isinstance(why, OSError) and delivery.channel == AlertChannel.MAIL:  # a mailbox does not tell repeats apart
            return _set_state(delivery, DeliveryState.UNCERTAIN, f"{MAYBE_THERE}：{problem}")
        return _retry_later(delivery, problem)
    return _set_state(delivery, DeliveryState.SENT, "")


def _may_know(delivery: Delivery) -> bool:
    """Whether its recipient may log in today and see what the message is about."""
    recipient = delivery.alert.recipient
    return recipient.is_active and Alert.objects.visible_to(recipient).filter(pk=delivery.alert_id).exists()


def _retry_later(delivery: Delivery, problem: str) -> DeliveryState:
    if delivery.attempts > len(WAITS):
        return _set_state(delivery, DeliveryState.FAILED, problem)
    delivery.next_attempt_at = clock.now() + WAITS[delivery.attempts - 1]
    return _set_state(delivery, DeliveryState.WAITING, problem)


def _set_state(delivery: Delivery, state: DeliveryState, problem: str) -> DeliveryState:
    delivery.state, delivery.changed_at = state, clock.now()
    delivery.problem = normalise_text(problem)[:MAX_PROBLEM_LENGTH]  # whatever the other side answered, NUL too
    delivery.save()
    return state


@transaction.atomic
def retry_delivery(delivery: Delivery, *, by: User) -> Delivery:
    """重新投送: what failed or is uncertain goes into the outbox once more, by somebody who knows.

    Raises NotYours without the permission.
    """
    require_right(by, "see_deliveries")
    locked = Delivery.objects.select_for_update().get(pk=delivery.pk)
    if locked.state in (DeliveryState.FAILED, DeliveryState.UNCERTAIN):
        locked.state, locked.attempts, locked.problem = DeliveryState.WAITING, 0, ""
        locked.next_attempt_at = locked.changed_at = clock.now()
        locked.save()
    return locked
