"""The people whose steps are taken while things break: each fills in forms of the real pages, over the network.

Whoever gets no answer does what a person does: wait, and send the same form again. Its one-time key sees to it that
what was done the first time is not done twice.
"""

from __future__ import annotations

import http.client
import random
import re
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

from django.core.files import File
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from fault_rounds.site import PASSWORD
from tests.factories import pdf
from tests.web import Page, Visitor

UNIT, HEAD_NAME = "440703101", "郑九"
TIMEOUT = 60
AGAIN_SECONDS = 0.7
FRIDAY = 5
LOGIN, AGAIN = "/login/", "验证并继续"
BROKEN = (500, 502, 503, 504, 507)
REDIRECTS = (302, 303)


class Answer:
    """What came over the network, as far as tests.web.Page reads it."""

    def __init__(self, answer: http.client.HTTPResponse) -> None:
        self.status_code, self.headers = answer.status, answer.headers
        self.content = answer.read()
        self.redirect_chain: list[tuple[str, int]] = []

    def get(self, name: str, default: str = "") -> str:
        """A header."""
        return self.headers.get(name, default)


class StoppedError(Exception):
    """The round is over."""


@dataclass
class Network:
    """A browser's connection: it keeps cookies, follows redirects and does not give up."""

    port: int
    ended: threading.Event
    cookies: dict[str, str] = field(default_factory=dict)
    resent: int = 0
    acknowledged: bool = False  # whether the last form was answered by leading elsewhere

    def get(self, url: str, data: Mapping[str, Any] | None = None, *, follow: bool = True) -> Answer:
        """Ask for a page."""
        return self._insist("GET", f"{url}?{urlencode(data, doseq=True)}" if data else url, None, follow=follow)

    def post(self, url: str, data: Mapping[str, Any], *, follow: bool = True) -> Answer:
        """Send a form, with its files."""
        self.acknowledged = False
        return self._insist("POST", url, encode_multipart(BOUNDARY, data), follow=follow)

    def _insist(self, method: str, url: str, body: bytes | None, *, follow: bool) -> Answer:
        while True:
            try:
                answer = self._once(method, url, body)
            except (OSError, http.client.HTTPException):
                answer = None
            if answer is not None and answer.status_code not in BROKEN:
                break
            if self.ended.is_set():
                raise StoppedError
            self.resent += method == "POST"
            time.sleep(AGAIN_SECONDS)
        if answer.status_code in REDIRECTS and follow:
            place = urljoin(url, answer.get("Location"))
            self.acknowledged |= method == "POST" and not place.startswith(LOGIN)
            page = self._insist("GET", place, None, follow=True)
            page.redirect_chain = [(place, answer.status_code), *page.redirect_chain]
            return page
        return answer

    def _once(self, method: str, url: str, body: bytes | None) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=TIMEOUT)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = MULTIPART_CONTENT
        place = urlsplit(url)
        try:
            connection.request(method, place.path + (f"?{place.query}" if place.query else ""), body, headers)
            answer = Answer(connection.getresponse())
        finally:
            connection.close()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer


class Person(Visitor):
    """Somebody at a browser, logged in by the log-in page."""

    def __init__(self, port: int, ended: threading.Event, account: str) -> None:
        self.client, self.account = Network(port, ended), account
        self._log_in()

    def _log_in(self) -> None:
        super().open(LOGIN)
        super().press("登录", username=self.account, password=PASSWORD)

    def open(self, url: str, expect: int = 200) -> Page:
        """Go to an address; whose log-in a wrong clock has ended logs in again."""
        page = super().open(url, expect)
        if page.url.startswith(LOGIN):
            self._log_in()
            page = super().open(url, expect)
        return page

    def press(self, button: str, expect: int = 200, **entered: Any) -> Page:
        """Send a form, once more where the log-in had ended, and show who sits there where the page asks for it."""
        form = self.page.url
        page = super().press(button, expect, **entered)
        if page.url.startswith(LOGIN) and self.client.acknowledged:  # done, and then the log-in ended
            return self.open(page.response.redirect_chain[0][0])
        if page.url.startswith(LOGIN):
            self.open(form)
            _rewind(entered)
            page = super().press(button, expect, **entered)
        asked = any(AGAIN in form.buttons for form in page.forms)
        return super().press(AGAIN, again_password=PASSWORD) if asked else page

    def _arrived(self, response: Any, url: str, expect: int) -> Page:
        chain = response.redirect_chain
        self.page = Page(response, urljoin(url, chain[-1][0]) if chain else url)
        return self.page


