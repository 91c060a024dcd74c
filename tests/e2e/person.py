"""One person at a Chromium of their own, who notes what a console would complain of."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from django.conf import settings
from django.db.models import TextChoices
from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Request, expect

from tests import cast
from tests.web import Visitor
from yuetan import vocabulary

DESKTOP, PHONE = 1366, 390
SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
VIOLATIONS = """axe.run({resultTypes: ["violations"]}).then(found => found.violations.map(
    violation => [violation.id, ...violation.nodes.map(node => node.target.join(" "))]))"""
# Words of the code, which nobody is to read.
OURS = {
    str(value)
    for words in vars(vocabulary).values()
    if isinstance(words, type) and issubclass(words, TextChoices)
    for value in words.values
}
# Where to put a picture of every page that somebody leaves, for whoever wants to see what they saw.
PICTURES = os.environ.get("YUETAN_PICTURES")

PASSWORD = "for the tests alone 7"
# Chromium tells of every answer that is no success, and of none at all.
KNOWN_MESSAGES = (
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
        self.missing: set[str] = set()
        self.page.on("console", self._note)
        self.page.on("pageerror", lambda error: self.problems.append(str(error)))
        self.page.on("request", self._note_request)

    def _note(self, message: ConsoleMessage) -> None:
        is_known = message.location["url"] in self.missing or any(known in message.text for known in KNOWN_MESSAGES)
        if message.type in ("error", "warning") and not is_known:
            self.problems.append(f"{self.page.url}: {message.text}")

    def _note_request(self, request: Request) -> None:
        if not request.url.startswith((self.site, "data:")):
            self.problems.append(f"asked elsewhere: {request.url}")

    def is_logged_in(self, username: str) -> None:
        """As after the form, which is not gone through again each time, and on the page it leads to."""
        self.name = username
        cookie = Visitor(cast.person(username)).client.cookies[settings.SESSION_COOKIE_NAME]
        self.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": self.site}])
        self.page.goto("/")
        self.reads("待办事项")

    def log_in(self, username: str) -> None:
        """By the form."""
        self.name = username
        user = cast.person(username)
        user.set_password(PASSWORD)
        user.save()
        self.page.goto("/")
        self.meets_no_barrier()
        self.type(username=username, password=PASSWORD)
        self.press("登录")
        self.reads("待办事项")

    def leave(self) -> None:
        """Close the browser."""
        self._keep_picture("最后")
        self.context.close()

    def goes_to(self, address: str) -> None:
        """A page by its address, which must be there."""
        self._keep_picture("离开")
        answer = self.page.goto(address)
        assert answer.status == 200, f"{answer.status} at {address}"

    def finds_nothing(self, address: str) -> None:
        """A page that is not for this person is not told from one that does not exist."""
        self.missing.add(f"{self.site}{address}")
        self.page.goto(address)
        self.reads("没有找到")

    def sees_no_case(self) -> None:
        """The list has nothing of what there is."""
        self.goes_to("/cases/")
        self.reads("没有符合条件的约谈事项")

    def opens(self, title: str) -> None:
        """A case from the list, where nothing of it waits for this person."""
        self.goes_to("/cases/")
        self.follow(title)
        self.reads("办理过程")

    def follow(self, words: str) -> None:
        """A link by its words."""
        self._keep_picture(words)
        self.page.get_by_role("link", name=words, exact=True).first.click()

    def press(self, words: str) -> None:
        """A button by its words."""
        self._keep_picture(words)
        self.page.get_by_role("button", name=words, exact=True).click()

    def does(self, step: str) -> None:
        """The button that takes a step, and what the page says when it is taken."""
        self.press(step)
        self.reads(f"已办理：{step}。")
        assert self._words_of_the_code() == set(), self.page.url

    def saves_a_draft(self) -> None:
        """The button of a page that only prepares something."""
        self.press("保存草稿")
        self.reads("草稿已保存。")

    def checks_and_does(self, step: str) -> None:
        """The same with the page in between that shows what will happen."""
        self.press("下一步：核对")
        self.reads(f"核对：{step}")
        self.does(step)

    def confirms_and_does(self, step: str) -> None:
        """The same where files are sent with it: what will happen stands above the button."""
        self.choose("确认办理")
        self.does(step)

    def _keep_picture(self, words: str) -> None:
        if PICTURES:
            taken = len(list(Path(PICTURES).iterdir()))
            self.page.screenshot(path=f"{PICTURES}/{taken:03} {self.name} {words}.png", full_page=True)

    def write(self, label: str, value: str) -> None:
        """Into the one field that bears these words."""
        self.page.get_by_label(label).fill(value)

    def choose(self, *words: str) -> None:
        """Boxes and dots by what stands beside them, or where nothing says just that, by a part of it."""
        for each in words:
            exactly = self.page.get_by_label(each, exact=True)
            (exactly if exactly.count() else self.page.get_by_label(each)).check()

    def tick(self, *names: str) -> None:
        """Boxes by the names of their fields."""
        for name in names:
            self.field(name).check()

    def type(self, **fields: Any) -> None:
        """Into fields by name; `__` stands for the hyphen of a row."""
        for name, value in fields.items():
            self.field(name.replace("__", "-")).fill(value)

    def select(self, **fields: str) -> None:
        """In a list by the words of a choice; `__` stands for the hyphen of a row."""
        for name, words in fields.items():
            self.field(name.replace("__", "-")).select_option(label=words)

    def offer(self, name: str, *files: Path) -> None:
        """Real files from the disk."""
        self.field(name).set_input_files(files)

    def reads(self, *words: str) -> None:
        """All of it is on the page."""
        for each in words:
            expect(self.page.locator("body")).to_contain_text(each)

    def reads_nowhere(self, *words: str) -> None:
        """None of it is in the page, seen or unseen."""
        self.page.wait_for_load_state()
        content = self.page.content()
        assert [each for each in words if each in content] == []

    def field(self, name: str) -> Locator:
        """A field by its name."""
        return self.page.locator(f"[name='{name}']")

    def meets_no_barrier(self, *widths: int) -> None:
        """Nothing on the page that axe finds, and nothing to scroll sideways; at other widths than its own if named."""
        # A page just come to may not have its first element yet, and axe would look at nothing.
        self.page.wait_for_load_state()
        found, before = set(), self.page.viewport_size
        self.page.evaluate(AXE_SCRIPT)
        for width in widths or (before["width"],):
            self.page.set_viewport_size({"width": width, "height": before["height"]})
            found |= {(width, *each) for each in map(tuple, self.page.evaluate(VIOLATIONS))}
            if self.page.evaluate(SIDEWAYS):
                found.add((width, "sideways"))
        self.page.set_viewport_size(before)
        found |= self._words_of_the_code()
        assert found == set(), f"{self.page.url}: {found}"

    def _words_of_the_code(self) -> set[str]:
        return OURS & set(re.findall(r"[a-z_]+", self.page.inner_text("body")))

    def takes_home(self, words: str) -> bytes:
        """What a link gives to keep."""
        with self.page.expect_download() as download:
            self.follow(words)
        return Path(download.value.path()).read_bytes()
