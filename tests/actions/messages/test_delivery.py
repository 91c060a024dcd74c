"""The outbox: out once a channel, again while it was not taken, and no step undone by it."""

import json
import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPServerDisconnected
from typing import ClassVar

import pytest
import time_machine
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from tests import cast
from tests.factories import case_in, later
from tests.refusals import appoint, not_theirs
from tests.web import Visitor
from yuetan.actions.messages import channels
from yuetan.actions.messages.delivery import WAITS, deliver, retry_delivery
from yuetan.actions.people.unit_people import people_of_unit, people_of_units
from yuetan.alerts import alert_all
from yuetan.models import Alert, Delivery, User
from yuetan.rules.dates import clock
from yuetan.vocabulary import AlertChannel, CaseState, DeliveryState, PostKind

SECRET = "a shared secret"


class Gateway(HTTPServer):
    """A receiver that keeps what it was sent and gives the answer that is set."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Receiver)
        self.taken, self.answer, self.garbage = [], 200, b""


class Receiver(BaseHTTPRequestHandler):
    """One call."""

    def do_POST(self):
        """Keep it."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.taken.append((dict(self.headers), body))
        if self.server.garbage:
            self.wfile.write(self.server.garbage)
            return
        self.send_response(self.server.answer)
        self.end_headers()

    def log_message(self, *args):
        """Quietly."""


@pytest.fixture
def gateway(settings):
    """A gateway that is switched on."""
    server = Gateway()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    settings.ALERT_WEBHOOK = f"http://127.0.0.1:{server.server_port}/in?to=sms"
    settings.ALERT_WEBHOOK_SECRET = SECRET
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def mailed(settings, office):
    """Mail is switched on, and the director has an address."""
    settings.ALERT_MAIL = True
    User.objects.filter(username="director").update(email="director@office.invalid")


def states():
    return sorted(Delivery.objects.values_list("state", flat=True))


def test_switched_off_nothing_is_laid_out(office):
    case_in(CaseState.IN_REVIEW)
    assert not Delivery.objects.exists()


def test_mail_goes_once_to_who_has_an_address(mailed):
    case_in(CaseState.IN_REVIEW)
    assert deliver() == {"sent": 1}
    assert deliver() == {}
    (message,) = mail.outbox
    assert message.to == ["director@office.invalid"]
    assert "请核稿" in message.body


def test_a_gateway_can_check_who_calls_and_what_it_had_before(office, gateway):
    case_in(CaseState.IN_REVIEW)
    assert deliver() == {"sent": 1}
    ((headers, body),) = gateway.taken
    facts = json.loads(body)
    assert facts["recipient"] == {"username": "director", "name": cast.person("director").name}
    assert headers["Idempotency-Key"] == facts["id"] == str(Delivery.objects.get().pk)
    assert headers["X-Yuetan-Signature"] == channels.signature(headers["X-Yuetan-Timestamp"], body)
    assert headers["X-Yuetan-Signature"] != channels.signature("0", body)


def test_to_the_people_of_many_units_it_goes_by_the_ways_that_each_has(mailed, gateway):
    """Written where they are found, in one statement however many; as one by one, and once a key."""
    units = [cast.unit(code) for code in (cast.TOWN, cast.DIVISION_TOWN)]
    people = people_of_units([unit.pk for unit in units], also=[cast.person("director")])
    everybody = {person.username for unit in units for person in people_of_unit(unit)} | {"director"}
    User.objects.filter(username=f"head_{cast.TOWN}").update(email="head@office.invalid")
    with CaptureQueriesContext(connection) as sent:
        alert_all(people.exclude(username=f"liaison_{cast.TOWN}"), key="many", words="字" * 500)
    assert len(sent) == 1
    alerts = Alert.objects.filter(key="many")
    everybody.discard(f"liaison_{cast.TOWN}")
    assert set(alerts.values_list("recipient__username", flat=True)) == everybody
    assert {alert.text for alert in alerts} == {"字" * 400}
    laid = {(one.alert.recipient.username, one.channel) for one in Delivery.objects.select_related("alert__recipient")}
    by_mail = {(name, "mail") for name in ("director", f"head_{cast.TOWN}")}
    assert laid == {(name, "webhook") for name in everybody} | by_mail
    with pytest.raises(IntegrityError), transaction.atomic():
        alert_all(people, key="many", words="再来一次。")
    assert deliver() == {"sent": len(laid)}