def _rewind(entered: Mapping[str, Any]) -> None:
    """Let files that were sent once be read from their beginning when the form is sent again."""
    for value in entered.values():
        for file in value if isinstance(value, list) else ():
            if isinstance(file, File):
                file.seek(0)


def _words(length: int) -> str:
    """Signs at random, so that no matter is like another, which would have to be explained."""
    return "".join(chr(random.randrange(0x4E00, 0x9000)) for _ in range(length))


def _moment() -> str:
    """A time on a working day of the coming months."""
    day = datetime.now() + timedelta(days=random.randrange(10, 33))  # noqa: DTZ005 - as a clerk reads it off the wall
    while day.isoweekday() > FRIDAY:
        day += timedelta(days=1)
    return f"{day:%Y-%m-%d}T{random.randrange(8, 18):02}:{random.randrange(60):02}"


@dataclass
class Story:
    """One case from the proposal to the receipt of its notice: what was acknowledged, by what it is known."""

    port: int
    ended: threading.Event
    matter: str = field(default_factory=lambda: _words(12))
    case: str = ""
    acknowledged: list[str] = field(default_factory=list)
    resent: int = 0
    problem: str = ""

    def tell(self) -> None:
        """Take the steps one after the other, until the round is over."""
        try:
            for verb, take in self._steps():
                take(verb)
        except StoppedError:
            return
        except Exception as error:  # noqa: BLE001 - whatever it was, it is printed and counted
            self.problem = f"{type(error).__name__}: {error}"[:600]

    def _steps(self) -> list[tuple[str, Callable[[str], None]]]:
        return [
            ("submit", self._propose),
            ("endorse", lambda verb: self._decide(verb, "director", "核稿同意，报审定")),
            ("approve", lambda verb: self._decide(verb, "group_leader", "审定同意")),
            ("serve_notice", self._serve_notice),
            ("acknowledge_receipt", self._sign),
        ]

    def _press(self, person: Person, verb: str, button: str, **entered: Any) -> None:
        """A form that is a step: acknowledged if it leads on, and told anew from the case if somebody is faster."""
        page = person.press(button, **entered)
        self.resent += person.client.resent
        person.client.resent = 0
        if not person.client.acknowledged:
            raise AssertionError(f"{verb} {page.status} at {page.url}: {page.shown_text}")
        if not self.case:
            self.case = re.search(r"/cases/([0-9a-f-]{36})/", page.url)[1]
        self.acknowledged.append(verb)

    def _propose(self, verb: str) -> None:
        officer = Person(self.port, self.ended, "officer")
        officer.open(f"/cases/new/?unit_words={UNIT}")
        links = [url for text, url in officer.page.links if "棠下镇" in text and "/cases/new/" in url]
        if not links:
            raise AssertionError(f"no unit {officer.page.status} at {officer.page.url}: {officer.page.shown_text}")
        officer.open(links[0])
        files = [pdf(f"线索台账{number}.pdf") for number in (1, 2)]
        stated = {"ticked": "on", "facts": f"{_words(60)}。", "files": files}
        entered = {f"grounds-5_2-{name}": value for name, value in stated.items()}
        entered |= {"matter": self.matter, "interviewees": officer.pick("interviewees", HEAD_NAME)}
        self._press(officer, verb, "保存并报核", **entered)

    def _at_case(self, account: str) -> Person:
        person = Person(self.port, self.ended, account)
        person.open(f"/cases/{self.case}/")
        return person

    def _decide(self, verb: str, account: str, button: str) -> None:
        person = self._at_case(account)
        person.open(f"/cases/{self.case}/steps/{verb}/")
        self._press(person, verb, button, opinion="同意。")

    def _serve_notice(self, verb: str) -> None:
        """At any time on a working day, busy or not: there are many stories and few people."""
        officer = self._at_case("officer")
        officer.open(f"/cases/{self.case}/steps/{verb}/")
        entered = {"scheduled_at": _moment(), "place": "市扫黑办三楼会议室", "clash_accepted": "on"}
        officer.press("下一步：核对", **entered)
        self._press(officer, verb, "书面通知")

    def _sign(self, verb: str) -> None:
        liaison = self._at_case(f"liaison_{UNIT}")
        liaison.open(f"/cases/{self.case}/steps/{verb}/")
        liaison.press("下一步：核对")
        self._press(liaison, verb, "签收通知")
