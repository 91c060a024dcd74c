"""A real Chromium against a live server; both live in this process, so that the clock is one.

With YUETAN_PICTURES=folder every page that somebody leaves by a link or a button is kept there as a picture.
"""

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from playwright.sync_api import Browser, expect

from tests.e2e.keyboard import KeyboardPerson
from tests.e2e.person import Person
from yuetan.rules.text.official_text import CHINA_STANDARD_TIME

CHROMIUM = ("chromium-headless-shell", "chromium", "google-chrome")
A_BUSY_MACHINE = 15_000  # milliseconds, for a page as for what it shall show
expect.set_options(timeout=A_BUSY_MACHINE)
QUIET = ("disable-background-networking", "disable-component-update", "disable-sync", "no-first-run", "no-sandbox")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here needs a browser."""
    for item in items:
        if "/e2e/" in str(item.path):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session", autouse=True)
def _database_next_to_a_loop() -> Iterator[None]:
    """Playwright keeps an event loop in this thread, where Django would not touch the database."""
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    yield
    os.environ.pop("DJANGO_ALLOW_ASYNC_UNSAFE")
    if before is not None:
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = before


@pytest.fixture(scope="session", autouse=True)
def _static_folder(tmp_path_factory: pytest.TempPathFactory) -> None:
    """The server is there before any one test's settings, and WhiteNoise warns of a folder that is not."""
    settings.STATIC_ROOT = tmp_path_factory.mktemp("static")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The system's Chromium, which asks nobody for anything."""
    found = next(path for name in CHROMIUM if (path := shutil.which(name)))
    return browser_type_launch_args | {"executable_path": found, "args": [f"--{flag}" for flag in QUIET]}


@pytest.fixture
def it_is(live_server: Any, office: Any) -> Iterator[Callable[..., None]]:
    """Go on to a day and an hour, of 2026 unless told; sessions end over night, as they do."""
    days: list[time_machine.travel] = []

    def go(month: int, day: int, hour: int = 9, *, year: int = 2026) -> None:
        days.append(time_machine.travel(datetime(year, month, day, hour, tzinfo=CHINA_STANDARD_TIME)))
        days[-1].start()

    yield go
    for day in reversed(days):
        day.stop()


class OpenRequests:
    """Requests that the server has begun to answer and not ended; those of Django's test client are not among them."""

    def __init__(self) -> None:
        self._number, self._changed = 0, threading.Condition()
        request_started.connect(self._begin, sender=WSGIHandler)
        request_finished.connect(self._end, sender=WSGIHandler)

    def _begin(self, **_: Any) -> None:
        with self._changed:
            self._number += 1

    def _end(self, **_: Any) -> None:
        with self._changed:
            self._number -= 1
            self._changed.notify_all()

    def wait_for_none(self) -> None:
        """A page asks by itself; while it is answered, emptying the tables would meet it in a deadlock."""
        with self._changed:
            assert self._changed.wait_for(lambda: self._number == 0, timeout=15)


@pytest.fixture(scope="session")
def open_requests() -> OpenRequests:
    """What the server is still busy with."""
    return OpenRequests()


@pytest.fixture
def come_in(
    browser: Browser, live_server: Any, it_is: Any, open_requests: OpenRequests
) -> Iterator[Callable[..., Person]]:
    """Somebody sits down at a browser of their own, the same one each time; `scripts=False` and `width=390` as told.

    Logged in already, unless `by_form`: they type their name and password. `mouse=False` for who has only keys.
    """
    people: dict[tuple[str, bool, int, bool], Person] = {}

    def come(
        username: str, *, scripts: bool = True, width: int = 1366, by_form: bool = False, mouse: bool = True
    ) -> Person:
        known = (username, scripts, width, mouse)
        if known not in people:
            context = browser.new_context(
                base_url=live_server.url,
                java_script_enabled=scripts,
                locale="zh-CN",
                timezone_id="Asia/Shanghai",
                viewport={"width": width, "height": 900},
            )
            context.set_default_timeout(A_BUSY_MACHINE)
            people[known] = (Person if mouse else KeyboardPerson)(context, live_server.url)
        sit_down = people[known].log_in if by_form else people[known].is_logged_in
        sit_down(username)
        return people[known]

    yield come
    for person in people.values():
        person.leave()
    open_requests.wait_for_none()
    assert [problem for person in people.values() for problem in person.problems] == []