def test_what_is_not_taken_is_tried_again_later_and_given_up_in_the_end(office, gateway):
    gateway.answer = 503
    case = case_in(CaseState.IN_REVIEW)
    assert deliver() == {"waiting": 1}
    assert deliver() == {}
    assert case.state == CaseState.IN_REVIEW
    for days in range(1, len(WAITS) + 1):
        with later(days=days):
            deliver()
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.problem) == (DeliveryState.FAILED, "消息网关答复 503")
    assert len(gateway.taken) == len(WAITS) + 1
    gateway.answer = 204
    retry_delivery(delivery, by=cast.person("sysadmin"))
    assert deliver() == {"sent": 1}


def test_each_wait_is_longer_than_the_one_before(office, gateway):
    gateway.answer = 503
    case_in(CaseState.IN_REVIEW)
    with time_machine.travel(clock.now(), tick=False) as traveller:
        deliver()
        for minutes in (1, 5, 30, 120, 360, 720):
            assert Delivery.objects.get().next_attempt_at == clock.now() + timedelta(minutes=minutes)
            traveller.shift(timedelta(minutes=minutes, seconds=-1))
            assert deliver() == {}
            traveller.shift(timedelta(seconds=1))
            assert sum(deliver().values()) == 1


def test_a_gateway_that_should_speak_https_and_does_not_learns_nothing(office, gateway, settings):
    settings.ALERT_WEBHOOK = settings.ALERT_WEBHOOK.replace("http:", "https:")
    case_in(CaseState.IN_REVIEW)
    assert deliver() == {"waiting": 1}
    assert (gateway.taken, "SSL" in Delivery.objects.get().problem) == ([], True)


def test_who_has_no_address_any_more_gets_no_mail_and_it_is_not_called_sent(mailed):
    case_in(CaseState.IN_REVIEW)
    User.objects.filter(username="director").update(email="")
    assert deliver() == {"waiting": 1}
    assert (mail.outbox, Delivery.objects.get().problem) == ([], "邮件服务器没有接收")


def test_nobody_answering_is_a_problem_like_any_other(office, settings):
    settings.ALERT_WEBHOOK = "http://127.0.0.1:9/"
    case_in(CaseState.IN_REVIEW)
    assert deliver() == {"waiting": 1}
    assert "refused" in Delivery.objects.get().problem


@pytest.mark.parametrize("garbage", [b"\x00\xff garbage\r\n\r\n", b"HTTP/1.1 OK\r\n\r\n", b"HTTP/1.1 " + b"2" * 70_000])
def test_an_answer_that_is_no_http_stops_no_other_message(office, gateway, garbage):
    gateway.garbage = garbage
    case_in(CaseState.IN_REVIEW)
    case_in(CaseState.IN_REVIEW)
    assert deliver() == {"waiting": 2}
    assert len(gateway.taken) == 2
    assert all("消息网关的答复不合 HTTP" in one.problem for one in Delivery.objects.all())
    gateway.garbage = b""
    with later(days=1):
        assert deliver() == {"sent": 2}


@pytest.mark.parametrize("port", ["x", "99999999"])
def test_a_port_that_is_none_is_a_problem_like_any_other(office, settings, port):
    settings.ALERT_WEBHOOK = f"http://127.0.0.1:{port}/"
    case_in(CaseState.IN_REVIEW)
    assert deliver() == {"waiting": 1}
    assert "Error" in Delivery.objects.get().problem


def test_an_address_that_is_none_is_a_problem_like_any_other(office, settings):
    settings.ALERT_WEBHOOK = "http://[gateway/"
    case_in(CaseState.IN_REVIEW)
    assert deliver() == {"waiting": 1}
    assert "ValueError" in Delivery.objects.get().problem


