"""The two channels by which a message leaves this system: mail, and a signed call to a gateway (政务微信、短信)."""

from __future__ import annotations

import hashlib
import hmac
import http.client
import json
import ssl
from collections.abc import Mapping
from contextlib import closing, suppress
from smtplib import SMTPRecipientsRefused, SMTPResponseException
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from yuetan.models import Delivery
from yuetan.rules.dates import clock
from yuetan.vocabulary import AlertChannel
from yuetan.vocabulary.naming import SITE_NAME

SECONDS = 10
DONE = range(200, 300)


class NotDelivered(Exception):  # noqa: N818 - a fact, not a fault
    """The receiver refused the message; the text is its reason."""


def send(delivery: Delivery) -> None:
    """Send one message; raises NotDelivered if it was certainly refused, OSError if that is uncertain."""
    if delivery.channel == AlertChannel.MAIL:
        _mail(delivery)
    else:
        _call(delivery)


def _mail(delivery: Delivery) -> None:
    """Mail it: who does not let us in, or answers with a refusal, has certainly not taken it."""
    server = get_connection()
    try:
        server.open()
    except OSError as why:
        raise NotDelivered(f"{type(why).__name__} {why}") from why
    try:
        _hand_over(delivery, server)
    finally:
        with suppress(OSError):  # what was taken stays taken, however the connection ends
            server.close()


def _hand_over(delivery: Delivery, server: BaseEmailBackend) -> None:
    alert = delivery.alert
    message = EmailMessage(
        subject=SITE_NAME,
        body=f"{alert.text}\n\n请登录系统查看办理。本邮件由系统自动发出，请勿回复。",
        to=[alert.recipient.email],
        headers={"Message-ID": f"<{delivery.pk}@yuetan>"},
        connection=server,
    )
    try:
        number = message.send()
    except (SMTPResponseException, SMTPRecipientsRefused) as why:
        raise NotDelivered(f"{type(why).__name__} {why}") from why
    if not number:
        raise NotDelivered("邮件服务器没有接收")


def _call(delivery: Delivery) -> None:
    """POST the message as JSON, signed with the shared secret; the receiver tells repeats by Idempotency-Key."""
    address = urlsplit(settings.ALERT_WEBHOOK)
    body, stamp = _body(delivery), str(int(clock.now().timestamp()))
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "Idempotency-Key": str(delivery.pk),
        "X-Yuetan-Timestamp": stamp,
        "X-Yuetan-Signature": signature(stamp, body),
    }
    try:
        status = _status(address, body, headers)
    except http.client.HTTPException as why:  # an answer that is no HTTP: nobody knows whether it was received
        raise OSError(f"消息网关的答复不合 HTTP：{type(why).__name__} {why}") from why
    if status not in DONE:
        raise NotDelivered(f"消息网关答复 {status}")


def _status(address: SplitResult, body: bytes, headers: Mapping[str, str]) -> int:
    with closing(_connection(address.scheme, address.netloc)) as connection:
        path = address.path or "/"
        connection.request("POST", f"{path}?{address.query}" if address.query else path, body, headers)
        return connection.getresponse().status


def _body(delivery: Delivery) -> bytes:
    alert = delivery.alert
    person = {"username": alert.recipient.username, "name": alert.recipient.name}
    facts = {"id": str(delivery.pk), "recipient": person, "text": alert.text, "at": alert.created_at.isoformat()}
    return json.dumps(facts, ensure_ascii=False).encode()


def signature(stamp: str, body: bytes) -> str:
    """`sha256=` and the HMAC-SHA256 of time stamp, dot and body under the shared secret."""
    secret = settings.ALERT_WEBHOOK_SECRET.encode()
    return "sha256=" + hmac.new(secret, stamp.encode() + b"." + body, hashlib.sha256).hexdigest()


def _connection(scheme: str, place: str) -> http.client.HTTPConnection:
    if scheme == "https":
        return http.client.HTTPSConnection(place, timeout=SECONDS, context=ssl.create_default_context())
    return http.client.HTTPConnection(place, timeout=SECONDS)
