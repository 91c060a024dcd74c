"""One person at a Chromium of their own, who notes what a console would complain of."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, ConsoleMessage, Request, expect

PASSWORD = "for the tests alone 7"
# Chromium tells of every answer that is no success, and of none at all.
TOLD = (
    "the server responded with a status of 422",
    "the server responded with a status of 409",
    "net::ERR_INTERNET_DISCONNECTED",
    "net::ERR_FAILED",
)


class Person:
    """Reads, follows links and presses buttons by their words, and types into fields by their names."""

    def __init__(self, context: BrowserContext, site: str) -> None:
        self.site, self.context, self.page = site, context, context.new_page()
        self.problems: list[str] = []
        self.page.on("console", self._note)
        self.page.on("pageerror", lambda error: self.problems.append(str(error)))
        self.page.on("request", self._note_request)

    def _note(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not any(told in message.text for told in TOLD):
            self.problems.append(f"{self.page.url}: {message.text}")

    def _note_request(self, request: Request) -> None:
        if not request.url.startswith((self.site, "data:")):
            self.problems.append(f"asked elsewhere: {request.url}")

    def log_in(self, username: str) -> None:
        """By the form."""
        self.page.goto("/")
        self.type(username=username, password=PASSWORD)
        self.press("登录")
        self.reads("待办事项")

    def leave(self) -> None:
        """Close the browser."""
        self.context.close()

    def follow(self, words: str) -> None:
        """A link by its words."""
        self.page.get_by_role("link", name=words, exact=True).first.click()

    def press(self, words: str) -> None:
        """A button by its words."""
        self.page.get_by_role("button", name=words, exact=True).click()

    def choose(self, *words: str) -> None:
        """Boxes and dots by a part of what stands beside them."""
        for each in words:
            self.page.get_by_label(each).check()

    def type(self, **fields: Any) -> None:
        """Into fields by name; `__` stands for the hyphen of a row."""
        for name, value in fields.items():
            self.page.locator(f"[name='{name.replace('__', '-')}']").fill(value)

    def offer(self, name: str, *files: Path) -> None:
        """Real files from the disk."""
        self.page.locator(f"[name='{name}']").set_input_files(files)

    def reads(self, *words: str) -> None:
        """All of it is on the page."""
        for each in words:
            expect(self.page.locator("body")).to_contain_text(each)

    def reads_nowhere(self, *words: str) -> None:
        """None of it is in the page, seen or unseen."""
        content = self.page.content()
        assert [each for each in words if each in content] == []

    def takes_home(self, words: str) -> bytes:
        """What a link gives to keep."""
        with self.page.expect_download() as download:
            self.follow(words)
        return Path(download.value.path()).read_bytes()