def test_a_process_that_died_while_sending_repeats_to_the_gateway_and_never_to_a_mailbox(mailed, gateway):
    case_in(CaseState.IN_REVIEW)
    Delivery.objects.update(state=DeliveryState.SENDING, changed_at=clock.now() - timedelta(minutes=11), attempts=1)
    assert deliver() == {"sent": 1}
    assert {one.channel: one.state for one in Delivery.objects.all()} == {
        AlertChannel.MAIL: DeliveryState.UNCERTAIN,
        AlertChannel.WEBHOOK: DeliveryState.SENT,
    }
    assert mail.outbox == []


def account_is_disabled(case):
    User.objects.filter(username="director").update(is_active=False)


def recused_from_it(case):
    appoint(cast.person("director"), case.unit, PostKind.UNIT_HEAD, "镇长")


@pytest.mark.parametrize("what_changed", [account_is_disabled, recused_from_it])
def test_who_may_not_know_any_more_gets_nothing_and_the_list_says_so(mailed, gateway, sysadmin, what_changed):
    gateway.answer = 503
    case = case_in(CaseState.IN_REVIEW)
    assert deliver() == {"sent": 1, "waiting": 1}
    Delivery.objects.filter(channel=AlertChannel.MAIL).update(state=DeliveryState.FAILED)
    retry_delivery(Delivery.objects.get(channel=AlertChannel.MAIL), by=sysadmin)
    mail.outbox.clear()
    what_changed(case)
    with later(days=1):
        assert deliver() == {"withheld": 2}
        assert (len(gateway.taken), mail.outbox) == (1, [])
        page = Visitor(sysadmin).open("/alerts/deliveries/?state=withheld")
        assert "不再投送" in page
        assert "没有投送" in page
        assert "重新投送" not in page


class Mailbox(BaseEmailBackend):
    """A mail server that fails in one place."""

    fails_to: ClassVar[str] = ""
    why: ClassVar[OSError] = TimeoutError("timed out")
    asked: ClassVar[int] = 0

    def open(self):
        """Let somebody in, or not."""
        if self.fails_to == "open":
            raise self.why

    def close(self):
        """Say goodbye, or not."""
        if self.fails_to == "close":
            raise self.why

    def send_messages(self, messages):
        """Take them, or not."""
        type(self).asked += 1
        if self.fails_to == "take":
            raise self.why
        return len(messages)


@pytest.mark.parametrize(
    ("fails_to", "why", "state"),
    [
        ("open", ConnectionRefusedError(111, "refused"), "waiting"),
        ("open", TimeoutError("timed out"), "waiting"),
        ("take", SMTPDataError(554, b"no"), "waiting"),
        ("take", SMTPRecipientsRefused({}), "waiting"),
        ("take", TimeoutError("timed out"), "uncertain"),
        ("take", SMTPServerDisconnected("gone"), "uncertain"),
        ("close", TimeoutError("timed out"), "sent"),
    ],
)
def test_a_mail_is_repeated_only_where_it_was_certainly_not_taken(mailed, settings, monkeypatch, fails_to, why, state):
    settings.EMAIL_BACKEND = f"{__name__}.Mailbox"
    for name, value in (("fails_to", fails_to), ("why", why), ("asked", 0)):
        monkeypatch.setattr(Mailbox, name, value)
    case_in(CaseState.IN_REVIEW)
    assert deliver() == {state: 1}
    with later(days=1):
        assert deliver() == ({state: 1} if state == "waiting" else {})
    assert Mailbox.asked == (0 if fails_to == "open" else 2 if state == "waiting" else 1)


@pytest.mark.parametrize("who", ["officer", "supervisor", "auditor", "head"])
def test_not_everybody_sends_again(mailed, request, who):
    case_in(CaseState.IN_REVIEW)
    with not_theirs():
        retry_delivery(Delivery.objects.get(), by=request.getfixturevalue(who))
